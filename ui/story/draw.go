package story

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// sectionComments is the part of a story's detail that has the comments.
const sectionComments = "comments"

// Draw shows the story and, below it, the comment that is being written.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	frame := draw.Box{Title: p.id.String()}
	if p.detail != nil {
		frame.Facts = string(p.detail.Story.State)
		frame.Offers = offers(p.Keys, p.detail.Story, p.detail.Project)
	}
	in := p.doc.Framed(c, r, frame, p.write, func(room draw.Rect) draw.Rect {
		if p.comment.Open {
			return p.comment.Draw(c, room, p.commentGoes())
		}
		return room
	})
	if p.edit != nil && !in.Empty() {
		p.drawEdit(c, in)
	}
}

// offers names the keys that take a story along.
func offers(keys keymap.Map, st tracker.Story, project tracker.Project) []draw.Offer {
	var list []draw.Offer
	offer := func(id intent.ActionID, what tracker.Action) {
		list = append(list, draw.Offer{Text: keys.Key(keymap.ScopeItem, id) + " " + present.Capital(string(what)), ID: id})
	}
	for _, a := range tracker.Actions(st.Type, st.State, st.Estimate, project) {
		switch a {
		case tracker.Estimate:
			offer(intent.ActEstimate, a)
		case tracker.Reject:
			offer(intent.ActReject, a)
		default:
			offer(intent.ActAdvance, a)
		}
	}
	return list
}

// write lays the story out.
func (p *Pane) write(w *document.Writer) {
	if p.problem != "" {
		w.Paragraph(nil, theme.Danger, p.problem)
	}
	if p.detail == nil {
		if p.problem == "" {
			w.Line([]draw.Run{{Role: theme.Muted, Text: setting.When(p.Slow(), "Loading the story…")}})
		}
		return
	}
	now := p.Service.Now()
	d := p.detail
	p.writeHead(w)
	w.Blank()
	p.writeTickets(w, d, now)
	p.writeDescription(w)
	p.writeTasks(w)
	p.writeComments(w, now)
	w.End(sectionComments)
	p.writeHistory(w, now)
	p.writeDraft(w)
}

// writeDescription writes the description, or leaves room to edit it.
func (p *Pane) writeDescription(w *document.Writer) {
	caption := "Description"
	if p.described.Kept != "" && p.edit == nil {
		caption += " · unsaved draft, " + p.Keys.Key(keymap.ScopeStops, intent.ActOpen) + " continues it"
	}
	w.Rule(caption)
	if p.editing(EditField{fieldDescription}) {
		w.Leave(nil, p.editHeight())
		return
	}
	first := len(w.Lines)
	document.WriteText(w, p.detail.Story.Description, "None yet.")
	w.LinkFrom(first, EditField{fieldDescription})
}

func (p *Pane) writeTickets(w *document.Writer, d *tracker.StoryDetail, now time.Time) {
	w.Rule(draw.JoinFacts(" · ", fmt.Sprintf("Tickets %d", len(d.Tickets)), present.Demand(d.Tickets, now)))
	if len(d.Tickets) == 0 {
		w.Line([]draw.Run{{Role: theme.Muted, Text: "None. " + p.Keys.Key(keymap.ScopeItem, intent.ActLink) + " links one."}})
	}
	for i, t := range d.Tickets {
		mark, role := present.StatusMark(t.Status)
		said, subject := present.SubjectOf(t.Subject)
		if t.Status == "" {
			said, subject = theme.Text, "not loaded yet"
		}
		carrier := ""
		if d.Story.Tickets[i].IntegrationID == 0 {
			carrier = "no integration"
		}
		first := len(w.Lines)
		row := []draw.Run{{Role: role, Text: mark + " "}, {Role: theme.Accent, Text: t.ID.String() + " "}, {Role: said, Text: subject}}
		who := draw.JoinFacts(" · ", draw.Line(t.Organization), draw.Line(t.Requester))
		since := draw.JoinFacts(" · ", carrier, present.Waits(t, now))
		if all := draw.JoinFacts(" · ", who, since); present.Fits(w.Width, row, all) {
			w.Facts(row, draw.Run{Role: theme.Muted, Text: all})
		} else {
			w.Facts(row, draw.Run{Role: theme.Muted, Text: since})
			w.Line([]draw.Run{{Role: theme.Muted, Text: "  " + who}})
		}
		if in := d.Story.Tickets[i].IntegrationID; in != 0 {
			w.LinkFrom(first, intent.OpenTicket{Integration: in, ID: t.ID})
		}
	}
}

func (p *Pane) writeComments(w *document.Writer, now time.Time) {
	w.Rule(fmt.Sprintf("Comments %d", len(p.detail.Comments)))
	if len(p.detail.Comments) == 0 {
		w.Line([]draw.Run{{Role: theme.Muted, Text: "None yet. " + p.Keys.Key(keymap.ScopeItem, intent.ActComment) + " writes one."}})
	}
	for _, c := range p.detail.Comments {
		margin := present.Byline(c.Author, c.CreatedAt, now)
		w.Paragraph([]draw.Run{{Role: theme.Accent, Text: margin}}, theme.Text, strings.TrimSpace(plaintext.Block(c.Text)))
		p.writeDeliveries(w, text.Width(margin), now, func(d tracker.Delivery) bool { return d.CommentID == c.ID })
	}
}

// writeDeliveries writes what became of the notes that are chosen, oldest first.
func (p *Pane) writeDeliveries(w *document.Writer, indent int, now time.Time, chosen func(tracker.Delivery) bool) {
	for _, d := range slices.Backward(p.detail.Deliveries) {
		if !chosen(d) {
			continue
		}
		glyph, role := present.DeliveryMark(d.State)
		words := draw.Line(present.DeliveryWords(d, p.carriers.Held(d), now))
		if p.retractable(d, now) {
			words += " · " + p.Keys.Key(keymap.ScopeGlobal, intent.ActUndo) + " undo"
		}
		w.Paragraph([]draw.Run{
			{Role: theme.Text, Text: text.Spaces(indent)}, {Role: role, Text: w.Theme.Glyph(glyph) + " "}, {Role: theme.Muted, Text: d.Ticket.ID.String() + " "},
		}, theme.Muted, words)
	}
}

// retractable tells whether a note belongs to the story's last change and has
// not left: undoing takes it back then.
func (p *Pane) retractable(d tracker.Delivery, now time.Time) bool {
	last := p.detail.Activities
	return d.State == tracker.DeliveryWaiting && d.Attempts == 0 && d.NotBefore.After(now) &&
		len(last) > 0 && last[0].ID == d.ActivityID
}

func (p *Pane) writeHistory(w *document.Writer, now time.Time) {
	w.Rule("History")
	for _, a := range p.detail.Activities {
		if a.Verb == "commented" {
			continue // it stands above
		}
		margin := present.Byline(a.Actor, a.At, now)
		w.Paragraph([]draw.Run{{Role: theme.Muted, Text: margin}}, theme.Text, present.ActivityWords(a))
		p.writeDeliveries(w, text.Width(margin), now, func(d tracker.Delivery) bool {
			return d.ActivityID == a.ID && d.CommentID == 0
		})
	}
}

// writeDraft shows a comment that was begun and not sent.
func (p *Pane) writeDraft(w *document.Writer) {
	if p.comment.Open || p.comment.Kept == "" {
		return
	}
	w.Rule("Draft, not sent · " + p.Keys.Key(keymap.ScopeItem, intent.ActComment) + " continues it")
	w.Paragraph(nil, theme.Muted, plaintext.Block(p.comment.Kept))
}
