package ui

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// typedText is a text as it was typed last; saved once the store has it.
type typedText struct {
	text  string
	saved bool
}

// drafts are texts that were typed and not sent, by the keys of their drafts. They
// stay in memory when they are saved, because the database file may be lost.
type drafts map[string]typedText

// performed notes what a change did to a draft: it was saved, or sent and removed.
func (d drafts) performed(ended done, lost bool) {
	switch kept := ended.kept; {
	case ended.draft != "" && ended.err == nil:
		delete(d, ended.draft)
	case lost || d[kept.key].text != kept.text:
	case kept.text == "":
		delete(d, kept.key)
	default:
		d[kept.key] = typedText{kept.text, true}
	}
}

// names tells which texts there are, as in a sentence.
func (d drafts) names() string {
	var names []string
	for _, key := range slices.Sorted(maps.Keys(d)) {
		if d[key].text != "" {
			names = append(names, draftName(key))
		}
	}
	if n := len(names); n > 1 {
		return fmt.Sprintf("%s and %d more", names[0], n-1)
	}
	return strings.Join(names, "")
}

// draftName is what the user calls the text with a key.
func draftName(key string) string {
	kind, of, _ := strings.Cut(key, "/")
	story, field, _ := strings.Cut(of, "/")
	switch {
	case key == markedCommentKey:
		return "comment on marked stories"
	case kind == "comment":
		return "comment on " + of
	case kind == "story":
		return field + " of " + story
	case strings.HasPrefix(of, "new/"):
		return "new integration"
	}
	return "edited integration"
}

// unread is a text that the store does not have, or may have lost.
func (s *shell) unread(key string) (text string, ok bool) {
	last, ok := s.drafts[key]
	return last.text, ok && (!last.saved || s.service.StoreLost() != nil)
}

// wouldLose names the texts that quitting would lose, because the store takes
// nothing any more; empty where it loses none.
func wouldLose(s *shell) string {
	if s.service.StoreLost() == nil {
		return ""
	}
	names := s.drafts.names()
	typing := func(l layer) bool {
		return l.place != placeLine && slices.ContainsFunc(l.pane.Scopes(), keymap.Scope.TakesText)
	}
	if names == "" && slices.ContainsFunc(s.layers, typing) {
		return "what you typed"
	}
	return names
}

// askToLose asks whether to quit although that loses texts.
func askToLose(a *app, names string) tea.Cmd {
	a.asksToLose = &question{
		shell: a.shell, text: "Database file missing. Discard " + names + "?", shorter: []string{"Discard " + names + "?"}, asked: keymap.ScopeDiscard,
		answers: []answer{
			{id: intent.ActDiscard, text: "discard and quit", brief: "quit", do: func() tea.Cmd { return leave(a) }},
			{id: intent.ActStay, text: "stay", brief: "stay"},
		},
	}
	return a.open(a.asksToLose, placeLine)
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
func saveDrafts(t *terminal) error {
	s := t.app.shell
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), saveTime)
	defer cancel()
	// What the panes would save is in drafts after this, even where one panics.
	_ = tracker.Guard(func() error {
		_ = s.closeTo(1)
		return nil
	})
	var texts strings.Builder
	var problem error
	for _, key := range slices.Sorted(maps.Keys(s.drafts)) {
		d := s.drafts[key]
		if d.saved && (d.text == "" || s.service.StoreLost() == nil) {
			continue
		}
		if err := s.service.Settings.SaveDraft(ctx, key, d.text); err != nil && d.text != "" {
			problem = err
			fmt.Fprintf(&texts, "\n%s:\n%s\n", draftName(key), d.text)
		}
	}
	if problem == nil {
		return nil
	}
	return &UnsavedError{texts.String(), problem}
}
