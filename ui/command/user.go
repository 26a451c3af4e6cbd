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
// of text, for nobody expects it: keys that are typed on wait until it is answered.
type NameQuestion struct{ *dialog.Question }

// ChangeNamed is change for what carries the user's name, which it asks for where
// it is not known.
func ChangeNamed(s *pane.Host, fn func(ctx context.Context) pane.Done) tea.Cmd {
	fn = told(s.Service, fn)
	if s.Naming.Guess == "" {
		return s.ChangeStories(fn)
	}
	s.Naming.Changes = append(s.Naming.Changes, fn)
	if len(s.Naming.Changes) > 1 {
		return nil
	}
	return askName(s)
}

func askName(s *pane.Host) tea.Cmd {
	guess := draw.Line(s.Naming.Guess)
	return s.Open(NameQuestion{&dialog.Question{
		Host: s, Text: "Your name on stories and private comments: " + guess, Shorter: []string{"Your name: " + guess, guess}, Asked: keymap.ScopeUser,
		Answers: []dialog.Answer{
			{ID: intent.ActUseName, Text: "use it", Brief: "ok", Do: func() tea.Cmd { return named(s, s.Naming.Guess) }},
			{ID: intent.ActOtherName, Text: "change it", Brief: "", Do: func() tea.Cmd { return askOtherName(s, s.Naming.Guess) }},
			{ID: intent.ActCancel, Text: "cancel", Brief: "no", Do: func() tea.Cmd { return unnamed(s) }},
		},
	}}, pane.Line)
}

// askOtherName asks for the name as text.
func askOtherName(s *pane.Host, guess string) tea.Cmd {
	p := dialog.NewPrompt(s, "Your name on stories and private comments", guess, func(name string) tea.Cmd {
		if _, err := tracker.ParseUser(name); err != nil {
			return tea.Batch(askOtherName(s, name), s.Fail(err))
		}
		return named(s, name)
	})
	p.Cancelled = func() tea.Cmd { return unnamed(s) }
	return s.Open(p, pane.Line)
}

// named remembers the name and does what waited for it.
func named(s *pane.Host, name string) tea.Cmd {
	waiting := s.Naming.Changes
	cmds := []tea.Cmd{Rename(s, name)}
	for _, fn := range waiting {
		cmds = append(cmds, s.ChangeStories(fn))
	}
	return tea.Batch(cmds...)
}

// Rename makes somebody else the acting user.
func Rename(s *pane.Host, name string) tea.Cmd {
	s.Naming = pane.Naming{}
	service := s.Service
	return s.Change(func(ctx context.Context) pane.Done {
		return pane.Done{Said: "You are " + draw.Line(name), Err: service.Settings.SetUser(ctx, name)}
	})
}

// unnamed does nothing of what waited for the name. Whoever asked for it is told so
// in the way of any change that failed.
func unnamed(s *pane.Host) tea.Cmd {
	waiting, typed := s.Naming.Changes, s.Naming.Typed
	s.Naming.Changes, s.Naming.Typed = nil, nil
	cmds := make([]tea.Cmd, len(waiting))
	for i, fn := range waiting {
		cmds[i] = s.Change(func(ctx context.Context) pane.Done {
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
		cmds = append(cmds, s.Open(typed, pane.Line))
	}
	return tea.Batch(cmds...)
}
