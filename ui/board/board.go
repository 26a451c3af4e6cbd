package board

import (
	"maps"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/ui/board/columns"
	"storydesk/ui/board/dividers"
	"storydesk/ui/board/epics"
	"storydesk/ui/board/iterations"
	"storydesk/ui/board/mover"
	"storydesk/ui/board/status"
	"storydesk/ui/board/welcome"
	"storydesk/ui/command"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
	"storydesk/ui/setting"
)

// Board shows the tickets of one integration beside the Backlog, the Icebox and
// what else of the table of parts is not hidden. It holds together those that do
// its work.
type Board struct {
	*host
	// offersSandbox is true where a first start can lead to a sandbox.
	offersSandbox bool
	// notice stands in the status line, empty for none.
	notice string
	// preferred is true once the user's settings are known, storied where the project
	// has stories, shown or not.
	preferred, storied bool
	// counts are how many deliveries are in each state.
	counts  map[tracker.DeliveryState]int
	actions pane.Actions[*Board]
	// TicketsRead is told what was read of the panel, and which kinds of changes that
	// covers; nil tells nobody.
	TicketsRead func(tracker.Hint, tracker.TicketList) tea.Cmd
	owners
}

// owners are those that do the work of the board, each with a state of its own. All
// of them start afresh with another project.
type owners struct {
	columns   *columns.Columns
	selection columns.Selection
	previewer *previewer
	filters   *filters
	panel     *panel
	reader    *reader
	viewer    *viewer
	dividers  *dividers.Dividers
	unfolder  *unfolder
	mover     *mover.Mover
	revealer  *revealer
	titles    *titles
	painter   *painter
	creator   *creator
	onStories *storyActions
	onTickets *ticketActions
	picker    *picker
	onEpics   epics.Actions
}

// New makes the board, which previews its rows with details. offersSandbox is true
// where a first start can lead to a sandbox; notice stands in the status line, empty
// for none.
func New(c *command.Commands, s UseCases, details Details, offersSandbox bool, notice string) *Board {
	h := &host{c, s}
	return &Board{host: h, offersSandbox: offersSandbox, notice: notice, actions: actions(), owners: newOwners(h, details)}
}

func newOwners(h *host, details Details) owners {
	o := owners{columns: columns.New()}
	o.selection = columns.Selection{Columns: o.columns}
	o.filters = newFilters(h, o.columns)
	o.panel = newPanel(h, o.columns)
	o.previewer = newPreviewer(h, o.selection, o.panel, details)
	o.reader = &reader{host: h, columns: o.columns, panel: o.panel}
	o.viewer = &viewer{h, o.columns, o.filters, o.panel, o.reader}
	o.dividers = &dividers.Dividers{Columns: o.columns}
	o.unfolder = &unfolder{host: h, selection: o.selection}
	o.mover = mover.New(h.Host, o.selection)
	o.revealer = &revealer{host: h, selection: o.selection, panel: o.panel, reader: o.reader, viewer: o.viewer}
	o.titles = &titles{columns: o.columns, panel: o.panel, points: func() float64 { return h.Plan.Points() }}
	o.painter = &painter{
		host: h, columns: o.columns, panel: o.panel, reader: o.reader,
		dividers: o.dividers, titles: o.titles, unfolder: o.unfolder, mover: o.mover, previewer: o.previewer,
		plans: row.NewPlans(h.Config.Columns), rows: map[intent.PaneName]draw.Rect{},
	}
	o.creator = &creator{h, o.selection}
	o.onStories = &storyActions{h, o.selection, o.panel, o.viewer, o.unfolder}
	o.onTickets = &ticketActions{h, o.selection, o.panel}
	o.onEpics = epics.Actions{Host: h.Host, Service: h.Service.Epics}
	o.picker = &picker{h.Host, o.columns, o.selection, o.viewer, o.unfolder, o.mover, o.revealer, o.onStories, o.onTickets, 0}
	return o
}

// Init reads everything from the cache, and how the user likes it.
func (b *Board) Init() tea.Cmd { return tea.Batch(readPrefs(b.host), b.reader.read(tracker.HintAll)) }

// Restart shows another project from scratch, on a screen that looks the same.
func (b *Board) Restart() tea.Cmd {
	was := b.owners
	was.previewer.leave()
	b.owners, b.storied, b.counts, b.Plan = newOwners(b.host, was.previewer.details), false, nil, plan.Plan{}
	b.reader.generation = b.Next()
	b.columns.HideLinked(was.columns.HidesLinked)
	b.dividers.Room = was.dividers.Room
	b.columns.View = b.columns.View.Showing(was.columns.View.Kept())
	b.columns.View.Shares, b.columns.View.Preview, b.columns.View.Width = was.columns.View.Shares, was.columns.View.Preview, was.columns.View.Width
	b.filters.search(was.filters.searched())
	return b.reader.read(tracker.HintAll)
}

