package story

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// EditActions are those of a text of a story that is edited in place.
func EditActions() []keymap.Action { return pane.Table(editActions()) }

func editActions() []pane.Action[*editor] {
	const field = keymap.ScopeField
	described := command.DescriptionActions()
	return []pane.Action[*editor]{
		pane.Unless(keymap.Action{ID: intent.ActSave, Scope: field, Keys: keymap.Bind("enter", "save", "enter"), Group: keymap.GroupText, Help: "save the field", Footer: 1},
			(*editor).cannotSave, (*editor).save),
		pane.Unless(keymap.Action{ID: intent.ActBack, Scope: field, Keys: keymap.Bind("esc", "leave", "esc"), Group: keymap.GroupText, Help: "cancel the edit", Footer: 2},
			(*editor).busy, (*editor).leave),
		pane.Unless(keymap.Pick(described, intent.ActSave), (*editor).cannotSave, (*editor).save),
		pane.Unless(keymap.Pick(described, intent.ActEditor), (*editor).busy, (*editor).openEditor),
		pane.Unless(keymap.Pick(described, intent.ActBack), (*editor).busy, (*editor).leave),
	}
}

// editor edits a text of the story where it stands: the name or a task in a line, or
// the description in a composer.
type editor struct {
	*host
	// latest is the story as it was read last.
	latest func() tracker.Story
	// doc leaves room for the text.
	doc *document.Document
	// draft is that of the description.
	draft dialog.Draft
	// edit is what is being edited, nil when nothing is.
	edit *textEdit
}

func newEditor(h *host, story tracker.StoryID, doc *document.Document, latest func() tracker.Story) editor {
	return editor{host: h, latest: latest, doc: doc, draft: dialog.Draft{Host: h.Host, Key: fmt.Sprintf("story/%s/description", story)}}
}

// textEdit is one text that is being edited.
type textEdit struct {
	// what is the stop whose text is edited; key names the change.
	what intent.Intent
	key  string
	// base is the story as it was when the editing began, or when the user was told that
	// somebody else changed it.
	base *tracker.Story
	// Either line or text has it.
	line *form.Line
	text *form.Composer
	// was is the text as the editor shows it when nothing was typed.
	was    string
	saving bool
}

// value is the text as it is now.
func (e *textEdit) value() string {
	if e.text != nil {
		return e.text.Value()
	}
	return e.line.Value()
}

func (e *textEdit) dirty() bool { return e.value() != e.was }

// open reports whether something is being edited.
func (e *editor) open() bool { return e.edit != nil }

// on reports whether the text of a stop is being edited.
func (e *editor) on(what intent.Intent) bool { return e.edit != nil && e.edit.what == what }

// scope is where the keys of the text work.
func (e *editor) scope() keymap.Scope {
	if e.edit.text != nil {
		return keymap.ScopeDescription
	}
	return keymap.ScopeField
}

// begin edits the name, the description or a task.
func (e *editor) begin(what intent.Intent) tea.Cmd {
	base := e.latest()
	next := &textEdit{what: what, key: fmt.Sprintf("story/%s/line", base.ID), base: &base}
	switch what := what.(type) {
	case editTask:
		i := taskIn(base, what.id)
		if i < 0 {
			return nil
		}
		next.was = base.Tasks[i].Text
	case EditField:
		if what.Name == fieldDescription {
			e.describe(next)
			return nil
		}
		next.was = base.Name
	}
	if len([]rune(next.was)) > plaintext.MaxLine {
		return e.Refuse("this is too long to edit in one line; " + e.Keys.Key(keymap.ScopeItem, intent.ActWrite) + " opens an editor")
	}
	next.line = form.NewLine(0, next.was)
	next.was = next.line.Value()
	e.show(next)
	return nil
}

// describe edits the description, or goes on with its draft.
func (e *editor) describe(next *textEdit) {
	next.key = e.draft.Key
	next.text = form.NewComposer(tracker.MaxStoryDescription, "Describe the story.")
	next.text.SetValue(next.base.Description)
	next.was = next.text.Value()
	if e.draft.Kept != "" {
		next.text.SetValue(e.draft.Kept)
	}
	e.show(next)
}

// show makes a text the one that is edited, nil for none, and brings it into sight.
func (e *editor) show(next *textEdit) {
	e.edit = next
	e.doc.Changed()
	e.doc.Sought = true
}

// close ends the editing. After new tasks the cursor is on the last of them.
func (e *editor) close() {
	if all := e.latest().Tasks; len(all) > 0 && e.on(addTask{}) {
		e.doc.Cursor = editTask{all[len(all)-1].ID}
	}
	e.show(nil)
}

// update takes what is typed, the draft of the description, and what the user's
// editor brings.
func (e *editor) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case dialog.DraftRead:
		if msg.Key == e.draft.Key {
			return found(&e.draft, msg)
		}
	case dialog.DraftDue:
		if e.draft.IsDue(msg) {
			e.keep()
		}
	case dialog.TextEdited:
		if e.edit != nil && msg.Key == e.edit.key {
			return e.written(msg)
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		if e.edit != nil && !e.edit.saving {
			return e.typed(msg)
		}
	}
	return nil
}

