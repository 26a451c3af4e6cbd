package board

import (
	"fmt"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/text"
)

// facts count the tickets in so many cells: all of them, those that are new, those that
// were put aside and those that are hidden. Where there is no room for everything, what
// was put aside is one count, all of them give way, and the new ones stay to the last.
func (p *panel) facts(room int) string {
	t := p.tickets
	unread, aside, dismissed, snoozed, hidden := "", "", "", "", ""
	counted := func(n int, word string) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprintf("%s %s", text.Count(n), word)
	}
	if t.Filter.Query == "" {
		unread = counted(p.unread, "new")
	}
	away := p.aside[tracker.Dismissed] + p.aside[tracker.Snoozed]
	dismissed, snoozed = counted(p.aside[tracker.Dismissed], string(tracker.Dismissed)), counted(p.aside[tracker.Snoozed], string(tracker.Snoozed))
	aside = counted(away, "aside")
	if p.columns.ShowsAside {
		away = 0
	}
	hidden = counted(t.Hidden-away, "hidden")
	total, marks := p.totalFact(len(t.All)-away), t.MarkFact()
	facts := ""
	shorter := [][]string{{marks, total, unread, dismissed, snoozed, hidden}, {marks, total, unread, aside, hidden}, {marks, total, unread, aside}}
	if unread != "" {
		shorter = append(shorter, []string{marks, unread, aside})
	}
	for _, some := range append(shorter, []string{marks, total, unread}) {
		if facts = draw.JoinFacts(" · ", some...); text.Width(facts) <= room {
			return facts
		}
	}
	if unread != "" && marks == "" {
		return unread
	}
	return facts
}

// totalFact says how many tickets there are, and how much of them is shown.
func (p *panel) totalFact(all int) string {
	t, total := p.tickets, text.Count(all)
	if (p.fetch.Partial || p.loading()) && p.fetch.Total > len(t.All) {
		total = fmt.Sprintf("%s of about %s", total, text.Count(p.fetch.Total))
	}
	if p.fetch.Partial {
		total += " ~"
	}
	if t.Filter.Query != "" {
		total = text.Count(len(t.Shown)) + " of " + total
	}
	return total
}
