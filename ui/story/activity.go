package story

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/present"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

const (
	// eventLines is how many lines of a ticket's comment are shown; the ticket's detail
	// has the rest.
	eventLines = 8
	// maxEvents is how many of the tickets' comments are shown, the newest.
	maxEvents = 100
)

// entry is something in a list that is ordered by time.
type entry struct {
	at    time.Time
	write func()
}

// comments writes the story's comments and those of its tickets, oldest first.
func (s *sheet) comments() {
	events := s.eventsOf(true)
	caption := fmt.Sprintf("Comments %d", len(s.Comments))
	if len(events) > 0 {
		caption += fmt.Sprintf(" · %d on the tickets", len(events))
	}
	s.w.Rule(caption)
	if len(s.Comments) == 0 {
		s.muted("None yet. " + s.key(intent.ActComment) + " writes one.")
	}
	if n := len(events) - maxEvents; n > 0 {
		s.muted(fmt.Sprintf("%d older comments are on the tickets.", n))
		events = events[n:]
	}
	var list []entry
	for _, c := range s.Comments {
		list = append(list, entry{c.CreatedAt, func() { s.said(c) }})
	}
	for _, e := range events {
		list = append(list, entry{e.At, func() { s.happened(e, e.Author, present.EventBy(e)+": "+eventText(e)) }})
	}
	slices.SortStableFunc(list, func(a, b entry) int { return a.at.Compare(b.at) })
	for _, e := range list {
		e.write()
	}
}

// eventsOf lists what was written on the tickets, or else what changed there.
func (s *sheet) eventsOf(written bool) []tracker.TicketEvent {
	return slices.DeleteFunc(slices.Clone(s.Events), func(e tracker.TicketEvent) bool { return (e.Kind == tracker.EventComment) != written })
}

// said writes a comment of the story, and what became of it.
func (s *sheet) said(c tracker.Comment) {
	margin := present.Byline(c.Author, c.CreatedAt, s.now)
	s.w.Paragraph([]draw.Run{{Role: theme.Accent, Text: margin}}, theme.Text, strings.TrimSpace(plaintext.Block(c.Text)))
	s.carried(c, text.Spaces(text.Width(margin)))
	s.deliveries(text.Width(margin), func(d tracker.Delivery) bool { return d.CommentID == c.ID })
}

// happened writes something that happened on a ticket, with a mark where the user has
// not seen it before.
func (s *sheet) happened(e tracker.TicketEvent, who, words string) {
	margin := []draw.Run{{Role: theme.Muted, Text: present.Byline(who, e.At, s.now)}}
	if s.unread[e.ID] {
		margin = append(margin, draw.Run{Role: theme.Accent | theme.Bold, Text: s.w.Theme.Glyph(theme.GlyphUnread) + " "})
	}
	role := theme.Text
	if !e.Public {
		role = theme.Private
	}
	first := len(s.w.Lines)
	s.w.Paragraph(margin, role, words)
	i := slices.IndexFunc(s.Story.Tickets, func(l tracker.Link) bool { return l.Ticket == e.Ticket })
	if i >= 0 && s.Story.Tickets[i].IntegrationID != 0 {
		s.w.LinkFrom(first, intent.OpenTicket{Integration: s.Story.Tickets[i].IntegrationID, ID: e.Ticket.ID})
	}
}

// history writes the changes of the story and of its tickets, newest first.
func (s *sheet) history() {
	s.w.Rule("History")
	var list []entry
	for _, a := range s.Activities {
		if a.Verb != "commented" { // the comment stands above
			list = append(list, entry{a.At, func() { s.changed(a) }})
		}
	}
	for _, e := range slices.Backward(s.eventsOf(false)) {
		list = append(list, entry{e.At, func() { s.happened(e, "Zendesk", e.Ticket.ID.String()+" "+present.EventChange(e)) }})
	}
	slices.SortStableFunc(list, func(a, b entry) int { return b.at.Compare(a.at) })
	for _, e := range list {
		e.write()
	}
}

// changed writes a change of the story, and what became of it.
func (s *sheet) changed(a tracker.Activity) {
	margin := present.Byline("", a.At, s.now)
	s.w.Paragraph([]draw.Run{{Role: theme.Muted, Text: margin}}, theme.Text, present.ActivitySentence(a))
	s.deliveries(text.Width(margin), func(d tracker.Delivery) bool { return d.ActivityID == a.ID && d.CommentID == 0 })
}

// eventText is what somebody wrote on a ticket, without blank lines: its first lines, with
// an ellipsis where there are more.
func eventText(e tracker.TicketEvent) string {
	said := slices.DeleteFunc(strings.Split(plaintext.Block(e.Text), "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
	if len(said) > eventLines {
		said = append(said[:eventLines:eventLines], "…")
	}
	return strings.Join(said, "\n")
}
