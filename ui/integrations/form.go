package integrations

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// FormActions are those of forms.
func FormActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActTest, Scope: keymap.ScopeTest, Keys: keymap.Bind("ctrl+t", "test", "ctrl+t"), Group: keymap.GroupText, Help: "test the connection", Footer: 1},
		{ID: intent.ActViews, Scope: keymap.ScopeTest, Keys: keymap.Bind("ctrl+l", "views", "ctrl+l"), Group: keymap.GroupText, Help: "choose a view from a list", Footer: 80},
		{ID: intent.ActSave, Scope: keymap.ScopeForm, Keys: keymap.Bind("ctrl+s", "save", "ctrl+s"), Group: keymap.GroupText, Help: "save", Footer: 2},
		{ID: intent.ActBack, Scope: keymap.ScopeForm, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupText, Help: "stop the test, or close the form", Footer: 70},
	}
}

// Form edits an integration, or a new one while the draft has no id.
// What was typed is kept until it is saved or thrown away, all but the secret.
type Form struct {
	*pane.Host
	// saved is the integration as it was when the form was opened.
	saved tracker.IntegrationDraft
	// form is nil until the projects to choose from are known.
	form   *form.Form
	trial  trial
	saving bool
	// asked is the generation of the last question for views.
	asked int
	// keyring is true when the system keeps secrets, which needs no consent.
	keyring bool
	// others are the integrations there are, whose sign-in may be used again.
	others []tracker.Integration
	draft  dialog.Draft
	// restored is true while the form shows what was typed last time.
	restored bool
	// resolved is the account's own address, which was looked up for an address
	// as it was typed.
	resolved struct{ typed, url, host string }
	// given is true when what was typed need not be kept: saved, or thrown away.
	given bool
}

// formRead brings what a form needs to be drawn.
type formRead struct {
	key      string
	projects []tracker.Project
	others   []tracker.Integration
	// keyring is true when the system keeps secrets, which needs no consent.
	keyring bool
	// place is where the secret is that is saved already.
	place tracker.SecretPlace
	// kept is what was typed last time and not saved, empty when nothing was.
	kept string
	err  error
}

// NewForm makes the form of an integration, of a new one while the draft has no
// id, to be opened with [pane.Body].
func NewForm(s *pane.Host, d tracker.IntegrationDraft) *Form {
	p := &Form{Host: s, saved: d}
	p.draft = dialog.Draft{Host: s, Key: p.key()}
	return p
}

// key names the draft of what was typed.
func (p *Form) key() string {
	if p.saved.ID == 0 {
		return fmt.Sprintf("integration/new/%d", p.saved.ProjectID)
	}
	return fmt.Sprintf("integration/%d", p.saved.ID)
}

