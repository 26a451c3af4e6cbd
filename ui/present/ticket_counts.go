package present

import (
	"fmt"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/text"
)

// TicketCounts are what the title of the tickets counts.
type TicketCounts struct {
	// Marks says how many are marked, Total how many there are.
	Marks, Total string
	// New are those that are new, Hidden those that a key hides.
	New, Hidden int
	// Aside are those that were dismissed and snoozed.
	Aside map[tracker.AsideKind]int
}

// Words write the counts in so many cells. Where there is no room for everything, what
// was put aside is one count, all of them give way, and the new ones stay to the last.
func (c TicketCounts) Words(room int) string {
	counted := func(n int, word string) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprintf("%s %s", text.Count(n), word)
	}
	unread, hidden := counted(c.New, "new"), counted(c.Hidden, "hidden")
	dismissed, snoozed := counted(c.Aside[tracker.Dismissed], string(tracker.Dismissed)), counted(c.Aside[tracker.Snoozed], string(tracker.Snoozed))
	aside := counted(c.Aside[tracker.Dismissed]+c.Aside[tracker.Snoozed], "aside")
	shorter := [][]string{{c.Marks, c.Total, unread, dismissed, snoozed, hidden}, {c.Marks, c.Total, unread, aside, hidden}, {c.Marks, c.Total, unread, aside}}
	if unread != "" {
		shorter = append(shorter, []string{c.Marks, unread, aside})
	}
	facts := ""
	for _, some := range append(shorter, []string{c.Marks, c.Total, unread}) {
		if facts = draw.JoinFacts(" · ", some...); text.Width(facts) <= room {
			return facts
		}
	}
	if unread != "" && c.Marks == "" {
		return unread
	}
	return facts
}