// Resize notes the width of the terminal, in columns.
func (b *Board) Resize(width int) tea.Cmd {
	b.columns.View.Width = width
	return b.previewer.follow()
}

// Update follows what changes.
func (b *Board) Update(msg tea.Msg) tea.Cmd {
	return tea.Batch(b.update(msg), b.previewer.update(msg), b.previewer.follow())
}

func (b *Board) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case boardRead:
		return b.took(msg)
	case prefsRead:
		return b.prefer(msg)
	case pane.Changed:
		return b.reader.read(msg.Hint)
	case pane.Ticked:
		return b.reader.read(iterations.Ended(b.Plan, b.Now()))
	case pane.Spun:
		b.unfolder.spun()
	case untinted:
		b.revealer.untinted(msg)
	case mover.Rested:
		return b.mover.Rested(msg)
	case command.AlikeRead:
		return command.OfferAlike(b.Host, msg)
	case unfoldedRead:
		return b.unfolder.took(msg)
	case linksRead:
		return useLinks(b.host, msg)
	case pane.Done:
		if of := command.OutcomeOf(msg); msg.Err == nil {
			b.selection.Unmark(of.Tickets, of.Stories)
		}
		return b.revealer.follow(msg)
	}
	return nil
}

// took shows what was read, unless it was asked for another project, and reads
// on if something changed meanwhile.
func (b *Board) took(msg boardRead) tea.Cmd {
	first, panel := !b.reader.loaded, b.panel.id
	if !b.reader.ended(msg) {
		return nil
	}
	if msg.err != nil {
		return tea.Batch(b.Fail(msg.err), b.reader.read(0))
	}
	if msg.request.Stories() {
		b.Project, b.Plan = msg.Project, msg.Plan
		for part, rows := range msg.Stories {
			b.columns.Of(part).Set(row.Aligned(rows), msg.Sections[part]...)
		}
		if msg.request.Epics {
			b.columns.Epics.Set(msg.Epics)
		}
		renamed := !maps.Equal(b.Initials, msg.Initials)
		b.Initials = msg.Initials
		b.filters.learn(msg.Known, renamed)
		b.painter.words.Forget() // the point scale may be another
		b.storied = msg.HasStories
	}
	if msg.request.Counts() {
		b.counts = msg.Counts
	}
	// A panel that was chosen meanwhile is read next.
	if msg.request.Tickets() && msg.request.Panel == b.panel.id {
		b.panel.show(msg.Result)
	}
	var told tea.Cmd
	if msg.request.Tickets() && b.TicketsRead != nil {
		told = b.TicketsRead(msg.request.Kinds, msg.List)
	}
	var focused, revealed tea.Cmd
	switch view := b.columns.View; {
	case first && b.panel.id == 0 && view.Focus == intent.PaneTickets && view.Shows(intent.PaneBacklog):
		focused = b.viewer.focus(intent.PaneBacklog)
	case !first && panel == 0 && b.panel.id != 0:
		focused = b.viewer.focus(intent.PaneTickets) // the first integration: what it was added for
	}
	if !b.Moves() {
		revealed = b.revealer.reveal(msg)
	}
	return tea.Batch(told, focused, revealed, b.mover.Follow(), b.unfolder.read(), b.reader.read(0))
}

// Scopes names the board's keys. While something is moved no others work.
func (b *Board) Scopes() []keymap.Scope {
	switch {
	case b.mover.Dragging():
		return []keymap.Scope{keymap.ScopeDrag}
	case b.mover.Moving():
		return []keymap.Scope{keymap.ScopeMove}
	case b.empty() && b.offersSandbox:
		return []keymap.Scope{keymap.ScopeSandbox, keymap.ScopeWelcome, keymap.ScopeGlobal}
	case b.empty():
		return []keymap.Scope{keymap.ScopeWelcome, keymap.ScopeGlobal}
	}
	scopes := []keymap.Scope{keymap.ScopeBoard, keymap.ScopeItem, keymap.ScopeList, keymap.ScopeGlobal}
	if t, ok := b.selection.Ticket(); ok {
		return append(command.TicketScopes(t.Ticket.Stories, t.Ticket.Aside), scopes...)
	}
	return scopes
}

// empty is true on a first start: there is nothing to show and no account to ask.
func (b *Board) empty() bool {
	return b.reader.loaded && len(b.panel.integrations) == 0 && !b.storied
}

// Disabled says why an action cannot be done now.
func (b *Board) Disabled(id intent.ActionID) string { return b.actions.Disabled(b, id) }

