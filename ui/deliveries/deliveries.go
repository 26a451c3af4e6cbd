package deliveries

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
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

// maxDeliveries is how many deliveries are read at most; the title says so when
// there are more.
const maxDeliveries = 5000

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
		pane.On(keymap.Action{ID: intent.ActFilter, Scope: scope, Keys: keymap.Bind("/", "filter", "/"), Group: keymap.GroupView, Help: "filter deliveries by text", Footer: 50},
			(*Pane).askFilter),
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
	asked   int
	read    bool
	problem string
	counts  map[tracker.DeliveryState]int
	rows    *table.Column[tracker.DeliveryID, deliveryRow]
}

// deliveryRow is a delivery as the list shows it. Its texts are sanitised.
type deliveryRow struct {
	tracker.Delivery
	// held is why its integration sends nothing now, empty when it does.
	held    string
	version uint64
}

// RowKey implements table.Row.
func (r deliveryRow) RowKey() tracker.DeliveryID { return r.ID }

// RowVersion implements table.Row.
func (r deliveryRow) RowVersion() uint64 { return r.version }

// matching lets rows through that contain all words of a query.
func matching(query string) table.Filter[deliveryRow] {
	words := strings.Fields(strings.ToLower(query))
	return table.Filter[deliveryRow]{Query: query, Keep: func(r *deliveryRow) bool {
		text := r.searchText()
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	}}
}

func (r deliveryRow) searchText() string {
	return strings.ToLower(strings.Join([]string{r.Ticket.ID.String(), r.StoryID.String(), string(r.Kind), string(r.State), r.Reason, r.Text}, " "))
}

func newDeliveryRow(d tracker.Delivery, c present.Carriers) deliveryRow {
	r := deliveryRow{Delivery: d, held: present.Cell(c.Held(d))}
	r.Reason = present.Cell(d.Reason)
	r.version = table.Version([...]uint64{
		table.Text(string(d.State)), table.Text(r.Reason), table.Text(r.held),
		uint64(d.NotBefore.UnixMicro()), uint64(d.AuditID), uint64(d.Behind), //nolint:gosec // only compared
	})
	return r
}

// deliveriesRead brings deliveries of the chosen states.
type deliveriesRead struct {
	asked        int
	rows         []tracker.Delivery
	counts       map[tracker.DeliveryState]int
	integrations []tracker.Integration
	err          error
}

// New makes the screen of the deliveries, to be opened with [pane.Body].
func New(h *pane.Host, s UseCases) *Pane {
	return &Pane{host: &host{h, s}, actions: actions(), rows: table.NewColumn[tracker.DeliveryID, deliveryRow](partDeliveries)}
}

// Init reads the deliveries.
func (p *Pane) Init() tea.Cmd { return p.reload() }

func (p *Pane) reload() tea.Cmd {
	p.asked = p.Next()
	asked, service, states := p.asked, p.Service, stateFilters()[p.filter].states
	return p.Do(func(ctx context.Context) tea.Msg {
		read := deliveriesRead{asked: asked}
		read.rows, read.err = service.Outbox.Deliveries(ctx, tracker.DeliveryQuery{States: states, Limit: maxDeliveries})
		if read.err == nil {
			read.counts, read.err = service.Outbox.DeliveryCounts(ctx)
		}
		if read.err == nil {
			read.integrations, read.err = service.Accounts.Integrations(ctx, 0)
		}
		return read
	})
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
		if p.countsDown() {
			p.rows.Look++
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
	rows := make([]deliveryRow, len(msg.rows))
	for i, d := range msg.rows {
		rows[i] = newDeliveryRow(d, known)
	}
	p.rows.Set(rows)
}

func (p *Pane) countsDown() bool {
	since := p.Now().Add(-present.CountdownEnd)
	return slices.ContainsFunc(p.rows.All, func(r deliveryRow) bool { return present.Counting(r.Delivery, r.held, since) })
}

// Handle moves in the list and acts on its deliveries.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if table.HandleRows(p.rows, in) {
		return nil, true
	}
	return p.actions.Handle(p, in)
}

