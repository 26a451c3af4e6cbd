package command

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
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
	if h.Naming.Guess == "" {
		return h.ChangeStories(fn)
	}
	h.Naming.Changes = append(h.Naming.Changes, fn)
	if len(h.Naming.Changes) > 1 {
		return nil
	}
	return askName(h)
}

func askName(h *Commands) tea.Cmd {
	guess := draw.Line(h.Naming.Guess)
	return h.Open(NameQuestion{&dialog.Question{
		Host: h.Host, Text: "Your name on stories and private comments: " + guess, Shorter: []string{"Your name: " + guess, guess}, Asked: keymap.ScopeUser,
		Answers: []dialog.Answer{
			{ID: intent.ActUseName, Text: "use it", Brief: "ok", Do: func() tea.Cmd { return named(h, h.Naming.Guess) }},
			{ID: intent.ActOtherName, Text: "change it", Brief: "", Do: func() tea.Cmd { return askOtherName(h, h.Naming.Guess) }},
			{ID: intent.ActCancel, Text: "cancel", Brief: "no", Do: func() tea.Cmd { return unnamed(h) }},
		},
	}}, pane.Line)
}

// askOtherName asks for the name as text.
func askOtherName(h *Commands, guess string) tea.Cmd {
	p := dialog.NewPrompt(h.Host, "Your name on stories and private comments", guess, func(name string) tea.Cmd {
		if _, err := tracker.ParseUser(name); err != nil {
			return tea.Batch(askOtherName(h, name), h.Fail(err))
		}
		return named(h, name)
	})
	p.Cancelled = func() tea.Cmd { return unnamed(h) }
	return h.Open(p, pane.Line)
}

// named saves the name and does what waited for it.
func named(h *Commands, name string) tea.Cmd {
	waiting := h.Naming.Changes
	cmds := []tea.Cmd{Rename(h, name)}
	for _, fn := range waiting {
		cmds = append(cmds, h.ChangeStories(fn))
	}
	return tea.Batch(cmds...)
}

// Rename makes somebody else the acting user.
func Rename(h *Commands, name string) tea.Cmd {
	h.Naming = pane.Naming{}
	service := h.Service
	return h.Change(func(ctx context.Context) pane.Done {
		return pane.Done{Said: "You are " + draw.Line(name), Err: service.Settings.SetUser(ctx, name)}
	})
}

// unnamed does nothing of what waited for the name. Whoever asked for it is told so
// in the way of any change that failed.
func unnamed(h *Commands) tea.Cmd {
	waiting, typed := h.Naming.Changes, h.Naming.Typed
	h.Naming.Changes, h.Naming.Typed = nil, nil
	cmds := make([]tea.Cmd, len(waiting))
	for i, fn := range waiting {
		cmds[i] = h.Change(func(ctx context.Context) pane.Done {
			ctx, cancel := context.WithCancel(ctx)
			cancel()
			ended := fn(ctx)
			if errors.Is(ended.Err, context.Canceled) || ended.Err == nil {
				ended.Err = tracker.Errorf(tracker.CodeRefused, "nothing was changed: enter your name first")
			}
			return ended
		})
	}
	if typed != nil {
		cmds = append(cmds, h.Open(typed, pane.Line))
	}
	return tea.Batch(cmds...)
}
