// Package planning changes a project's settings in the program: a list of them, a new
// value for one, and, before that is saved, what becomes of the plan.
package planning

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/projectsetting"
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

// ahead is of how many iterations, from Current on, the length and the team's strength can
// be chosen: a quarter of a year in weeks.
const ahead = 13

// Open shows the settings of the project that is open, and those of its current iteration.
func Open(h *pane.Host, s Projects) tea.Cmd {
	list := projectsetting.All()
	own := len(list)
	list = append(list, projectsetting.OfIteration(current(h))...)
	rows := make([]dialog.Choice, len(list))
	for i, f := range list {
		rows[i] = dialog.Choice{Name: f.Label, Text: f.Meaning, Note: draw.Line(f.Show(h.Project))}
	}
	return h.Open(dialog.NewChooser(h, "Settings of "+draw.Line(h.Project.Name), rows, func(i int) tea.Cmd {
		if i >= own {
			return chooseIteration(h, s, i-own)
		}
		return change(h, s, list[i])
	}), pane.Overlay)
}

// current is the number of the first iteration that can have settings of its own.
func current(h *pane.Host) int { return max(1, plan.NewCalendar(h.Project).Number(h.Now())) }

// chooseIteration asks of which iteration a setting is changed.
func chooseIteration(h *pane.Host, s Projects, setting int) tea.Cmd {
	calendar, now, first := plan.NewCalendar(h.Project), h.Now(), current(h)
	list := make([]projectsetting.Setting, ahead)
	rows := make([]dialog.Choice, ahead)
	for i := range list {
		span := calendar.Span(first + i)
		list[i] = projectsetting.OfIteration(span.Number)[setting]
		rows[i] = dialog.Choice{Name: strconv.Itoa(span.Number), Text: span.Dates(now), Note: list[i].Show(h.Project)}
		if span.Number == calendar.Number(now) {
			rows[i].Text = "Current · " + rows[i].Text
		}
	}
	return h.Open(dialog.NewChooser(h, "Iteration: "+list[0].Label, rows, func(i int) tea.Cmd { return change(h, s, list[i]) }), pane.Overlay)
}

// change asks for a new value of a setting.
func change(h *pane.Host, s Projects, f projectsetting.Setting) tea.Cmd {
	now, asked := f.Show(h.Project), f.Label+": "+f.Help()
	write := func() tea.Cmd {
		prompt := dialog.NewPrompt(h, asked, now, func(text string) tea.Cmd { return rehearse(h, s, f, text) })
		prompt.Check = func(text string) error {
			p := h.Project
			if err := f.Set(&p, text); err != nil {
				return err
			}
			return p.Validate()
		}
		return h.Open(prompt, pane.Line)
	}
	if len(f.Values) == 0 {
		return write()
	}
	rows := make([]dialog.Choice, len(f.Values), len(f.Values)+1)
	for i, value := range f.Values {
		rows[i] = dialog.Choice{Text: value, Current: value == now}
	}
	if f.Own {
		rows = append(rows, dialog.Choice{Text: "other…", Current: !slices.Contains(f.Values, now)})
	}
	return h.Open(dialog.NewChooser(h, asked, rows, func(i int) tea.Cmd {
		if i == len(f.Values) {
			return write()
		}
		return rehearse(h, s, f, f.Values[i])
	}), pane.Overlay)
}

// rehearse finds what becomes of the plan with a new value.
func rehearse(h *pane.Host, s Projects, f projectsetting.Setting, value string) tea.Cmd {
	p := h.Project
	if err := f.Set(&p, value); err != nil {
		return h.Refuse(err.Error())
	}
	if f.Show(p) == f.Show(h.Project) {
		return nil // as it was
	}
	return h.Ask(func(ctx context.Context) tea.Msg {
		effect, err := s.Effect(ctx, p)
		return Rehearsed{p, effect, err}
	})
}

// Confirm says what becomes of the plan, and saves the project when the user agrees.
func Confirm(h *pane.Host, s Projects, r Rehearsed) tea.Cmd {
	undo := h.Keys.Key(keymap.ScopeGlobal, intent.ActUndo)
	save := func() tea.Cmd {
		h.Change(func(ctx context.Context) pane.Done {
			_, err := s.SaveProject(ctx, r.project)
			return pane.Done{Said: fmt.Sprintf("Project settings saved · %s undo", undo), Err: err}
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
