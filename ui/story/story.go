package story

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// Pane shows one story: its fields, which are edited where they stand, its
// tickets, tasks, comments with what became of their private comments, and history.
// A comment is written below them.
type Pane struct {
	*host
	actions pane.Actions[*Pane]
	id      tracker.StoryID
	// planned says for when it is planned.
	planned present.Planned
	// asked is the generation of the last reading.
	asked int
	// read is nil until the story was read; known is what its row tells of it until
	// then, the zero value where there is none.
	read  *reading
	known tracker.Card
	// awaited is an action to be done when the story was read, empty for none.
	awaited intent.ActionID
	// renewed is true from a saving until the story was read again, said from
	// the sending of a comment.
	renewed, said bool
	// attended is true once the user looks at the story, unread are the events that were
	// new then: they stay marked while it is shown.
	attended bool
	unread   map[int64]bool
	// problem is the sentence of the error that the last reading ended with.
	problem string
	doc     document.Document
	comment command.Composer
	editor  editor
	written written
	fields  fields
	tasks   tasks
	parts   parts
}

// storyRead brings a story with all that its detail shows.
type storyRead struct {
	asked        int
	detail       tracker.StoryDetail
	integrations []tracker.Integration
	err          error
}

// New makes the detail of a story, to be opened with [pane.Side].
func New(c *command.Commands, s UseCases, id tracker.StoryID) *Pane {
	h := &host{c, s}
	p := &Pane{
		host: h, actions: actions(), id: id, unread: make(map[int64]bool), comment: command.NewComposer(c, CommentKey(id)), doc: document.Document{Cursor: EditField{present.FieldName}},
		written: newWritten(h, id),
	}
	latest := func() tracker.Story { return p.read.Story }
	p.editor, p.fields, p.tasks = newEditor(h, id, &p.doc, latest), fields{h, latest}, tasks{h, latest}
	p.parts = parts{
		fields: &p.fields, tasks: &p.tasks, read: func() tracker.StoryDetail { return p.read.StoryDetail },
		compose: func(f tracker.StoryFile) tea.Cmd { return composeWith(p, f) },
	}
	return p
}

// CommentKey is the key of the draft of a comment on a story.
func CommentKey(story tracker.StoryID) string { return "comment/" + story.String() }

// Init reads the story and the texts that were begun.
func (p *Pane) Init() tea.Cmd {
	p.attended = true
	return tea.Batch(p.reload(), p.comment.Ask(), p.editor.draft.Ask(), p.written.Ask())
}

// Attended returns the story that a detail shows, and whether the user writes on it.
func Attended(p *Pane) (id tracker.StoryID, writes bool) {
	return p.id, p.comment.Open || p.editor.open()
}

// Working while the story is read for the first time.
func (p *Pane) Working() bool { return p.read == nil && p.problem == "" }

// Settled reports whether the story and the texts that were begun on it have been
// read: what is typed now goes on with them.
func (p *Pane) Settled() bool {
	return p.read != nil && p.comment.Known() && p.editor.draft.Read && p.written.Read
}

// Named names the next state by what it does to the story.
func (p *Pane) Named(id intent.ActionID) (brief, help string) {
	if p.read == nil || id != intent.ActAdvance {
		return "", ""
	}
	return string(command.NextStep(p.Host, p.read.card())), ""
}

// attend notes which events are new to the user who looks at the story, and records that
// they were seen.
func (p *Pane) attend(first bool) tea.Cmd {
	if !p.attended || p.read == nil {
		return nil
	}
	for _, e := range p.read.Events {
		if e.Unread {
			first, p.unread[e.ID] = true, true
		}
	}
	if !first {
		return nil
	}
	return p.see()
}

// see records that the user has looked at the story, as it was read: what came since is
// still new. Its reading reports one that is gone.
func (p *Pane) see() tea.Cmd {
	id, service, upTo := p.id, p.Service, int64(0)
	for _, e := range p.read.Events {
		upTo = max(upTo, e.ID)
	}
	return p.Do(func(ctx context.Context) tea.Msg {
		if err := service.Views.SeeStory(ctx, id, upTo); tracker.CodeOf(err) != tracker.CodeNotFound {
			return pane.Done{Err: err}
		}
		return nil
	})
}

