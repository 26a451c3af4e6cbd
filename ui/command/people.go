package command

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/person"
	"storydesk/tracker/search"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
)

// People lists the people and changes them.
type People interface {
	Names(ctx context.Context) ([]string, error)
	Add(ctx context.Context, p tracker.Person) (tracker.Person, error)
	// Also makes another name lead to somebody.
	Also(ctx context.Context, name, alias string) error
	Rename(ctx context.Context, name, to string) (tracker.Person, error)
	Merge(ctx context.Context, name, into string) (tracker.Person, error)
	Remove(ctx context.Context, name string) (tracker.Person, error)
}

// names returns what reads the names of all people but one.
func names(service People, but string) func(context.Context) ([]string, error) {
	return func(ctx context.Context) ([]string, error) {
		list, err := service.Names(ctx)
		return slices.DeleteFunc(list, func(name string) bool { return name == but }), err
	}
}

// PickPerson lists the people: one of them can be changed, and a new one be added.
func PickPerson(h *Commands) tea.Cmd {
	service := h.Service.People
	p := dialog.NewPicker(h.Host, "People", nil, names(service, ""), func(chosen []string) tea.Cmd { return changePerson(h, chosen[0]) })
	p.Single, p.Same = true, person.Same
	p.New = func(name string) tea.Cmd {
		return onPeople(h, draw.Line(name)+" added", func(ctx context.Context) error {
			_, err := service.Add(ctx, tracker.Person{Name: name})
			return err
		})
	}
	return h.Open(p, pane.Overlay)
}

// changePerson asks what to do about somebody.
func changePerson(h *Commands, name string) tea.Cmd {
	rows := []dialog.Choice{
		{Text: "Show stories", Note: "owned or requested"},
		{Text: "Rename", Note: "on all stories"},
		{Text: "Merge into another person", Note: "on all stories"},
		{Text: "Remove from the list", Note: "stories keep the name"},
	}
	service := h.Service.People
	do := []func() tea.Cmd{
		func() tea.Cmd {
			return h.GoTo(intent.Find{Query: search.Person(name)})
		},
		func() tea.Cmd { return renamePerson(h, name) },
		func() tea.Cmd { return mergePerson(h, name) },
		func() tea.Cmd {
			return onPeople(h, draw.Line(name)+" removed from the list", func(ctx context.Context) error {
				_, err := service.Remove(ctx, name)
				return err
			})
		},
	}
	return h.Open(dialog.NewChooser(h.Host, draw.Line(name), rows, func(i int) tea.Cmd { return do[i]() }), pane.Overlay)
}

func renamePerson(h *Commands, name string) tea.Cmd {
	service := h.Service.People
	return h.Open(dialog.NewPrompt(h.Host, "Rename "+draw.Line(name)+" to", name, func(to string) tea.Cmd {
		return onPeople(h, fmt.Sprintf("%s renamed to %s", draw.Line(name), draw.Line(to)), func(ctx context.Context) error {
			_, err := service.Rename(ctx, name, to)
			return err
		})
	}), pane.Line)
}

func mergePerson(h *Commands, name string) tea.Cmd {
	service := h.Service.People
	p := dialog.NewPicker(h.Host, "Merge "+draw.Line(name)+" into", nil, names(service, name), func(into []string) tea.Cmd {
		return onPeople(h, fmt.Sprintf("%s merged into %s", draw.Line(name), draw.Line(into[0])), func(ctx context.Context) error {
			_, err := service.Merge(ctx, name, into[0])
			return err
		})
	})
	p.Single, p.Listed = true, true
	return h.Open(p, pane.Overlay)
}

// onPeople changes somebody, and says so.
func onPeople(h *Commands, said string, do func(ctx context.Context) error) tea.Cmd {
	undo := h.Keys.Key(keymap.ScopeGlobal, intent.ActUndo)
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		return pane.Done{Said: fmt.Sprintf("%s · %s undo", said, undo), Err: do(ctx)}
	})
}
