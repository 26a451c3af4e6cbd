package board

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/board/reading"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
	"storydesk/ui/setting"
	"storydesk/ui/table"
	"storydesk/ui/text"
)

// panel is the integration whose tickets are shown, and how its view was read.
type panel struct {
	*host
	tickets      *table.Column[tracker.TicketID, row.Ticket]
	integrations []tracker.Integration
	// absent are those that this terminal cannot send for, with who can.
	absent map[tracker.IntegrationID]tracker.Sender
	// marks are the marked tickets of integrations that are not shown: tickets of two
	// accounts may have the same number.
	marks map[tracker.IntegrationID][]tracker.TicketID
	// id is the integration that is shown, 0 for none.
	id    tracker.IntegrationID
	fetch tracker.Fetch
	// before is the reading before one that is under way.
	before tracker.Fetch
	order  tracker.TicketOrder
	// told is what the tickets tell, which decides on their columns; answerTold is what
	// those to be answered tell.
	told, answerTold row.TicketFacts
	// unread counts the tickets that nobody has looked at as they are now.
	unread int
	// aside counts the tickets that were dismissed and snoozed.
	aside map[tracker.AsideKind]int
	// columns say which tickets are hidden.
	columns *columns.Columns
}

func newPanel(h *host, c *columns.Columns) *panel {
	return &panel{host: h, tickets: c.Tickets, marks: make(map[tracker.IntegrationID][]tracker.TicketID), columns: c}
}

// show shows what was read.
func (p *panel) show(res reading.Result) {
	if res.Panel != p.id {
		p.tickets.List.ClearMarks()
		p.columns.Answer.List.ClearMarks()
	}
	switch {
	case res.Fetch.IntegrationID != p.fetch.IntegrationID:
		p.before = tracker.Fetch{}
	case !p.loading():
		p.before = p.fetch
	}
	p.absent = res.Absent
	p.integrations, p.id, p.fetch, p.order, p.told = res.Integrations, res.Panel, res.Fetch, res.Order, res.Told
	p.aside = make(map[tracker.AsideKind]int)
	for _, t := range res.Tickets {
		if t.Ticket.Aside != nil {
			p.aside[t.Ticket.Aside.Kind]++
		}
	}
	p.tickets.Set(res.Tickets)
	p.columns.Answer.Set(res.Answer)
	p.answerTold = res.AnswerTold
	p.unread = 0
	for i := range res.Tickets {
		if t := res.Tickets[i].Ticket; t.Unread && t.Aside == nil {
			p.unread++
		}
	}
	marks, ok := p.marks[p.id]
	if !ok {
		return
	}
	for _, id := range marks {
		p.tickets.List.Mark(id, true)
	}
	p.tickets.KeepMarks()
	delete(p.marks, p.id)
}

// turn makes another integration the one to be shown. Its tickets are those of the
// last one until they have been read; the marks stay with those that they are on.
func (p *panel) turn(to tracker.IntegrationID) {
	p.marks[p.id] = p.tickets.Marks()
	p.tickets.List.ClearMarks()
	p.columns.Answer.List.ClearMarks()
	p.id = to
}

// active are the integrations that can be shown.
func (p *panel) active() []tracker.IntegrationID { return present.ActivePanels(p.integrations) }

// beside is the active integration that stands by steps beside the one that is
// shown, around the ends; false where none is shown.
func (p *panel) beside(by int) (tracker.IntegrationID, bool) {
	all := p.active()
	i := slices.Index(all, p.id)
	if i < 0 {
		return 0, false
	}
	return all[(i+by+len(all))%len(all)], true
}

// integration is the one that is shown; its ID is 0 for none.
func (p *panel) integration() tracker.Integration {
	for _, in := range p.integrations {
		if in.ID == p.id {
			return in
		}
	}
	return tracker.Integration{}
}

// sharing counts the integrations whose views are read from the same account.
func (p *panel) sharing(host string) int {
	n := 0
	for _, in := range p.integrations {
		if in.Host == host && in.Sends() {
			n++
		}
	}
	return n
}

// loading reports whether pages of the view are arriving.
func (p *panel) loading() bool { return p.fetch.ID != 0 && p.fetch.FinishedAt.IsZero() }

// awaitsPages reports whether pages are arriving with tickets that are not shown yet.
func (p *panel) awaitsPages() bool {
	shown := len(p.tickets.All)
	return p.loading() && (shown == 0 || p.fetch.Total > shown)
}

// spokenOf is the reading that is spoken of: the last one while another one has
// only begun.
func (p *panel) spokenOf() tracker.Fetch {
	if p.loading() && !p.Slow() {
		return p.before
	}
	return p.fetch
}

