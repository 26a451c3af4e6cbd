package ticket

import (
	"fmt"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Draw shows the ticket.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	frame := draw.Box{Title: p.id.String()}
	if p.detail != nil {
		frame.Title, frame.Facts = present.Cell(kind.TicketLabel(p.detail.Ticket)), present.Cell(string(p.detail.Ticket.Status))
	}
	p.doc.Framed(c, r, frame, p.write, nil)
}

// write lays the ticket out.
func (p *Pane) write(w *document.Writer) {
	if p.problem != "" {
		w.Paragraph(nil, theme.Danger, p.problem)
	}
	if p.detail != nil {
		writeTicketHead(w, p.detail.Ticket, p.Now())
		if !p.brief {
			w.Paragraph(nil, theme.Accent, draw.Line(p.detail.Ticket.URL))
			w.Link(intent.Act{ID: intent.ActBrowse})
		}
		if a := p.detail.Aside; a != nil {
			w.Paragraph(nil, theme.Warning, draw.JoinFacts(" · ", present.AsideWords(*a)+" by "+draw.Line(a.By), draw.Line(a.Reason)))
		}
		w.Blank()
		if !p.brief || len(p.detail.Stories) > 0 {
			p.writeStories(w, p.detail.Stories)
		}
		writeBecame(p, w, p.detail)
	} else if p.problem == "" {
		w.Line([]draw.Run{{Role: theme.Muted, Text: setting.When(p.Slow(), "Loading the ticket…")}})
	}
	p.writeConversation(w)
}

func writeTicketHead(w *document.Writer, t tracker.Ticket, now time.Time) {
	mark, role := present.TicketMark(w.Theme, t)
	said, subject := present.SubjectOf(t.Subject)
	w.Paragraph([]draw.Run{{Role: role, Text: mark + " "}}, said|theme.Bold, subject)
	w.Paragraph(nil, theme.Muted, draw.JoinFacts(" · ",
		present.Named("status", statusWords(t)), present.Named("priority", t.Priority), present.Named("type", t.Type), asked(t, now)))
	w.Paragraph(nil, theme.Muted, draw.JoinFacts(" · ",
		present.Named("by", setting.When(t.Messaging, present.ChatChannel(t.Channel))+setting.When(!t.Messaging, t.Channel)), present.Named("from", t.Requester), present.Named("of", t.Organization), present.Named("tags", strings.Join(t.Tags, ", "))))
}

// asked says how long ago a ticket was made, empty where that is not known.
func asked(t tracker.Ticket, now time.Time) string {
	if t.CreatedAt.IsZero() {
		return ""
	}
	return "asked " + text.Age(now, t.CreatedAt)
}

// statusWords are a ticket's status and the account's own name of it.
func statusWords(t tracker.Ticket) string {
	if t.CustomStatus == "" {
		return string(t.Status)
	}
	return string(t.Status) + " (" + t.CustomStatus + ")"
}

func (p *Pane) writeStories(w *document.Writer, stories []tracker.StoryRef) {
	w.Rule(fmt.Sprintf("Stories %d", len(stories)))
	if len(stories) == 0 {
		w.Line([]draw.Run{{Role: theme.Muted, Text: fmt.Sprintf("None yet. %s creates one in the Backlog, %s in the Icebox, %s links one.",
			p.Keys.Key(keymap.ScopeItem, intent.ActBacklog), p.Keys.Key(keymap.ScopeItem, intent.ActIcebox), p.Keys.Key(keymap.ScopeItem, intent.ActLink))}})
	}
	for _, s := range stories {
		w.Facts([]draw.Run{{Role: theme.Accent, Text: s.ID.String() + " "}, {Role: theme.Text, Text: draw.Line(s.Name)}}, draw.Run{
			Role: theme.Muted, Text: draw.JoinFacts(" · ", string(s.State), present.Owners(s.Owners, p.Initials)),
		})
		w.Link(intent.OpenStory{ID: s.ID})
	}
}