func (e *editor) typed(msg tea.Msg) tea.Cmd {
	e.doc.Sought = true
	if e.edit.text != nil {
		return tea.Batch(e.edit.text.Update(msg), e.draft.Typed())
	}
	return e.edit.line.Update(msg)
}

func (e *editor) written(msg dialog.TextEdited) tea.Cmd {
	if msg.Err != nil {
		return e.Fail(msg.Err)
	}
	e.edit.text.SetValue(msg.Text)
	e.keep()
	return nil
}

// click puts the cursor of a line where the mouse is.
func (e *editor) click(at intent.ClickAt) {
	if e.edit.line != nil {
		e.edit.line.Click(at.X)
	}
}

// openEditor lets the user go on in an editor of their own.
func (e *editor) openEditor() tea.Cmd { return dialog.EditText(e.Host, e.edit.key, e.edit.value()) }

// leave ends the editing. A changed description is discarded or saved as a draft,
// as the user says.
func (e *editor) leave() tea.Cmd {
	closed := func() tea.Cmd {
		e.close()
		return nil
	}
	if e.edit.text == nil || !e.edit.dirty() {
		e.keep()
		return closed()
	}
	return e.draft.Leave(e.edit.value(), closed)
}

// keep saves what was typed into the description as a draft, so that it outlives
// the program.
func (e *editor) keep() {
	switch {
	case e.edit == nil || e.edit.text == nil || e.edit.saving:
	case !e.edit.dirty():
		e.draft.Keep("")
	default:
		e.draft.Keep(e.edit.value())
	}
}

// save saves the text that is being edited. Where nothing was changed the editing
// just ends.
func (e *editor) save() tea.Cmd {
	if !e.edit.dirty() {
		return e.leave()
	}
	e.edit.saving = true
	key, text, story, save, settings := e.edit.key, e.edit.value(), e.latest().ID, e.useCase(), e.Settings
	return command.ChangeNamed(e.Commands, func(ctx context.Context) pane.Done {
		ended := pane.Done{Draft: key, What: command.Outcome{Story: story}}
		if ended.Err = save(ctx, text); ended.Err == nil {
			ended.Err = settings.SaveDraft(ctx, key, "")
		}
		return ended
	})
}

// useCase is the use case that saves the text.
func (e *editor) useCase() func(ctx context.Context, text string) error {
	id, base, service := e.latest().ID, e.edit.base, e.Service
	switch what := e.edit.what.(type) {
	case editTask:
		return func(ctx context.Context, text string) error {
			_, err := service.Stories.EditTask(ctx, id, what.id, text)
			return err
		}
	case addTask:
		return func(ctx context.Context, text string) error {
			_, err := service.Stories.AddTask(ctx, id, text)
			return err
		}
	}
	described := e.edit.what == EditField{fieldDescription}
	return func(ctx context.Context, text string) error {
		edit := tracker.StoryEdit{Base: base, Name: &text}
		if described {
			edit.Name, edit.Description = nil, &text
		}
		_, err := service.Stories.Edit(ctx, []tracker.StoryID{id}, edit)
		return err
	}
}

// saved ends the editing of a text that was saved, or goes on with it. After a
// change by somebody else, saving again replaces theirs by this text.
func (e *editor) saved(err error) {
	e.edit.saving = false
	var over *tracker.OvertakenError
	switch {
	case errors.As(err, &over):
		e.edit.base = &over.Now
		return
	case err != nil:
		return
	case e.edit.text != nil:
		e.draft.Kept = ""
	}
	if !e.on(addTask{}) {
		e.close()
		return
	}
	e.edit.line.SetValue("") // for the next one
	e.doc.Sought = true
}

// saving reports whether the text is being saved.
func (e *editor) saving() bool { return e.edit != nil && e.edit.saving }

// busy says that the text is being saved, empty when it is not.
func (e *editor) busy() string {
	if e.saving() {
		return "saving…"
	}
	return ""
}

// cannotSave says why the text cannot be saved now, empty when it can.
func (e *editor) cannotSave() string {
	if busy := e.busy(); busy != "" || e.edit.text == nil {
		return busy
	}
	return e.edit.text.TooLong("descriptions")
}

// height is how many lines the description is given.
func (e *editor) height() int { return max(3, min(e.doc.Height*2/3, 20)) }

// draw draws the text that is being edited into the room that the document, which is
// in r, left for it.
func (e *editor) draw(c *draw.Canvas, r draw.Rect) {
	at := e.doc.SlotIn(r)
	if e.edit == nil || at.Empty() {
		return
	}
	c.Text(r.X-1, at.Y, 1, theme.Accent, c.Theme.Glyph(theme.GlyphMarker))
	c.Hit(draw.Region{Rect: at, Wheel: document.PartDetail, Click: intent.ClickAt{Part: document.PartDetail}})
	if e.edit.text == nil {
		value, column := e.edit.line.Visible(at.W)
		c.Text(at.X, at.Y, at.W, theme.Text, value)
		if c.Focused {
			c.Cursor = &draw.Position{X: at.X + min(column, at.W-1), Y: at.Y}
		}
		return
	}
	dialog.DrawText(c, at, e.edit.text)
}

// edited reports whether a field is edited in place: the others are chosen or asked
// for.
func edited(field string) bool { return field == present.FieldName || field == fieldDescription }
