package story

import (
	"context"
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
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// EditActions are those of a text of a story that is edited in place.
func EditActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActSave, Scope: keymap.ScopeField, Keys: keymap.Bind("enter", "save", "enter"), Group: keymap.GroupText, Help: "save the field", Footer: 1},
		{ID: intent.ActBack, Scope: keymap.ScopeField, Keys: keymap.Bind("esc", "leave", "esc"), Group: keymap.GroupText, Help: "cancel the edit", Footer: 2},
		{ID: intent.ActSave, Scope: keymap.ScopeDescription, Keys: keymap.Bind("ctrl+s", "save", "ctrl+s"), Group: keymap.GroupText, Help: "save the description", Footer: 1},
		{ID: intent.ActEditor, Scope: keymap.ScopeDescription, Keys: keymap.Bind("ctrl+o", "editor", "ctrl+o"), Group: keymap.GroupText, Help: "write it in $VISUAL or $EDITOR", Footer: 2},
		{ID: intent.ActBack, Scope: keymap.ScopeDescription, Keys: keymap.Bind("esc", "leave", "esc"), Group: keymap.GroupText, Help: "close the editor", Footer: 3},
	}
}

// textEdit is a text of the story that is being edited where it stands: the
// name or a task in a line, or the description in a composer.
type textEdit struct {
	// what is the stop whose text is edited; key names the change.
	what intent.Intent
	key  string
	// base is the story as it was when the editing began, nil once the user has
	// seen that somebody else changed it.
	base *tracker.Story
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

// editing tells whether the text of a stop is being edited.
func (p *Pane) editing(what intent.Intent) bool { return p.edit != nil && p.edit.what == what }

// describedKey names the draft of a story's description.
func describedKey(story tracker.StoryID) string { return fmt.Sprintf("story/%s/description", story) }

// beginEdit edits what a stop is for.
func (p *Pane) beginEdit(what intent.Intent) tea.Cmd {
	p.doc.Put(what)
	base := p.detail.Story
	e := &textEdit{what: what, key: fmt.Sprintf("story/%s/line", p.id), base: &base}
	switch what := what.(type) {
	case editTask:
		i := p.task(what.id)
		if i < 0 {
			return nil
		}
		e.was = base.Tasks[i].Text
	case addTask:
	case EditField:
		switch what.Name {
		case present.FieldName:
			e.was = base.Name
		case fieldDescription:
			p.beginDescription(e)
			return nil
		default:
			return p.editFact(what.Name)
		}
	}
	if len([]rune(e.was)) > plaintext.MaxLine {
		return p.Refuse("this is too long to edit in one line; " + p.Keys.Key(keymap.ScopeItem, intent.ActWrite) + " opens an editor")
	}
	e.line = form.NewLine(0, e.was)
	e.was = e.line.Value()
	p.openEdit(e)
	return nil
}

// beginDescription edits the description, or goes on with its draft.
func (p *Pane) beginDescription(e *textEdit) {
	e.key = p.described.Key
	e.text = form.NewComposer(tracker.MaxStoryDescription, "Describe the story.")
	e.text.SetValue(e.base.Description)
	e.was = e.text.Value()
	if kept := p.described.Kept; kept != "" {
		e.text.SetValue(kept)
	}
	p.openEdit(e)
}

func (p *Pane) openEdit(e *textEdit) {
	p.edit = e
	p.doc.Changed()
	p.doc.Sought = true
}

// closeEdit ends the editing. After new tasks the cursor is on the last of them.
func (p *Pane) closeEdit() {
	if n := len(p.detail.Story.Tasks); n > 0 && p.editing(addTask{}) {
		p.doc.Cursor = editTask{p.detail.Story.Tasks[n-1].ID}
	}
	p.edit = nil
	p.doc.Changed()
	p.doc.Sought = true
}

// updateEdit types into the text that is being edited.
func (p *Pane) updateEdit(msg tea.Msg) tea.Cmd {
	if p.edit.saving || p.Top() != pane.Pane(p) {
		return nil
	}
	p.doc.Sought = true
	if p.edit.text != nil {
		return tea.Batch(p.edit.text.Update(msg), p.described.Typed())
	}
	return p.edit.line.Update(msg)
}

// handleEdit does what is asked while a text is being edited.
func (p *Pane) handleEdit(in intent.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case intent.Scroll:
		return nil, p.doc.Handle(in)
	case intent.ClickAt:
		if p.edit.line != nil {
			p.edit.line.Click(in.X)
		}
		return nil, true
	case intent.Act:
		switch in.ID {
		case intent.ActSave:
			return p.saveEdit(), true
		case intent.ActBack:
			return p.leaveEdit(), true
		case intent.ActEditor:
			return dialog.EditText(p.Host, p.edit.key, p.edit.value()), true
		}
		return nil, false
	case EditField, editTask, toggleTask, addTask:
		if p.edit.dirty() {
			return p.Refuse("save or cancel your edit first"), true
		}
		p.closeEdit()
		return p.Handle(in)
	}
	return nil, false
}

