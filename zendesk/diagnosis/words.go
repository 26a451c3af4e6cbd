package diagnosis

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxQuoted is how many characters of Zendesk's own words a sentence quotes.
const MaxQuoted = 300

// Tidy makes Zendesk's words fit for a sentence: one line of bounded length.
func Tidy(words string) string {
	words = strings.Join(strings.FieldsFunc(words, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if utf8.RuneCountInString(words) > MaxQuoted {
		words = string([]rune(words)[:MaxQuoted-1]) + "…"
	}
	return words
}
