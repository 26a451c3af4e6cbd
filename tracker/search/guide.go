package search

import "strings"

// Guide explains the language: what can be typed, and what it means. It fits a search
// of everything; the others have fewer terms.
func Guide() [][2]string {
	return [][2]string{
		{"export csv", "both words, anywhere in names, descriptions, comments, tasks and subjects"},
		{`"export csv"`, "this text as it is"},
		{"csv OR (pdf -draft)", "either side; ( ) group and - excludes"},
		{"state:started,finished", "a term; a comma means or"},
		{"owner:me label:ui", "people by name, initials or me; none for nobody"},
		{"blocked:yes", "stories with an open blocker"},
		{"created:2026-11", "a day, a month, a year, or a range with .."},
		{"updated:<3d", "in the last 3 days; >3d is longer ago"},
		{"accepted:last-week", strings.Join(DateWords()[:6], ", ")},
		{"status:open waiting:>2d", "tickets"},
		{"includedone:true", "stories in Done, too"},
	}
}
