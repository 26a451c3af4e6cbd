package epics

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// How large the description is drawn at most, in cells.
const (
	widest  = 80
	highest = 20
)

// description is the text of an epic while it is written. What was typed is a draft until
// it is saved or discarded.
type description struct {
	*pane.Host
	records pane.Actions[*description]
	service UseCases
	// epic is as it was when the writing began, or when the user was told that somebody else
	// changed it.
	epic  tracker.Epic
	text  *form.Composer
	draft dialog.Draft
	// was is the text as it is shown when nothing was typed, saving is true while it is being
	// saved, settled once what was typed is saved or discarded, restored where it is what was
	// typed earlier.
	was                       string
	saving, settled, restored bool
	// failed is true when what was typed earlier could not be read.
	failed bool
}

func newDescription(a Actions, e tracker.Epic) *description {
	d := &description{
		Host: a.Host, service: a.Service, epic: e, text: form.NewComposer(tracker.MaxStoryDescription, "Describe the epic."),
		draft: dialog.Draft{Host: a.Host, Key: fmt.Sprintf("%s/%s/description", command.EpicDraft, e.ID)},
	}
	all := command.DescriptionActions()
	d.records = pane.Actions[*description]{
		pane.Unless(keymap.Pick(all, intent.ActSave), (*description).cannotSave, (*description).save),
		pane.Unless(keymap.Pick(all, intent.ActEditor), (*description).busy, func(d *description) tea.Cmd {
			return dialog.EditText(d.Host, d.draft.Key, d.text.Value())
		}),
		pane.Unless(keymap.Pick(all, intent.ActBack), (*description).busy, (*description).leave),
	}
	d.text.SetValue(e.Description)
	d.was = d.text.Value()
	return d
}

// Init reads what was typed earlier and not saved.
func (d *description) Init() tea.Cmd { return d.draft.Ask() }

// Waits until what was typed earlier has been read: what is typed now goes on with it.
func (d *description) Waits(keymap.Action) bool { return !d.draft.Read && !d.failed }

// Update takes what is typed, the draft, and what the user's editor brings.
func (d *description) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case dialog.DraftRead:
		if msg.Key == d.draft.Key {
			return d.found(msg)
		}
	case dialog.DraftDue:
		if d.draft.IsDue(msg) {
			d.keep()
		}
	case dialog.TextEdited:
		switch {
		case msg.Key != d.draft.Key:
		case msg.Err != nil:
			return d.Fail(msg.Err)
		default:
			d.text.SetValue(msg.Text)
			d.keep()
		}
	case pane.Done:
		if msg.Draft == d.draft.Key && d.saving {
			return d.saved(msg.Err)
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		if d.Top() == pane.Pane(d) && !d.saving {
			return tea.Batch(d.text.Update(msg), d.draft.Typed())
		}
	}
	return nil
}

// found goes on with what was typed earlier.
func (d *description) found(msg dialog.DraftRead) tea.Cmd {
	if msg.Err != nil {
		d.failed = true
		return d.Fail(msg.Err) // nothing is saved over what could not be read
	}
	d.draft.Read, d.draft.Kept = true, msg.Text
	if msg.Text != "" {
		d.text.SetValue(msg.Text)
		d.restored = true
	}
	return nil
}

func (d *description) dirty() bool { return d.text.Value() != d.was }

// Handle saves and leaves.
func (d *description) Handle(in intent.Intent) (tea.Cmd, bool) { return d.records.Handle(d, in) }

// Scopes has no letters: they are text.
func (d *description) Scopes() []keymap.Scope { return []keymap.Scope{keymap.ScopeDescription} }

// Disabled says why an action cannot be done now.
func (d *description) Disabled(id intent.ActionID) string { return d.records.Disabled(d, id) }

// cannotSave says why the text cannot be saved now, empty when it can.
func (d *description) cannotSave() string {
	if d.saving {
		return d.busy()
	}
	if lost := d.Settings.StoreLost(); lost != nil {
		return dialog.NotSaving(lost) // what was typed stays
	}
	return d.text.TooLong("descriptions")
}

// busy says that the text is being saved, empty when it is not.
func (d *description) busy() string {
	if d.saving {
		return "saving…"
	}
	return ""
}

// save saves the text; one that could not be saved is a draft, too.
func (d *description) save() tea.Cmd {
	if !d.dirty() {
		return d.leave()
	}
	written, key, e, service, settings := d.text.Value(), d.draft.Key, d.epic, d.service, d.Settings
	undo := d.Keys.Key(keymap.ScopeGlobal, intent.ActUndo)
	d.saving = true
	d.Drafts[key] = pane.TypedText{Text: written}
	d.Change(func(ctx context.Context) pane.Done {
		done := pane.Done{Said: fmt.Sprintf("Epic %s saved · %s undo", e.ID, undo), Draft: key, Saved: pane.SavedDraft{Key: key}}
		if _, err := service.EditEpic(ctx, e.ProjectID, e.ID.String(), epic.Edit{Base: &e, Description: &written}); err != nil {
			done.Err, done.Saved.Text = err, written
		}
		if err := settings.SaveDraft(context.WithoutCancel(ctx), key, done.Saved.Text); err != nil {
			done.Err = errors.Join(done.Err, err)
		}
		return done
	})
	return nil
}

// saved ends the writing, or goes on with it. Where somebody else has changed the text
// meanwhile, the user says whose counts.
func (d *description) saved(err error) tea.Cmd {
	d.saving = false
	var over *epic.OvertakenError
	switch {
	case err == nil:
		d.settled = true
		return d.Close()
	case !errors.As(err, &over):
		return nil
	}
	d.epic = over.Now
	if d.Top() != pane.Pane(d) {
		return nil
	}
	return dialog.AskWhose(d.Host, []string{"The description has changed meanwhile."}, func() tea.Cmd {
		return tea.Batch(d.Close(), d.Say("Theirs stays; yours is saved as a draft")) // closing saves it
	}, d.save)
}

// leave closes it. What was typed is discarded or kept as a draft, as the user says.
func (d *description) leave() tea.Cmd {
	if !d.dirty() {
		return d.Close()
	}
	return d.draft.Leave(d.text.Value(), func() tea.Cmd {
		d.settled = true
		return d.Close()
	})
}

// Closed saves what was typed as a draft.
func (d *description) Closed() tea.Cmd {
	d.keep()
	return nil
}

func (d *description) keep() {
	switch {
	case d.settled, d.saving: // what cannot be saved is kept then
	case d.dirty():
		d.draft.Keep(d.text.Value())
	default:
		d.draft.Keep("")
	}
}

// Draw draws the text over the middle of r.
func (d *description) Draw(c *draw.Canvas, r draw.Rect) {
	frame := draw.Box{Title: "Description of " + d.epic.ID.String() + " " + present.Cell(d.epic.Name)}
	if d.saving {
		frame.Foot = d.busy()
	} else if d.restored {
		frame.Foot = "draft, not saved"
	}
	in := c.Panel(r, min(r.W, widest), min(r.H, highest), frame)
	if in.Empty() {
		return
	}
	dialog.DrawText(c, in, d.text)
}
