package search

import "strings"

// Label is the term that finds the stories that carry a label, and not those whose labels
// only contain it. Quotes end what is quoted: of a label that has some, the longest part
// is looked for in all labels.
func Label(label string) string {
	part, whole := quotable(label)
	switch {
	case part == "" && !whole:
		return "-" + fieldLabel + ":" + searchNone
	case !whole:
		return fieldLabel + `:"` + part + `"`
	}
	return fieldLabelled + `:"` + label + `"`
}

// Person finds the stories, those in Done too, that somebody owns or asked for. Of a name with
// quotes the longest part is looked for.
func Person(name string) string {
	part, _ := quotable(name)
	return "(" + fieldOwner + `:"` + part + `" OR ` + fieldRequester + `:"` + part + `") ` + fieldDone + ":true"
}

// quotable is the longest part of a text that can be quoted; whole is true where that is all.
func quotable(text string) (longest string, whole bool) {
	parts := strings.Split(text, `"`)
	for _, part := range parts {
		if len(part) > len(longest) {
			longest = part
		}
	}
	return longest, len(parts) == 1
}
