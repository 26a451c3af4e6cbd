package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/form"
)

// The fields of a story, by the names that the tracker's errors use.
const (
	fieldType        = "type"
	fieldLabels      = "labels"
	fieldOwners      = "owners"
	fieldDescription = "description"
)

// Actions of a form with a long text.
const (
	actNextField actionID = "next-field"
	actPrevField actionID = "previous-field"
)

// storyFormActions are those of the form of a story, besides those of all forms.
func storyFormActions() []action {
	return []action{
		{id: actNextField, scope: scopeStoryForm, keys: bind("tab", "next field", "tab"), group: groupText, help: "next field of the form", footer: 10},
		{id: actPrevField, scope: scopeStoryForm, keys: bind("shift+tab", "previous field", "shift+tab"), group: groupText, help: "previous field of the form"},
		{id: actEditor, scope: scopeStoryForm, keys: bind("ctrl+o", "editor", "ctrl+o"), group: groupText, help: "write the description in $VISUAL or $EDITOR", footer: 11},
	}
}

// storyForm edits a story's own fields. The description is a text of several
// lines below the others.
type storyForm struct {
	*shell
	// saved is the story as it was when the form was opened.
	saved tracker.Story
	form  *form.Form
	text  *form.Composer
	// written is the description as the composer shows it when nothing was typed.
	written string
	saving  bool
	draft   draft
	// restored is true while the form shows what was typed last time.
	restored bool
	// given is true when what was typed need not be kept: saved, or thrown away.
	given bool
}

func newStoryForm(s *shell, st tracker.Story) *storyForm {
	var types []form.Option
	for _, t := range tracker.StoryTypes() {
		types = append(types, form.Option{Value: string(t), Label: string(t)})
	}
	p := &storyForm{
		shell: s, saved: st,
		form: form.New(
			form.Field{Name: fieldName, Label: "Name", Value: st.Name, Limit: tracker.MaxStoryName},
			form.Field{Name: fieldType, Label: "Type", Kind: form.Choice, Value: string(st.Type), Options: types,
				Help: "A type that carries no points drops the estimate."},
			form.Field{Name: fieldLabels, Label: "Labels", Value: strings.Join(st.Labels, ", "), Placeholder: "none", Help: "Separated by commas."},
			form.Field{Name: fieldOwners, Label: "Owners", Value: strings.Join(st.Owners, ", "), Placeholder: "nobody", Help: "Separated by commas."},
		),
		text: form.NewComposer(tracker.MaxStoryDescription, "Describe the story."),
	}
	p.text.SetValue(st.Description)
	p.written = p.text.Value()
	p.draft = draft{shell: s, key: p.key()}
	return p
}

// key names the change that the form asks for.
func (p *storyForm) key() string { return "story/" + p.saved.ID.String() }

// Init reads what was typed last time; the story is at hand.
func (p *storyForm) Init() tea.Cmd { return p.draft.ask() }

// Update types, and takes what saving and the editor report.
func (p *storyForm) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case draftRead:
		if msg.key == p.key() {
			return p.restore(msg)
		}
	case draftDue:
		if p.draft.fell(msg) {
			return p.keep()
		}
	case done:
		if msg.draft == p.key() {
			return p.finished(msg.err)
		}
	case textEdited:
		if msg.key == p.key() {
			return p.edited(msg)
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		switch {
		case p.top() != pane(p) || p.saving:
		case p.inText():
			return tea.Batch(p.text.Update(msg), p.draft.typed())
		default:
			return tea.Batch(p.form.Update(msg), p.draft.typed())
		}
	}
	return nil
}

// restore shows what was typed last time in the fields that nobody has touched
// since the form was opened.
func (p *storyForm) restore(msg draftRead) tea.Cmd {
	kept, err := unpacked(msg.text)
	if msg.err != nil || err != nil {
		return p.fail(errors.Join(msg.err, err))
	}
	p.draft.read, p.draft.kept = true, msg.text
	for name, value := range kept {
		switch {
		case name == fieldDescription && p.text.Value() == p.written:
			p.text.SetValue(value)
		case name != fieldDescription && !p.form.Changed(name):
			p.form.SetValue(name, value)
		}
	}
	p.restored = len(kept) > 0
	return nil
}

// keep saves what was typed.
func (p *storyForm) keep() tea.Cmd {
	if p.given || p.saving {
		return nil
	}
	values := p.form.Unsaved()
	if text := p.text.Value(); text != p.written {
		values[fieldDescription] = text
	}
	return p.draft.keep(packed(values))
}

// Close keeps what was typed.
func (p *storyForm) Close() tea.Cmd { return p.keep() }

// inText tells whether the description has the focus.
func (p *storyForm) inText() bool { return p.form.Focused() == "" }

