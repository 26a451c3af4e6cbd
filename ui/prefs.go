package ui

import (
	"context"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Settings that remember how the user likes the screen. What is not set is as
// usual.
const (
	// settingMouse is "off" when the mouse belongs to the terminal.
	settingMouse = "mouse"
	// settingMotion is anything but "" and "0" when nothing may move by itself.
	settingMotion = "reduced_motion"
	// settingTickets and settingLinked are "hidden" when the Tickets pane, or
	// tickets that have a story, are not shown.
	settingTickets = "board_tickets"
	settingLinked  = "board_linked"
	// settingShares are the widths of the board's parts in proportion to each
	// other, such as "50 40 50".
	settingShares = "board_shares"
)

const (
	off    = "off"
	hidden = "hidden"
)

// envReducedMotion is the variable that stands for settingMotion.
const envReducedMotion = "STORYDESK_REDUCED_MOTION"

// prefs are settings by their names, as they are kept.
type prefs map[string]string

// prefsRead brings what was remembered.
type prefsRead struct {
	prefs prefs
	err   error
}

// readPrefs reads what was remembered.
func (s *shell) readPrefs() tea.Cmd {
	service := s.service
	return s.do(func(ctx context.Context) tea.Msg {
		p, err := prefs{}, error(nil)
		for _, key := range []string{settingMouse, settingMotion, settingTickets, settingLinked, settingShares} {
			if p[key], err = service.Setting(ctx, key); err != nil {
				break
			}
		}
		return prefsRead{p, err}
	})
}

// remember keeps a setting, or forgets it when the value is empty.
func (s *shell) remember(key, value string) tea.Cmd {
	service := s.service
	return s.change(func(ctx context.Context) done {
		return done{err: service.SaveSetting(ctx, key, value)}
	})
}

// prefer makes the screen what it was when the user left it. Where that cannot
// be read everything is as usual.
func (a *app) prefer(msg prefsRead) tea.Cmd {
	a.preferred = true
	a.mouse = msg.prefs[settingMouse] != off
	a.calm = a.calm || isOn(msg.prefs[settingMotion])
	b := a.board
	b.hidesLinked = msg.prefs[settingLinked] == hidden
	b.tickets.narrow()
	b.view.shares = parseShares(msg.prefs[settingShares])
	if msg.prefs[settingTickets] == hidden {
		b.view.noTickets = true
		b.focus(b.view.column)
	}
	if msg.err != nil {
		return a.fail(msg.err)
	}
	return nil
}

// when is a setting's value while something holds, empty otherwise.
func when(holds bool, value string) string {
	if holds {
		return value
	}
	return ""
}

// isOn tells whether a value switches something on.
func isOn(value string) bool { return value != "" && value != "0" }

// fromEnviron is the value of a variable among NAME=value.
func fromEnviron(environ []string, name string) string {
	for _, e := range slices.Backward(environ) {
		if value, ok := strings.CutPrefix(e, name+"="); ok {
			return value
		}
	}
	return ""
}

// String is how shares are kept.
func (s shares) String() string {
	if s == (shares{}) {
		return ""
	}
	words := make([]string, len(s))
	for i, n := range s {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, " ")
}

// parseShares reads kept shares; what cannot be used is as usual.
func parseShares(kept string) shares {
	words := strings.Fields(kept)
	var s shares
	if len(words) != len(s) {
		return shares{}
	}
	for i, word := range words {
		n, err := strconv.Atoi(word)
		if err != nil || n <= 0 || n > maxShare {
			return shares{}
		}
		s[i] = n
	}
	return s
}
