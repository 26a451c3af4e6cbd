package board

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/layout"
	"storydesk/ui/setting"
)

// prefs are settings by their names, as they are kept.
type prefs map[string]string

// prefsRead brings what was remembered.
type prefsRead struct {
	Prefs prefs
	Err   error
}

// readPrefs reads what was remembered.
func (b *Board) readPrefs() tea.Cmd {
	service := b.Service
	return b.Do(func(ctx context.Context) tea.Msg {
		p, err := prefs{}, error(nil)
		for _, key := range []string{setting.Linked, setting.Parts, setting.Search, setting.Shares} {
			if p[key], err = service.Settings.Setting(ctx, key); err != nil {
				break
			}
		}
		return prefsRead{p, err}
	})
}

// prefer makes the screen what it was when the user left it. Where that cannot
// be read everything is as usual.
func (b *Board) prefer(msg prefsRead) tea.Cmd {
	b.preferred = true
	b.hidesLinked = msg.Prefs[setting.Linked] == setting.Hidden
	b.tickets.Narrow()
	b.view.Shares = layout.ParseShares(msg.Prefs[setting.Shares])
	b.search(msg.Prefs[setting.Search])
	before := b.view.Shown
	b.view = b.view.Showing(msg.Prefs[setting.Parts])
	shown := b.readShown(before)
	if msg.Err != nil {
		return tea.Batch(shown, b.Fail(msg.Err))
	}
	return shown
}
