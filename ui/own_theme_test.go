package ui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"storydesk/ui/config"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
	"storydesk/ui/uitest"
)

// A theme of the config file is chosen by its name, at the start and in the list of
// settings, and stands back where a terminal has no such colours.
func TestAThemeOfTheConfigIsUsed(t *testing.T) {
	t.Parallel()
	accent, err := theme.ParseColour("#ff00ff")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Options.Config = config.Config{Themes: map[string]config.Theme{"Mine": {Base: "light", Colours: map[string]theme.Colour{"accent": accent}}}}
	w.Options.Colours = setting.Colours("Mine")
	w.Start(120, 40)
	const own = "38;2;255;0;255m"
	light := w.Model.Host().Theme.Options()
	if !strings.Contains(w.Frame(), own) || light.Dark || light.HighContrast {
		t.Error("the theme is not used")
	}
	w.Send(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
	if strings.Contains(w.Frame(), "38;2;") || strings.Contains(w.Frame(), "38;5;") {
		t.Error("a terminal of sixteen colours gets others")
	}
	w.Send(tea.ColorProfileMsg{Profile: colorprofile.Ascii})
	if strings.Contains(w.Frame(), ";38;") || !strings.Contains(w.Frame(), "\x1b[0;7m") {
		t.Error("a terminal without colours gets some, or shows no selected row")
	}
}

// The list of settings offers the user's themes beside the program's.
func TestTheListOfSettingsOffersTheUsersThemes(t *testing.T) {
	t.Parallel()
	accent, err := theme.ParseColour("#ff00ff")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Options.Config = config.Config{Themes: map[string]config.Theme{"Mine": {Base: "dark", Colours: map[string]theme.Colour{"accent": accent}}}}
	w.Start(120, 40).Press(":").Write("change settings").Press("enter")
	w.See("theme")
	w.Write("theme").Press("enter")
	w.See("Mine")
	w.Write("Mine").Press("enter")
	w.See("theme is Mine")
	if !strings.Contains(w.Frame(), "38;2;255;0;255m") {
		t.Error("the chosen theme is not used")
	}
}
