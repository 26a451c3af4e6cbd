package board

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
)

// boardRead brings what the board shows, as far as it was asked for. The rows
// are made beside the program: ten thousand of them take longer than a frame.
type boardRead struct {
	generation int
	kinds      tracker.Hint
	// of is the panel that was asked for.
	of tracker.IntegrationID
	// reveals is what of revealing it answers, 0 for nothing.
	reveals int
	// changes is how many of the user's changes it covers, 0 where it has no
	// stories.
	changes int
	err     error

	project tracker.Project
	// stories are the rows of the parts that were asked for.
	stories map[intent.PaneName][]row.Story
	points  float64
	storied bool
	// integrations are all of the project's; panel is the one whose tickets
	// these are, 0 when none is active.
	integrations []tracker.Integration
	panel        tracker.IntegrationID
	fetch        tracker.Fetch
	order        tracker.TicketOrder
	tickets      []row.Ticket
	counts       map[tracker.DeliveryState]int
}

// read reads again what may have changed. One reading is under way at a time;
// what changes meanwhile is read after it.
func (b *Board) read(kinds tracker.Hint) tea.Cmd {
	b.pending |= kinds
	if b.reading || b.pending == 0 {
		return nil
	}
	b.reading = true
	kinds, b.pending = b.pending, 0
	service, project, panel, generation := b.Service, b.Project.ID, b.panel, b.generation
	parts, reveals, changes := b.partsToRead(), b.reveals(kinds), 0
	if kinds.Has(tracker.HintStories) {
		_, changes = b.StoryChanges()
	}
	return b.Do(func(ctx context.Context) tea.Msg {
		msg := boardRead{generation: generation, kinds: kinds, of: panel, reveals: reveals, changes: changes}
		msg.err = msg.read(ctx, service, project, panel, parts)
		return msg
	})
}

// Waits while what comes may be the first row to act on, may show what the user has
// just made of a story, or remove why the action cannot be done yet.
func (b *Board) Waits(meant keymap.Action) bool {
	if meant.Scope != keymap.ScopeItem && meant.ID != intent.ActOpen || !b.reading && !b.Busy() {
		return false
	}
	asked, _ := b.StoryChanges()
	return b.covered < asked && b.column() != nil || b.rowCount() == 0 || b.Disabled(meant.ID) != ""
}

// rowCount is how many rows the focused part shows.
func (b *Board) rowCount() int {
	if c := b.column(); c != nil {
		return c.List.Len()
	}
	return b.tickets.List.Len()
}

// partsToRead are the parts whose stories are read: the columns, where stories
// are found and put whether they are shown or not, and all else that is shown.
func (b *Board) partsToRead() []layout.Part {
	return slices.DeleteFunc(slices.Clone(b.view.Table), func(p layout.Part) bool {
		return p.Cards == nil || p.Column == "" && !b.view.Shows(p.Name)
	})
}

func (m *boardRead) read(
	ctx context.Context, service *engine.Engine, project tracker.ProjectID, panel tracker.IntegrationID, parts []layout.Part,
) error {
	// A note's fate shows on its story's row.
	if m.kinds.Has(tracker.HintStories | tracker.HintDeliveries | tracker.HintProjects) {
		b, err := service.Stories.Board(ctx, project)
		if err != nil {
			return err
		}
		m.project = b.Project
		m.stories = make(map[intent.PaneName][]row.Story, len(parts))
		for _, p := range parts {
			m.stories[p.Name] = storyRows(p.Cards(b), b.Project)
		}
		m.points = sumPoints(b.Backlog)
		m.storied = len(b.Backlog)+len(b.Icebox)+len(b.Done) > 0
	}
	if m.kinds.Has(tracker.HintDeliveries | tracker.HintIntegrations) {
		counts, err := service.Outbox.DeliveryCounts(ctx)
		if err != nil {
			return err
		}
		m.counts = counts
	}
	if m.kinds.Has(tracker.HintTickets | tracker.HintIntegrations | tracker.HintStories) {
		return m.readTickets(ctx, service, project, panel)
	}
	return nil
}

func (m *boardRead) readTickets(ctx context.Context, service *engine.Engine, project tracker.ProjectID, panel tracker.IntegrationID) error {
	list, err := service.Accounts.Integrations(ctx, project)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].Name, list[i].ViewTitle = present.Cell(list[i].Name), present.Cell(list[i].ViewTitle)
		list[i].PausedReason = present.Cell(list[i].PausedReason)
	}
	m.integrations = list
	panels := present.ActivePanels(list)
	if len(panels) == 0 {
		return nil
	}
	if !slices.Contains(panels, panel) {
		panel = panels[0]
	}
	tickets, err := service.Views.Tickets(ctx, panel)
	if err != nil {
		return err
	}
	order, err := service.Views.TicketOrder(ctx, panel)
	if err != nil {
		return err
	}
	order.Sort(tickets.Tickets)
	m.panel, m.fetch, m.order = panel, tickets.Fetch, order
	m.tickets = make([]row.Ticket, len(tickets.Tickets))
	for i, t := range tickets.Tickets {
		m.tickets[i] = row.NewTicket(t)
	}
	return nil
}

