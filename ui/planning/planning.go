// Package planning changes a project's settings in the program: a list of them, a new
// value for one, and, before that is saved, what becomes of the plan.
package planning

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/pane"
)

// Projects saves projects, and says beforehand what becomes of the plan.
type Projects interface {
	Effect(ctx context.Context, p tracker.Project) ([]string, error)
	SaveProject(ctx context.Context, p tracker.Project) (tracker.Project, error)
}

// Rehearsed brings what becomes of the plan once a project is saved.
type Rehearsed struct {
	project tracker.Project
	effect  []string
	err     error
}

// Open shows the settings of the project that is open.
func Open(h *pane.Host, s Projects) tea.Cmd {
	list := settings(plan.NewCalendar(h.Project).Number(h.Now()))
	rows := make([]dialog.Choice, len(list))
	for i, f := range list {
		rows[i] = dialog.Choice{Name: f.name, Text: f.help, Note: draw.Line(f.value(h.Project))}
	}
	return h.Open(dialog.NewChooser(h, "Settings of "+draw.Line(h.Project.Name), rows, func(i int) tea.Cmd { return change(h, s, list[i]) }), pane.Overlay)
}

// change asks for a new value of a setting.
func change(h *pane.Host, s Projects, f field) tea.Cmd {
	now := f.value(h.Project)
	if len(f.options) == 0 {
		return h.Open(dialog.NewPrompt(h, f.ask(), now, func(text string) tea.Cmd { return rehearse(h, s, f, text) }), pane.Line)
	}
	rows := make([]dialog.Choice, len(f.options))
	for i, o := range f.options {
		rows[i] = dialog.Choice{Text: o, Current: o == now}
	}
	return h.Open(dialog.NewChooser(h, f.ask(), rows, func(i int) tea.Cmd { return rehearse(h, s, f, f.options[i]) }), pane.Overlay)
}

// rehearse finds what becomes of the plan with a new value.
func rehearse(h *pane.Host, s Projects, f field, value string) tea.Cmd {
	p := h.Project
	if err := f.set(&p, strings.TrimSpace(value)); err != nil {
		return h.Refuse(err.Error())
	}
	return h.Ask(func(ctx context.Context) tea.Msg {
		effect, err := s.Effect(ctx, p)
		return Rehearsed{p, effect, err}
	})
}

// Confirm says what becomes of the plan, and saves the project when the user agrees.
func Confirm(h *pane.Host, s Projects, r Rehearsed) tea.Cmd {
	save := func() tea.Cmd {
		h.Change(func(ctx context.Context) pane.Done {
			_, err := s.SaveProject(ctx, r.project)
			return pane.Done{Said: "Project settings saved", Err: err}
		})
		return nil
	}
	switch {
	case r.err != nil:
		return h.Fail(r.err)
	case len(r.effect) == 1 && r.effect[0] == plan.Unchanged:
		return save()
	}
	return h.Open(dialog.NewQuestion(h, strings.Join(r.effect, " ")+" Save?", save), pane.Line)
}