// progress is how much of the view has been read, nil while it is not being read.
func (p *panel) progress() *tea.ProgressBar {
	switch shown := len(p.tickets.All); {
	case !p.loading():
		return nil
	case p.fetch.Total <= 0 || shown == 0:
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	default:
		return tea.NewProgressBar(tea.ProgressBarDefault, 100*shown/p.fetch.Total)
	}
}

// loadMore goes on reading the view where it ended.
func (p *panel) loadMore() tea.Cmd {
	service, id := p.Service, p.id
	return p.Do(func(ctx context.Context) tea.Msg { return pane.Done{Err: service.Views.ContinueView(ctx, id)} })
}

// stop ends the reading of the view.
func (p *panel) stop() tea.Cmd {
	p.Service.Views.StopView(p.id)
	return p.Say("Loading stopped; the tickets so far stay, " + p.Keys.Key(keymap.ScopeBoard, intent.ActContinue) + " loads the rest")
}

// refresh reads the views of integrations from Zendesk.
func (p *panel) refresh(ids ...tracker.IntegrationID) tea.Cmd {
	service := p.Service
	var cmds []tea.Cmd
	for _, id := range ids {
		if id != 0 {
			cmds = append(cmds, p.Do(func(ctx context.Context) tea.Msg {
				said, err := service.Views.AskView(ctx, id)
				return pane.Done{Said: said, Err: err}
			}))
		}
	}
	return tea.Batch(cmds...)
}

// cannotLoadMore says why there is no more of the view to read.
func (p *panel) cannotLoadMore() string {
	switch {
	case p.id == 0:
		return "no integration is shown"
	case p.loading():
		return "the view is loading"
	case !p.fetch.Continues():
		return "all tickets of the view are loaded"
	}
	return ""
}

// cannotTurn says why no other integration can be shown.
func (p *panel) cannotTurn() string {
	if len(p.active()) < 2 {
		return "this project has no other active integration"
	}
	return ""
}

// cannotLink says why no story can be linked to a ticket.
func (p *panel) cannotLink() string {
	if len(p.active()) == 0 {
		return "no integration is on, so no ticket can be linked"
	}
	return ""
}

// facts count the tickets in so many cells.
func (p *panel) facts(room int) string {
	t, away := p.tickets, p.aside[tracker.Dismissed]+p.aside[tracker.Snoozed]
	if p.columns.ShowsAside {
		away = 0
	}
	counts := present.TicketCounts{Marks: t.MarkFact(), Total: p.totalFact(len(t.All) - away), New: p.unread, Hidden: t.Hidden - away, Aside: p.aside}
	if t.Filter.Query != "" {
		counts.New = 0
	}
	return counts.Words(room)
}

// totalFact says how many tickets there are, and how much of them is shown.
func (p *panel) totalFact(all int) string {
	t, total := p.tickets, text.Count(all)
	if (p.fetch.Partial || p.loading()) && p.fetch.Total > len(t.All) {
		total = fmt.Sprintf("%s of about %s", total, text.Count(p.fetch.Total))
	}
	if p.fetch.Partial {
		total += " ~"
	}
	if t.Filter.Query != "" {
		total = text.Count(len(t.Shown)) + " of " + total
	}
	return total
}

func noTicketMatches(keys keymap.Map) string {
	return "No ticket matches. " + keys.Key(keymap.ScopeBoard, intent.ActBack) + " clears the filter."
}

// none says why no ticket is shown.
func (p *panel) none() string {
	switch {
	case len(p.integrations) == 0:
		return "No integration yet. " + p.Keys.Key(keymap.ScopeGlobal, intent.ActIntegrations) + " adds one."
	case p.id == 0:
		return "No integration is active. Press " + p.Keys.Key(keymap.ScopeGlobal, intent.ActIntegrations) + " to list them, then " +
			p.Keys.Key(keymap.ScopeIntegrations, intent.ActSwitchIntegration) + " to turn one on."
	case p.tickets.Filter.Query != "":
		return noTicketMatches(p.Keys)
	case len(p.tickets.All) > 0:
		return fmt.Sprintf("%s tickets with a story are hidden. %s shows them.", text.Count(len(p.tickets.All)), p.Keys.Key(keymap.ScopeBoard, actHideLinked))
	case p.fetch.Problem != "":
		return present.Cell(p.fetch.Problem)
	case p.fetch.ID == 0 || p.fetch.FinishedAt.IsZero():
		return setting.When(p.Slow(), "loading the view…")
	}
	return "This view has no tickets."
}
