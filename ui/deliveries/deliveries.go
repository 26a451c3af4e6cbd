package deliveries

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/tracker/wording"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// partDeliveries is the list of deliveries.
const partDeliveries intent.PaneName = "deliveries"

// pageSize is how many deliveries are read at first, twice as many whenever the
// cursor comes to within ahead rows of the last one.
const (
	pageSize = 200
	ahead    = 40
)

// Actions on deliveries.
const (
	actRetry      intent.ActionID = "retry"
	actRetryAll   intent.ActionID = "retry-all"
	actDrop       intent.ActionID = "drop-note"
	actNextFilter intent.ActionID = "next-filter"
	actPrevFilter intent.ActionID = "previous-filter"
)

// Actions are those of the screen.
func Actions() []keymap.Action { return actions().Table() }

func actions() pane.Actions[*Pane] {
	const scope = keymap.ScopeDeliveries
	return pane.Actions[*Pane]{
		pane.Unless(keymap.Action{ID: intent.ActOpen, Scope: scope, Keys: keymap.Bind("enter", "text", "enter"), Group: keymap.GroupScreens, Help: "show the private comment", Footer: 10},
			(*Pane).noneSelected, (*Pane).openDetail),
		pane.Unless(keymap.Action{ID: actRetry, Scope: scope, Keys: keymap.Bind("R", "retry", "R"), Group: keymap.GroupScreens, Help: "retry now", Footer: 20},
			(*Pane).settled, (*Pane).retry),
		pane.Unless(keymap.Action{ID: actRetryAll, Scope: scope, Keys: keymap.Bind("A", "retry parked", "A"), Group: keymap.GroupScreens, Help: "retry all parked private comments"},
			(*Pane).noneParked, (*Pane).retryParked),
		pane.Unless(keymap.Action{ID: actDrop, Scope: scope, Keys: keymap.Bind("x", "drop", "x"), Group: keymap.GroupScreens, Help: "drop the private comment", Footer: 30},
			(*Pane).settled, (*Pane).askDrop),
		pane.On(keymap.Action{ID: actNextFilter, Scope: scope, Keys: keymap.Bind("tab", "state", "tab", "right"), Group: keymap.GroupScreens, Help: "filter by the next state", Footer: 40},
			func(p *Pane) tea.Cmd { return p.turn(1) }),
		pane.On(keymap.Action{ID: actPrevFilter, Scope: scope, Keys: keymap.Bind("shift+tab", "state back", "shift+tab", "left"), Group: keymap.GroupScreens, Help: "filter by the previous state"},
			func(p *Pane) tea.Cmd { return p.turn(-1) }),
		pane.On(keymap.Action{ID: intent.ActVerify, Scope: scope, Keys: keymap.Bind("v", "verify links", "v"), Group: keymap.GroupScreens, Help: "compare linked stories with their tickets", Footer: 75},
			func(p *Pane) tea.Cmd { return p.GoTo(intent.CheckLinks{}) }),
		pane.On(keymap.Action{ID: intent.ActFilter, Scope: scope, Keys: keymap.Bind("/", "filter", "/"), Group: keymap.GroupView, Help: "filter deliveries by words, story, ticket, integration or state", Footer: 50},
			(*Pane).askFilter),
		pane.Unless(keymap.Action{ID: "preview-down", Scope: scope, Keys: keymap.Bind("ctrl+e", "text down", "ctrl+e"), Group: keymap.GroupView, Help: "scroll the selected private comment down"},
			(*Pane).noneSelected, func(p *Pane) tea.Cmd { return p.scroll(1) }),
		pane.Unless(keymap.Action{ID: "preview-up", Scope: scope, Keys: keymap.Bind("ctrl+y", "text up", "ctrl+y"), Group: keymap.GroupView, Help: "scroll the selected private comment up"},
			(*Pane).noneSelected, func(p *Pane) tea.Cmd { return p.scroll(-1) }),
		pane.On(keymap.Action{ID: intent.ActBack, Scope: scope, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupScreens, Help: "clear filter, show all, or go back", Footer: 70},
			(*Pane).back),
	}
}

