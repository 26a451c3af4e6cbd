package ui_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/uitest"
)

func TestKeyNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"u": "u", "?": "?", "+": "+", "ctrl++": "ctrl++", "é": "é", "Ctrl+R": "ctrl+r", "shift+ctrl+up": "ctrl+shift+up", "shift+a": "A",
		"Escape": "esc", "PgDn": "pgdown", "F2": "f2", "alt+x": "alt+x", "return": "enter", "shift+tab": "shift+tab", "ctrl+alt+Del": "ctrl+alt+delete",
	} {
		if got, err := keymap.ParseKey(text); got != want || err != nil {
			t.Errorf("ParseKey(%q) = %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", " ", "ctrl+", "hold+x", "f0", "f21", "ctrl+i", "ctrl+m", "ctrl+[", "shift+1", "uu", "\x1b", "\u202e", "e\u0301"} {
		if got, err := keymap.ParseKey(text); present.FieldOf(err) != "key" {
			t.Errorf("ParseKey(%q) = %q, %v", text, got, err)
		}
	}
}

// What was read is read again as itself.
func TestKeyNamesAreStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key, err := keymap.ParseKey(rapid.String().Draw(t, "text"))
		if err != nil {
			return
		}
		if again, err := keymap.ParseKey(key); again != key || err != nil {
			t.Fatalf("%q is read as %q, %v", key, again, err)
		}
	})
}

// keysOf are the keys of an action.
func keysOf(k keymap.Keys, action string) []string {
	for _, b := range k.Bindings() {
		if b.Action == action {
			return b.Keys
		}
	}
	return nil
}

func TestKeysAreChosen(t *testing.T) {
	t.Parallel()
	k, err := ui.DefaultKeys().Set("undo", []string{"F2", "ctrl+x"})
	if err != nil {
		t.Fatal(err)
	}
	again, problems := ui.ReadKeys(k.String())
	if got := keysOf(again, "everywhere/undo"); !slices.Equal(got, []string{"f2", "ctrl+x"}) || problems != nil {
		t.Errorf("undo has %q, %v", got, problems)
	}
	// Its old key is free now, and taken when it is asked for again.
	again, err = again.Set("board/open", []string{"u"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := again.Reset("undo"); tracker.CodeOf(err) != tracker.CodeConflict {
		t.Errorf("u means two things: %v", err)
	}
	all, err := again.Reset("")
	if err != nil || all.String() != "" {
		t.Errorf("%q, %v", all, err)
	}
}

func TestKeysThatCannotBeChosen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		action string
		keys   []string
		field  string
		says   string
	}{
		{"everywhere/undo", []string{"enter"}, "key", "“open” (board/open)"},
		{"undo", []string{"j"}, "key", "“undo” (everywhere/undo)"},
		{"undo", []string{"ctrl+c"}, "key", "always/leave"},
		{"leave", []string{"f2"}, "action", "ctrl+c always quits"},
		{"prompt/cancel", []string{"x"}, "key", "which types text there"},
		{"prompt/cancel", nil, "key", "otherwise you cannot leave"},
		{"question/no", nil, "key", "otherwise you cannot leave"},
		{"down", []string{"f2"}, "action", "choose one of"},
		{"lists/sideways", []string{"f2"}, "action", "storydesk keys list"},
		{"undo", []string{"hyperspace"}, "key", "is not a key"},
	} {
		if _, err := ui.DefaultKeys().Set(c.action, c.keys); present.FieldOf(err) != c.field || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %v: %v", c.action, c.keys, err)
		}
	}
}

// What is saved may be of another version, or damaged; the rest holds.
func TestSavedKeysThatDoNotFit(t *testing.T) {
	t.Parallel()
	for saved, left := range map[string]int{
		`{"everywhere/undo":["f2"],"board/gone":["x"]}`:         1,
		`{"everywhere/undo":["f2"],"board/open":["warp"]}`:      1,
		`{"everywhere/undo":["f2"],"everywhere/redo":["f2"]}`:   0,
		`{"everywhere/undo":["j"],"board/open":["f3","enter"]}`: 1,
		`["u"]`: 0,
		`{`:     0,
	} {
		k, problems := ui.ReadKeys(saved)
		if len(k.Chosen) != left || len(problems) != 1 {
			t.Errorf("%s: %v, %v", saved, k.Chosen, errors.Join(problems...))
		}
	}
}

