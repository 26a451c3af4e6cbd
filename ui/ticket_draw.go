package ui

import (
	"fmt"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Draw shows the ticket.
func (p *ticketPane) Draw(c *canvas, r rect) {
	c.fill(r)
	frame := box{title: p.id.String(), foot: p.doc.more()}
	if p.detail != nil {
		frame.facts = cell(string(p.detail.Ticket.Status))
	}
	if in := margined(c.box(r, frame)); !in.empty() {
		p.doc.draw(c, in, p.write)
	}
}

// write lays the ticket out.
func (p *ticketPane) write(w *docWriter) {
	if p.problem != "" {
		w.paragraph(nil, theme.Danger, p.problem)
	}
	if p.detail != nil {
		writeTicketHead(w, p.detail.Ticket, p.service.Now())
		p.writeStories(w, p.detail.Stories)
	} else if p.problem == "" {
		w.line([]run{{theme.Muted, when(p.slow(), "Loading the ticket…")}})
	}
	p.writeConversation(w)
}

func writeTicketHead(w *docWriter, t tracker.Ticket, now time.Time) {
	mark, role := statusMark(t.Status)
	said, subject := subjectOf(t.Subject)
	w.paragraph([]run{{role, mark + " "}}, said|theme.Bold, subject)
	w.paragraph(nil, theme.Muted, joinFacts(" · ",
		named("status", statusWords(t)), named("priority", t.Priority), named("type", t.Type), "asked "+text.Age(now, t.CreatedAt)))
	w.paragraph(nil, theme.Muted, joinFacts(" · ",
		named("by", when(t.Messaging, channelWord(t.Channel))+when(!t.Messaging, t.Channel)), named("from", t.Requester), named("of", t.Organization), named("tags", strings.Join(t.Tags, ", "))))
	w.paragraph(nil, theme.Accent, line(t.URL))
	w.link(act{actBrowse})
	w.blank()
}

// statusWords are a ticket's status and the account's own name of it.
func statusWords(t tracker.Ticket) string {
	if t.CustomStatus == "" {
		return string(t.Status)
	}
	return string(t.Status) + " (" + t.CustomStatus + ")"
}

func (p *ticketPane) writeStories(w *docWriter, stories []tracker.StoryRef) {
	w.rule(fmt.Sprintf("Stories %d", len(stories)))
	if len(stories) == 0 {
		w.line([]run{{theme.Muted, fmt.Sprintf("None yet. %s creates one in the Backlog, %s in the Icebox, %s links one.",
			p.keys.key(scopeItem, actBacklog), p.keys.key(scopeItem, actIcebox), p.keys.key(scopeItem, actLink))}})
	}
	for _, s := range stories {
		w.facts([]run{{theme.Accent, s.ID.String() + " "}, {theme.Text, line(s.Name)}}, run{theme.Muted, string(s.State)})
		w.link(openStory{s.ID})
	}
}