func (p *Pane) reload() tea.Cmd {
	p.asked = p.Next()
	asked, id, service := p.asked, p.id, p.Service
	return p.Do(func(ctx context.Context) tea.Msg {
		read := storyRead{asked: asked}
		if read.detail, read.err = service.Stories.Story(ctx, id); read.err == nil {
			read.integrations, read.err = service.Accounts.Integrations(ctx, 0)
		}
		return read
	})
}

// Update follows what changes, and types into the text that is being written.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintStories | tracker.HintTickets | tracker.HintDeliveries | tracker.HintIntegrations) {
			return p.reload()
		}
	case storyRead:
		if msg.asked == p.asked {
			return p.show(msg)
		}
	case pane.Spun:
		p.doc.Changed()
	case pane.Ticked:
		p.doc.Aged(p.Now())
		if p.read != nil && p.read.countsDown(p.Now()) {
			p.doc.Changed()
		}
	case pane.Done:
		return p.ended(msg)
	case dialog.DraftRead, dialog.DraftDue, dialog.TextEdited:
		p.doc.Changed()
		return tea.Batch(p.comment.Update(msg), p.editor.update(msg), p.written.update(msg))
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		return p.typed(msg)
	}
	return nil
}

// typed types into the text that is being written.
func (p *Pane) typed(msg tea.Msg) tea.Cmd {
	switch {
	case p.Top() != pane.Pane(p):
		return nil
	case p.editor.open():
		return p.editor.update(msg)
	case p.comment.Open:
		return p.comment.Write(msg)
	}
	return nil
}

// show takes what was read. A story that is gone takes its pane with it, unless
// somebody is writing on it.
func (p *Pane) show(msg storyRead) tea.Cmd {
	p.doc.Changed()
	p.problem, p.renewed = "", false
	if msg.err == nil {
		first := p.read == nil
		p.read = newReading(msg.detail, msg.integrations)
		if p.said {
			p.said = false
			p.doc.ShowEnd(sectionComments)
		}
		return tea.Batch(p.attend(first), p.doAwaited())
	}
	if p.awaited = ""; p.read != nil && dialog.Offline(msg.err) {
		return nil // the story stays readable; the status line says why it may be old
	}
	p.problem = draw.Line(msg.err.Error())
	gone := tracker.CodeOf(msg.err) == tracker.CodeNotFound
	switch {
	case !gone || p.Top() != pane.Pane(p) || p.comment.Open || p.editor.open():
		return nil
	case p.read == nil:
		return tea.Batch(p.Close(), p.Warn(p.problem))
	}
	return tea.Batch(p.Close(), p.Warn(fmt.Sprintf("%s was deleted", p.id)))
}

// ended takes how saving a text ended, or another change of the story.
func (p *Pane) ended(msg pane.Done) tea.Cmd {
	of := command.OutcomeOf(msg)
	switch {
	case of.Deleted && msg.Err == nil && slices.Contains(of.Stories, p.id) && p.Top() == pane.Pane(p):
		return p.Close() // the toast says that it was deleted, and how to undo it
	case msg.Draft == "":
		changed := of.Story == p.id && msg.Err == nil
		if changed {
			p.parts.path = ""
		}
		return p.reread(changed)
	case msg.Draft == p.comment.Key:
		return p.sent(msg.Err)
	case msg.Draft == p.written.Key:
		return p.written.Ask()
	case p.editor.open() && msg.Draft == p.editor.edit.key:
		p.editor.saved(msg.Err)
		if tracker.CodeOf(msg.Err) == tracker.CodeConflict {
			return tea.Batch(p.reload(), askWhose(p, msg.Err))
		}
		return p.reread(msg.Err == nil)
	}
	return nil
}

// reread reads the story again after it was changed: keys wait for that.
func (p *Pane) reread(changed bool) tea.Cmd {
	if !changed {
		return nil
	}
	p.renewed = true
	return p.reload()
}

// sent closes the composer and reads the comment, or goes on writing when it was
// not saved.
func (p *Pane) sent(err error) tea.Cmd {
	p.comment.Sent(err)
	if err != nil {
		return nil
	}
	p.said = true
	return p.reload()
}