// No chosen keys, however they come about, leave a key with two meanings or
// ctrl+c without its own.
func TestChosenKeysNeverCollide(t *testing.T) {
	t.Parallel()
	names := ui.Actions()
	rapid.Check(t, func(t *rapid.T) {
		k := ui.DefaultKeys()
		for range rapid.IntRange(1, 8).Draw(t, "changes") {
			name := names[rapid.IntRange(0, len(names)-1).Draw(t, "action")].Name()
			keys := rapid.SliceOfN(rapid.SampledFrom([]string{"u", "j", "f2", "f3", "ctrl+c", "enter", "x", "esc"}), 0, 2).Draw(t, "keys")
			if next, err := k.Set(name, keys); err == nil {
				k = next
			}
		}
		if list := k.Conflicts(); len(list) > 0 || !slices.Equal(keysOf(k, "always/leave"), []string{"ctrl+c"}) {
			t.Fatalf("%s: %v", k, list)
		}
		if again, problems := ui.ReadKeys(k.String()); again.String() != k.String() || problems != nil {
			t.Fatalf("%s came back as %s, %v", k, again, problems)
		}
	})
}

func TestActionNamesAreUnique(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, a := range ui.Actions() {
		if seen[a.Name()] {
			t.Errorf("two actions are called %s", a.Name())
		}
		seen[a.Name()] = true
	}
}

// Every screen's scopes are known to work together, so that a chosen key that
// would hide another is seen.
func TestScreensAreKnown(t *testing.T) {
	t.Parallel()
	for name, open := range openers() {
		t.Run(name, func(t *testing.T) {
			w := worked(t).Start(120, 40)
			if name == "hostile ticket" {
				return // it needs another world
			}
			open(w)
			scopes := w.Top().Scopes()
			for i, a := range scopes {
				for _, b := range scopes[i:] {
					if !a.Meets(b) {
						t.Errorf("%s and %s work together", a, b)
					}
				}
			}
		})
	}
}

// The program follows chosen keys at once: what they do, footer, help, palette.
func TestTheProgramFollowsChosenKeys(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	k, err := ui.DefaultKeys().Set("story-or-ticket/backlog", []string{"f5"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.Settings.SaveSetting(t.Context(), keymap.Setting, k.String()); err != nil {
		t.Fatal(err)
	}
	w.Send(pane.Changed{Hint: tracker.HintAll})
	w.See("f5 backlog")
	w.Press(":").Write("backlog")
	w.Shows("f5")
	w.Press("esc", "b")
	w.Idle()
	if n := len(w.rows(intent.PaneBacklog)); n != 0 {
		t.Errorf("b still makes a story: %d", n)
	}
	w.Press("f5")
	w.Until("the story is there", func() bool { return len(w.rows(intent.PaneBacklog)) == 1 })
}

func TestUnfitKeysAreLoggedAtTheStart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.Service.Settings.SaveSetting(t.Context(), keymap.Setting, `{"board/gone":["x"]}`); err != nil {
		t.Fatal(err)
	}
	w.Start(120, 40)
	w.See("custom keys: there is no action")
	w.Press("!")
	w.Shows("board/gone")
}

// Actions whose keys were taken away are done by the palette.
func TestActionsWithoutKeys(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	k := ui.DefaultKeys()
	for _, name := range []string{"everywhere/undo", "everywhere/help", "story-or-ticket/backlog"} {
		next, err := k.Set(name, nil)
		must(t, err)
		k = next
	}
	must(t, w.Service.Settings.SaveSetting(t.Context(), keymap.Setting, k.String()))
	w.Start(120, 40)
	w.See("Empty. :backlog moves")
	w.Press("?")
	if w.Idle(); !w.OnBoard() {
		t.Error("? still opens the help")
	}
	w.Press(":").Write("backlog").Press("enter")
	w.Until("the story is there", func() bool { return len(w.rows(intent.PaneBacklog)) == 1 })
}

// A key that comes before the chosen keys are read means what it was chosen for.
func TestKeysBeforeTheChosenOnesAreRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k, err := ui.DefaultKeys().Set("everywhere/help", []string{"f5"})
	must(t, err)
	must(t, w.Service.Settings.SaveSetting(t.Context(), keymap.Setting, k.String()))
	w.Start(120, 40)
	o := w.Options
	o.Service, o.Project = uitest.UseCases(w.Service), w.Project
	w.Model = ui.New(t.Context(), o)
	begin := w.Model.Init()
	w.Send(tea.WindowSizeMsg{Width: 120, Height: 40})
	w.Press("f5")
	if !w.OnBoard() {
		t.Error("a key was taken before anybody knew what it means")
	}
	w.Run(begin)
	w.See("━ Help")
}