// Waits while what comes may be the first row to act on, may show what the user has
// just made of a story, or remove why the action cannot be done yet.
func (b *Board) Waits(meant keymap.Action) bool {
	if meant.Scope != keymap.ScopeItem && meant.ID != intent.ActOpen || !b.reader.reading && !b.Busy() {
		return false
	}
	t, _ := b.selection.Ticket()
	return b.reader.awaitsStories() && (b.columns.Focused() != nil || t.Linked.ID != 0) || b.selection.Count() == 0 || b.Disabled(meant.ID) != ""
}

// Named names the next state by what it does to the first of the stories, or to that of
// the ticket; on epics it names what is done to them.
func (b *Board) Named(id intent.ActionID) (brief, help string) {
	cards := b.selection.Subjects()
	t, onTicket := b.selection.Ticket()
	switch {
	case b.columns.Record(b.columns.View.Focus).Epics:
		return epics.Named(id)
	case id != intent.ActAdvance:
	case len(cards) > 0:
		brief = string(command.NextStep(b.Host, cards[0]))
	case onTicket:
		brief = b.onTickets.linked(t).NextStep()
	}
	return brief, ""
}

// Moves reports whether something is being moved.
func (b *Board) Moves() bool { return b.mover.Moving() }

// Hint says what dropping would do now, while something is moved.
func (b *Board) Hint() string { return b.mover.Hint() }

// Working while the view or the board is read.
func (b *Board) Working() bool {
	return !b.reader.loaded || b.panel.loading() || b.previewer.working()
}

// Progress is how much of the view has been read, nil while it is not being read.
func (b *Board) Progress() *tea.ProgressBar { return b.panel.progress() }

// RefreshAll reads the views of all active integrations.
func (b *Board) RefreshAll() tea.Cmd {
	return tea.Batch(b.reader.read(tracker.HintAll), b.panel.refresh(b.panel.active()...))
}

// Draw shows the parts for which there is room.
func (b *Board) Draw(c *draw.Canvas, r draw.Rect) {
	if b.empty() {
		welcome.Draw(c, r, b.Keys, setting.When(b.offersSandbox, actSandbox), b.Top() == pane.Pane(b))
		return
	}
	b.painter.draw(c, r)
}

// DrawStatus writes the first line of the screen.
func (b *Board) DrawStatus(c *draw.Canvas, r draw.Rect) {
	l := status.Line{
		Project: b.Project.Name, Lost: b.Settings.StoreLost(), Notice: b.notice, Keys: b.Keys,
		Integrations: b.panel.integrations, Absent: b.panel.absent, Shown: b.panel.integration(), Fetch: b.panel.spokenOf(), Loading: b.panel.loading(),
		Counts: b.counts, Now: b.Now(), Plan: b.Plan,
	}
	if in := l.Shown; in.ID != 0 {
		l.Requests = b.Service.Accounts.Requests(in.Host)
		l.Interval = b.Service.Views.ReadingInterval(b.panel.fetch, in.Host, b.panel.sharing(in.Host))
	}
	if !b.ReducedMotion {
		l.Turn = b.Spinner.Turn
	}
	l.Draw(c, r)
}

func (b *Board) rememberShares() {
	b.Remember(setting.Shares, b.columns.View.Shares.String())
}

// Panel is the integration whose tickets are shown, 0 for none.
func (o owners) Panel() tracker.IntegrationID { return o.panel.id }

// Lists reports whether a ticket is among those of the panel.
func (o owners) Lists(id tracker.TicketID) bool {
	_, ok := o.panel.tickets.Find(id)
	return ok
}

// Subject is the ticket or story that the cursor is on.
func (o owners) Subject() pane.Subject {
	if t, ok := o.selection.Ticket(); ok {
		return pane.OnTicket(o.panel.id, t.ID, t.Ticket.Stories)
	}
	c, _ := o.selection.Story()
	return pane.Subject{Story: c.ID}
}

// Marks counts the marked rows where the cursor is.
func (o owners) Marks() int { return o.selection.Marks() }

// Marked are the tickets or stories that are marked there.
func (o owners) Marked() []pane.Subject {
	if o.columns.Record(o.columns.View.Focus).Epics {
		return nil
	}
	if o.columns.Focused() != nil {
		return present.Each(o.selection.MarkedStories(), func(c tracker.Card) pane.Subject { return pane.Subject{Story: c.ID} })
	}
	rows := o.selection.RowsOf(o.columns.Tickets.List.Marks())
	return present.Each(rows, func(t row.Ticket) pane.Subject { return pane.OnTicket(o.panel.id, t.ID, t.Ticket.Stories) })
}
