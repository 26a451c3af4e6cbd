package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

func TestKeyNames(t *testing.T) {
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
	k, err := defaultKeys().Set("undo", []string{"F2", "ctrl+y"})
	if err != nil {
		t.Fatal(err)
	}
	again, problems := ReadKeys(k.String())
	if got := keysOf(again, "everywhere/undo"); !slices.Equal(got, []string{"f2", "ctrl+y"}) || problems != nil {
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
		if _, err := defaultKeys().Set(c.action, c.keys); present.FieldOf(err) != c.field || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %v: %v", c.action, c.keys, err)
		}
	}
}

// What is saved may be of another version, or damaged; the rest holds.
func TestSavedKeysThatDoNotFit(t *testing.T) {
	for saved, left := range map[string]int{
		`{"everywhere/undo":["f2"],"board/gone":["x"]}`:         1,
		`{"everywhere/undo":["f2"],"board/open":["warp"]}`:      1,
		`{"everywhere/undo":["f2"],"everywhere/redo":["f2"]}`:   0,
		`{"everywhere/undo":["j"],"board/open":["f3","enter"]}`: 1,
		`["u"]`: 0,
		`{`:     0,
	} {
		k, problems := ReadKeys(saved)
		if len(k.Chosen) != left || len(problems) != 1 {
			t.Errorf("%s: %v, %v", saved, k.Chosen, errors.Join(problems...))
		}
	}
}

// No chosen keys, however they come about, leave a key with two meanings or
// ctrl+c without its own.
func TestChosenKeysNeverCollide(t *testing.T) {
	names := actions()
	rapid.Check(t, func(t *rapid.T) {
		k := defaultKeys()
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
		if again, problems := ReadKeys(k.String()); again.String() != k.String() || problems != nil {
			t.Fatalf("%s came back as %s, %v", k, again, problems)
		}
	})
}

func TestActionNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range actions() {
		if seen[a.Name()] {
			t.Errorf("two actions are called %s", a.Name())
		}
		seen[a.Name()] = true
	}
}

// Every screen's scopes are known to work together, so that a chosen key that
// would hide another is seen.
func TestScreensAreKnown(t *testing.T) {
	for name, open := range openers() {
		t.Run(name, func(t *testing.T) {
			w := worked(t).start(120, 40)
			if name == "attack" {
				return // it needs another world
			}
			open(w)
			scopes := w.top().Scopes()
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
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	k, err := defaultKeys().Set("story-or-ticket/backlog", []string{"f5"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.svc.Settings.SaveSetting(t.Context(), keymap.Setting, k.String()); err != nil {
		t.Fatal(err)
	}
	w.send(pane.Changed{Hint: tracker.HintAll})
	w.see("f5 backlog")
	w.press(":").write("backlog")
	w.shows("f5")
	w.press("esc", "b")
	w.idle()
	if n := len(w.rows(intent.PaneBacklog)); n != 0 {
		t.Errorf("b still makes a story: %d", n)
	}
	w.press("f5")
	w.until("the story is there", func() bool { return len(w.rows(intent.PaneBacklog)) == 1 })
}

func TestUnfitKeysAreLoggedAtTheStart(t *testing.T) {
	w := newWorld(t)
	if err := w.svc.Settings.SaveSetting(t.Context(), keymap.Setting, `{"board/gone":["x"]}`); err != nil {
		t.Fatal(err)
	}
	w.start(120, 40)
	w.see("custom keys: there is no action")
	w.press("!")
	w.shows("board/gone")
}

// Actions whose keys were taken away are done by the palette.
func TestActionsWithoutKeys(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	k := defaultKeys()
	for _, name := range []string{"everywhere/undo", "everywhere/help", "story-or-ticket/backlog"} {
		next, err := k.Set(name, nil)
		must(t, err)
		k = next
	}
	must(t, w.svc.Settings.SaveSetting(t.Context(), keymap.Setting, k.String()))
	w.start(120, 40)
	w.see("Empty. :backlog moves")
	w.press("?")
	if w.idle(); !w.onBoard() {
		t.Error("? still opens the help")
	}
	w.press(":").write("backlog").press("enter")
	w.until("the story is there", func() bool { return len(w.rows(intent.PaneBacklog)) == 1 })
}
