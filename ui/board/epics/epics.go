// Package epics shows the epics of a project on the board and changes them: it asks for what is needed,
// and says what came of it.
package epics

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
)

// UseCases changes epics, and reads what is shown of one.
type UseCases interface {
	Parts(ctx context.Context, id tracker.EpicID) (epic.Parts, error)
	AddEpic(ctx context.Context, e tracker.Epic) (tracker.Epic, error)
	EditEpic(ctx context.Context, project tracker.ProjectID, ref string, edit epic.Edit) (tracker.Epic, error)
	MoveEpic(ctx context.Context, project tracker.ProjectID, ref string, to epic.Place) (tracker.Epic, error)
	DeleteEpic(ctx context.Context, project tracker.ProjectID, ref string) (tracker.Epic, error)
}

// Actions are what can be done to epics.
type Actions struct {
	*pane.Host
	Service UseCases
}

// Add asks for the name and the label of a new epic.
func (a Actions) Add() tea.Cmd {
	return a.Open(dialog.NewPrompt(a.Host, "Name of the new epic", "", func(name string) tea.Cmd {
		if strings.TrimSpace(name) == "" {
			return a.Refuse("an epic needs a name")
		}
		return a.Open(dialog.NewPrompt(a.Host, "Label that its stories carry", epic.LabelFor(name), func(label string) tea.Cmd {
			e := tracker.Epic{ProjectID: a.Project.ID, Name: name, Label: label}
			return a.do(func(ctx context.Context) (tracker.Epic, error) { return a.Service.AddEpic(ctx, e) }, "Epic %s created")
		}), pane.Line)
	}), pane.Line)
}

// Edit asks which field of an epic to change, and for its new value.
func (a Actions) Edit(e tracker.Epic) tea.Cmd {
	type field struct {
		name, help, value string
		label, text       *string
	}
	var now string
	fields := []field{
		{name: "name", help: "what the epic is called", value: e.Name, text: &now},
		{name: "label", help: "the label that its stories carry", value: e.Label, label: &now},
		{name: "description", help: "what the epic is for", value: e.Description},
	}
	rows := make([]dialog.Choice, len(fields))
	for i, f := range fields {
		rows[i] = dialog.Choice{Name: f.name, Text: f.help, Note: draw.Line(f.value)}
	}
	return a.Open(dialog.NewChooser(a.Host, "Edit epic "+e.ID.String(), rows, func(i int) tea.Cmd {
		f := fields[i]
		if f.text == nil && f.label == nil {
			return a.Open(newDescription(a, e), pane.Overlay)
		}
		return a.Open(dialog.NewPrompt(a.Host, "Epic "+e.ID.String()+" "+f.name, f.value, func(text string) tea.Cmd {
			now = text
			return a.do(func(ctx context.Context) (tracker.Epic, error) {
				return a.Service.EditEpic(ctx, e.ProjectID, e.ID.String(), epic.Edit{Base: &e, Name: f.text, Label: f.label})
			}, "Epic %s saved")
		}), pane.Line)
	}), pane.Overlay)
}

// Move puts an epic above or below its neighbour.
func (a Actions) Move(list []row.Epic, e tracker.Epic, by int) tea.Cmd {
	for i := range list {
		if list[i].Epic.ID != e.ID || i+by < 0 || i+by >= len(list) {
			continue
		}
		to := epic.Place{Before: list[i+by].Epic.ID}
		if by > 0 {
			to = epic.Place{After: list[i+by].Epic.ID}
		}
		return a.do(func(ctx context.Context) (tracker.Epic, error) {
			return a.Service.MoveEpic(ctx, e.ProjectID, e.ID.String(), to)
		}, "Epic %s moved")
	}
	return nil
}

// Delete asks whether to delete an epic.
func (a Actions) Delete(f epic.Figures) tea.Cmd {
	e := f.Epic
	ask := fmt.Sprintf("Delete epic %s “%s”?", e.ID, draw.Line(e.Name))
	if f.Stories > 0 {
		ask += fmt.Sprintf(" Its label stays on %s.", present.StoryCount(f.Stories))
	}
	return a.Open(dialog.NewQuestion(a.Host, ask, func() tea.Cmd {
		return a.do(func(ctx context.Context) (tracker.Epic, error) {
			return a.Service.DeleteEpic(ctx, e.ProjectID, e.ID.String())
		}, "Epic %s deleted")
	}), pane.Line)
}

// do changes an epic and says so.
func (a Actions) do(change func(ctx context.Context) (tracker.Epic, error), said string) tea.Cmd {
	undo := a.Keys.Key(keymap.ScopeGlobal, intent.ActUndo)
	a.Change(func(ctx context.Context) pane.Done {
		e, err := change(ctx)
		return pane.Done{Said: fmt.Sprintf(said+" · %s undo", e.ID, undo), Err: err}
	})
	return nil
}
