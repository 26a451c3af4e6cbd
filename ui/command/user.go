package command

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/person"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
)

// NameQuestion asks whether the name that was guessed is the user's. It is no line
// of text, because it comes unexpected: other keys wait until it is answered.
type NameQuestion struct{ *dialog.Question }

// ChangeNamed is change for what carries the user's name, which it asks for where
// it is not known.
func ChangeNamed(h *Commands, fn func(ctx context.Context) pane.Done) tea.Cmd {
	fn = withUnreached(h.Service, fn)
	if h.NameRequest.Guess == "" {
		h.ChangeStories(fn)
		return nil
	}
	h.NameRequest.Changes = append(h.NameRequest.Changes, fn)
	if len(h.NameRequest.Changes) > 1 {
		return nil
	}
	return askName(h)
}

func askName(h *Commands) tea.Cmd {
	guess, alike := draw.Line(h.NameRequest.Guess), h.NameRequest.Alike
	cancel := dialog.Answer{ID: intent.ActCancel, Text: "cancel", Brief: "no", Do: func() tea.Cmd { return unnamed(h) }}
	q := &dialog.Question{Host: h.Host, Asked: keymap.ScopeUser}
	if len(alike) == 0 {
		q.Text, q.Shorter = "Your name on stories and private comments: "+guess, []string{"Your name: " + guess, guess}
		q.Answers = []dialog.Answer{
			{ID: intent.ActUseName, Text: "use it", Brief: "ok", Do: func() tea.Cmd { named(h, h.NameRequest.Guess); return nil }},
			{ID: intent.ActOtherName, Text: "change it", Brief: "", Do: func() tea.Cmd { return askOtherName(h) }},
			cancel,
		}
	} else {
		known := draw.Line(strings.Join(alike, ", "))
		q.Text, q.Shorter = "You are "+guess+", and "+known+" is on the list of people.", []string{"Are you " + known + "?", "Who are you?"}
		// No key that was meant for something else makes them somebody that they are not.
		q.Answers = []dialog.Answer{{ID: intent.ActOtherName, Text: "choose your name", Brief: "choose", Do: func() tea.Cmd { return askWhich(h) }}, cancel}
	}
	return h.Open(NameQuestion{q}, pane.Line)
}

// askOtherName asks who the user is: one of the people, or somebody new.
func askOtherName(h *Commands) tea.Cmd {
	p := dialog.NewPicker(h.Host, "Your name on stories and private comments", nil, names(h.Service.People, ""), func(chosen []string) tea.Cmd {
		named(h, chosen[0])
		return nil
	})
	p.Single, p.Same = true, person.Same
	p.Cancelled = func() tea.Cmd { return unnamed(h) }
	return h.Open(p, pane.Overlay)
}

// askWhich asks whether the user is somebody whose name is close to theirs.
func askWhich(h *Commands) tea.Cmd {
	guess, alike := h.NameRequest.Guess, h.NameRequest.Alike
	var rows []dialog.Choice
	for _, name := range alike {
		rows = append(rows, dialog.Choice{Text: draw.Line(name), Note: "on the list of people"})
	}
	rows = append(rows, dialog.Choice{Text: draw.Line(guess), Note: "somebody else, new here"}, dialog.Choice{Text: "Another name"})
	c := dialog.NewChooser(h.Host, "Your name on stories and private comments", rows, func(i int) tea.Cmd {
		switch {
		case i < len(alike):
			service := h.Service.People
			h.Change(func(ctx context.Context) pane.Done { return pane.Done{Err: service.Also(ctx, alike[i], guess)} })
			named(h, alike[i])
		case i == len(alike):
			named(h, guess)
		default:
			return askOtherName(h)
		}
		return nil
	})
	c.Cancelled = func() tea.Cmd { return unnamed(h) }
	return h.Open(c, pane.Overlay)
}

// named saves the name and does what waited for it.
func named(h *Commands, name string) {
	waiting := h.NameRequest.Changes
	Rename(h, name)
	for _, fn := range waiting {
		h.ChangeStories(fn)
	}
}

// Rename makes somebody else the acting user.
func Rename(h *Commands, name string) {
	h.NameRequest = pane.NameRequest{}
	service := h.Service
	h.Change(func(ctx context.Context) pane.Done {
		return pane.Done{Said: "You are " + draw.Line(name), Err: service.Settings.SetUser(ctx, name)}
	})
}

// unnamed does nothing of what waited for the name. Whoever asked for it is told so
// in the way of any change that failed.
func unnamed(h *Commands) tea.Cmd {
	waiting, typed := h.NameRequest.Changes, h.NameRequest.Typed
	h.NameRequest.Changes, h.NameRequest.Typed = nil, nil
	for _, fn := range waiting {
		h.Change(func(ctx context.Context) pane.Done {
			ctx, cancel := context.WithCancel(ctx)
			cancel()
			ended := fn(ctx)
			if errors.Is(ended.Err, context.Canceled) || ended.Err == nil {
				ended.Err = tracker.Errorf(tracker.CodeRefused, "nothing was changed: say who you are first")
			}
			return ended
		})
	}
	if typed != nil {
		return h.Open(typed, pane.Line)
	}
	return nil
}
