package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// sectionComments is the part of a story's detail that has the comments.
const sectionComments = "comments"

// Draw shows the story and, below it, the comment that is being written.
func (p *storyPane) Draw(c *canvas, r rect) {
	c.fill(r)
	frame := box{title: p.id.String(), foot: p.doc.more()}
	if p.detail != nil {
		frame.facts = string(p.detail.Story.State)
		frame.offers = offers(p.detail.Story, p.detail.Project)
	}
	in := margined(c.box(r, frame))
	if in.empty() {
		return
	}
	if p.comment.open {
		in = p.comment.draw(c, in, p.commentGoes())
	}
	p.doc.draw(c, in, p.write)
	if p.edit != nil {
		p.drawEdit(c, in)
	}
}

// offers names the keys that take a story along.
func offers(st tracker.Story, project tracker.Project) []offer {
	var keys []offer
	for _, a := range tracker.Actions(st.Type, st.State, st.Estimate, project) {
		switch a {
		case tracker.Estimate:
			keys = append(keys, offer{"p Estimate", actEstimate})
		case tracker.Reject:
			keys = append(keys, offer{"x Reject", actReject})
		default:
			keys = append(keys, offer{"s " + capital(string(a)), actAdvance})
		}
	}
	return keys
}

// capital writes a word with a capital.
func capital(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// joinFacts joins the facts that are there.
func joinFacts(between string, facts ...string) string {
	facts = slices.DeleteFunc(slices.Clone(facts), func(f string) bool { return f == "" })
	return strings.Join(facts, between)
}

// write lays the story out.
func (p *storyPane) write(w *docWriter) {
	if p.problem != "" {
		w.paragraph(nil, theme.Danger, p.problem)
	}
	if p.detail == nil {
		if p.problem == "" {
			w.line([]run{{theme.Muted, when(p.slow(), "Loading the story…")}})
		}
		return
	}
	now := p.service.Now()
	d := p.detail
	p.writeHead(w)
	w.blank()
	p.writeTickets(w, d, now)
	p.writeDescription(w)
	p.writeTasks(w)
	p.writeComments(w, now)
	w.end(sectionComments)
	p.writeHistory(w, now)
	p.writeDraft(w)
}

// writeDescription writes the description, or leaves room to edit it.
func (p *storyPane) writeDescription(w *docWriter) {
	caption := "Description"
	if p.described.kept != "" && p.edit == nil {
		caption += " · unsaved draft, " + p.keys.key(scopeStops, actOpen) + " continues it"
	}
	w.rule(caption)
	if p.editing(editField{fieldDescription}) {
		w.leave(nil, p.editHeight())
		return
	}
	first := len(w.lines)
	writeText(w, p.detail.Story.Description, "None yet.")
	w.linkFrom(first, editField{fieldDescription})
}

func pointsOf(st tracker.Story) string {
	if st.Estimate == nil {
		return ""
	}
	return pointCount(*st.Estimate)
}

// named writes a fact, which may come from strangers, behind its name.
func named(name, fact string) string {
	if fact = line(fact); fact == "" {
		return ""
	}
	return name + " " + fact
}

// writeText writes a long text of strangers, or what to say when there is none.
func writeText(w *docWriter, s, none string) {
	if s = strings.TrimSpace(plaintext.Block(s)); s == "" {
		w.line([]run{{theme.Muted, none}})
		return
	}
	w.paragraph(nil, theme.Text, strings.Join(text.Align(strings.Split(s, "\n"), w.width), "\n"))
}

func (p *storyPane) writeTickets(w *docWriter, d *tracker.StoryDetail, now time.Time) {
	w.rule(joinFacts(" · ", fmt.Sprintf("Tickets %d", len(d.Tickets)), demand(d.Tickets, now)))
	if len(d.Tickets) == 0 {
		w.line([]run{{theme.Muted, "None. " + p.keys.key(scopeItem, actLink) + " links one."}})
	}
	for i, t := range d.Tickets {
		mark, role := statusMark(t.Status)
		said, subject := subjectOf(t.Subject)
		if t.Status == "" {
			said, subject = theme.Text, "not read yet"
		}
		carrier := ""
		if d.Story.Tickets[i].IntegrationID == 0 {
			carrier = "no integration"
		}
		first := len(w.lines)
		row := []run{{role, mark + " "}, {theme.Accent, t.ID.String() + " "}, {said, subject}}
		who := joinFacts(" · ", line(t.Organization), line(t.Requester))
		since := joinFacts(" · ", carrier, waits(t, now))
		if all := joinFacts(" · ", who, since); fits(w.width, row, all) {
			w.facts(row, run{theme.Muted, all})
		} else {
			w.facts(row, run{theme.Muted, since})
			w.line([]run{{theme.Muted, "  " + who}})
		}
		if in := d.Story.Tickets[i].IntegrationID; in != 0 {
			w.linkFrom(first, openTicket{in, t.ID})
		}
	}
}

// fits tells whether a row has room for a fact at its right end, and is not half
// of it.
func fits(width int, row []run, fact string) bool {
	reserve := text.Width(fact) + 1
	if reserve > width/2 {
		return false
	}
	room := width - reserve
	for _, r := range row {
		room -= text.Width(r.text)
	}
	return room >= 0
}

// statusMark is the letter of a ticket's status with its colour.
func statusMark(s tracker.TicketStatus) (string, theme.Role) {
	return letter(tracker.TicketStatus(cell(string(s)))), statusRole(s)
}

// demand says how many organisations wait for a story and how long, the longest.
func demand(tickets []tracker.Ticket, now time.Time) string {
	organisations := map[string]bool{}
	since := now
	for _, t := range tickets {
		if !waiting(t) {
			continue
		}
		if t.Organization != "" {
			organisations[t.Organization] = true
		}
		if t.CreatedAt.Before(since) {
			since = t.CreatedAt
		}
	}
	switch len(organisations) {
	case 0:
		return ""
	case 1:
		return "1 organisation waits " + text.Age(now, since)
	}
	return strconv.Itoa(len(organisations)) + " organisations wait up to " + text.Age(now, since)
}

// waiting tells whether somebody still waits for an answer on a ticket.
func waiting(t tracker.Ticket) bool {
	return t.Status != "" && t.Status != tracker.TicketSolved && t.Status != tracker.TicketClosed
}

func waits(t tracker.Ticket, now time.Time) string {
	if waiting(t) {
		return "waits " + text.Age(now, t.CreatedAt)
	}
	return line(string(t.Status))
}

func (p *storyPane) writeComments(w *docWriter, now time.Time) {
	w.rule(fmt.Sprintf("Comments %d", len(p.detail.Comments)))
	if len(p.detail.Comments) == 0 {
		w.line([]run{{theme.Muted, "None yet. " + p.keys.key(scopeItem, actComment) + " writes one."}})
	}
	for _, c := range p.detail.Comments {
		margin := byline(c.Author, c.CreatedAt, now)
		w.paragraph([]run{{theme.Accent, margin}}, theme.Text, strings.TrimSpace(plaintext.Block(c.Text)))
		p.writeDeliveries(w, text.Width(margin), now, func(d tracker.Delivery) bool { return d.CommentID == c.ID })
	}
}

// byline says who and how long ago, in a fixed width.
func byline(who string, at, now time.Time) string {
	return text.Fit(initials(cell(who)), 2) + " " + text.Fit(text.Age(now, at), 3) + "  "
}

// writeDeliveries writes what became of the notes that are chosen, oldest first.
func (p *storyPane) writeDeliveries(w *docWriter, indent int, now time.Time, chosen func(tracker.Delivery) bool) {
	for _, d := range slices.Backward(p.detail.Deliveries) {
		if !chosen(d) {
			continue
		}
		glyph, role := deliveryMark(d.State)
		words := line(deliveryWords(d, p.carriers.held(d), now))
		if p.retractable(d, now) {
			words += " · " + p.keys.key(scopeGlobal, actUndo) + " undo"
		}
		w.paragraph([]run{
			{theme.Text, text.Spaces(indent)}, {role, w.theme.Glyph(glyph) + " "}, {theme.Muted, d.Ticket.ID.String() + " "},
		}, theme.Muted, words)
	}
}

// retractable tells whether a note belongs to the story's last change and has
// not left: undoing takes it back then.
func (p *storyPane) retractable(d tracker.Delivery, now time.Time) bool {
	last := p.detail.Activities
	return d.State == tracker.DeliveryWaiting && d.Attempts == 0 && d.NotBefore.After(now) &&
		len(last) > 0 && last[0].ID == d.ActivityID
}

func (p *storyPane) writeHistory(w *docWriter, now time.Time) {
	w.rule("History")
	for _, a := range p.detail.Activities {
		if a.Verb == "commented" {
			continue // it stands above
		}
		margin := byline(a.Actor, a.At, now)
		w.paragraph([]run{{theme.Muted, margin}}, theme.Text, activityWords(a))
		p.writeDeliveries(w, text.Width(margin), now, func(d tracker.Delivery) bool {
			return d.ActivityID == a.ID && d.CommentID == 0
		})
	}
}

// activityWords says what a change did.
func activityWords(a tracker.Activity) string {
	var changes []string
	for _, c := range a.Changes {
		switch {
		case c.Field == "rank", c.Field == "task order", c.Field == "state" && c.New == a.Verb:
		case c.Field == "task" && strings.HasPrefix(a.Verb, "task "):
			changes = append(changes, taskWords(c))
		case c.Field == "description":
			changes = append(changes, "description")
		case c.Field == "ticket":
			changes = append(changes, ticketWords(c.New))
		case c.Old == "":
			changes = append(changes, fmt.Sprintf("%s %s", c.Field, c.New))
		default:
			changes = append(changes, fmt.Sprintf("%s %s → %s", c.Field, c.Old, orNone(c.New)))
		}
	}
	return line(joinFacts(" · ", append([]string{a.Verb}, changes...)...))
}

// taskWords says which task a change is about; the verb says what became of it.
func taskWords(c tracker.FieldChange) string {
	const box = "[ ] "
	old, now := c.Old[min(len(box), len(c.Old)):], c.New[min(len(box), len(c.New)):]
	if old == "" || now == "" || old == now {
		return cmp.Or(now, old)
	}
	return old + " → " + now
}

// ticketWords shortens a ticket's key to its number.
func ticketWords(key string) string {
	if i := strings.LastIndex(key, "/"); i >= 0 {
		return "#" + key[i+1:]
	}
	return key
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// writeDraft shows a comment that was begun and not sent.
func (p *storyPane) writeDraft(w *docWriter) {
	if p.comment.open || p.comment.kept == "" {
		return
	}
	w.rule("Draft, not sent · " + p.keys.key(scopeItem, actComment) + " continues it")
	w.paragraph(nil, theme.Muted, plaintext.Block(p.comment.kept))
}
