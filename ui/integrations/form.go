package integrations

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// actViews lists the account's views.
const actViews intent.ActionID = "views"

// FormActions are those of the form.
func FormActions() []keymap.Action { return formActions().Table() }

func formActions() pane.Actions[*Form] {
	return pane.Actions[*Form]{
		pane.Unless(keymap.Action{ID: "test", Scope: keymap.ScopeTest, Keys: keymap.Bind("ctrl+t", "test", "ctrl+t"), Group: keymap.GroupText, Help: "test the connection", Footer: 1},
			(*Form).notReady, (*Form).testConnection),
		pane.Unless(keymap.Action{ID: actViews, Scope: keymap.ScopeTest, Keys: keymap.Bind("ctrl+l", "views", "ctrl+l"), Group: keymap.GroupText, Help: "choose a view from a list", Footer: 80},
			(*Form).noViews, (*Form).askViews),
		pane.Unless(keymap.Action{ID: intent.ActSave, Scope: keymap.ScopeForm, Keys: keymap.Bind("ctrl+s", "save", "ctrl+s"), Group: keymap.GroupText, Help: "save", Footer: 2},
			(*Form).notReady, (*Form).save),
		pane.On(keymap.Action{ID: intent.ActBack, Scope: keymap.ScopeForm, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupText, Help: "stop the test, or close the form", Footer: 70},
			(*Form).leave),
	}
}

// Form edits an integration, or a new one while the draft has no id.
// What was typed is a draft until it is saved or discarded, all but the secret.
type Form struct {
	*host
	actions pane.Actions[*Form]
	fields  fields
	test    connectionTest
	views   viewChoice
	unsaved unsaved
	saving  bool
}

// formRead brings what a form needs to be drawn.
type formRead struct {
	key      string
	projects []tracker.Project
	others   []tracker.Integration
	// keyring is true when the system has a keyring, which needs no consent.
	keyring bool
	// place is where the secret is that is saved already.
	place tracker.SecretPlace
	// typed is what was typed last time and not saved, empty when nothing was.
	typed string
	err   error
}

// NewForm makes the form of an integration, of a new one while the draft has no
// id, to be opened with [pane.Body].
func NewForm(c *command.Commands, s UseCases, d tracker.IntegrationDraft) *Form {
	return newForm(&host{c, s}, d)
}

func newForm(h *host, d tracker.IntegrationDraft) *Form {
	return &Form{
		host: h, actions: formActions(), fields: fields{checks: h.Service.Accounts, saved: d}, views: viewChoice{host: h},
		unsaved: unsaved{Draft: dialog.Draft{Host: h.Host, Key: draftKey(d)}},
	}
}

// Init reads the projects and what was typed last time.
func (p *Form) Init() tea.Cmd {
	key, service, settings, id := p.unsaved.Key, p.Service, p.Settings, p.fields.saved.ID
	// A form that was left a moment ago may not be saved yet.
	typed, leaving := p.UnsavedText(key)
	return p.Do(func(ctx context.Context) tea.Msg {
		read := formRead{key: key, keyring: service.Accounts.HasKeyring(ctx)}
		if read.projects, read.err = service.Projects.Projects(ctx); leaving {
			read.typed = typed
		} else if read.err == nil {
			read.typed, read.err = settings.Draft(ctx, key)
		}
		if read.err == nil {
			read.others, read.err = service.Accounts.Integrations(ctx, 0)
		}
		if read.err == nil && id != 0 {
			read.place, read.err = service.Accounts.SecretPlace(ctx, id)
		}
		return read
	})
}

// loading reports whether what the form offers has not been read.
func (p *Form) loading() bool { return p.fields.Form == nil }

// Working while the form is read, saved or tested.
func (p *Form) Working() bool { return p.loading() || p.saving || p.test.running }

// Focus gives a field the focus and reports whether it could. name is
// one of those that [present.FieldOf] returns.
func (p *Form) Focus(name string) bool { return !p.loading() && p.fields.Focus(name) }

// Focused returns the name of the field that has the focus, empty without one.
func (p *Form) Focused() string {
	if p.loading() {
		return ""
	}
	return p.fields.Focused()
}

// Filled is the integration as the form has it.
func (p *Form) Filled() tracker.IntegrationDraft { return p.fields.draft() }

// Update takes keys, and what saving and testing report.
func (p *Form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case formRead:
		if msg.key == p.unsaved.Key && p.loading() {
			return p.build(msg)
		}
	case dialog.DraftDue:
		if p.unsaved.IsDue(msg) {
			p.keep()
		}
	case testStep:
		return p.tested(msg)
	case viewsRead:
		return p.chooseView(msg)
	case accountRead:
		p.foundAccount(msg)
	case pane.Done:
		if msg.Draft == p.unsaved.Key {
			return p.finished(msg)
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		if !p.loading() && p.Top() == pane.Pane(p) {
			return p.typed(msg)
		}
	}
	return nil
}

// typed gives a key or a paste to the form. What was typed into a field is
// looked at when the field is left.
func (p *Form) typed(msg tea.Msg) tea.Cmd {
	before := p.fields.Focused()
	cmd := p.fields.Update(msg)
	if _, key := msg.(tea.KeyPressMsg); !key {
		p.fields.understand()
	}
	return tea.Batch(cmd, p.changed(before))
}

