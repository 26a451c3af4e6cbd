package board

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/search"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/setting"
)

// prefs are settings by their names, as they are saved.
type prefs map[string]string

// prefsRead brings what was remembered.
type prefsRead struct {
	Prefs prefs
	Err   error
}

// readPrefs reads what was remembered.
func readPrefs(h *host) tea.Cmd {
	service := h.Service
	return h.Do(func(ctx context.Context) tea.Msg {
		p, err := prefs{}, error(nil)
		for _, key := range setting.Names(setting.OfBoard) {
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
	b.columns.HideLinked(msg.Prefs[setting.Linked] == setting.Hidden)
	b.columns.View.Shares = layout.ParseShares(msg.Prefs[setting.Shares])
	b.columns.View = b.columns.View.Previewing(msg.Prefs[setting.Preview])
	b.columns.Demand = demandOrder(msg.Prefs[setting.Demand], b.Config.Sort[string(intent.PaneDemand)])
	b.filters.search(msg.Prefs[setting.Search])
	before := b.columns.View.Shown
	b.columns.View = b.columns.View.Showing(msg.Prefs[setting.Parts])
	shown := b.reader.readAdded(before)
	if msg.Err != nil {
		return tea.Batch(shown, b.Fail(msg.Err))
	}
	return shown
}

// demandOrder is the order of the Demand pane: the one that was chosen on the board, else
// that of the config file, else the usual one.
func demandOrder(saved, configured string) search.StoryOrder {
	o, err := search.ParseStoryOrder(cmp.Or(saved, configured))
	if err != nil || o == search.StoriesByBoard {
		return search.DemandOrders()[0]
	}
	return o
}
