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

// ticketsRead brings the views of the integrations that the board does not show.
type ticketsRead struct{ lists []tracker.TicketList }

// saw takes the tickets that the board has read, and reads those of all other
// integrations where they may have changed, unless nothing is announced.
func (a *announcer) saw(kinds tracker.Hint, list tracker.TicketList) tea.Cmd {
	if !kinds.Has(tracker.HintTickets) || !notify.Wanted(a.Config.Notifications) {
		return nil
	}
	return tea.Batch(a.announce(list), a.readOthers(list.Integration.ID))
}

// readOthers reads the tickets of all integrations but one.
func (a *announcer) readOthers(shown tracker.IntegrationID) tea.Cmd {
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
		for _, id := range notify.Watched(all, shown) {
			if list, err := service.Views.Tickets(ctx, id); err == nil {
				read.lists = append(read.lists, list)
			}
		}
		return read
	})
}

// took announces what has happened in the other integrations.
func (a *announcer) took(msg ticketsRead, shown tracker.IntegrationID) tea.Cmd {
	a.reading = false
	said := a.announce(msg.lists...)
	if !a.again {
		return said
	}
	a.again = false
	return tea.Batch(said, a.readOthers(shown))
}

// announce announces what has happened since the views were seen last.
func (a *announcer) announce(lists ...tracker.TicketList) tea.Cmd {
	var events []notify.Event
	for _, list := range lists {
		events = append(events, a.watch.See(list)...)
	}
	getenv := func(name string) string { return setting.FromEnviron(a.Environ, name) }
	if out := notify.Announce(events, a.Config.Notifications, getenv); out != "" {
		return tea.Raw(out)
	}
	return nil
}