// click gives a click to the form.
func (p *Form) click(at intent.ClickAt) tea.Cmd {
	if p.loading() {
		return nil
	}
	before := p.fields.Focused()
	p.fields.Click(at.X, at.Y)
	return p.changed(before)
}

// changed follows what was typed or clicked while a field had the focus.
func (p *Form) changed(before string) tea.Cmd {
	left := p.fields.Focused() != before
	if left {
		p.fields.left(before)
	}
	p.fields.explain()
	if left && before == present.FieldURL {
		return tea.Batch(p.findAccount(), p.unsaved.Typed())
	}
	return p.unsaved.Typed()
}

// build makes the form, with what was typed last time where something was.
func (p *Form) build(read formRead) tea.Cmd {
	if read.err != nil {
		return tea.Batch(p.Close(), p.Fail(read.err))
	}
	f := &p.fields
	f.others = read.others
	f.saved.SecretInDatabase = f.saved.SecretInDatabase || read.place == tracker.InDatabase
	list := integrationFields(f.saved, read.projects)
	if f.team = p.Service.Accounts.InTeam(); f.team {
		list = shared(list)
	}
	f.Form = form.New(list...)
	f.SetHelp(present.FieldView, "A view ID or URL. "+p.Keys.Key(keymap.ScopeTest, actViews)+" lists the views.")
	err := p.unsaved.restore(f.Form, read.typed)
	f.SetHidden(present.FieldConsent, !f.team && read.keyring && f.Value(present.FieldConsent) == form.Off)
	f.explain()
	switch {
	case err != nil:
		return p.Fail(err)
	case p.unsaved.restored:
		return p.Say("Draft restored; enter the password again")
	}
	return nil
}

// Handle saves, tests and leaves.
func (p *Form) Handle(in intent.Intent) (tea.Cmd, bool) {
	if at, ok := in.(intent.ClickAt); ok {
		return p.click(at), true
	}
	return p.actions.Handle(p, in)
}

// testConnection tests what was typed, in place of an earlier test.
func (p *Form) testConnection() tea.Cmd {
	p.fields.ClearErrors()
	return p.test.start(p.host, p.fields.draft())
}

// tested takes a step of the test, and shows under its field what was wrong.
func (p *Form) tested(step testStep) tea.Cmd {
	cmd := p.test.take(step)
	if step.run != p.test.run {
		return cmd
	}
	if url := p.test.url(); url != "" {
		p.fields.resolve(account{typed: p.test.typed, url: url})
	}
	if p.test.problem != "" && step.over && p.fields.SetError(p.test.field, p.test.problem) {
		p.fields.Focus(p.test.field)
	}
	return cmd
}

// accountRead brings the account that an address leads to.
type accountRead struct {
	key string
	account
	err error
}

// findAccount looks up the account that the address leads to, once the field is
// left. Only an address that is mapped to an account takes a request.
func (p *Form) findAccount() tea.Cmd {
	typed, ok := p.fields.unresolved()
	if !ok {
		return nil
	}
	key, service := p.unsaved.Key, p.Service
	return p.Do(func(ctx context.Context) tea.Msg {
		ctx, stop := context.WithTimeout(ctx, testTimeout)
		defer stop()
		url, host, err := service.Accounts.AccountAddress(ctx, typed)
		return accountRead{key, account{typed, draw.Line(url), host}, err}
	})
}

// foundAccount shows the account, or why there is none, unless the address is another by now.
func (p *Form) foundAccount(msg accountRead) {
	switch {
	case msg.key != p.unsaved.Key || p.loading() || p.fields.Value(present.FieldURL) != msg.typed:
	case msg.err != nil:
		p.fields.SetError(present.FieldURL, draw.Line(msg.err.Error()))
	default:
		p.fields.resolve(msg.account)
	}
}

// askViews reads the views that the user filled in can see.
func (p *Form) askViews() tea.Cmd {
	p.fields.ClearErrors()
	return p.views.ask(p.fields.draft())
}

// chooseView offers the views that were read, and fills in the one chosen.
func (p *Form) chooseView(msg viewsRead) tea.Cmd {
	switch {
	case msg.run != p.views.run || p.Top() != pane.Pane(p):
		return nil
	case msg.err != nil && p.showError(msg.err):
		return nil
	case msg.err != nil:
		return p.Fail(msg.err)
	}
	now, _ := p.fields.checks.CheckIntegration(p.fields.draft())
	return p.views.offer(msg.views, now.ViewID, func(id tracker.ViewID) tea.Cmd {
		p.fields.SetValue(present.FieldView, strconv.FormatInt(int64(id), 10))
		p.fields.Focus(present.FieldView)
		p.fields.explain()
		return p.unsaved.Typed()
	})
}

// Scopes has no letters: they are text.
func (p *Form) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeTest, keymap.ScopeForm}
}

// Disabled says why an action cannot be done now.
func (p *Form) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

// noViews says why no view can be chosen now.
func (p *Form) noViews() string {
	if !kind.Named(p.fields.saved.Kind).Views {
		return "a feed has no views"
	}
	return p.notReady()
}

// notReady says why the form cannot be saved or tested now.
func (p *Form) notReady() string {
	switch {
	case p.loading():
		return "the form is still loading"
	case p.saving:
		return "saving…"
	}
	return ""
}
