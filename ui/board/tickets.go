package board

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
)

// ticketActions do what is asked of the marked tickets, else of the selected one.
type ticketActions struct {
	*host
	selection columns.Selection
	panel     *panel
}

// open opens a ticket.
func (a *ticketActions) open(t row.Ticket) tea.Cmd {
	return a.GoTo(intent.OpenTicket{Integration: a.panel.id, ID: t.ID})
}

// toStory makes a story of tickets, and calls made when it is on the way. Of several it
// asks whether they become one or one each; where a single one has a story already the
// user is asked, unless that has happened.
func (a *ticketActions) toStory(tickets []tracker.TicketID, to tracker.Place, agreed bool, made func()) tea.Cmd {
	from := tracker.FromTickets{Integration: a.panel.id, Tickets: tickets, Place: to}
	linked := a.selection.LinkedOf(tickets)
	from.Again = len(linked) > 0
	another := func() tea.Cmd {
		made()
		return command.MakeStory(a.Commands, from)
	}
	switch {
	case len(tickets) > 1:
		return a.askTogether(from, linked)
	case len(linked) > 0 && !agreed:
		return a.askHasStory(linked[0], another)
	}
	return another()
}

// askHasStory shows the story that a ticket has and asks what becomes of the ticket.
func (a *ticketActions) askHasStory(t row.Ticket, another func() tea.Cmd) tea.Cmd {
	a.selection.SelectStory(t.Linked.ID)
	return command.AskHasStory(a.Commands, command.HasStory{
		Ticket: t.ID, Stories: t.Ticket.Stories, Another: another,
		Link: func() tea.Cmd {
			return command.LinkTickets(a.Commands, a.panel.integration(), []tracker.TicketID{t.ID}, []string{t.Subject})
		},
	})
}

// askTogether asks whether several tickets become one story or one each.
func (a *ticketActions) askTogether(from tracker.FromTickets, linked []row.Ticket) tea.Cmd {
	ask := present.TicketCount(len(from.Tickets))
	if len(linked) > 0 {
		has := make([]string, len(linked))
		for i, t := range linked {
			has[i] = fmt.Sprintf("%s has %s", t.ID, t.Linked.ID)
		}
		const most = 2
		if more := len(has) - most; more > 0 {
			has = append(has[:most], fmt.Sprintf("%d more have one", more))
		}
		ask += fmt.Sprintf(" (%s)", strings.Join(has, ", "))
	}
	return a.Open(&dialog.Question{Host: a.Host, Text: ask + ": one story or one each?", Asked: keymap.ScopeGather, Answers: []dialog.Answer{
		{ID: intent.ActTogether, Text: "one story", Do: func() tea.Cmd { return command.MakeStory(a.Commands, from) }},
		{ID: intent.ActApart, Text: "one each", Do: func() tea.Cmd { return command.MakeStories(a.Commands, from) }},
		{ID: intent.ActNo, Text: "neither"},
	}}, pane.Line)
}

// toColumn makes stories of the tickets at the top or the end of a column. One that is
// decided with that gives the cursor to the next one.
func (a *ticketActions) toColumn(t row.Ticket, to tracker.Place) tea.Cmd {
	return a.toStory(a.selection.Chosen(t), to, false, a.next())
}

// next goes from a ticket that was decided to the next one; marked ones are many.
func (a *ticketActions) next() func() {
	if a.selection.Marks() > 0 {
		return func() {}
	}
	return func() { a.selection.Move(intent.ActDown) }
}

// aside are the tickets of which no story is made.
func (a *ticketActions) aside() command.Aside {
	t, _ := a.selection.Ticket()
	return command.Aside{Commands: a.Commands, Integration: a.panel.id, Tickets: a.selection.Chosen(t), Decided: a.next()}
}

