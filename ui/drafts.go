package ui

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/guard"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
)

// namesOfDrafts lists the drafts, as in a sentence.
func namesOfDrafts(d pane.Drafts) string {
	var names []string
	for _, key := range slices.Sorted(maps.Keys(d)) {
		if d[key].Text != "" {
			names = append(names, command.DraftName(key))
		}
	}
	if n := len(names); n > 1 {
		return fmt.Sprintf("%s and %d more", names[0], n-1)
	}
	return strings.Join(names, "")
}

// wouldLose names the texts that quitting would lose, because the store takes
// nothing any more; empty where it loses none.
func wouldLose(s *pane.Host) string {
	if s.Settings.StoreLost() == nil {
		return ""
	}
	names := namesOfDrafts(s.Drafts)
	typing := func(l pane.Layer) bool {
		return l.Place != pane.Line && slices.ContainsFunc(l.Pane.Scopes(), keymap.Scope.TakesText)
	}
	if names == "" && slices.ContainsFunc(s.Layers, typing) {
		return "what you typed"
	}
	return names
}

// askToLose asks whether to quit although that loses texts.
func (e *ending) askToLose(names string) tea.Cmd {
	why := "Database file missing."
	if dialog.Offline(e.Settings.StoreLost()) {
		why = "No connection to the database."
	}
	e.asksToLose = &dialog.Question{
		Host: e.Host, Text: why + " Discard " + names + "?", Shorter: []string{"Discard " + names + "?"}, Asked: keymap.ScopeDiscard,
		Answers: []dialog.Answer{
			{ID: intent.ActDiscard, Text: "discard and quit", Brief: "quit", Do: func() tea.Cmd { return e.leave() }},
			{ID: intent.ActStay, Text: "stay", Brief: "stay"},
		},
	}
	return e.Open(e.asksToLose, pane.Line)
}

// UnsavedError is what Run fails with where the last of what was typed could not
// be saved.
type UnsavedError struct {
	// Texts are the texts that were not saved, each below its name.
	Texts string
	err   error
}

// Error says why the texts were not saved.
func (e *UnsavedError) Error() string { return "not saved: " + e.err.Error() }

// Unwrap returns why the texts were not saved.
func (e *UnsavedError) Unwrap() error { return e.err }

// saveDrafts saves what was typed in open panes and is not saved yet. The program
// has ended: nothing else uses its state any more. It fails with an *UnsavedError.
func saveDrafts(t *Model) error {
	s := t.app.Host
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.Context()), saveTime)
	defer cancel()
	// What the panes would save is in drafts after this, even where one panics.
	_ = guard.Run(func() error {
		_ = s.CloseTo(1)
		return nil
	})
	var texts strings.Builder
	var problem error
	for _, key := range slices.Sorted(maps.Keys(s.Drafts)) {
		d := s.Drafts[key]
		if d.Saved && (d.Text == "" || s.Settings.StoreLost() == nil) {
			continue
		}
		if err := s.Settings.SaveDraft(ctx, key, d.Text); err != nil && d.Text != "" {
			problem = err
			fmt.Fprintf(&texts, "\n%s:\n%s\n", command.DraftName(key), d.Text)
		}
	}
	if problem == nil {
		return nil
	}
	return &UnsavedError{texts.String(), problem}
}
