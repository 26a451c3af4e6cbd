package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// formActions are those of forms.
func formActions() []keymap.Action {
	return slices.Concat(editActions(), pickerActions(), []keymap.Action{
		{ID: intent.ActTest, Scope: keymap.ScopeTest, Keys: keymap.Bind("ctrl+t", "test", "ctrl+t"), Group: keymap.GroupText, Help: "test the connection", Footer: 1},
		{ID: intent.ActViews, Scope: keymap.ScopeTest, Keys: keymap.Bind("ctrl+l", "views", "ctrl+l"), Group: keymap.GroupText, Help: "choose a view from a list", Footer: 80},
		{ID: intent.ActSave, Scope: keymap.ScopeForm, Keys: keymap.Bind("ctrl+s", "save", "ctrl+s"), Group: keymap.GroupText, Help: "save", Footer: 2},
		{ID: intent.ActBack, Scope: keymap.ScopeForm, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupText, Help: "stop the test, or close the form", Footer: 70},
	})
}

// integrationForm edits an integration, or a new one while the draft has no id.
// What was typed is kept until it is saved or thrown away, all but the secret.
type integrationForm struct {
	*shell
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
	draft  draft
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

func newIntegrationForm(s *shell, d tracker.IntegrationDraft) *integrationForm {
	p := &integrationForm{shell: s, saved: d}
	p.draft = draft{shell: s, key: p.key()}
	return p
}

// key names the draft of what was typed.
func (p *integrationForm) key() string {
	if p.saved.ID == 0 {
		return fmt.Sprintf("integration/new/%d", p.saved.ProjectID)
	}
	return fmt.Sprintf("integration/%d", p.saved.ID)
}

// Init reads the projects and what was typed last time.
func (p *integrationForm) Init() tea.Cmd {
	key, service, id := p.key(), p.service, p.saved.ID
	// A form that was left a moment ago may not be saved yet.
	unsaved, leaving := p.unread(key)
	return p.do(func(ctx context.Context) tea.Msg {
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
func (p *integrationForm) Working() bool { return p.form == nil || p.saving || p.trial.running }

// Update takes keys, and what saving and testing report.
func (p *integrationForm) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case formRead:
		if msg.key == p.key() && p.form == nil {
			return p.build(msg)
		}
	case draftDue:
		if p.draft.fell(msg) {
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
	case done:
		if msg.draft == p.key() {
			return p.finished(msg)
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		if p.form != nil && p.top() == pane(p) {
			return p.typed(msg)
		}
	}
	return nil
}

// typed gives a key or a paste to the form. What was typed into a field is
// looked at when the field is left.
func (p *integrationForm) typed(msg tea.Msg) tea.Cmd {
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
	return tea.Batch(cmd, p.draft.typed())
}

// click gives a click to the form. A field that it leaves is looked at, as
// when keys leave it.
func (p *integrationForm) click(at intent.ClickAt) tea.Cmd {
	before := p.form.Focused()
	p.form.Click(at.X, at.Y)
	if p.form.Focused() != before {
		p.understand()
		p.check(before)
	}
	p.explain()
	if before == present.FieldURL && p.form.Focused() != before {
		return tea.Batch(p.draft.typed(), p.findAccount())
	}
	return p.draft.typed()
}

// build makes the form, with what was typed last time where something was.
func (p *integrationForm) build(read formRead) tea.Cmd {
	if read.err != nil {
		return tea.Batch(p.close(), p.fail(read.err))
	}
	p.keyring, p.others, p.draft.read, p.draft.kept = read.keyring, read.others, true, read.kept
	p.saved.SecretInDatabase = p.saved.SecretInDatabase || read.place == tracker.InDatabase
	p.form = form.New(integrationFields(p.saved, read.projects)...)
	p.form.SetHelp(present.FieldView, "A view ID or URL. "+p.keys.Key(keymap.ScopeTest, intent.ActViews)+" lists the views.")
	kept, err := unpacked(read.kept)
	for name, value := range kept {
		p.form.SetValue(name, value)
	}
	p.form.SetHidden(present.FieldConsent, p.keyring && p.form.Value(present.FieldConsent) == form.Off)
	p.explain()
	switch p.restored = len(kept) > 0; {
	case err != nil:
		return p.fail(err)
	case p.restored:
		return p.say("Draft restored; enter the password again")
	}
	return nil
}

// Handle saves, tests and leaves.
func (p *integrationForm) Handle(in intent.Intent) (tea.Cmd, bool) {
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

func (p *integrationForm) act(id intent.ActionID) (tea.Cmd, bool) {
	switch id {
	case intent.ActTest:
		p.form.ClearErrors()
		return p.startTrial(&p.trial, p.filled()), true
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
func (p *integrationForm) save() tea.Cmd {
	d := p.filled()
	p.form.ClearErrors()
	if _, problems := p.service.Accounts.CheckIntegration(d); len(problems) > 0 {
		p.showProblems(problems)
		return p.refuse("Fix the fields in red, then save")
	}
	p.saving = true
	key, service, said := p.key(), p.service, fmt.Sprintf("%s saved", present.Cell(d.Name))
	return p.change(func(ctx context.Context) done {
		in, signedOut, err := saveIntegration(ctx, service, d)
		if err != nil {
			return done{err: err, draft: key}
		}
		saved := done{said: said, err: service.Settings.SaveDraft(ctx, key, ""), draft: key}
		if signedOut {
			saved.signIn = &in
		}
		return saved
	})
}

// saveIntegration adds or edits an integration, and tells whether somebody has
// to sign in before it can be used.
func saveIntegration(ctx context.Context, service *engine.Engine, d tracker.IntegrationDraft) (in tracker.Integration, signedOut bool, err error) {
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
func (p *integrationForm) finished(msg done) tea.Cmd {
	p.saving = false
	if msg.err == nil && msg.signIn != nil {
		return p.signIn(*msg.signIn)
	}
	if msg.err == nil {
		p.given = true
		if p.top() == pane(p) {
			return p.close()
		}
		return nil
	}
	p.showError(msg.err)
	return nil
}

// showError shows under its field what was wrong; false when no field mends it.
func (p *integrationForm) showError(err error) bool {
	p.trial.explain(p.next(), "Problem", err)
	field := present.FieldOf(err)
	if tracker.ReasonOf(err) == tracker.ReasonNeedsConsent {
		// The keyring that was there refused.
		p.form.SetHidden(present.FieldConsent, false)
	}
	return p.form.SetError(field, draw.Line(err.Error())) && p.form.Focus(field)
}

// signIn goes on from an integration that was saved to signing it in. When that
// fails, the form is there to mend what was wrong.
func (p *integrationForm) signIn(in tracker.Integration) tea.Cmd {
	inDatabase := p.filled().SecretInDatabase
	p.saved, p.restored = in.Draft(), false
	p.form.Saved()
	p.draft.key, p.draft.kept = p.key(), ""
	if p.top() != pane(p) {
		return nil
	}
	return p.open(newSignInPane(p.shell, in, inDatabase, func(to signedIn, err error) tea.Cmd {
		switch {
		case err == nil:
			p.given = true
			return tea.Batch(p.closeTo(1), p.sayIn(to))
		case errors.Is(err, errSignInStopped):
			return p.warn(present.Cell(in.Name) + " is saved, but not signed in; " + p.keys.Key(keymap.ScopeForm, intent.ActSave) + " tries again")
		case p.showError(err):
			return nil
		}
		return p.fail(err)
	}), placeOverlay)
}

// leave stops a test under way; else it goes back. Unsaved changes are discarded
// or kept as a draft, as the user says; secrets are not part of a draft.
func (p *integrationForm) leave() tea.Cmd {
	switch {
	case p.trial.running:
		p.trial.cancel()
		return nil
	case p.form == nil || !p.form.Dirty():
		return p.close()
	}
	said := "Draft saved"
	if p.form.Value(present.FieldPassword) != "" {
		said = "Draft saved without the password; enter it again next time"
	}
	return p.askDiscard(said, func() tea.Cmd {
		p.given = true
		return tea.Batch(p.close(), p.draft.keep(""))
	}, p.close)
}

// Close keeps what was typed and ends a test under way.
func (p *integrationForm) Close() tea.Cmd {
	p.trial.cancel()
	return p.keep()
}

// keep saves what was typed, all but the secret.
func (p *integrationForm) keep() tea.Cmd {
	if p.form == nil || p.given || p.saving {
		return nil
	}
	return p.draft.keep(packed(p.form.Unsaved()))
}

// Scopes has no letters: they are text.
func (p *integrationForm) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeTest, keymap.ScopeForm}
}

// Disabled says why the form cannot be saved or tested now.
func (p *integrationForm) Disabled(id intent.ActionID) string {
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

// Draw shows the form and below it what the test found.
func (p *integrationForm) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	title := "Add a Zendesk integration"
	if p.saved.ID != 0 {
		title = "Edit " + present.Cell(p.saved.Name)
	}
	frame := draw.Box{Title: title}
	if p.restored {
		frame.Facts = "draft, not saved"
	}
	in := c.Box(r, frame)
	if in.Empty() {
		return
	}
	if p.form == nil {
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, when(p.slow(), "Reading…"))
		return
	}
	found := p.found(c.Theme, in)
	in.H -= len(found)
	drawForm(c, in, p.form)
	for i, l := range found {
		c.Put(in.X, in.Y+in.H+i, in.W, l)
	}
}

// fieldRoom is how many lines a field takes with its help and its error.
const fieldRoom = 5

// found lays out what the test found, as far as it leaves room for the field
// that mends it. What went wrong and why stays in sight longest.
func (p *integrationForm) found(t *theme.Theme, r draw.Rect) []string {
	if p.trial.run == 0 {
		return nil
	}
	w := document.Writer{Theme: t, Width: r.W}
	p.trial.write(&w)
	room := r.H/2 - 1
	if p.trial.problem != "" || p.trial.warns() {
		room = max(room, r.H-fieldRoom-1)
	}
	if room < 1 {
		return nil
	}
	caption := document.Writer{Theme: t, Width: r.W}
	caption.Rule(cmp.Or(p.trial.caption, "Test"))
	from := max(0, len(w.Lines)-room)
	if p.trial.problem != "" {
		from = min(from, w.Ends[trialPassed])
	}
	return append(caption.Lines, w.Lines[from:min(from+room, len(w.Lines))]...)
}

// drawForm draws a form into r, with its cursor when it has the focus.
func drawForm(c *draw.Canvas, r draw.Rect, f *form.Form) {
	lines, cursor := f.Draw(c.Theme, r.W, r.H)
	for i, l := range lines {
		c.Put(r.X, r.Y+i, r.W, l)
	}
	if cursor != nil && c.Focused {
		c.Cursor = &draw.Position{X: r.X + cursor.X, Y: r.Y + cursor.Y}
	}
	c.Hit(draw.Region{Rect: r, Click: intent.ClickAt{Part: partForm}})
}