// openDetail shows the selected private comment.
func (p *Pane) openDetail() tea.Cmd {
	d, _ := p.rows.Selected()
	return p.Open(newDetail(p.host, d.ID), pane.Side)
}

// askFilter shows only what contains the words that are typed.
func (p *Pane) askFilter() tea.Cmd {
	ask := dialog.NewPrompt(p.Host, "Filter deliveries", p.rows.Filter.Query, p.narrow)
	ask.Reads, ask.Typed = true, p.narrow
	ask.Cancelled = func() tea.Cmd { return p.narrow("") }
	return p.Open(ask, pane.Line)
}

// narrow shows what contains all words. It needs no command.
func (p *Pane) narrow(words string) tea.Cmd {
	p.rows.Show(matching(words))
	return nil
}

// back clears the filter, then shows all states, then leaves.
func (p *Pane) back() tea.Cmd {
	switch {
	case p.rows.Filter.Query != "":
		p.rows.Show(table.Filter[deliveryRow]{})
		return nil
	case p.filter != 0:
		return p.turn(-p.filter)
	}
	return p.Close()
}

// turn shows the deliveries of another filter, step filters further on.
func (p *Pane) turn(step int) tea.Cmd {
	n := len(stateFilters())
	p.filter = (p.filter + step + n) % n
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
	if err := tracker.DeliveryRefusal(d.Delivery); err != nil {
		return err.Error()
	}
	return ""
}

// Draw shows the list.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	in := c.Box(r, draw.Box{Title: p.title(), Facts: p.facts()})
	switch {
	case in.Empty():
	case p.problem != "":
		c.Text(in.X+1, in.Y, in.W-2, theme.Danger, p.problem)
	case !p.read:
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, setting.When(p.Slow(), "Reading…"))
	case len(p.rows.All) == 0:
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, "None. Comments and state changes of linked stories appear here.")
	case len(p.rows.Shown) == 0:
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, "Nothing matches.")
	default:
		table.DrawRows(c, in, p.rows, p.drawRow)
	}
}

func (p *Pane) title() string {
	count := text.Count(len(p.rows.All))
	if len(p.rows.All) == maxDeliveries {
		count = "the newest " + count
	}
	title := fmt.Sprintf("Deliveries · %s %s", stateFilters()[p.filter].name, count)
	if p.rows.Filter.Query != "" {
		title += fmt.Sprintf(" · %s match “%s”", text.Count(len(p.rows.Shown)), p.rows.Filter.Query)
	}
	return title
}

func (p *Pane) facts() string {
	under := p.counts[tracker.DeliveryWaiting] + p.counts[tracker.DeliverySending] + p.counts[tracker.DeliveryUnconfirmed]
	return fmt.Sprintf("in progress %s · parked %s", text.Count(under), text.Count(p.counts[tracker.DeliveryParked]))
}

func (p *Pane) drawRow(w *theme.RowWriter, t *theme.Theme, d deliveryRow) {
	now := p.Now()
	glyph, role := present.DeliveryMark(d.State)
	at, words := d.CreatedAt, present.DeliveryWords(d.Delivery, d.held, now)
	if d.State == tracker.DeliverySent && d.DeliveredAt != nil {
		at, words = *d.DeliveredAt, present.ProofWords(d.Delivery)
	}
	w.Add(role, text.Fit(t.Glyph(glyph), 3))
	w.Add(theme.Muted, text.Fit(present.Clock(at, now), 13))
	w.Add(theme.Accent, text.Fit(d.Ticket.ID.String(), 9))
	w.Add(theme.Text, text.Fit(d.StoryID.String(), 8))
	w.Add(theme.Muted, text.Fit(string(d.Kind), 9))
	if d.State == tracker.DeliverySent {
		role = theme.Text
	}
	w.Fill(role, words, 0)
}