// Init reads the projects and what was typed last time.
func (p *Form) Init() tea.Cmd {
	key, service, id := p.key(), p.Service, p.saved.ID
	// A form that was left a moment ago may not be saved yet.
	unsaved, leaving := p.Unread(key)
	return p.Do(func(ctx context.Context) tea.Msg {
		read := formRead{key: key, keyring: service.Accounts.HasKeyring(ctx)}
		if read.projects, read.err = service.Projects.Projects(ctx); leaving {
			read.kept = unsaved
		} else if read.err == nil {
			read.kept, read.err = service.Settings.Draft(ctx, key)
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

// Working while the form is read, saved or tested.
func (p *Form) Working() bool { return p.form == nil || p.saving || p.trial.running }

// Focus gives a field the focus and reports whether it could. name is
// one of those that [present.FieldOf] returns.
func (p *Form) Focus(name string) bool { return p.form != nil && p.form.Focus(name) }

// Focused returns the name of the field that has the focus, empty without one.
func (p *Form) Focused() string {
	if p.form == nil {
		return ""
	}
	return p.form.Focused()
}

// Update takes keys, and what saving and testing report.
func (p *Form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case formRead:
		if msg.key == p.key() && p.form == nil {
			return p.build(msg)
		}
	case dialog.DraftDue:
		if p.draft.Fell(msg) {
			return p.keep()
		}
	case trialStep:
		cmd := p.trial.take(msg)
		if url := p.trial.url(); url != "" && msg.run == p.trial.run {
			p.resolved.typed, p.resolved.url = p.trial.typed, url
			p.explain()
		}
		if p.trial.problem != "" && msg.over && msg.run == p.trial.run && p.form.SetError(p.trial.field, p.trial.problem) {
			p.form.Focus(p.trial.field)
		}
		return cmd
	case viewsRead:
		return p.chooseView(msg)
	case accountRead:
		p.foundAccount(msg)
	case pane.Done:
		if msg.Draft == p.key() {
			return p.finished(msg)
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		if p.form != nil && p.Top() == pane.Pane(p) {
			return p.typed(msg)
		}
	}
	return nil
}

// typed gives a key or a paste to the form. What was typed into a field is
// looked at when the field is left.
func (p *Form) typed(msg tea.Msg) tea.Cmd {
	before := p.form.Focused()
	cmd := p.form.Update(msg)
	_, key := msg.(tea.KeyPressMsg)
	if !key || p.form.Focused() != before {
		p.understand()
	}
	if p.form.Focused() != before {
		p.check(before)
	}
	p.explain()
	if before == present.FieldURL && p.form.Focused() != before {
		cmd = tea.Batch(cmd, p.findAccount())
	}
	return tea.Batch(cmd, p.draft.Typed())
}

// click gives a click to the form. A field that it leaves is looked at, as
// when keys leave it.
func (p *Form) click(at intent.ClickAt) tea.Cmd {
	before := p.form.Focused()
	p.form.Click(at.X, at.Y)
	if p.form.Focused() != before {
		p.understand()
		p.check(before)
	}
	p.explain()
	if before == present.FieldURL && p.form.Focused() != before {
		return tea.Batch(p.draft.Typed(), p.findAccount())
	}
	return p.draft.Typed()
}

// build makes the form, with what was typed last time where something was.
func (p *Form) build(read formRead) tea.Cmd {
	if read.err != nil {
		return tea.Batch(p.Close(), p.Fail(read.err))
	}
	p.keyring, p.others, p.draft.Read, p.draft.Kept = read.keyring, read.others, true, read.kept
	p.saved.SecretInDatabase = p.saved.SecretInDatabase || read.place == tracker.InDatabase
	p.form = form.New(integrationFields(p.saved, read.projects)...)
	p.form.SetHelp(present.FieldView, "A view ID or URL. "+p.Keys.Key(keymap.ScopeTest, intent.ActViews)+" lists the views.")
	kept, err := dialog.Unpacked(read.kept)
	for name, value := range kept {
		p.form.SetValue(name, value)
	}
	p.form.SetHidden(present.FieldConsent, p.keyring && p.form.Value(present.FieldConsent) == form.Off)
	p.explain()
	switch p.restored = len(kept) > 0; {
	case err != nil:
		return p.Fail(err)
	case p.restored:
		return p.Say("Draft restored; enter the password again")
	}
	return nil
}

// Handle saves, tests and leaves.
func (p *Form) Handle(in intent.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case intent.ClickAt:
		if p.form != nil {
			return p.click(in), true
		}
		return nil, true
	case intent.Act:
		return p.act(in.ID)
	}
	return nil, false
}

func (p *Form) act(id intent.ActionID) (tea.Cmd, bool) {
	switch id {
	case intent.ActTest:
		p.form.ClearErrors()
		return startTrial(p.Host, &p.trial, p.Filled()), true
	case intent.ActViews:
		return p.askViews(), true
	case intent.ActSave:
		return p.save(), true
	case intent.ActBack:
		return p.leave(), true
	default:
		return nil, false
	}
}

// save checks every field and saves the integration.
func (p *Form) save() tea.Cmd {
	d := p.Filled()
	p.form.ClearErrors()
	if _, problems := p.Service.Accounts.CheckIntegration(d); len(problems) > 0 {
		p.showProblems(problems)
		return p.Refuse("Fix the fields in red, then save")
	}
	p.saving = true
	key, service, said := p.key(), p.Service, fmt.Sprintf("%s saved", present.Cell(d.Name))
	return p.Change(func(ctx context.Context) pane.Done {
		in, out, err := saveIntegration(ctx, service, d)
		if err != nil {
			return pane.Done{Err: err, Draft: key}
		}
		saved := pane.Done{Said: said, Err: service.Settings.SaveDraft(ctx, key, ""), Draft: key}
		if out {
			saved.What = signedOut{in}
		}
		return saved
	})
}

// signedOut is an integration that was saved and is not signed in yet.
type signedOut struct{ integration tracker.Integration }

// saveIntegration adds or edits an integration, and tells whether somebody has
// to sign in before it can be used.
func saveIntegration(ctx context.Context, service *engine.Engine, d tracker.IntegrationDraft) (in tracker.Integration, out bool, err error) {
	save := service.Accounts.EditIntegration
	if d.ID == 0 {
		save = service.Accounts.AddIntegration
	}
	if in, err = save(ctx, d); err != nil || in.Auth != tracker.AuthOAuth {
		return in, false, err
	}
	place, err := service.Accounts.SecretPlace(ctx, in.ID)
	return in, place == tracker.InNoPlace, err
}

// finished closes the form or goes on to signing in, or shows under the field
// what was wrong.
func (p *Form) finished(msg pane.Done) tea.Cmd {
	p.saving = false
	if out, ok := msg.What.(signedOut); ok && msg.Err == nil {
		return p.signIn(out.integration)
	}
	if msg.Err == nil {
		p.given = true
		if p.Top() == pane.Pane(p) {
			return p.Close()
		}
		return nil
	}
	p.showError(msg.Err)
	return nil
}

// showError shows under its field what was wrong; false when no field mends it.
func (p *Form) showError(err error) bool {
	p.trial.explain(p.Next(), "Problem", err)
	field := present.FieldOf(err)
	if tracker.ReasonOf(err) == tracker.ReasonNeedsConsent {
		// The keyring that was there refused.
		p.form.SetHidden(present.FieldConsent, false)
	}
	return p.form.SetError(field, draw.Line(err.Error())) && p.form.Focus(field)
}

// signIn goes on from an integration that was saved to signing it in. When that
// fails, the form is there to mend what was wrong.
func (p *Form) signIn(in tracker.Integration) tea.Cmd {
	inDatabase := p.Filled().SecretInDatabase
	p.saved, p.restored = in.Draft(), false
	p.form.Saved()
	p.draft.Key, p.draft.Kept = p.key(), ""
	if p.Top() != pane.Pane(p) {
		return nil
	}
	return p.Open(newSignInPane(p.Host, in, inDatabase, func(to signedIn, err error) tea.Cmd {
		switch {
		case err == nil:
			p.given = true
			return tea.Batch(p.CloseTo(1), sayIn(p.Host, to))
		case errors.Is(err, errSignInStopped):
			return p.Warn(present.Cell(in.Name) + " is saved, but not signed in; " + p.Keys.Key(keymap.ScopeForm, intent.ActSave) + " tries again")
		case p.showError(err):
			return nil
		}
		return p.Fail(err)
	}), pane.Overlay)
}

// leave stops a test under way; else it goes back. Unsaved changes are discarded
// or kept as a draft, as the user says; secrets are not part of a draft.
func (p *Form) leave() tea.Cmd {
	switch {
	case p.trial.running:
		p.trial.cancel()
		return nil
	case p.form == nil || !p.form.Dirty():
		return p.Close()
	}
	said := "Draft saved"
	if p.form.Value(present.FieldPassword) != "" {
		said = "Draft saved without the password; enter it again next time"
	}
	return dialog.AskDiscard(p.Host, said, func() tea.Cmd {
		p.given = true
		return tea.Batch(p.Close(), p.draft.Keep(""))
	}, p.Close)
}

// Closed keeps what was typed and ends a test under way.
func (p *Form) Closed() tea.Cmd {
	p.trial.cancel()
	return p.keep()
}

// keep saves what was typed, all but the secret.
func (p *Form) keep() tea.Cmd {
	if p.form == nil || p.given || p.saving {
		return nil
	}
	return p.draft.Keep(dialog.Packed(p.form.Unsaved()))
}

// Scopes has no letters: they are text.
func (p *Form) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeTest, keymap.ScopeForm}
}

// Disabled says why the form cannot be saved or tested now.
func (p *Form) Disabled(id intent.ActionID) string {
	switch {
	case id != intent.ActSave && id != intent.ActTest && id != intent.ActViews:
		return ""
	case p.form == nil:
		return "the form is still loading"
	case p.saving:
		return "saving…"
	}
	return ""
}
