package integrations

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/command"
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

// partIntegrations is the list of integrations.
const partIntegrations intent.PaneName = "integrations"

// Actions on integrations.
const (
	actEditIntegration   intent.ActionID = "edit-integration"
	actTestIntegration   intent.ActionID = "test-integration"
	actRemoveIntegration intent.ActionID = "remove-integration"
)

// IntegrationActions are those of the list of integrations.
func IntegrationActions() []keymap.Action { return integrationActions().Table() }

func integrationActions() pane.Actions[*Pane] {
	const scope = keymap.ScopeIntegrations
	return pane.Actions[*Pane]{
		pane.On(keymap.Action{ID: intent.ActConnect, Scope: scope, Keys: keymap.Bind("a", "add", "a"), Group: keymap.GroupScreens, Help: "add an integration", Footer: 10},
			(*Pane).add),
		pane.Unless(keymap.Action{ID: actEditIntegration, Scope: scope, Keys: keymap.Bind("enter", "edit", "enter", "e"), Group: keymap.GroupScreens, Help: "edit the integration", Footer: 20},
			(*Pane).noneSelected, (*Pane).edit),
		pane.Unless(keymap.Action{ID: intent.ActSwitchIntegration, Scope: scope, Keys: keymap.Bind("space", "on/off", "space"), Group: keymap.GroupScreens, Help: "turn on (ends a pause) or off", Footer: 30},
			(*Pane).noneSelected, (*Pane).turnOnOrOff),
		pane.Unless(keymap.Action{ID: actTestIntegration, Scope: scope, Keys: keymap.Bind("t", "test", "t"), Group: keymap.GroupScreens, Help: "test the connection", Footer: 40},
			(*Pane).noneSelected, (*Pane).test),
		pane.Unless(keymap.Action{ID: actSignIn, Scope: scope, Keys: keymap.Bind("s", "sign in", "s"), Group: keymap.GroupScreens, Help: "sign in again in the browser", Footer: 45},
			(*Pane).withoutBrowser, func(p *Pane) tea.Cmd { return p.signIn(p.selected().Integration, false) }),
		pane.Unless(keymap.Action{ID: actRemoveIntegration, Scope: scope, Keys: keymap.Bind("x", "remove", "x"), Group: keymap.GroupScreens, Help: "remove the integration", Footer: 50},
			(*Pane).noneSelected, (*Pane).askRemove),
		pane.On(keymap.Action{ID: intent.ActBack, Scope: scope, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupScreens, Help: "back to the board", Footer: 70},
			func(p *Pane) tea.Cmd { return p.Close() }),
	}
}

// doubleClick edits an integration, too. It has no key, so it is not in the table.
func doubleClick() pane.Action[*Pane] {
	return pane.Unless(keymap.Action{ID: intent.ActOpen, Scope: keymap.ScopeIntegrations}, (*Pane).noneSelected, (*Pane).edit)
}

// Pane lists the project's integrations.
type Pane struct {
	*host
	actions pane.Actions[*Pane]
	asked   int
	read    bool
	problem string
	rows    *table.Column[tracker.IntegrationID, integrationRow]
}

// integrationRow is an integration as the list shows it. Its texts are sanitised.
type integrationRow struct {
	tracker.Integration
	name, host, view, paused string
	// title is what the kind is called, and list what of it is read.
	title, list string
	version     uint64
}

// RowKey implements table.Row.
func (r integrationRow) RowKey() tracker.IntegrationID { return r.ID }

// RowVersion implements table.Row.
func (r integrationRow) RowVersion() uint64 { return r.version }

func newIntegrationRow(in tracker.Integration) integrationRow {
	r := integrationRow{
		Integration: in, name: present.Cell(in.Name), host: present.Cell(in.Host), view: present.Cell(in.ViewTitle), paused: present.Cell(in.PausedReason),
		version: uint64(in.Version), //nolint:gosec // only compared
	}
	if r.view == "" {
		r.view = strconv.FormatInt(int64(in.ViewID), 10)
	}
	r.title, r.list = present.Cell(kind.Of(in).Title), "view "+r.view
	if !kind.Of(in).Views {
		r.list = "feed"
	}
	return r
}

// integrationsRead brings a project's integrations.
type integrationsRead struct {
	asked int
	list  []tracker.Integration
	err   error
}

// New makes the screen of the integrations, to be opened with [pane.Body].
func New(c *command.Commands, s UseCases) *Pane {
	return &Pane{
		host: &host{c, s}, actions: append(integrationActions(), doubleClick()),
		rows: table.NewColumn[tracker.IntegrationID, integrationRow](partIntegrations),
	}
}