// stateFilter chooses deliveries by state.
type stateFilter struct {
	name   string
	states []tracker.DeliveryState
}

func stateFilters() []stateFilter {
	return []stateFilter{
		{"all", nil},
		{"in progress", []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliverySending, tracker.DeliveryUnconfirmed}},
		{"parked", []tracker.DeliveryState{tracker.DeliveryParked}},
		{"sent", []tracker.DeliveryState{tracker.DeliverySent}},
		{"dropped", []tracker.DeliveryState{tracker.DeliveryDropped}},
	}
}

// Pane lists deliveries, the newest first: every private comment to a ticket.
type Pane struct {
	*host
	actions pane.Actions[*Pane]
	filter  int
	// query is the search as it was typed, search what it means.
	query   string
	search  search.Query
	asked   int
	read    bool
	problem string
	counts  map[tracker.DeliveryState]int
	rows    *table.Column[tracker.DeliveryID, deliveryRow]
	columns columns
	// limit is how many are read at most, more whether there are others besides, all
	// how many there are in the states that are shown.
	limit    int
	more     bool
	all      int
	selected selected
}

// deliveriesRead brings deliveries of the chosen states.
type deliveriesRead struct {
	asked        int
	page         search.DeliveryPage
	attempts     map[tracker.DeliveryID][]tracker.DeliveryAttempt
	counts       map[tracker.DeliveryState]int
	integrations []tracker.Integration
	err          error
}

// New makes the screen of the deliveries, to be opened with [pane.Body].
func New(h *pane.Host, s UseCases) *Pane {
	return &Pane{host: &host{h, s}, actions: actions(), limit: pageSize, rows: table.NewColumn[tracker.DeliveryID, deliveryRow](partDeliveries)}
}

// Init reads the deliveries.
func (p *Pane) Init() tea.Cmd { return p.reload() }

func (p *Pane) reload() tea.Cmd {
	p.asked = p.Next()
	asked, service, query := p.asked, p.Service, p.search
	of := tracker.DeliveryQuery{States: stateFilters()[p.filter].states, Limit: p.limit}
	return p.Do(func(ctx context.Context) tea.Msg {
		read := deliveriesRead{asked: asked}
		read.page, read.err = service.Outbox.Find(ctx, query, of)
		if all := idsOf(read.page.Deliveries); read.err == nil && len(all) > 0 {
			read.attempts, read.err = service.Outbox.Attempts(ctx, all...)
		}
		if read.err == nil {
			read.counts, read.err = service.Outbox.DeliveryCounts(ctx)
		}
		if read.err == nil {
			read.integrations, read.err = service.Accounts.Integrations(ctx, 0)
		}
		return read
	})
}

func idsOf(list []tracker.Delivery) []tracker.DeliveryID {
	ids := make([]tracker.DeliveryID, len(list))
	for i, d := range list {
		ids[i] = d.ID
	}
	return ids
}

// Working until the list was read.
func (p *Pane) Working() bool { return !p.read && p.problem == "" }

// Update follows what becomes of deliveries.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintDeliveries | tracker.HintIntegrations) {
			return p.reload()
		}
	case deliveriesRead:
		if msg.asked == p.asked {
			p.show(msg)
		}
	case pane.Ticked:
		if lately(p.rows.All, p.Now().Add(-present.CountdownEnd)) {
			p.rows.Look++
			p.selected.doc.Changed()
		}
	}
	return nil
}

