package ui

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// partIntegrations is the list of integrations.
const partIntegrations paneName = "integrations"

// Actions on integrations.
const (
	actEditIntegration   actionID = "edit-integration"
	actSwitchIntegration actionID = "switch-integration"
	actTestIntegration   actionID = "test-integration"
	actRemoveIntegration actionID = "remove-integration"
)

// integrationActions are those of the list of integrations.
func integrationActions() []action {
	return []action{
		{id: actConnect, scope: scopeIntegrations, keys: bind("a", "add", "a"), group: groupScreens, help: "add a Zendesk integration", footer: 10},
		{id: actEditIntegration, scope: scopeIntegrations, keys: bind("enter", "edit", "enter", "e"), group: groupScreens, help: "edit the integration", footer: 20},
		{id: actSwitchIntegration, scope: scopeIntegrations, keys: bind("space", "on/off", "space"), group: groupScreens, help: "turn on (ends a pause) or off", footer: 30},
		{id: actTestIntegration, scope: scopeIntegrations, keys: bind("t", "test", "t"), group: groupScreens, help: "test the connection", footer: 40},
		{id: actSignIn, scope: scopeIntegrations, keys: bind("s", "sign in", "s"), group: groupScreens, help: "sign in again in the browser", footer: 45},
		{id: actRemoveIntegration, scope: scopeIntegrations, keys: bind("x", "remove", "x"), group: groupScreens, help: "remove the integration", footer: 50},
		{id: actBack, scope: scopeIntegrations, keys: bind("esc", "back", "esc"), group: groupScreens, help: "back to the board", footer: 70},
	}
}

// integrationsPane lists the project's integrations.
type integrationsPane struct {
	*shell
	asked   int
	read    bool
	problem string
	rows    *column[tracker.IntegrationID, integrationRow]
}

// integrationRow is an integration as the list shows it. Its texts are sanitised.
type integrationRow struct {
	tracker.Integration
	name, host, view, paused string
	version                  uint64
}

func (r integrationRow) rowKey() tracker.IntegrationID { return r.ID }
func (r integrationRow) rowVersion() uint64            { return r.version }

func newIntegrationRow(in tracker.Integration) integrationRow {
	r := integrationRow{
		Integration: in, name: cell(in.Name), host: cell(in.Host), view: cell(in.ViewTitle), paused: cell(in.PausedReason),
		version: uint64(in.Version), //nolint:gosec // only compared
	}
	if r.view == "" {
		r.view = strconv.FormatInt(int64(in.ViewID), 10)
	}
	return r
}

// integrationsRead brings a project's integrations.
type integrationsRead struct {
	asked int
	list  []tracker.Integration
	err   error
}

func newIntegrationsPane(s *shell) *integrationsPane {
	return &integrationsPane{shell: s, rows: newColumn[tracker.IntegrationID, integrationRow](partIntegrations)}
}

// Init reads the integrations.
func (p *integrationsPane) Init() tea.Cmd { return p.reload() }

func (p *integrationsPane) reload() tea.Cmd {
	p.asked = p.next()
	asked, service, project := p.asked, p.service, p.project.ID
	return p.do(func(ctx context.Context) tea.Msg {
		all, err := service.Accounts.Integrations(ctx, project)
		return integrationsRead{asked, all, err}
	})
}

// Working until the list was read.
func (p *integrationsPane) Working() bool { return !p.read && p.problem == "" }

// Update follows what changes.
func (p *integrationsPane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case changed:
		if msg.hint.Has(tracker.HintIntegrations) {
			return p.reload()
		}
	case integrationsRead:
		if msg.asked == p.asked {
			p.show(msg)
		}
	}
	return nil
}

func (p *integrationsPane) show(msg integrationsRead) {
	p.read, p.problem = true, ""
	if msg.err != nil {
		p.problem = line(msg.err.Error())
		return
	}
	rows := make([]integrationRow, len(msg.list))
	for i, in := range msg.list {
		rows[i] = newIntegrationRow(in)
	}
	p.rows.set(rows)
}

// Handle moves in the list and acts on its integrations.
func (p *integrationsPane) Handle(in intent) (tea.Cmd, bool) {
	if handleRows(p.rows, in) {
		return nil, true
	}
	do, ok := in.(act)
	if !ok {
		return nil, false
	}
	row, _ := p.rows.selected()
	switch do.id {
	case actConnect:
		return p.open(newIntegrationForm(p.shell, p.newIntegration()), placeBody), true
	case actEditIntegration, actOpen:
		return p.open(newIntegrationForm(p.shell, row.Draft()), placeBody), true
	case actSwitchIntegration:
		return p.switchOver(row.Integration), true
	case actTestIntegration:
		return p.open(newTestPane(p.shell, row.Integration), placeOverlay), true
	case actSignIn:
		return p.signIn(row.Integration, false), true
	case actRemoveIntegration:
		ask := fmt.Sprintf("Remove %s? Its saved password is deleted. Stories and links stay but send nothing.", row.name)
		return p.open(newQuestion(p.shell, ask, func() tea.Cmd { return p.remove(row.Integration) }), placeLine), true
	case actBack:
		return p.close(), true
	default:
		return nil, false
	}
}

// signIn signs an integration in with a browser. Where the tokens have no place
// but the database, it asks for consent and begins anew.
func (p *integrationsPane) signIn(in tracker.Integration, inDatabase bool) tea.Cmd {
	return p.open(newSignInPane(p.shell, in, inDatabase, func(to signedIn, err error) tea.Cmd {
		switch {
		case err == nil:
			return p.sayIn(to)
		case errors.Is(err, errSignInStopped):
			return p.warn(cell(in.Name) + ": sign-in cancelled")
		case fieldOf(err) == fieldConsent && !inDatabase:
			ask := "No keyring is available. Save the tokens unencrypted in the database file?"
			return p.open(newQuestion(p.shell, ask, func() tea.Cmd { return p.signIn(in, true) }), placeLine)
		}
		return p.fail(err)
	}), placeOverlay)
}