// Init reads the integrations.
func (p *Pane) Init() tea.Cmd { return p.reload() }

func (p *Pane) reload() tea.Cmd {
	p.asked = p.Next()
	asked, service, project := p.asked, p.Service, p.Project.ID
	return p.Do(func(ctx context.Context) tea.Msg {
		all, err := service.Accounts.Integrations(ctx, project)
		return integrationsRead{asked, all, err}
	})
}

// Working until the list was read.
func (p *Pane) Working() bool { return !p.read && p.problem == "" }

// Update follows what changes.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintIntegrations) {
			return p.reload()
		}
	case integrationsRead:
		if msg.asked == p.asked {
			p.show(msg)
		}
	}
	return nil
}

func (p *Pane) show(msg integrationsRead) {
	p.read, p.problem = true, ""
	if msg.err != nil {
		p.problem = draw.Line(msg.err.Error())
		return
	}
	rows := make([]integrationRow, len(msg.list))
	for i, in := range msg.list {
		rows[i] = newIntegrationRow(in)
	}
	p.rows.Set(rows)
}

// Handle moves in the list and acts on its integrations.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if table.HandleRows(p.rows, in) {
		return nil, true
	}
	return p.actions.Handle(p, in)
}

// selected is the integration that the cursor is on, zero without one.
func (p *Pane) selected() integrationRow {
	row, _ := p.rows.Selected()
	return row
}

func (p *Pane) add() tea.Cmd { return chooseKind(p.host) }

func (p *Pane) edit() tea.Cmd { return p.Open(newForm(p.host, p.selected().Draft()), pane.Body) }

func (p *Pane) test() tea.Cmd {
	return p.Open(newTestPane(p.host, p.selected().Integration), pane.Overlay)
}

// signIn signs an integration in with a browser. Where the tokens have no place
// but the database, it asks for consent and begins anew.
func (p *Pane) signIn(in tracker.Integration, inDatabase bool) tea.Cmd {
	return p.Open(newSignInPane(p.host, in, inDatabase, func(to signedIn, err error) tea.Cmd {
		switch {
		case err == nil:
			return sayIn(p.Host, to)
		case errors.Is(err, errSignInStopped):
			return p.Warn(present.Cell(in.Name) + ": sign-in cancelled")
		case tracker.ReasonOf(err) == tracker.ReasonNeedsConsent && !inDatabase:
			ask := "No keyring is available. Save the tokens unencrypted in the database file?"
			return p.Open(dialog.NewQuestion(p.Host, ask, func() tea.Cmd { return p.signIn(in, true) }), pane.Line)
		}
		return p.Fail(err)
	}), pane.Overlay)
}

// turnOnOrOff turns the selected integration on, or off and says what waits then.
func (p *Pane) turnOnOrOff() tea.Cmd {
	in := p.selected().Integration
	service, name := p.Service, draw.Line(in.Name)
	on := !in.Active || in.PausedReason != ""
	p.Change(func(ctx context.Context) pane.Done {
		if _, err := service.Accounts.SetIntegrationActive(ctx, in.ID, on); err != nil || on {
			return pane.Done{Said: name + " is on", Err: err}
		}
		held, err := service.Outbox.Deliveries(ctx, tracker.DeliveryQuery{
			Integration: in.ID, States: []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliveryUnconfirmed},
		})
		said := name + " is off: no tickets are shown and nothing is sent"
		if n := len(held); n > 0 {
			said = fmt.Sprintf("%s is off: %s until it is turned on again", name, present.Counted(n, "private comment waits", "private comments wait"))
		}
		return pane.Done{Said: said, Err: err}
	})
	return nil
}

func (p *Pane) askRemove() tea.Cmd {
	row := p.selected()
	ask := fmt.Sprintf("Remove %s? Its saved password is deleted. Stories and links stay but send nothing.", row.name)
	return p.Open(dialog.NewQuestion(p.Host, ask, func() tea.Cmd { return p.remove(row.Integration) }), pane.Line)
}

func (p *Pane) remove(in tracker.Integration) tea.Cmd {
	service, name := p.Service, draw.Line(in.Name)
	return command.Settle(p.Commands, "remove "+name, func(ctx context.Context, drop bool) pane.Done {
		return pane.Done{Said: name + " removed", Err: service.Accounts.RemoveIntegration(ctx, in.ID, drop)}
	}, tracker.DeliveryQuery{Integration: in.ID})
}

