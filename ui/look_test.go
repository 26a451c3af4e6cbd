package ui

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
)

func TestColoursFollowTheTerminalByDefault(t *testing.T) {
	white := tea.BackgroundColorMsg{Color: color.White}
	for colours, dark := range map[setting.Colours]bool{"": false, setting.ColoursAuto: false, setting.ColoursLight: false, setting.ColoursHighContrast: false, setting.ColoursDark: true} {
		w := newWorld(t)
		w.options.Colours = colours
		w.start(120, 40)
		w.send(white)
		look := w.model.Host().Theme.Options()
		if look.Dark != dark || look.HighContrast != (colours == setting.ColoursHighContrast) {
			t.Errorf("%q on white: %+v", colours, look)
		}
	}
}

func TestNoColourKeepsTheFocusInSight(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.send(tea.ColorProfileMsg{Profile: colorprofile.Ascii})
	if frame := w.frame(); strings.Contains(frame, ";38;") || strings.Contains(frame, ";48;") {
		t.Error("a frame without colour has colours")
	} else if !strings.Contains(frame, "\x1b[0;7m") {
		t.Error("the selected row is not marked")
	}
}

// A terminal of sixteen colours gets no others, and a selected row that can be read.
func TestSixteenColours(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.send(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
	if frame := w.frame(); strings.Contains(frame, ";38;") || strings.Contains(frame, ";48;") || !strings.Contains(frame, "\x1b[0;7m") {
		t.Error("a frame of sixteen colours has others, or no selected row")
	}
}

// A terminal of 256 colours gets numbers, none that the nearest is looked for.
func TestTwoHundredFiftySixColours(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.send(tea.ColorProfileMsg{Profile: colorprofile.ANSI256})
	if frame := w.frame(); strings.Contains(frame, "8;2;") || !strings.Contains(frame, ";48;5;18m") {
		t.Error("a frame of 256 colours has others, or no selected row")
	}
}

// Symbols and borders are ASCII then, and words are as they were written.
func TestASCIIFramesHoldNothingElse(t *testing.T) {
	w := worked(t)
	w.options.ASCII = true
	for name, open := range openers() {
		if name == "attack" || name == "tested" || name == "delivery" || strings.HasPrefix(name, "form") || name == "ticket" {
			continue // they need another world
		}
		t.Run(name, func(t *testing.T) {
			w.t = t
			w.start(120, 40)
			open(w)
			if i := strings.IndexFunc(w.frame(), isSign); i >= 0 {
				t.Errorf("not ASCII:\n%s", w.screen())
			}
		})
	}
}

// isSign reports whether r is neither ASCII nor part of a word.
func isSign(r rune) bool {
	return r >= utf8.RuneSelf && !unicode.In(r, unicode.L, unicode.M, unicode.N)
}

func TestASCIILeavesWordsAlone(t *testing.T) {
	w := newWorld(t).withTickets(ticketOf(1, "open", time.Hour, "Rückerstattung für जीएसटी रिपोर्ट"))
	w.options.ASCII = true
	w.start(120, 30).see("Rückerstattung für जीए")
}
