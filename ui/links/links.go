package links

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/linkcheck"
	"storydesk/tracker/verdict"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// actFix fixes a link. Keys are saved under this name.
const actFix intent.ActionID = "mend"

// partLinks is the list of problems.
const partLinks intent.PaneName = "links"

// Actions are those of the screen.
func Actions() []keymap.Action { return actions().Table() }

func actions() pane.Actions[*Pane] {
	const scope = keymap.ScopeLinks
	return pane.Actions[*Pane]{
		pane.Unless(keymap.Action{ID: intent.ActOpen, Scope: scope, Keys: keymap.Bind("enter", "more", "enter"), Group: keymap.GroupScreens, Help: "show details and the fix", Footer: 10},
			(*Pane).noneSelected, (*Pane).openDetail),
		pane.Unless(keymap.Action{ID: actFix, Scope: scope, Keys: keymap.Bind("m", "fix", "m"), Group: keymap.GroupScreens, Help: "apply the fix", Footer: 20},
			func(p *Pane) string { return p.unless(finding.unfixable) }, func(p *Pane) tea.Cmd { return askFix(p.host, p.selected().Drift) }),
		pane.Unless(keymap.Action{ID: intent.ActBrowse, Scope: scope, Keys: keymap.Bind("o", "browser", "o"), Group: keymap.GroupScreens, Help: "open the ticket in the browser", Footer: 30},
			func(p *Pane) string { return p.unless(finding.withoutTicket) }, func(p *Pane) tea.Cmd { return p.Browse(p.selected().Link.URL) }),
		pane.On(keymap.Action{ID: intent.ActRefresh, Scope: scope, Keys: keymap.Bind("r", "compare again", "r"), Group: keymap.GroupScreens, Help: "compare again", Footer: 40},
			(*Pane).Init),
		pane.On(keymap.Action{ID: intent.ActBack, Scope: scope, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupScreens, Help: "stop comparing, or go back to deliveries", Footer: 70},
			(*Pane).back),
	}
}

// Pane compares linked stories with their tickets and lists how they
// differ, as it is found.
type Pane struct {
	*host
	actions pane.Actions[*Pane]
	// run is the generation of the check; older ones are void.
	run      int
	running  bool
	stop     context.CancelFunc
	progress linkcheck.Progress
	problem  string
	// all is what was found, unlinked what of it is about a link that is no
	// longer there; found is the rest. asked is the generation of the last look
	// at the links.
	all      []finding
	unlinked map[findingKey]bool
	found    []finding
	asked    int
	rows     *table.Column[findingKey, finding]
}

// linkedRead brings which of what was found is about a link that is there.
type linkedRead struct {
	asked  int
	linked map[findingKey]bool
	err    error
}

// checkStep is one thing that a check reports.
type checkStep struct {
	run      int
	progress linkcheck.Progress
	// over is true for the last one; err is how the check ended.
	over bool
	err  error
	// rest brings what follows.
	rest <-chan checkStep
}

// New makes the screen, to be opened with [pane.Body]. It begins to check at once.
func New(c *command.Commands, s UseCases) *Pane {
	return &Pane{host: &host{c, s}, actions: actions(), rows: table.NewColumn[findingKey, finding](partLinks)}
}

// Init begins the check, in place of an earlier one.
func (p *Pane) Init() tea.Cmd {
	p.cancel()
	wanted, cancel := context.WithCancel(p.Context())
	p.run, p.running, p.stop, p.problem = p.Next(), true, cancel, ""
	p.progress, p.all, p.unlinked = linkcheck.Progress{}, nil, make(map[findingKey]bool)
	p.show()
	run, service, project := p.run, p.Service, p.Project.ID
	steps := make(chan checkStep)
	return pane.Stream(wanted, p.Host, steps, func(report func(checkStep)) {
		err := service.Checkup.FindDrift(wanted, project, func(now linkcheck.Progress) {
			report(checkStep{run: run, rest: steps, progress: now})
		})
		report(checkStep{run: run, rest: steps, over: true, err: err})
	})
}

// Working while the check runs.
func (p *Pane) Working() bool { return p.running }

