package theme_test

import (
	"strings"
	"testing"

	"storydesk/ui/theme"
)

func colours(t *testing.T, pairs ...string) map[string]theme.Colour {
	t.Helper()
	chosen := map[string]theme.Colour{}
	for i := 0; i < len(pairs); i += 2 {
		c, err := theme.ParseColour(pairs[i+1])
		if err != nil {
			t.Fatal(err)
		}
		chosen[pairs[i]] = c
	}
	return chosen
}

// A user's colours stand in place of the palette's, in the way of the terminal; where
// there are sixteen colours or none, roles are told as always.
func TestOwnColours(t *testing.T) {
	t.Parallel()
	own := theme.NewOwn(colours(t, "accent", "#ff00ff", "danger", "160", "text", "default", "selected", "#00005f"))
	for _, c := range []struct {
		name string
		o    theme.Options
		role theme.Role
		want string
	}{
		{"24 bits", theme.Options{Dark: true}, theme.Accent, "\x1b[0;38;2;255;0;255mx\x1b[m"},
		{"a number", theme.Options{Dark: true}, theme.Danger, "\x1b[0;38;5;160mx\x1b[m"},
		{"256 colours", theme.Options{Dark: true, Indexed: true}, theme.Accent, "\x1b[0;38;5;201mx\x1b[m"},
		{"what was not chosen", theme.Options{Dark: true}, theme.Warning, theme.New(theme.Options{Dark: true}).Paint(theme.Warning, "x")},
		{"sixteen colours", theme.Options{Dark: true, Sixteen: true}, theme.Accent, theme.New(theme.Options{Dark: true, Sixteen: true}).Paint(theme.Accent, "x")},
		{"no colour", theme.Options{NoColor: true}, theme.Danger, theme.New(theme.Options{NoColor: true}).Paint(theme.Danger, "x")},
	} {
		c.o.Own = own
		if got := theme.New(c.o).Paint(c.role, "x"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	w := theme.New(theme.Options{Dark: true, Own: own}).Row(nil, 4, theme.Selected)
	w.Add(theme.Text, "x")
	if got := string(w.End()); !strings.Contains(got, ";48;2;0;0;95m") {
		t.Errorf("the selected row: %q", got)
	}
}

// What keeps drawn text must know one theme from another.
func TestOwnThemesDifferInTheirGeneration(t *testing.T) {
	t.Parallel()
	a, b := theme.NewOwn(colours(t, "accent", "#ff00ff")), theme.NewOwn(colours(t, "accent", "#ff00fe"))
	same := theme.NewOwn(colours(t, "accent", "#ff00ff"))
	of := func(o *theme.Own) uint64 { return theme.New(theme.Options{Dark: true, Own: o}).Generation() }
	if of(a) == of(b) || of(a) == of(nil) || of(a) != of(same) {
		t.Errorf("%x %x %x %x", of(a), of(b), of(nil), of(same))
	}
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		dark   bool
		chosen []string
		want   string
	}{
		{true, []string{"accent", "#101010"}, "accent"},
		{true, []string{"accent", "#7aa2f7", "warning", "#ffb648"}, ""},
		{false, []string{"accent", "#ffffee", "text", "232"}, "accent"},
		{true, []string{"bug", "#304060", "selected", "#304061"}, "bug"},
		{true, []string{"faint", "#101010", "tinted", "#000000"}, ""},
		{true, []string{"accent", "4", "muted", "default"}, ""},
	} {
		if got := strings.Join(theme.Unreadable(theme.Options{Dark: c.dark}, colours(t, c.chosen...)), " "); got != c.want {
			t.Errorf("%v: %q, want %q", c.chosen, got, c.want)
		}
	}
}