func sumPoints(cards []tracker.Card) (points float64) {
	for _, c := range cards {
		if c.Estimate != nil {
			points += *c.Estimate
		}
	}
	return points
}

func storyRows(cards []tracker.Card, p tracker.Project) []row.Story {
	rows := make([]row.Story, len(cards))
	for i, c := range cards {
		rows[i] = row.NewStory(c, p)
	}
	return rows
}

// took shows what was read, unless it was asked for another project, and reads
// on if something changed meanwhile.
func (b *Board) took(msg boardRead) tea.Cmd {
	if msg.generation != b.generation {
		return nil
	}
	b.reading = false
	if msg.err != nil {
		return tea.Batch(b.Fail(msg.err), b.read(0))
	}
	first, panel := !b.loaded, b.panel
	b.loaded = true
	if msg.kinds.Has(tracker.HintStories | tracker.HintDeliveries | tracker.HintProjects) {
		b.Project = msg.project
		for part, rows := range msg.stories {
			b.stories[part].Set(row.Aligned(rows))
		}
		b.words.Forget() // the point scale may be another
		b.points, b.storied = msg.points, msg.storied
	}
	b.covered = max(b.covered, msg.changes)
	if msg.kinds.Has(tracker.HintDeliveries | tracker.HintIntegrations) {
		b.counts = msg.counts
	}
	// A panel that was chosen meanwhile is read next.
	if msg.kinds.Has(tracker.HintTickets|tracker.HintIntegrations|tracker.HintStories) && msg.of == b.panel {
		b.showTickets(msg)
	}
	var focused tea.Cmd
	switch {
	case first && b.panel == 0 && b.view.Focus == intent.PaneTickets && b.view.Shows(intent.PaneBacklog):
		focused = b.focus(intent.PaneBacklog)
	case !first && panel == 0 && b.panel != 0:
		focused = b.focus(intent.PaneTickets) // the first integration: what it was added for
	}
	return tea.Batch(focused, b.revealed(msg), b.followMoved(), b.readUnfolded(), b.read(0))
}

// Restart shows another project from scratch, on a screen that looks the same.
func (b *Board) Restart() tea.Cmd {
	fresh := New(b.Host, b.offersSandbox, b.notice)
	fresh.generation = b.Next()
	fresh.preferred, fresh.hidesLinked, fresh.room = b.preferred, b.hidesLinked, b.room
	fresh.view = fresh.view.Showing(b.view.Kept())
	fresh.view.Shares = b.view.Shares
	for _, p := range b.view.Table {
		if p.Searched {
			fresh.search(b.queryOf(p.Name))
		}
	}
	*b = *fresh
	b.tickets.Hide = b.hides
	return b.read(tracker.HintAll)
}

func (b *Board) showTickets(msg boardRead) {
	if msg.panel != b.panel {
		b.tickets.List.ClearMarks()
	}
	switch {
	case msg.fetch.IntegrationID != b.fetch.IntegrationID:
		b.before = tracker.Fetch{}
	case !b.readingView():
		b.before = b.fetch
	}
	b.integrations, b.panel, b.fetch, b.order = msg.integrations, msg.panel, msg.fetch, msg.order
	b.tickets.Set(msg.tickets)
	for _, id := range b.marksOf[b.panel] {
		b.tickets.List.Mark(id, true)
	}
	if b.marksOf[b.panel] != nil {
		b.tickets.KeepMarks()
		delete(b.marksOf, b.panel)
	}
}

// showPanel shows the tickets of another integration. Marks stay with those that
// they are on: tickets of two accounts may have the same number.
func (b *Board) showPanel(id tracker.IntegrationID) tea.Cmd {
	b.marksOf[b.panel] = b.tickets.Marks()
	b.tickets.List.ClearMarks()
	b.panel = id
	b.clearFilter(intent.PaneTickets)
	return b.read(tracker.HintTickets)
}

// refresh reads the view of the panel from the desk; refreshAll those of all
// active integrations.
func (b *Board) refresh() tea.Cmd {
	return tea.Batch(b.read(tracker.HintAll), b.readViews(b.panel))
}

// RefreshAll reads the views of all active integrations.
func (b *Board) RefreshAll() tea.Cmd {
	return tea.Batch(b.read(tracker.HintAll), b.readViews(present.ActivePanels(b.integrations)...))
}

func (b *Board) readViews(ids ...tracker.IntegrationID) tea.Cmd {
	service := b.Service
	var cmds []tea.Cmd
	for _, id := range ids {
		if id != 0 {
			cmds = append(cmds, b.Do(func(ctx context.Context) tea.Msg {
				return pane.Done{Err: service.Views.RefreshView(ctx, id)}
			}))
		}
	}
	return tea.Batch(cmds...)
}