// leaveEdit ends the editing. A changed description is discarded or kept as
// a draft, as the user says.
func (p *Pane) leaveEdit() tea.Cmd {
	if p.edit.text == nil || !p.edit.dirty() {
		kept := p.keepDescription()
		p.closeEdit()
		return kept
	}
	return dialog.AskDiscard(p.Host, "Draft saved", func() tea.Cmd {
		p.closeEdit()
		return p.described.Keep("")
	}, func() tea.Cmd {
		kept := p.keepDescription()
		p.closeEdit()
		return kept
	})
}

// keepDescription saves what was typed into the description, so that it
// outlives the program.
func (p *Pane) keepDescription() tea.Cmd {
	if p.edit == nil || p.edit.text == nil || p.edit.saving {
		return nil
	}
	if !p.edit.dirty() {
		return p.described.Keep("")
	}
	return p.described.Keep(p.edit.value())
}

// saveEdit saves the text that is being edited. Where nothing was changed the
// editing just ends.
func (p *Pane) saveEdit() tea.Cmd {
	e := p.edit
	if !e.dirty() {
		return p.leaveEdit()
	}
	e.saving = true
	key, text, story, save, service := e.key, e.value(), p.id, p.saving(*e), p.Service
	return command.ChangeNamed(p.Host, func(ctx context.Context) pane.Done {
		ended := pane.Done{Draft: key, What: command.Outcome{Story: story}}
		if ended.Err = save(ctx, text); ended.Err == nil {
			ended.Err = service.Settings.SaveDraft(ctx, key, "")
		}
		return ended
	})
}

// saving is the use case that saves the text.
func (p *Pane) saving(e textEdit) func(ctx context.Context, text string) error {
	id, service := p.id, p.Service
	save := func(ctx context.Context, edit tracker.StoryEdit) error {
		edit.ID, edit.Base = id, e.base
		_, err := service.Stories.EditStory(ctx, edit)
		return err
	}
	switch what := e.what.(type) {
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
	case EditField:
		if what.Name == fieldDescription {
			return func(ctx context.Context, text string) error {
				return save(ctx, tracker.StoryEdit{Description: &text})
			}
		}
	}
	return func(ctx context.Context, text string) error { return save(ctx, tracker.StoryEdit{Name: &text}) }
}

// editSaved ends the editing of a text that was saved, or goes on with it. After a
// change by somebody else, saving again puts this text over theirs.
func (p *Pane) editSaved(err error) tea.Cmd {
	e := p.edit
	e.saving = false
	switch {
	case tracker.CodeOf(err) == tracker.CodeConflict:
		e.base = nil
		return p.reload()
	case err != nil:
		return nil
	case e.text != nil:
		p.described.Kept = ""
	}
	if e.what == (addTask{}) { // the next one
		e.line.SetValue("")
		p.doc.Sought = true
	} else {
		p.closeEdit()
	}
	p.renewed = true
	return p.reload()
}

// cannotSave says why the text cannot be saved now, empty when it can.
func (p *Pane) cannotSave() string {
	switch {
	case p.edit.saving:
		return "saving…"
	case p.edit.text != nil && p.edit.text.Over() > 0:
		return fmt.Sprintf("descriptions are limited to %s characters; remove %s",
			text.Count(tracker.MaxStoryDescription), text.Count(p.edit.text.Over()))
	}
	return ""
}

// editHeight is how many lines the text that is being edited is given.
func (p *Pane) editHeight() int {
	if p.edit.text == nil {
		return 1
	}
	return max(3, min(p.doc.Height*2/3, 20))
}

// drawEdit draws the text that is being edited into the room that the document
// left for it.
func (p *Pane) drawEdit(c *draw.Canvas, r draw.Rect) {
	at := p.doc.SlotIn(r)
	if at.Empty() {
		return
	}
	c.Text(r.X-1, at.Y, 1, theme.Accent, c.Theme.Glyph(theme.GlyphMarker))
	c.Hit(draw.Region{Rect: at, Wheel: document.PartDetail, Click: intent.ClickAt{Part: document.PartDetail}})
	if p.edit.text == nil {
		value, column := p.edit.line.Visible(at.W)
		c.Text(at.X, at.Y, at.W, theme.Text, value)
		if c.Focused {
			c.Cursor = &draw.Position{X: at.X + min(column, at.W-1), Y: at.Y}
		}
		return
	}
	lines, cursor := p.edit.text.Draw(c.Theme, at.W, at.H)
	for i, l := range lines {
		c.Put(at.X, at.Y+i, at.W, l)
	}
	if cursor != nil && c.Focused {
		c.Cursor = &draw.Position{X: at.X + cursor.X, Y: at.Y + cursor.Y}
	}
}
