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
	guess := draw.Line(h.NameRequest.Guess)
	return h.Open(NameQuestion{&dialog.Question{
		Host: h.Host, Text: "Your name on stories and private comments: " + guess, Shorter: []string{"Your name: " + guess, guess}, Asked: keymap.ScopeUser,
		Answers: []dialog.Answer{
			{ID: intent.ActUseName, Text: "use it", Brief: "ok", Do: func() tea.Cmd { named(h, h.NameRequest.Guess); return nil }},
			{ID: intent.ActOtherName, Text: "change it", Brief: "", Do: func() tea.Cmd { return askOtherName(h, h.NameRequest.Guess) }},
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
		named(h, name)
		return nil
	})
	p.Cancelled = func() tea.Cmd { return unnamed(h) }
	return h.Open(p, pane.Line)
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
				ended.Err = tracker.Errorf(tracker.CodeRefused, "nothing was changed: enter your name first")
			}
			return ended
		})
	}
	if typed != nil {
		return h.Open(typed, pane.Line)
	}
	return nil
}