func (p *Pane) show(msg deliveriesRead) {
	p.read, p.problem = true, ""
	if msg.err != nil {
		p.problem = draw.Line(msg.err.Error())
		return
	}
	p.counts = msg.counts
	known := present.CarriersOf(msg.integrations)
	rows := make([]deliveryRow, len(msg.page.Deliveries))
	for i, d := range msg.page.Deliveries {
		rows[i] = newDeliveryRow(d, msg.attempts[d.ID], known)
	}
	p.more, p.all, p.columns = msg.page.More, msg.page.All, columnsOf(rows, p.Now())
	p.rows.Set(rows)
}

// Handle moves in the list and acts on its deliveries.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if scroll, ok := in.(intent.Scroll); ok && scroll.Part == document.PartDetail {
		return nil, p.selected.doc.Handle(in)
	}
	if table.HandleRows(p.rows, in) {
		return p.readOn(), true
	}
	return p.actions.Handle(p, in)
}

// readOn reads older deliveries where the cursor has come near to the last one.
func (p *Pane) readOn() tea.Cmd {
	if !p.more || p.limit > len(p.rows.All) || p.rows.List.Index() < len(p.rows.All)-ahead {
		return nil
	}
	p.limit *= 2
	return p.reload()
}

// scroll moves the selected delivery's text by lines, down when positive.
func (p *Pane) scroll(lines int) tea.Cmd {
	p.selected.doc.Handle(intent.Scroll{Part: document.PartDetail, Rows: lines})
	return nil
}

// openDetail shows the selected private comment.
func (p *Pane) openDetail() tea.Cmd {
	d, _ := p.rows.Selected()
	return p.Open(newDetail(p.host, d.ID), pane.Side)
}

// askFilter shows only what answers the search that is typed.
func (p *Pane) askFilter() tea.Cmd {
	before := p.query
	ask := dialog.NewPrompt(p.Host, "Filter deliveries", before, func(text string) tea.Cmd {
		return p.narrow(text, func(err error) tea.Cmd { return p.Refuse(err.Error()) })
	})
	ask.Reads = true
	ask.Hint = strings.Join(search.Fields(search.Deliveries), ": ") + `:  -not  "a phrase"  ? help`
	ask.Complete = func(text string) string { return search.Complete(search.Deliveries, text, search.Known{}) }
	ask.Typed = func(text string) tea.Cmd {
		settled, becomes := search.BeginsTerm(search.Deliveries, text)
		ask.Problem, ask.Note = "", becomes
		return p.narrow(settled, func(err error) tea.Cmd {
			ask.Problem, ask.Note = err.Error(), ""
			return nil
		})
	}
	ask.Cancelled = func() tea.Cmd { return p.narrow(before, nil) }
	return p.Open(ask, pane.Line)
}

// narrow shows what answers a search. Of one that cannot be read only refused hears.
func (p *Pane) narrow(text string, refused func(error) tea.Cmd) tea.Cmd {
	q, err := p.Service.Stories.ParseQuery(search.Deliveries, text)
	if err != nil {
		return refused(err)
	}
	if text == p.query {
		return nil
	}
	p.query, p.search, p.limit = text, q, pageSize
	return p.reload()
}

// back clears the filter, then shows all states, then leaves.
func (p *Pane) back() tea.Cmd {
	switch {
	case p.query != "":
		return p.narrow("", nil)
	case p.filter != 0:
		return p.turn(-p.filter)
	}
	return p.Close()
}

// turn shows the deliveries of another filter, step filters further on.
func (p *Pane) turn(step int) tea.Cmd {
	n := len(stateFilters())
	p.filter, p.limit = (p.filter+step+n)%n, pageSize
	return p.reload()
}

func (p *Pane) retry() tea.Cmd {
	d, _ := p.rows.Selected()
	service := p.Service
	return p.Do(func(ctx context.Context) tea.Msg {
		_, err := service.Outbox.RetryDeliveries(ctx, []tracker.DeliveryID{d.ID})
		return pane.Done{Said: fmt.Sprintf("Retrying the private comment to %s", d.Ticket.ID), Err: err}
	})
}

