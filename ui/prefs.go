package ui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Settings that remember how the user likes the screen. What is not set is as
// usual.
const (
	// settingMouse is "off" when the mouse belongs to the terminal.
	settingMouse = "mouse"
	// settingMotion is "on" when nothing may move by itself.
	settingMotion = "reduced_motion"
	// settingLinked is "hidden" when tickets that have a story are not shown.
	settingLinked = "board_linked"
	// settingParts are the parts of the board that are shown, such as
	// "tickets backlog done".
	settingParts = "board_parts"
	// settingSearch is what the board's search looks for.
	settingSearch = "board_search"
	// settingShares are the widths of the board's parts in proportion to each
	// other, such as "tickets=50 backlog=40".
	settingShares = "board_shares"
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
		for _, key := range []string{settingLinked, settingParts, settingSearch, settingShares} {
			if p[key], err = service.Settings.Setting(ctx, key); err != nil {
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
		return done{err: service.Settings.SaveSetting(ctx, key, value)}
	})
}

// prefer makes the screen what it was when the user left it. Where that cannot
// be read everything is as usual.
func (a *app) prefer(msg prefsRead) tea.Cmd {
	a.preferred = true
	b := a.board
	b.hidesLinked = msg.prefs[settingLinked] == hidden
	b.tickets.Narrow()
	b.view.shares = parseShares(msg.prefs[settingShares])
	b.search(msg.prefs[settingSearch])
	before := b.view.shown
	b.view = b.view.showing(msg.prefs[settingParts])
	shown := b.readShown(before)
	if msg.err != nil {
		return tea.Batch(shown, a.fail(msg.err))
	}
	return shown
}

// when is a setting's value while something holds, empty otherwise.
func when(holds bool, value string) string {
	if holds {
		return value
	}
	return ""
}

// fromEnviron is the value of a variable among NAME=value.
func fromEnviron(environ []string, name string) string {
	for _, e := range slices.Backward(environ) {
		if value, ok := strings.CutPrefix(e, name+"="); ok {
			return value
		}
	}
	return ""
}
