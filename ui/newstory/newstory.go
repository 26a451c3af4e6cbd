package newstory

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// Actions are those of the form.
func Actions() []keymap.Action { return actions().Table() }

func actions() pane.Actions[*Pane] {
	const scope = keymap.ScopeNewStory
	return pane.Actions[*Pane]{
		pane.On(keymap.Action{ID: intent.ActSave, Scope: scope, Keys: keymap.Bind("enter", "create", "enter", "ctrl+s"), Group: keymap.GroupText, Help: "create the story", Footer: 1},
			(*Pane).save),
		pane.On(keymap.Action{ID: intent.ActBack, Scope: scope, Keys: keymap.Bind("esc", "close", "esc"), Group: keymap.GroupText, Help: "close the form", Footer: 2},
			(*Pane).leave),
	}
}

// Pane is the form of a new story. What was typed is a draft of the project until it is
// saved or discarded.
type Pane struct {
	*host
	actions pane.Actions[*Pane]
	form    *form.Form
	draft   dialog.Draft
	// place is where the cursor was, for the column that it is in.
	place tracker.Place
	// at finds the row above which the story goes on the screen, or the edge of the column.
	at func(tracker.Place) draw.Rect
	// restored is true while the form shows what was typed last time, and settled once
	// what was typed is saved or discarded.
	restored, settled bool
}

// Again asks to open the form again, with what it had: the story was not created.
type Again struct{ Place tracker.Place }

// Draft brings what a form is opened with.
type Draft struct {
	place tracker.Place
	// text is what was typed last time and not saved, empty when nothing was.
	text string
	err  error
	// failed is why the story was not created that the form had before, nil for a new one.
	failed error
}

// Read reads what was typed last time and not saved. The answer, a [Draft], opens the form
// of a story that goes to a place; failed is why it was not created before, nil for a new one.
func Read(h *pane.Host, place tracker.Place, failed error) tea.Cmd {
	key, settings := draftKey(h), h.Settings
	// A form that was left a moment ago may not be saved yet.
	typed, leaving := h.UnsavedText(key)
	return h.Ask(func(ctx context.Context) tea.Msg {
		d := Draft{place: place, text: typed, failed: failed}
		if !leaving {
			d.text, d.err = settings.Draft(ctx, key)
		}
		return d
	})
}

// draftKey names the draft of a new story of the project.
func draftKey(h *pane.Host) string { return fmt.Sprintf("%s/%d", command.NewStoryDraft, h.Project.ID) }

// Open opens the form. at finds a place on the screen.
func Open(c *command.Commands, s UseCases, d Draft, at func(tracker.Place) draw.Rect) tea.Cmd {
	p := &Pane{
		host: &host{c, s}, actions: actions(), form: newForm(d.place.Column), place: d.place, at: at,
		draft: dialog.Draft{Host: c.Host, Key: draftKey(c.Host)},
	}
	return tea.Batch(c.Open(p, pane.Overlay), p.restore(d))
}

// namesRead brings the people and labels that are known.
type namesRead struct {
	key            string
	people, labels []string
	err            error
}

// Init reads the names that are known. One can type meanwhile.
func (p *Pane) Init() tea.Cmd {
	key, service, project := p.draft.Key, p.Service, p.Project.ID
	return p.Do(func(ctx context.Context) tea.Msg {
		people, labels, err := service.Stories.Names(ctx, project)
		return namesRead{key, people, labels, err}
	})
}

// Update takes keys, and what was read.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case namesRead:
		if msg.key == p.draft.Key && msg.err == nil { // without them one types the names
			p.form.SetKnown(fieldOwners, msg.people)
			p.form.SetKnown(fieldLabels, msg.labels)
		}
	case dialog.DraftDue:
		if p.draft.IsDue(msg) {
			p.keep()
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		if p.Top() == pane.Pane(p) {
			cmd := p.form.Update(msg)
			p.explain()
			return tea.Batch(cmd, p.draft.Typed())
		}
	}
	return nil
}

// restore types what was typed last time and not saved.
func (p *Pane) restore(d Draft) tea.Cmd {
	if d.err != nil {
		return p.Fail(d.err) // nothing is saved over what could not be read
	}
	p.draft.Read, p.draft.Kept = true, d.text
	values, err := dialog.Unpacked(d.text)
	for name, value := range values {
		p.form.SetValue(name, value)
	}
	p.restored = len(values) > 0
	p.explain()
	p.showError(d.failed)
	if err != nil {
		return p.Fail(err)
	}
	return nil
}

// explain says where the description of a story of this type comes from.
func (p *Pane) explain() {
	help := ""
	if kind := tracker.StoryType(p.form.Value(fieldType)); p.Config.Describe(kind, p.Project.Name, nil) != "" {
		help = "the description comes from your template"
	}
	p.form.SetHelp(fieldType, help)
}

// showError shows under its field what was wrong.
func (p *Pane) showError(err error) {
	if err == nil {
		return
	}
	field := present.FieldOf(err)
	if p.form.SetError(field, draw.Line(err.Error())) {
		p.form.Focus(field)
	}
}

// Handle saves, leaves, and takes clicks.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if at, ok := in.(intent.ClickAt); ok {
		p.form.Click(at.X, at.Y)
		p.explain()
		return p.draft.Typed(), true
	}
	return p.actions.Handle(p, in)
}

// Scopes has no letters: they are text.
func (p *Pane) Scopes() []keymap.Scope { return []keymap.Scope{keymap.ScopeNewStory} }

// Disabled says why an action cannot be done now.
func (p *Pane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

// leave closes the form. What was typed is discarded or kept as a draft, as the user says.
func (p *Pane) leave() tea.Cmd {
	if !p.form.Dirty() {
		return p.Close()
	}
	return p.draft.Leave(p.packed(), func() tea.Cmd {
		p.settled = true
		return p.Close()
	})
}

// Closed saves what was typed as a draft.
func (p *Pane) Closed() tea.Cmd {
	p.keep()
	return nil
}

func (p *Pane) keep() {
	if !p.settled {
		p.draft.Keep(p.packed())
	}
}

// packed is what was typed, as a draft.
func (p *Pane) packed() string { return dialog.Packed(p.form.Unsaved()) }