// switchOver switches an integration on or off. What waits then is said.
func (p *integrationsPane) switchOver(in tracker.Integration) tea.Cmd {
	service, name := p.service, line(in.Name)
	on := !in.Active || in.PausedReason != ""
	return p.change(func(ctx context.Context) done {
		if _, err := service.Accounts.SetIntegrationActive(ctx, in.ID, on); err != nil || on {
			return done{said: name + " is on", err: err}
		}
		held, err := service.Outbox.Deliveries(ctx, tracker.DeliveryQuery{
			Integration: in.ID, States: []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliveryUnconfirmed},
		})
		said := name + " is off: no tickets are shown and nothing is sent"
		if n := len(held); n > 0 {
			said = fmt.Sprintf("%s is off: %s until it is turned on again", name, notesWait(n))
		}
		return done{said: said, err: err}
	})
}

func notesWait(n int) string {
	if n == 1 {
		return "1 private comment waits"
	}
	return fmt.Sprintf("%d private comments wait", n)
}

func (p *integrationsPane) remove(in tracker.Integration) tea.Cmd {
	service, name := p.service, line(in.Name)
	return p.settle("remove "+name, func(ctx context.Context, drop bool) done {
		return done{said: name + " removed", err: service.Accounts.RemoveIntegration(ctx, in.ID, drop)}
	}, tracker.DeliveryQuery{Integration: in.ID})
}

// Scopes names the list's keys.
func (p *integrationsPane) Scopes() []scope {
	return []scope{scopeIntegrations, scopeList, scopeGlobal}
}

// Disabled says why an action cannot be done on the selected integration.
func (p *integrationsPane) Disabled(id actionID) string {
	switch id {
	case actOpen, actEditIntegration, actSwitchIntegration, actTestIntegration, actSignIn, actRemoveIntegration:
		row, ok := p.rows.selected()
		if !ok {
			return "there is no integration yet; " + p.keys.key(scopeIntegrations, actConnect) + " adds one"
		}
		if id == actSignIn && row.Auth != tracker.AuthOAuth {
			return row.name + " signs in with " + methodName(row.Auth) + ", which needs no browser"
		}
	default:
	}
	return ""
}

// Draw shows the list and all about the selected integration.
func (p *integrationsPane) Draw(c *canvas, r rect) {
	c.fill(r)
	in := c.box(r, box{title: "Integrations of " + cell(p.project.Name)})
	switch {
	case in.empty():
	case p.problem != "":
		c.text(in.x+1, in.y, in.w-2, theme.Danger, p.problem)
	case !p.read:
		c.text(in.x+1, in.y, in.w-2, theme.Muted, when(p.slow(), "Reading…"))
	case len(p.rows.all) == 0:
		c.text(in.x+1, in.y, in.w-2, theme.Muted, "None yet. "+p.keys.key(scopeIntegrations, actConnect)+" adds a Zendesk integration: its tickets appear beside the Backlog.")
	default:
		about := p.about(c.theme, in.w-2)
		if len(about) > in.h/2 {
			about = about[:in.h/2]
		}
		drawRows(c, rect{in.x, in.y, in.w, in.h - len(about)}, p.rows, drawIntegration)
		for i, l := range about {
			c.put(in.x+1, in.y+in.h-len(about)+i, in.w-2, l)
		}
	}
}

// about lays out all that the list knows of the selected integration.
func (p *integrationsPane) about(t *theme.Theme, width int) []string {
	row, ok := p.rows.selected()
	if !ok || width < 1 {
		return nil
	}
	w := docWriter{theme: t, width: width}
	w.rule(row.name)
	if row.paused != "" {
		w.paragraph(nil, theme.Danger, "paused: "+row.paused)
	}
	w.paragraph(nil, theme.Text, joinFacts(" · ", cell(row.URL), named("view", row.view)))
	w.paragraph(nil, theme.Muted, joinFacts(" · ", signsIn(row.Integration),
		onOff("comments", row.UpdateComments), onOff("state changes", row.UpdateState)))
	return w.lines
}

// signsIn says who signs in, and how.
func signsIn(in tracker.Integration) string {
	if in.Email == "" {
		return "signs in with " + methodName(in.Auth)
	}
	return "signs in as " + cell(in.Email) + " with " + methodName(in.Auth)
}

func onOff(what string, on bool) string {
	if on {
		return what + " are sent as private comments"
	}
	return what + " are not sent"
}

func drawIntegration(w *theme.RowWriter, t *theme.Theme, r integrationRow) {
	const wide = 100
	mark, role, state := t.Glyph(theme.GlyphDelivered), theme.Success, "on"
	switch {
	case !r.Active:
		mark, role, state = t.Glyph(theme.GlyphDash), theme.Muted, "off"
	case r.paused != "":
		mark, role, state = t.Glyph(theme.GlyphParked), theme.Danger, "paused: "+r.paused
	}
	total := w.Left()
	w.Add(role, text.Fit(mark, 3))
	w.Add(theme.Text, text.Fit(r.name, total/5)+" ")
	if total >= wide {
		w.Add(theme.Muted, text.Fit("Zendesk", 9))
	}
	w.Add(theme.Text, text.Fit(r.host, total/4)+" ")
	if total >= wide {
		w.Add(theme.Muted, text.Fit("view "+r.view, total/4)+" ")
	}
	w.Fill(role, state, 0)
}