// Scopes names the list's keys.
func (p *Pane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeIntegrations, keymap.ScopeList, keymap.ScopeGlobal}
}

// Disabled says why an action cannot be done on the selected integration.
func (p *Pane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

func (p *Pane) noneSelected() string {
	if _, ok := p.rows.Selected(); !ok {
		return "there is no integration yet; " + p.Keys.Key(keymap.ScopeIntegrations, intent.ActConnect) + " adds one"
	}
	return ""
}

// withoutBrowser says why nobody can sign in to the selected integration with a
// browser.
func (p *Pane) withoutBrowser() string {
	row, ok := p.rows.Selected()
	if ok && len(kind.Of(row.Integration).Methods) == 0 {
		return row.name + " is not Zendesk: it needs no browser"
	}
	if ok && row.Auth != tracker.AuthOAuth {
		return row.name + " signs in with " + methodName(row.Auth) + ", which needs no browser"
	}
	return p.noneSelected()
}

// Draw shows the list and all about the selected integration.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	in := c.Box(r, draw.Box{Title: "Integrations of " + present.Cell(p.Project.Name)})
	switch {
	case in.Empty():
	case p.problem != "":
		c.Text(in.X+1, in.Y, in.W-2, theme.Danger, p.problem)
	case !p.read:
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, setting.When(p.Slow(), "Reading…"))
	case len(p.rows.All) == 0:
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, "None yet. "+p.Keys.Key(keymap.ScopeIntegrations, intent.ActConnect)+" adds an integration: its tickets appear beside the Backlog.")
	default:
		about := p.about(c.Theme, in.W-2)
		if len(about) > in.H/2 {
			about = about[:in.H/2]
		}
		table.DrawRows(c, draw.Rect{X: in.X, Y: in.Y, W: in.W, H: in.H - len(about)}, p.rows, drawIntegration)
		for i, l := range about {
			c.Put(in.X+1, in.Y+in.H-len(about)+i, in.W-2, l)
		}
	}
}

// about lays out all that the list knows of the selected integration.
func (p *Pane) about(t *theme.Theme, width int) []string {
	row, ok := p.rows.Selected()
	if !ok || width < 1 {
		return nil
	}
	w := document.Writer{Theme: t, Width: width}
	w.Rule(row.name)
	if row.paused != "" {
		w.Paragraph(nil, theme.Danger, "paused: "+row.paused+" ("+p.endsPause(row.PausedCause)+")")
	}
	if !kind.Of(row.Integration).Sends {
		w.Paragraph(nil, theme.Text, draw.JoinFacts(" · ", present.Cell(row.URL), present.Named("links begin with", row.host)))
		w.Paragraph(nil, theme.Muted, draw.JoinFacts(" · ", signsIn(row.Integration), "nothing is sent"))
		return w.Lines
	}
	w.Paragraph(nil, theme.Text, draw.JoinFacts(" · ", present.Cell(row.URL), present.Named("view", row.view)))
	w.Paragraph(nil, theme.Muted, draw.JoinFacts(" · ", signsIn(row.Integration),
		onOff("comments", row.UpdateComments), onOff("state changes", row.UpdateState)))
	return w.Lines
}

// endsPause says which key ends a pause, by its cause.
func (p *Pane) endsPause(cause tracker.PauseCause) string {
	key := func(action intent.ActionID) string { return p.Keys.Key(keymap.ScopeIntegrations, action) }
	switch cause {
	case tracker.PauseSignedOut:
		return key(actSignIn) + " signs in again"
	case tracker.PauseRejected:
		return key(actEditIntegration) + " edits the sign-in"
	case tracker.PauseNoAccount:
		return key(actEditIntegration) + " edits the address"
	case tracker.PauseForbidden:
		return key(intent.ActSwitchIntegration) + " turns it on again once this is fixed"
	case tracker.PausePublic, tracker.PauseUnknown:
	}
	return key(intent.ActSwitchIntegration) + " turns it on again"
}

// signsIn says who signs in, and how.
func signsIn(in tracker.Integration) string {
	if in.Auth == "" {
		return "reads without a sign-in"
	}
	if in.Email == "" {
		return "signs in with " + methodName(in.Auth)
	}
	return "signs in as " + present.Cell(in.Email) + " with " + methodName(in.Auth)
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
		w.Add(theme.Muted, text.Fit(r.title, 9))
	}
	w.Add(theme.Text, text.Fit(r.host, total/4)+" ")
	if total >= wide {
		w.Add(theme.Muted, text.Fit(r.list, total/4)+" ")
	}
	w.Fill(role, state, 0)
}
