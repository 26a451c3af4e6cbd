package story

import (
	"fmt"
	"slices"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/plaintext"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// sectionComments is the part of a story's detail that has the comments.
const sectionComments = "comments"

// sheet lays a story out.
type sheet struct {
	*reading
	w    *document.Writer
	keys keymap.Map
	now  time.Time
	// editor says which text is being edited: room is left for it.
	editor *editor
	// description, written and comment are the drafts that are offered, empty for
	// none: of the description, of what was written in the user's editor, and of a
	// comment.
	description, written, comment string
	// unread are the events that the user had not seen when the detail was opened.
	unread map[int64]bool
}

// write lays out everything.
func (s *sheet) write() {
	s.head()
	s.w.Blank()
	s.tickets()
	s.describe()
	s.tasks()
	s.blockers()
	s.reviews()
	s.files()
	s.brought()
	s.comments()
	s.w.End(sectionComments)
	s.history()
	s.draft()
}

// key is the key of an action on the story.
func (s *sheet) key(id intent.ActionID) string { return s.keys.Key(keymap.ScopeItem, id) }

// muted writes a line that says what there is not.
func (s *sheet) muted(text string) { s.w.Line([]draw.Run{{Role: theme.Muted, Text: text}}) }

// head writes the story's name and, below it, its other fields.
func (s *sheet) head() {
	glyph, role := present.TypeGlyph(s.Story.Type)
	mark := []draw.Run{{Role: role, Text: s.w.Theme.Glyph(glyph) + " "}}
	if s.editor.on(EditField{present.FieldName}) {
		s.w.Leave(mark, 1)
	} else {
		first := len(s.w.Lines)
		s.w.Paragraph(mark, theme.Text|theme.Bold, draw.Line(s.Story.Name))
		s.w.LinkFrom(first, EditField{present.FieldName})
	}
	s.w.Row(storyFacts(s.Story, s.Project, s.Parts))
	if s.written != "" {
		s.w.Line([]draw.Run{{Role: theme.Warning, Text: "Unsaved text from the editor · " + s.key(intent.ActWrite) + " continues it"}})
	}
}

// describe writes the description, or leaves room to edit it.
func (s *sheet) describe() {
	caption := "Description"
	if s.description != "" && !s.editor.open() {
		caption += " · unsaved draft, " + s.keys.Key(keymap.ScopeStops, intent.ActOpen) + " continues it"
	}
	s.w.Rule(caption)
	if s.editor.on(EditField{fieldDescription}) {
		s.w.Leave(nil, s.editor.height())
		return
	}
	first := len(s.w.Lines)
	document.WriteText(s.w, s.Story.Description, "None yet.")
	s.w.LinkFrom(first, EditField{fieldDescription})
}

func (s *sheet) tickets() {
	s.w.Rule(draw.JoinFacts(" · ", fmt.Sprintf("Tickets %d", len(s.Tickets)), present.Demand(s.Tickets, s.now)))
	if len(s.Tickets) == 0 {
		s.muted("None. " + s.key(intent.ActLink) + " links one.")
	}
	for i, t := range s.Tickets {
		s.ticket(t, s.Story.Tickets[i])
	}
}

func (s *sheet) ticket(t tracker.Ticket, link tracker.Link) {
	mark, role := present.TicketMark(s.w.Theme, t)
	said, subject := present.SubjectOf(t.Subject)
	if t.Status == "" && (t.Subject == "" || !kind.IsItem(t.TicketKey)) {
		said, subject = theme.Text, "not loaded yet"
	}
	carrier := ""
	if link.IntegrationID == 0 {
		carrier = "no integration"
	}
	first := len(s.w.Lines)
	row := []draw.Run{{Role: role, Text: mark + " "}, {Role: theme.Accent, Text: present.Cell(kind.LinkLabel(link)) + " "}, {Role: said, Text: subject}}
	who := draw.JoinFacts(" · ", draw.Line(t.Organization), draw.Line(t.Requester))
	since := draw.JoinFacts(" · ", carrier, present.Waits(t, s.now))
	if all := draw.JoinFacts(" · ", who, since); present.Fits(s.w.Width, row, all) {
		s.w.Facts(row, draw.Run{Role: theme.Muted, Text: all})
	} else {
		s.w.Facts(row, draw.Run{Role: theme.Muted, Text: since})
		s.muted("  " + who)
	}
	if link.IntegrationID != 0 {
		s.w.LinkFrom(first, intent.OpenTicket{Integration: link.IntegrationID, ID: t.ID})
	}
}

// tasks writes the tasks with their boxes, and leaves room for a new one.
func (s *sheet) tasks() {
	caption := "Tasks"
	if n := len(s.Story.Tasks); n > 0 {
		caption = fmt.Sprintf("Tasks %d/%d", s.Story.TasksDone(), n)
	}
	s.w.Rule(caption)
	for _, t := range s.Story.Tasks {
		s.task(t)
	}
	switch {
	case s.editor.on(addTask{}):
		s.w.Leave([]draw.Run{{Role: theme.Text, Text: tracker.Task{}.Box() + " "}}, 1)
	case len(s.Story.Tasks) == 0:
		s.muted("None. " + s.keys.Key(keymap.ScopeStory, actAddTask) + " adds one.")
		s.w.Link(addTask{})
	}
}

func (s *sheet) task(t tracker.Task) {
	box, role := t.Box(), theme.Text
	if t.Done {
		role = theme.Muted
	}
	first := len(s.w.Lines)
	if margin := []draw.Run{{Role: role, Text: box + " "}}; s.editor.on(editTask{t.ID}) {
		s.w.Leave(margin, 1)
	} else {
		s.w.Paragraph(margin, role, draw.Line(t.Text))
		s.w.LinkFrom(first, editTask{t.ID})
	}
	s.w.Spot(first, 0, text.Width(box), toggleTask{t.ID})
}

// deliveries writes what became of the private comments that are chosen, oldest
// first.
func (s *sheet) deliveries(indent int, chosen func(tracker.Delivery) bool) {
	for _, d := range slices.Backward(s.Deliveries) {
		if !chosen(d) {
			continue
		}
		glyph, role := present.DeliveryMark(d.State)
		words := draw.Line(present.DeliveryWords(d, s.carriers.Held(d), s.now))
		if s.retractable(d, s.now) {
			words += " · " + s.keys.Key(keymap.ScopeGlobal, intent.ActUndo) + " undo"
		}
		s.w.Paragraph([]draw.Run{
			{Role: theme.Text, Text: text.Spaces(indent)}, {Role: role, Text: s.w.Theme.Glyph(glyph) + " "}, {Role: theme.Muted, Text: d.Ticket.ID.String() + " "},
		}, theme.Muted, words)
	}
}

// draft shows a comment that was begun and not sent.
func (s *sheet) draft() {
	if s.comment == "" {
		return
	}
	s.w.Rule("Draft, not sent · " + s.key(intent.ActComment) + " continues it")
	s.w.Paragraph(nil, theme.Muted, plaintext.Block(s.comment))
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