// Update takes what the check reports and what was fixed.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case checkStep:
		if msg.run == p.run && p.running {
			return p.take(msg)
		}
	case pane.Done:
		if key, ok := msg.What.(findingKey); ok && msg.Err == nil {
			p.fixed(key)
		}
	case pane.Changed:
		if msg.Hint.Has(tracker.HintStories | tracker.HintTickets) {
			return p.readLinks()
		}
	case linkedRead:
		if msg.asked == p.asked {
			return p.follow(msg)
		}
	}
	return nil
}

// fixed takes a row out of the list. A private comment that is sent again is done
// with; a link may come back.
func (p *Pane) fixed(key findingKey) {
	p.all = slices.DeleteFunc(p.all, func(r finding) bool { return r.RowKey() == key && r.Repair == linkcheck.RepairResend })
	p.unlinked[key] = true
	p.show()
}

// readLinks looks which links are still there, or again.
func (p *Pane) readLinks() tea.Cmd {
	p.asked = p.Next()
	asked, service := p.asked, p.Service
	drifts := make([]linkcheck.Drift, len(p.all))
	for i, r := range p.all {
		drifts[i] = r.Drift
	}
	return p.Do(func(ctx context.Context) tea.Msg {
		linked, err := service.Checkup.Linked(ctx, drifts)
		read := linkedRead{asked, make(map[findingKey]bool, len(linked)), err}
		for i, is := range linked {
			read.linked[keyOf(drifts[i])] = is
		}
		return read
	})
}

// follow lists what is about the links that there are.
func (p *Pane) follow(read linkedRead) tea.Cmd {
	if read.err != nil {
		return p.Fail(read.err)
	}
	for key, linked := range read.linked {
		p.unlinked[key] = !linked
	}
	p.show()
	return nil
}

func (p *Pane) take(step checkStep) tea.Cmd {
	if step.over {
		p.cancel()
		if step.err != nil {
			p.problem = draw.Line(step.err.Error())
		}
		return nil
	}
	p.progress = step.progress
	if len(step.progress.Found) > 0 {
		for _, d := range step.progress.Found {
			d.Text, d.Story.Name = present.Cell(d.Text), present.Cell(d.Story.Name)
			p.all = append(p.all, finding{d})
		}
		p.show()
	}
	return pane.NextStep(step.rest)
}

// show lists the worst first, in the order in which they were found.
func (p *Pane) show() {
	p.found = slices.DeleteFunc(slices.Clone(p.all), func(r finding) bool { return p.unlinked[r.RowKey()] })
	slices.SortStableFunc(p.found, func(a, b finding) int { return severity(a.Level) - severity(b.Level) })
	p.rows.Set(p.found)
}

func severity(l verdict.Level) int {
	return slices.Index([]verdict.Level{verdict.LevelFailed, verdict.LevelWarning, verdict.LevelInfo}, l)
}

// cancel ends a check under way.
func (p *Pane) cancel() {
	if p.running {
		p.stop()
		p.running = false
	}
}

// Closed ends the check.
func (p *Pane) Closed() tea.Cmd {
	p.cancel()
	return nil
}

// Handle moves in the list and acts on what was found.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if table.HandleRows(p.rows, in) {
		return nil, true
	}
	return p.actions.Handle(p, in)
}

// selected is the row that the cursor is on, zero without one.
func (p *Pane) selected() finding {
	row, _ := p.rows.Selected()
	return row
}

// openDetail shows all about the selected row.
func (p *Pane) openDetail() tea.Cmd { return p.Open(newDetail(p.host, p.selected()), pane.Side) }

// back stops the check, else it leaves.
func (p *Pane) back() tea.Cmd {
	if !p.running {
		return p.Close()
	}
	p.cancel()
	p.problem = "stopped"
	return nil
}

// askFix asks before it fixes a problem.
func askFix(h *host, d linkcheck.Drift) tea.Cmd {
	service, key := h.Service, keyOf(d)
	fix := func(ctx context.Context, drop bool) pane.Done {
		said, err := service.Checkup.Fix(ctx, d, drop)
		return pane.Done{Said: said, Err: err, What: key}
	}
	return h.Open(dialog.NewQuestion(h.Host, d.Question(), func() tea.Cmd {
		pending := tracker.DeliveryQuery{Story: d.Story.ID, Ticket: d.Link.Ticket}
		return command.Settle(h.Commands, fmt.Sprintf("unlink %s", d.Link.Ticket.ID), fix, pending)
	}), pane.Line)
}

// Scopes names the keys of the list.
func (p *Pane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeLinks, keymap.ScopeList, keymap.ScopeGlobal}
}

