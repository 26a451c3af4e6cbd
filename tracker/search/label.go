package search

import "strings"

// Label is the term that finds the stories that carry a label, and not those whose labels
// only contain it. Quotes end what is quoted: of a label that has some, the longest part
// is looked for in all labels.
func Label(label string) string {
	longest, parts := "", strings.Split(label, `"`)
	for _, part := range parts {
		if len(part) > len(longest) {
			longest = part
		}
	}
	switch {
	case longest == "" && len(parts) > 1:
		return "-" + fieldLabel + ":" + searchNone
	case len(parts) > 1:
		return fieldLabel + `:"` + longest + `"`
	}
	return fieldLabelled + `:"` + label + `"`
}
