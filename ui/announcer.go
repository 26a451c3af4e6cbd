package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/notify"
	"storydesk/ui/setting"
)

// announcer announces what happens to tickets, where the config file asks for that.
type announcer struct {
	*host
	watch notify.Watch
	// reading is true while tickets are read, again while they must be read once more.
	reading, again bool
}

// ticketsRead brings the views of all integrations.
type ticketsRead struct{ lists []tracker.TicketList }

// changed reads the tickets, which may have changed, unless nothing is announced.
func (a *announcer) changed(hint tracker.Hint) tea.Cmd {
	if !hint.Has(tracker.HintTickets) || !notify.Wanted(a.Config.Notifications) {
		return nil
	}
	if a.reading {
		a.again = true
		return nil
	}
	a.reading = true
	service := a.Service
	return a.Do(func(ctx context.Context) tea.Msg {
		var read ticketsRead
		all, err := service.Accounts.Integrations(ctx, 0)
		if err != nil {
			return read // the board says why nothing can be read
		}
		for _, id := range notify.Watched(all) {
			if list, err := service.Views.Tickets(ctx, id); err == nil {
				read.lists = append(read.lists, list)
			}
		}
		return read
	})
}

// took announces what has happened.
func (a *announcer) took(msg ticketsRead) tea.Cmd {
	a.reading = false
	var events []notify.Event
	for _, list := range msg.lists {
		events = append(events, a.watch.See(list)...)
	}
	var next, said tea.Cmd
	if a.again {
		a.again = false
		next = a.changed(tracker.HintTickets)
	}
	getenv := func(name string) string { return setting.FromEnviron(a.Environ, name) }
	if out := notify.Announce(events, a.Config.Notifications, getenv); out != "" {
		said = tea.Raw(out)
	}
	return tea.Batch(said, next)
}