// Handle does what is asked of the story.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if s, ok := in.(intent.Scroll); ok {
		return nil, p.doc.Handle(s)
	}
	if cmd, ok := p.actions.Handle(p, in); ok {
		return cmd, true
	}
	switch {
	case p.editor.open():
		return p.handleEditing(in)
	case p.comment.Open:
		return nil, false
	case p.doc.Handle(in):
		return nil, true
	}
	switch in := in.(type) {
	case EditField, editTask, addTask, editPart:
		return p.begin(in), true
	case toggleTask:
		return p.tasks.toggle(editTask(in)), true
	case browseAddress:
		return p.Browse(in.url), true
	case togglePart:
		return p.parts.toggle(editPart(in)), true
	}
	return nil, false
}

// handleEditing does what is asked while a text is edited: another one is edited
// where this one was not changed.
func (p *Pane) handleEditing(in intent.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case intent.ClickAt:
		p.editor.click(in)
		return nil, true
	case EditField, editTask, toggleTask, addTask, editPart, togglePart:
		if p.editor.edit.dirty() {
			return p.Refuse("save or cancel your edit first"), true
		}
		p.editor.close()
		return p.Handle(in)
	}
	return nil, false
}

// Draw shows the story and, below it, the comment that is being written.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	_, others := present.Others(p.Others, p.id, p.Initials)
	frame := draw.Box{Title: draw.JoinFacts(" · ", p.id.String(), others, p.planned.For(p.id, p.Plan)), Facts: string(p.known.State)}
	if p.read != nil {
		frame.Facts = string(p.read.Story.State)
		frame.Offers = offers(p.Keys, p.read.Story, p.read.Project)
	}
	var composer func(room draw.Rect) draw.Rect
	if p.comment.Open {
		composer = func(room draw.Rect) draw.Rect { return p.comment.Draw(c, room, p.commentGoes()) }
	}
	p.editor.draw(c, p.doc.Framed(c, r, frame, p.write, composer))
}

// commentGoes says where a comment is sent, empty while that is not known.
func (p *Pane) commentGoes() string {
	if p.read == nil {
		return ""
	}
	return present.Cell(present.CommentGoes(p.read.Story.Tickets, p.read.carriers))
}

// write lays the story out.
func (p *Pane) write(w *document.Writer) {
	if p.read == nil && p.known.ID != 0 {
		glyph, role := present.TypeGlyph(p.known.Type)
		w.Paragraph([]draw.Run{{Role: role, Text: w.Theme.Glyph(glyph) + " "}}, theme.Text|theme.Bold, draw.Line(p.known.Name))
	}
	switch {
	case p.problem != "":
		w.Paragraph(nil, theme.Danger, p.problem)
	case p.read == nil:
		w.Line([]draw.Run{{Role: theme.Muted, Text: setting.When(p.Slow(), "Loading the story…")}})
	}
	if p.read == nil {
		return
	}
	s := sheet{reading: p.read, w: w, keys: p.Keys, now: p.Now(), editor: &p.editor, description: p.editor.draft.Kept, written: p.written.Kept, unread: p.unread}
	if !p.comment.Open {
		s.comment = p.comment.Kept
	}
	s.write()
}

// Scopes leaves out all letters while a text is being written.
func (p *Pane) Scopes() []keymap.Scope {
	switch {
	case p.editor.open():
		return []keymap.Scope{p.editor.scope()}
	case p.comment.Open:
		return []keymap.Scope{keymap.ScopeComposer}
	}
	return []keymap.Scope{keymap.ScopeStory, keymap.ScopeStops, keymap.ScopeDetail, keymap.ScopeItem, keymap.ScopeList, keymap.ScopeGlobal}
}

// Waits while a text is being saved, or the story read for an action, or while
// a change may remove why the action cannot be done yet.
func (p *Pane) Waits(meant keymap.Action) bool {
	return p.comment.Sending || p.editor.saving() || p.renewed || p.awaited != "" ||
		meant.Scope == keymap.ScopeItem && p.Busy() && p.Disabled(meant.ID) != ""
}

// Disabled says why an action cannot be done on the story now.
func (p *Pane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

// Closed saves the texts that were begun as drafts.
func (p *Pane) Closed() tea.Cmd {
	p.comment.Save()
	p.editor.keep()
	return nil
}

// Subject is the story.
func (p *Pane) Subject() pane.Subject { return pane.Subject{Story: p.id} }
