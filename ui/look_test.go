package ui_test

import (
	"image/color"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"storydesk/ui/setting"
	"storydesk/ui/uitest"
)

func TestColoursFollowTheTerminalByDefault(t *testing.T) {
	t.Parallel()
	white := tea.BackgroundColorMsg{Color: color.White}
	for colours, dark := range map[setting.Colours]bool{"": false, setting.ColoursAuto: false, setting.ColoursLight: false, setting.ColoursHighContrast: false, setting.ColoursDark: true} {
		w := newWorld(t)
		w.Options.Colours = colours
		w.Start(120, 40)
		w.Send(white)
		look := w.Model.Host().Theme.Options()
		if look.Dark != dark || look.HighContrast != (colours == setting.ColoursHighContrast) {
			t.Errorf("%q on white: %+v", colours, look)
		}
	}
}

func TestNoColourKeepsTheFocusInSight(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.Send(tea.ColorProfileMsg{Profile: colorprofile.Ascii})
	if frame := w.Frame(); strings.Contains(frame, ";38;") || strings.Contains(frame, ";48;") {
		t.Error("a frame without colour has colours")
	} else if !strings.Contains(frame, "\x1b[0;7m") {
		t.Error("the selected row is not marked")
	}
}

// A terminal of sixteen colours gets no others, and a selected row that can be read.
func TestSixteenColours(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.Send(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
	if frame := w.Frame(); strings.Contains(frame, ";38;") || strings.Contains(frame, ";48;") || !strings.Contains(frame, "\x1b[0;7m") {
		t.Error("a frame of sixteen colours has others, or no selected row")
	}
}

// A terminal of 256 colours gets numbers, none that the nearest is looked for.
func TestTwoHundredFiftySixColours(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.Send(tea.ColorProfileMsg{Profile: colorprofile.ANSI256})
	if frame := w.Frame(); strings.Contains(frame, "8;2;") || !strings.Contains(frame, ";48;5;18m") {
		t.Error("a frame of 256 colours has others, or no selected row")
	}
}

// Symbols and borders are ASCII then, and words are as they were written.
func TestASCIIFramesHoldNothingElse(t *testing.T) {
	t.Parallel()
	w := worked(t)
	w.Options.ASCII = true
	for name, open := range openers() {
		if name == "hostile ticket" || name == "tested" || name == "delivery" || strings.HasPrefix(name, "form") || name == "ticket" {
			continue // they need another world
		}
		t.Run(name, func(t *testing.T) {
			w.T = t
			w.Start(120, 40)
			open(w)
			if i := strings.IndexFunc(w.Frame(), isSign); i >= 0 {
				t.Errorf("not ASCII:\n%s", w.Screen())
			}
		})
	}
}

// isSign reports whether r is neither ASCII nor part of a word.
func isSign(r rune) bool {
	return r >= utf8.RuneSelf && !unicode.In(r, unicode.L, unicode.M, unicode.N)
}

func TestASCIILeavesWordsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Ticket(1, "open", time.Hour, "Rückerstattung für जीएसटी रिपोर्ट"))
	w.Options.ASCII = true
	w.Start(120, 30).See("Rückerstattung für जीए")
}