// Handle saves, moves between fields and leaves.
func (p *storyForm) Handle(in intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case clickAt:
		p.click(in)
		return p.draft.typed(), true
	case act:
		return p.act(in.id)
	}
	return nil, false
}

func (p *storyForm) click(at clickAt) {
	if at.part == partDetail {
		p.form.Blur()
		return
	}
	p.form.Click(at.x, at.y)
}

func (p *storyForm) act(id actionID) (tea.Cmd, bool) {
	switch id {
	case actSave:
		return p.save(), true
	case actNextField:
		p.step(1)
		return nil, true
	case actPrevField:
		p.step(-1)
		return nil, true
	case actEditor:
		return p.editText(p.key(), p.text.Value()), true
	case actBack:
		if !p.dirty() {
			return p.close(), true
		}
		return p.askThrowAway(func() tea.Cmd {
			p.given = true
			return tea.Batch(p.close(), p.draft.keep(""))
		}), true
	default:
		return nil, false
	}
}

// step goes to another field; the description is the last one.
func (p *storyForm) step(by int) {
	order := []string{fieldName, fieldType, fieldLabels, fieldOwners, ""}
	for i, name := range order {
		if name == p.form.Focused() {
			next := order[(i+by+len(order))%len(order)]
			if !p.form.Focus(next) {
				p.form.Blur()
			}
			return
		}
	}
}

func (p *storyForm) dirty() bool { return p.form.Dirty() || p.text.Value() != p.written }

func (p *storyForm) edited(msg textEdited) tea.Cmd {
	if msg.err != nil {
		return p.fail(msg.err)
	}
	p.text.SetValue(msg.text)
	p.form.Blur()
	return p.keep()
}

// save saves the fields that were changed.
func (p *storyForm) save() tea.Cmd {
	e := tracker.StoryEdit{ID: p.saved.ID, Version: p.saved.Version}
	if p.form.Changed(fieldName) {
		e.Name = new(p.form.Value(fieldName))
	}
	if p.form.Changed(fieldType) {
		e.Type = new(tracker.StoryType(p.form.Value(fieldType)))
	}
	if p.form.Changed(fieldLabels) {
		e.Labels = new(strings.Split(p.form.Value(fieldLabels), ","))
	}
	if p.form.Changed(fieldOwners) {
		e.Owners = new(strings.Split(p.form.Value(fieldOwners), ","))
	}
	if text := p.text.Value(); text != p.written {
		e.Description = &text
	}
	p.saving = true
	p.form.ClearErrors()
	key, service := p.key(), p.service
	return p.change(func(ctx context.Context) done {
		if _, err := service.EditStory(ctx, e); err != nil {
			return done{err: err, draft: key}
		}
		return done{said: fmt.Sprintf("%s is saved", e.ID), err: service.SaveDraft(ctx, key, ""), draft: key}
	})
}

// finished closes the form, or shows under the field what was wrong. After a
// change by somebody else, saving again puts these fields over theirs.
func (p *storyForm) finished(err error) tea.Cmd {
	p.saving = false
	if err == nil {
		p.given = true
		if p.top() == pane(p) {
			return p.close()
		}
		return nil
	}
	if tracker.CodeOf(err) == tracker.CodeConflict {
		p.saved.Version = 0
	}
	if field := fieldOf(err); p.form.SetError(field, line(err.Error())) {
		p.form.Focus(field)
	}
	return nil
}

// Draw shows the fields and the description below them.
func (p *storyForm) Draw(c *canvas, r rect) {
	const fields = 7 // four, and what may stand under the focused one
	c.fill(r)
	frame := box{title: "Edit " + p.saved.ID.String(), facts: "description below"}
	if p.restored {
		frame.facts = "draft, not saved"
	}
	in := c.box(r, frame)
	if in.empty() {
		return
	}
	upper := rect{in.x, in.y, in.w, min(fields, max(1, in.h-4))}
	drawForm(c, upper, p.form)
	c.rule(margined(rect{in.x, in.y + upper.h, in.w, 1}), "Description")
	lower := margined(rect{in.x, in.y + upper.h + 1, in.w, max(0, in.h-upper.h-1)})
	lines, cursor := p.text.Draw(c.theme, lower.w, lower.h)
	for i, l := range lines {
		c.put(lower.x, lower.y+i, lower.w, l)
	}
	if cursor != nil && c.focused && p.inText() {
		c.cursor = &position{lower.x + cursor.X, lower.y + cursor.Y}
	}
	c.hit(region{rect: lower, click: clickAt{part: partDetail}})
}

// Scopes has no letters: they are text.
func (p *storyForm) Scopes() []scope { return []scope{scopeStoryForm, scopeForm} }

// Disabled says why the form cannot be saved now.
func (p *storyForm) Disabled(id actionID) string {
	switch {
	case p.saving && id != actBack:
		return "it is being saved"
	case id == actSave && !p.dirty():
		return "nothing was changed"
	}
	return ""
}
