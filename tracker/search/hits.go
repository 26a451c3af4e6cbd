package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"storydesk/tracker"
)

// StoryHits are the stories that a search finds.
type StoryHits struct {
	// Stories are the first of them, in the board's order and then those in Done, the
	// last accepted one first.
	Stories []StoryHit
	// Open counts those that are not in Done, and Done those that are, whether they are
	// to be found or not.
	Open, Done int
	// WithDone is true where those in Done are to be found, too.
	WithDone bool
}

// Total counts the stories that are to be found.
func (h StoryHits) Total() int {
	if h.WithDone {
		return h.Open + h.Done
	}
	return h.Open
}

// StoryHit is a story that a search finds.
type StoryHit struct {
	tracker.Card
	Column tracker.Column
	// Excerpt is what a search's words stand in where the card does not show them: the
	// description, a comment or a task, cut to what stands around the first of them.
	Excerpt tracker.Writing
}

// TicketHits are the tickets that a search finds.
type TicketHits struct {
	// Tickets are the first of them, in the order of their views.
	Tickets []TicketHit
	Total   int
}

// TicketHit is a ticket that a search finds, and the integration in whose view it stands.
type TicketHit struct {
	tracker.TicketRow
	Integration     tracker.IntegrationID
	IntegrationName string
}

// Excerpt finds what a query's words stand in where a card does not show them, among what
// is written in the story; ok is false where that need not be told.
func (q Query) Excerpt(c *tracker.Card, written []tracker.Writing) (excerpt tracker.Writing, ok bool) {
	shown := (*card)(c).Text()
	for _, w := range q.words {
		if w.not || strings.Contains(shown.text, w.text) {
			continue
		}
		for _, one := range written {
			lower := strings.ToLower(one.Text)
			if at := strings.Index(lower, w.text); at >= 0 {
				if len(lower) != len(one.Text) {
					one.Text = lower // rare characters whose case changes their length
				}
				one.Text = around(one.Text, at, at+len(w.text))
				return one, true
			}
		}
	}
	return tracker.Writing{}, false
}

// The bytes that an excerpt has before and behind the word at most.
const (
	excerptBefore = 40
	excerptBehind = 160
)

// around cuts a text to what stands around a part of it, at the spaces between words where
// there are any.
func around(text string, from, to int) string {
	before, word, behind := text[:from], text[from:to], text[to:]
	if len(before) > excerptBefore {
		before = whole(before[len(before)-excerptBefore:])
		if at := strings.IndexFunc(before, unicode.IsSpace); at >= 0 {
			before = before[at+1:]
		}
		before = "…" + before
	}
	if len(behind) > excerptBehind {
		behind = whole(behind[:excerptBehind])
		if at := strings.LastIndexFunc(behind, unicode.IsSpace); at > 0 {
			behind = behind[:at]
		}
		behind += "…"
	}
	return before + word + behind
}

// whole leaves out the characters at the ends of a text that were cut.
func whole(text string) string {
	for text != "" && !utf8.RuneStart(text[0]) {
		text = text[1:]
	}
	if r, size := utf8.DecodeLastRuneInString(text); r == utf8.RuneError && size == 1 {
		for text != "" && !utf8.RuneStart(text[len(text)-1]) {
			text = text[:len(text)-1]
		}
		text = text[:max(0, len(text)-1)]
	}
	return text
}

// found is a story as a store found it.
type found tracker.StoryFound

// Found is a story as a store found it, to be searched: what its texts say is told by
// [tracker.StoryFound.Said].
func Found(f *tracker.StoryFound) Item { return (*found)(f) }

// Text says which of a query's words stand in what is written in the story.
func (f *found) Text() Text { return Text{}.With(f.Said) }