// Disabled says why an action cannot be done on the selected row.
func (p *Pane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

func (p *Pane) noneSelected() string {
	if _, ok := p.rows.Selected(); !ok {
		return "nothing is selected"
	}
	return ""
}

// unless says why a row has nothing to act on, or that none is selected.
func (p *Pane) unless(disabled func(finding) string) string {
	return cmp.Or(p.noneSelected(), disabled(p.selected()))
}

// Draw shows what was found and how far the check is.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	in := c.Box(r, draw.Box{Title: p.title(), Facts: p.facts()})
	switch {
	case in.Empty():
	case len(p.found) > 0:
		table.DrawRows(c, in, p.rows, func(w *theme.RowWriter, t *theme.Theme, d finding) { p.drawRow(w, t, d, in.W) })
		p.hitOffers(c, in)
	case p.problem != "":
		c.Text(in.X+1, in.Y, in.W-2, theme.Danger, p.problem)
	case p.running:
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, "Comparing…")
	case p.progress.Total == 0:
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, "No story of this project is linked to a ticket.")
	default:
		c.Text(in.X+1, in.Y, in.W-2, theme.Success, "No problems found.")
	}
}

func (p *Pane) title() string {
	title := "Links and tickets"
	switch {
	case p.running && p.progress.Waits > 0:
		title += fmt.Sprintf(" · waiting %s for Zendesk's rate limit", p.progress.Waits.Round(time.Second))
	case p.running:
		title += fmt.Sprintf(" · %s of %s compared", text.Count(p.progress.Done), text.Count(p.progress.Total))
	case p.problem != "":
		title += " · " + p.problem
	}
	return title
}

func (p *Pane) facts() string {
	fixable := 0
	for _, r := range p.found {
		if r.Repair != linkcheck.RepairNone {
			fixable++
		}
	}
	return fmt.Sprintf("found %s · to fix %s", text.Count(len(p.found)), text.Count(fixable))
}

// drawRow draws a row of that width.
func (p *Pane) drawRow(w *theme.RowWriter, t *theme.Theme, d finding, width int) {
	glyph, role := t.Glyph(theme.GlyphSeparator), theme.Muted
	switch d.Level {
	case verdict.LevelFailed:
		glyph, role = t.Glyph(theme.GlyphParked), theme.Danger
	case verdict.LevelWarning:
		glyph, role = t.Glyph(theme.GlyphPartial), theme.Warning
	default:
	}
	w.Add(role, text.Fit(glyph, 3))
	if d.Story.ID != 0 {
		w.Add(theme.Accent, text.Fit(d.Link.Ticket.ID.String(), 9))
		w.Add(theme.Text, text.Fit(d.Story.ID.String(), 8))
	}
	offer := p.repairWord(d.Repair, width)
	w.Fill(role, d.Text, text.Width(offer))
	w.Add(theme.Accent, offer)
}

// hitOffers makes the words of repairs do what they say.
func (p *Pane) hitOffers(c *draw.Canvas, r draw.Rect) {
	for y := range r.H {
		i, ok := p.rows.List.IndexAt(y)
		if !ok {
			return
		}
		row, ok := p.rows.Row(i)
		offer := text.Width(p.repairWord(row.Repair, r.W)) - 1
		if !ok || offer <= 0 {
			continue
		}
		at := intent.SelectRow{Part: partLinks, Key: row.RowKey()}
		c.Hit(draw.Region{Rect: draw.Rect{X: r.X + r.W - offer, Y: r.Y + y, W: offer, H: 1}, Row: at, Wheel: partLinks, Click: intent.ActOn{Row: at, ID: actFix}})
	}
}

// roomForOffer is how wide a row must be to name its repair, too: on a narrow
// screen the footer does.
const roomForOffer = 80

// repairWord names a repair at the end of a row, where that is wide enough.
func (p *Pane) repairWord(r linkcheck.Repair, width int) string {
	if width < roomForOffer {
		return ""
	}
	key := p.Keys.Key(keymap.ScopeLinks, actFix)
	switch r {
	case linkcheck.RepairUnlink:
		return " " + key + " unlinks "
	case linkcheck.RepairRelink:
		return " " + key + " relinks "
	case linkcheck.RepairResend:
		return " " + key + " sends again "
	case linkcheck.RepairNone:
	}
	return ""
}
