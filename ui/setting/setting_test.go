package setting

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/present"
)

func TestSettingsAreWhole(t *testing.T) {
	names := map[string]bool{}
	for _, s := range All() {
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
	theme, err := Find(Theme)
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
	if _, err := Find("colour"); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("colour: %v", err)
	}
}
