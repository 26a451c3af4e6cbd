package form

import (
	"slices"
	"strings"

	"storydesk/tracker/plaintext"
)

// SetKnown changes the values that a Text can be completed to. They are made plain.
func (f *Form) SetKnown(name string, known []string) {
	list := make([]string, len(known))
	for i, value := range known {
		list[i] = plaintext.Line(value)
	}
	f.with(name, func(field *field) { field.Known = list })
}

// completion is what the text before the cursor, or the last of several, can be completed
// to: a known value of which a word begins so. The whole text as it would be is in text;
// found is empty where there is none.
func (f *field) completion() (found, text string) {
	if f.Kind != Text || len(f.Known) == 0 {
		return "", ""
	}
	value := []rune(f.line.Value())
	if f.line.input.Position() < len(value) {
		return "", ""
	}
	before, part := "", string(value)
	if i := strings.LastIndex(part, comma); f.Several && i >= 0 {
		before, part = part[:i+len(comma)]+" ", part[i+len(comma):]
	}
	part = strings.ToLower(strings.TrimLeft(part, " "))
	if part == "" {
		return "", ""
	}
	there := Values(before)
	for _, begins := range []func(known, part string) bool{strings.HasPrefix, wordBegins} {
		for _, known := range f.Known {
			lower := strings.ToLower(known)
			if lower == part {
				return "", ""
			}
			if taken := f.Several && (strings.Contains(known, comma) || slices.Contains(there, known)); begins(lower, part) && !taken {
				return known, before + known
			}
		}
	}
	return "", ""
}

// comma stands between several values.
const comma = ","

// Values are those of a text that has several.
func Values(text string) []string {
	var list []string
	for value := range strings.SplitSeq(text, comma) {
		if value = strings.TrimSpace(value); value != "" {
			list = append(list, value)
		}
	}
	return list
}

// wordBegins reports whether a word of a text begins with a part.
func wordBegins(text, part string) bool { return strings.Contains(" "+text, " "+part) }

// complete completes the text; false where it cannot be.
func (f *field) complete() bool {
	found, text := f.completion()
	if found == "" {
		return false
	}
	f.line.SetValue(text)
	f.problem = ""
	return true
}
