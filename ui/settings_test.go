package ui

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/present"
)

func TestSettingsAreWhole(t *testing.T) {
	names := map[string]bool{}
	for _, s := range Settings() {
		if names[s.Name] || s.Meaning == "" || (s.Values == nil) != (s.parse != nil) {
			t.Errorf("%+v", s)
		}
		names[s.Name] = true
		for _, v := range append(s.Values, s.Default) {
			if got, err := s.Parse(v); v != "" && (got != v || err != nil) {
				t.Errorf("%s takes %q as %q, %v", s.Name, v, got, err)
			}
		}
		if _, err := s.Parse("\x1b[31mstate:odd "); s.Name != tracker.SettingUser && present.FieldOf(err) != s.Name {
			t.Errorf("%s takes anything: %v", s.Name, err)
		}
	}
}

func TestSettingsComeFromTheFirstThatSays(t *testing.T) {
	theme, err := FindSetting(SettingTheme)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		env, kept, want string
		from            Source
	}{
		{"", "", "auto", SourceDefault}, {"", "light", "light", SourceKept}, {" High-Contrast", "light", "high-contrast", SourceEnvironment},
		{" ", "dark", "dark", SourceKept}, {"", "of another version", "auto", SourceDefault},
	} {
		got, from, err := theme.Choose(func(string) string { return c.env }, c.kept)
		if got != c.want || from != c.from || err != nil {
			t.Errorf("%q and %q: %q from %s, %v", c.env, c.kept, got, from, err)
		}
	}
	if _, _, err := theme.Choose(func(string) string { return "sepia" }, "dark"); present.FieldOf(err) != "theme" {
		t.Errorf("sepia: %v", err)
	}
	if _, err := FindSetting("colour"); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("colour: %v", err)
	}
}

// A theme is seen while it is selected, kept when it is chosen, and forgotten
// when none is.
func TestThemeIsTriedBeforeItIsKept(t *testing.T) {
	w := newWorld(t).start(120, 30)
	dark := func() bool { return w.model.app.theme.Options().Dark }
	open := func() {
		w.press("O")
		w.see("theme")
		w.press("enter")
		w.shows("theme: colours")
	}
	open()
	w.press("down", "down")
	w.until("light is tried", func() bool { return !dark() })
	w.press("esc")
	w.until("it is as it was", dark)
	open()
	w.press("down", "down", "enter")
	w.see("theme is light")
	w.until("light is kept", func() bool { return !dark() })
	w.idle()
	if w.setting(SettingTheme) != "light" {
		t.Errorf("kept %q", w.setting(SettingTheme))
	}
}

func TestSettingsThatTakeText(t *testing.T) {
	w := newWorld(t).start(120, 30)
	ask := func(name string) {
		w.press("O")
		w.see("type to search")
		w.write(name).press("enter")
	}
	ask("budget")
	w.press("backspace", "backspace", "backspace").write("soon").press("enter")
	w.see("give a duration such as 60s or 5m")
	ask("budget")
	w.press("backspace", "backspace", "backspace").write("90s").press("enter")
	w.see("view_budget is 90s")
	ask("user")
	w.write("Grace Hopper").press("enter")
	w.see("You are Grace Hopper")
	w.idle()
	if w.setting("view_budget") != "90s" || w.setting("user") != "Grace Hopper" {
		t.Errorf("kept %q, %q", w.setting("view_budget"), w.setting("user"))
	}
	// The tests' environment reduces motion.
	ask("reduced")
	w.see("reduced_motion is set by $" + envReducedMotion)
	ask("mouse")
	w.press("down", "enter")
	w.until("the mouse is given back", func() bool { return !w.model.app.mouse })
	ask("glyphs")
	w.press("down", "down", "enter")
	w.until("the frame is ASCII", func() bool { return !strings.ContainsRune(w.screen(), '│') })
}
