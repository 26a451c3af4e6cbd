package ui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// What is changed on stories carries the user's name, on their tickets too. The
// user is asked for it once, when it is first needed.

// actUseName and actOtherName answer the question of the user's name.
const (
	actUseName   intent.ActionID = "use-name"
	actOtherName intent.ActionID = "other-name"
)

// naming is what the user's name is needed for.
type naming struct {
	// guess is offered as the name, empty when the name is known.
	guess string
	// changes wait for the name, in their order; there are some exactly while the
	// user is being asked.
	changes []func(context.Context) done
	// typed is the prompt whose text waits for the name, nil for none: it comes
	// back when there will be no name.
	typed *prompt
}

// asks is true while the user is being asked for the name.
func (n naming) asks() bool { return len(n.changes) > 0 }

// nameQuestion asks whether the name that was guessed is the user's. It is no line
// of text, for nobody expects it: keys that are typed on wait until it is answered.
type nameQuestion struct{ *question }

// changeNamed is change for what carries the user's name, which it asks for where
// it is not known.
func (s *shell) changeNamed(fn func(ctx context.Context) done) tea.Cmd {
	if s.naming.guess == "" {
		return s.changeStories(fn)
	}
	s.naming.changes = append(s.naming.changes, fn)
	if len(s.naming.changes) > 1 {
		return nil
	}
	return s.askName()
}

func (s *shell) askName() tea.Cmd {
	guess := draw.Line(s.naming.guess)
	return s.open(nameQuestion{&question{
		shell: s, text: "Your name on stories and private comments: " + guess, shorter: []string{"Your name: " + guess, guess}, asked: keymap.ScopeUser,
		answers: []answer{
			{actUseName, "use it", "ok", func() tea.Cmd { return s.named(s.naming.guess) }},
			{actOtherName, "change it", "", func() tea.Cmd { return s.askOtherName(s.naming.guess) }},
			{intent.ActCancel, "cancel", "no", s.unnamed},
		},
	}}, placeLine)
}

// askOtherName asks for the name as text.
func (s *shell) askOtherName(guess string) tea.Cmd {
	p := newPrompt(s, "Your name on stories and private comments", guess, func(name string) tea.Cmd {
		if _, err := tracker.ParseUser(name); err != nil {
			return tea.Batch(s.askOtherName(name), s.fail(err))
		}
		return s.named(name)
	})
	p.cancelled = s.unnamed
	return s.open(p, placeLine)
}

// named remembers the name and does what waited for it.
func (s *shell) named(name string) tea.Cmd {
	waiting := s.naming.changes
	cmds := []tea.Cmd{s.rename(name)}
	for _, fn := range waiting {
		cmds = append(cmds, s.changeStories(fn))
	}
	return tea.Batch(cmds...)
}

// changeStories is change for what changes stories, which are read afterwards.
func (s *shell) changeStories(fn func(ctx context.Context) done) tea.Cmd {
	s.changes++
	return s.change(func(ctx context.Context) done {
		ended := fn(ctx)
		ended.changed = true
		return ended
	})
}

// rename makes somebody else the acting user.
func (s *shell) rename(name string) tea.Cmd {
	s.naming = naming{}
	service := s.service
	return s.change(func(ctx context.Context) done {
		return done{said: "You are " + draw.Line(name), err: service.Settings.SetUser(ctx, name)}
	})
}

// unnamed does nothing of what waited for the name. Whoever asked for it is told so
// in the way of any change that failed.
func (s *shell) unnamed() tea.Cmd {
	waiting, typed := s.naming.changes, s.naming.typed
	s.naming.changes, s.naming.typed = nil, nil
	cmds := make([]tea.Cmd, len(waiting))
	for i, fn := range waiting {
		cmds[i] = s.change(func(ctx context.Context) done {
			ctx, cancel := context.WithCancel(ctx)
			cancel()
			ended := fn(ctx)
			if errors.Is(ended.err, context.Canceled) || ended.err == nil {
				ended.err = tracker.Errorf(tracker.CodeRefused, "nothing was changed: enter your name first")
			}
			return ended
		})
	}
	if typed != nil {
		cmds = append(cmds, s.open(typed, placeLine))
	}
	return tea.Batch(cmds...)
}