// cannotAside says why the tickets cannot be put aside or brought back.
func (a *ticketActions) cannotAside(id intent.ActionID) string {
	t, ok := a.selection.Ticket()
	if !ok {
		return columns.NoneSelected
	}
	if id == intent.ActDismiss && a.selection.Marks() > 0 {
		if linked := a.selection.LinkedOf(a.selection.Chosen(t)); len(linked) > 0 {
			return fmt.Sprintf("%s has %s; %s dismisses tickets that have a story, too", linked[0].ID, linked[0].Linked.ID, a.Keys.Key(keymap.ScopeTicket, intent.ActDismissWhy))
		}
	}
	return ""
}

// link finds a story for the tickets.
func (a *ticketActions) link(t row.Ticket) tea.Cmd {
	chosen := a.selection.Chosen(t)
	subjects := present.Each(a.selection.RowsOf(chosen), func(t row.Ticket) string { return t.Subject })
	return command.LinkTickets(a.Commands, a.panel.integration(), chosen, subjects)
}

// unlink asks from which story to unlink the only ticket.
func (a *ticketActions) unlink(t row.Ticket) tea.Cmd {
	only := a.rows(t)[0]
	return command.UnlinkTicket(a.Commands, only.Ticket.TicketKey, only.Ticket.Stories)
}

// cannotUnlink says why no ticket can be unlinked from a story.
func (a *ticketActions) cannotUnlink(t row.Ticket) string {
	if n := len(a.selection.Chosen(t)); n > 1 {
		return fmt.Sprintf("Unlink one ticket at a time; %d are marked, %s clears the marks", n, a.Keys.Key(keymap.ScopeBoard, intent.ActBack))
	}
	only := a.rows(t)[0]
	return command.CannotUnlink(only.ID, only.Ticket.Stories)
}

// browse opens the tickets in the browser, where the user looks at them.
func (a *ticketActions) browse(t row.Ticket) tea.Cmd {
	in, service := a.panel.id, a.Service
	cmds := []tea.Cmd{browseAll(a.Host, row.URLsOf(a.rows(t)))}
	for _, id := range a.selection.Chosen(t) {
		cmds = append(cmds, a.Do(func(ctx context.Context) tea.Msg { return pane.Done{Err: service.Views.SeeTicket(ctx, in, id, nil)} }))
	}
	return tea.Batch(cmds...)
}

// cannotBrowse says why the tickets cannot be opened in the browser.
func (a *ticketActions) cannotBrowse(t row.Ticket) string {
	if n := len(a.selection.Chosen(t)); n > command.MaxBrowsed {
		return command.TooManyToBrowse(n)
	}
	return ""
}

// copyNumbers puts the tickets' numbers on the clipboard.
func (a *ticketActions) copyNumbers(t row.Ticket) tea.Cmd {
	return copyLines(a.Host, present.NamesOf(a.selection.Chosen(t)))
}

// copyAddresses puts the tickets' addresses on the clipboard.
func (a *ticketActions) copyAddresses(t row.Ticket) tea.Cmd {
	return copyLines(a.Host, row.URLsOf(a.rows(t)))
}

// rows are the tickets that something is done to.
func (a *ticketActions) rows(t row.Ticket) []row.Ticket {
	return a.selection.RowsOf(a.selection.Chosen(t))
}

// linked are the tickets on whose stories something is done.
func (a *ticketActions) linked(t row.Ticket) command.Linked {
	of := func(t row.Ticket) command.LinkedTicket {
		return command.LinkedTicket{ID: t.ID, Stories: t.Ticket.Stories}
	}
	return command.Linked{Commands: a.Commands, Tickets: present.Each(a.rows(t), of)}
}

// noStory says that an action is not for a ticket, and what leads to its story.
func (a *ticketActions) noStory(t row.Ticket) string {
	if t.Linked.ID != 0 {
		return fmt.Sprintf("This is a ticket. Its story is %s", t.Linked.ID)
	}
	return a.linked(t).NoStory()
}