func (p *Pane) retryParked() tea.Cmd {
	service := p.Service
	return p.Do(func(ctx context.Context) tea.Msg {
		n, err := service.Outbox.RetryParked(ctx)
		if n == 1 {
			return pane.Done{Said: "Retrying the parked private comment", Err: err}
		}
		return pane.Done{Said: text.Count(n) + " parked private comments are being retried", Err: err}
	})
}

func (p *Pane) askDrop() tea.Cmd {
	d, _ := p.rows.Selected()
	service := p.Service
	ask := fmt.Sprintf("Drop the private comment to %s? It will never be sent.", d.Ticket.ID)
	if d.State == tracker.DeliveryUnconfirmed {
		ask = fmt.Sprintf("The private comment may already be on %s. Drop it anyway?", d.Ticket.ID)
	}
	return p.Open(dialog.NewQuestion(p.Host, ask, func() tea.Cmd {
		return p.Do(func(ctx context.Context) tea.Msg {
			_, err := service.Outbox.DropDeliveries(ctx, []tracker.DeliveryID{d.ID})
			return pane.Done{Said: fmt.Sprintf("Dropped the private comment to %s", d.Ticket.ID), Err: err}
		})
	}), pane.Line)
}

// Scopes names the keys of the list.
func (p *Pane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeDeliveries, keymap.ScopeList, keymap.ScopeGlobal}
}

// Disabled says why an action cannot be done on the selected delivery.
func (p *Pane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

func (p *Pane) noneParked() string {
	if p.counts[tracker.DeliveryParked] == 0 {
		return "no private comment is parked"
	}
	return ""
}

func (p *Pane) noneSelected() string {
	if _, ok := p.rows.Selected(); !ok {
		return "no delivery is selected"
	}
	return ""
}

// settled says why nothing can be done to the selected delivery any more.
func (p *Pane) settled() string {
	d, ok := p.rows.Selected()
	if !ok {
		return p.noneSelected()
	}
	if err := wording.Refusal(d.Delivery); err != nil {
		return err.Error()
	}
	return ""
}

// Draw shows the list, and the selected delivery where there is room for it.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	d, ok := p.rows.Selected()
	room, below := split(r)
	if !ok {
		room, below = r, draw.Rect{}
	}
	in := c.Box(room, draw.Box{Title: p.title(), Facts: p.facts()})
	switch {
	case in.Empty():
	case p.problem != "":
		c.Text(in.X+1, in.Y, in.W-2, theme.Danger, p.problem)
	case !p.read:
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, setting.When(p.Slow(), "Reading…"))
	case len(p.rows.All) > 0:
		table.DrawRows(c, in, p.rows, p.drawRow)
	case p.all == 0 && p.query == "":
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, "None. Comments and state changes of linked stories appear here.")
	default:
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, "Nothing matches.")
	}
	if ok {
		p.selected.draw(c, below, d, p.Now())
	}
}

func (p *Pane) title() string {
	title := fmt.Sprintf("Deliveries · %s %s", stateFilters()[p.filter].name, text.Count(p.all))
	shown := text.Count(len(p.rows.All))
	switch {
	case p.query != "" && p.more:
		title += fmt.Sprintf(" · the newest %s match “%s”", shown, draw.Line(p.query))
	case p.query != "":
		title += fmt.Sprintf(" · %s match “%s”", shown, draw.Line(p.query))
	case p.more:
		title += " · the newest " + shown
	}
	return title
}

func (p *Pane) facts() string {
	under := p.counts[tracker.DeliveryWaiting] + p.counts[tracker.DeliverySending] + p.counts[tracker.DeliveryUnconfirmed]
	return fmt.Sprintf("in progress %s · parked %s", text.Count(under), text.Count(p.counts[tracker.DeliveryParked]))
}

func (p *Pane) drawRow(w *theme.RowWriter, t *theme.Theme, d deliveryRow) {
	d.draw(w, t, p.columns, p.Now())
}
