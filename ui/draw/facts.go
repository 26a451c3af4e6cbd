package draw

import (
	"slices"
	"strings"

	"storydesk/tracker/plaintext"
)

// Line makes text from strangers safe to draw in one line.
func Line(s string) string { return plaintext.Line(s) }

// JoinFacts joins the facts that are there.
func JoinFacts(between string, facts ...string) string {
	facts = slices.DeleteFunc(slices.Clone(facts), func(f string) bool { return f == "" })
	return strings.Join(facts, between)
}
