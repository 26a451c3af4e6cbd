package ui

import (
	"context"
	"encoding/json"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/form"
	"storydesk/ui/theme"
)

// Actions of forms.
const (
	actSave actionID = "save"
	actTest actionID = "test"
)

// formActions are those of forms.
func formActions() []action {
	return append(storyFormActions(), []action{
		{id: actTest, scope: scopeTest, keys: bind("ctrl+t", "test", "ctrl+t"), group: groupText, help: "test the connection with what is filled in", footer: 1},
		{id: actSave, scope: scopeForm, keys: bind("ctrl+s", "save", "ctrl+s"), group: groupText, help: "save; works without a test", footer: 2},
		{id: actBack, scope: scopeForm, keys: bind("esc", "back", "esc"), group: groupText, help: "stop the test, or leave the form", footer: 70},
	}...)
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
	// given is true when what was typed need not be kept: saved, or thrown away.
	given bool
}

// formRead brings what a form needs to be drawn.
type formRead struct {
	key      string
	projects []tracker.Project
	// kept is what was typed last time and not saved, empty when nothing was.
	kept string
	err  error
}

func newIntegrationForm(s *shell, d tracker.IntegrationDraft) *integrationForm {
	return &integrationForm{shell: s, saved: d}
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
	key, service := p.key(), p.service
	return p.do(func(ctx context.Context) tea.Msg {
		read := formRead{key: key}
		if read.projects, read.err = service.Projects(ctx); read.err == nil {
			read.kept, read.err = service.Draft(ctx, key)
		}
		return read
	})
}

// Update takes keys, and what saving and testing report.
func (p *integrationForm) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case formRead:
		if msg.key == p.key() && p.form == nil {
			return p.build(msg)
		}
	case trialStep:
		cmd := p.trial.take(msg)
		if p.trial.problem != "" && msg.over && msg.run == p.trial.run {
			p.form.SetError(p.trial.field, p.trial.problem)
		}
		return cmd
	case done:
		if msg.draft == p.key() {
			return p.finished(msg.err)
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
	if _, pasted := msg.(tea.PasteMsg); pasted || p.form.Focused() != before {
		p.understand()
	}
	if p.form.Focused() != before {
		p.check(before)
	}
	p.explain()
	return cmd
}

// build makes the form, with what was typed last time where something was.
func (p *integrationForm) build(read formRead) tea.Cmd {
	if read.err != nil {
		return tea.Batch(p.close(), p.fail(read.err))
	}
	p.form = form.New(integrationFields(p.saved, read.projects)...)
	p.explain()
	if read.kept == "" {
		return nil
	}
	var kept map[string]string
	if err := json.Unmarshal([]byte(read.kept), &kept); err != nil {
		return p.fail(fmt.Errorf("what was typed last time cannot be read: %w", err))
	}
	for name, value := range kept {
		p.form.SetValue(name, value)
	}
	p.explain()
	return p.say("this is what you typed last time; the password is not kept")
}

// Handle saves, tests and leaves.
func (p *integrationForm) Handle(in intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case clickAt:
		if p.form != nil {
			p.form.Click(in.x, in.y)
			p.explain()
		}
		return nil, true
	case act:
		return p.act(in.id)
	}
	return nil, false
}

func (p *integrationForm) act(id actionID) (tea.Cmd, bool) {
	switch id {
	case actTest:
		p.form.ClearErrors()
		return p.startTrial(&p.trial, p.draft()), true
	case actSave:
		return p.save(), true
	case actBack:
		return p.leave(), true
	default:
		return nil, false
	}
}

// save checks every field and saves the integration.
func (p *integrationForm) save() tea.Cmd {
	d := p.draft()
	p.form.ClearErrors()
	if _, problems := p.service.CheckIntegration(d); len(problems) > 0 {
		p.showProblems(problems)
		return p.warn("something needs to be mended before it can be saved")
	}
	p.saving = true
	key, service, said := p.key(), p.service, fmt.Sprintf("%s is saved", cell(d.Name))
	return p.change(func(ctx context.Context) done {
		var err error
		if d.ID == 0 {
			_, err = service.AddIntegration(ctx, d)
		} else {
			_, err = service.EditIntegration(ctx, d)
		}
		if err != nil {
			return done{err: err, draft: key}
		}
		return done{said: said, err: service.SaveDraft(ctx, key, ""), draft: key}
	})
}

// finished closes the form, or shows under the field what was wrong.
func (p *integrationForm) finished(err error) tea.Cmd {
	p.saving = false
	if err == nil {
		p.given = true
		if p.top() == pane(p) {
			return p.close()
		}
		return nil
	}
	if field := fieldOf(err); p.form.SetError(field, line(err.Error())) {
		p.form.Focus(field)
	}
	return nil
}

// leave stops a test under way; else it goes back, and asks first when
// something was typed.
func (p *integrationForm) leave() tea.Cmd {
	switch {
	case p.trial.running:
		p.trial.cancel()
		return nil
	case p.form == nil || !p.form.Dirty():
		return p.close()
	}
	return p.open(newQuestion(p.shell, "Throw away what you typed?", func() tea.Cmd {
		p.given = true
		return tea.Batch(p.close(), p.keep(""))
	}), placeLine)
}

// Close keeps what was typed and ends a test under way.
func (p *integrationForm) Close() tea.Cmd {
	p.trial.cancel()
	if p.form == nil || p.given || !p.form.Dirty() {
		return nil
	}
	kept, err := json.Marshal(draftValues(p.draft()))
	if err != nil {
		return p.fail(fmt.Errorf("what was typed: %w", err))
	}
	return p.keep(string(kept))
}

func (p *integrationForm) keep(text string) tea.Cmd {
	key, service := p.key(), p.service
	return p.change(func(ctx context.Context) done {
		return done{err: service.SaveDraft(ctx, key, text)}
	})
}

// Scopes has no letters: they are text.
func (p *integrationForm) Scopes() []scope { return []scope{scopeTest, scopeForm} }

// Disabled says why the form cannot be saved or tested now.
func (p *integrationForm) Disabled(id actionID) string {
	switch {
	case id != actSave && id != actTest:
		return ""
	case p.form == nil:
		return "the form is still being read"
	case p.saving:
		return "it is being saved"
	}
	return ""
}

// Draw shows the form and below it what the test found.
func (p *integrationForm) Draw(c *canvas, r rect) {
	c.fill(r)
	title := "Add a Zendesk integration"
	if p.saved.ID != 0 {
		title = "Edit " + cell(p.saved.Name)
	}
	in := c.box(r, box{title: title})
	if in.empty() {
		return
	}
	if p.form == nil {
		c.text(in.x+1, in.y, in.w-2, theme.Muted, "Reading…")
		return
	}
	found := docWriter{theme: c.theme, width: in.w}
	if p.trial.run != 0 {
		found.rule("Test")
		p.trial.write(&found)
	}
	found.lines = found.lines[max(0, len(found.lines)-in.h/2):]
	in.h -= len(found.lines)
	drawForm(c, in, p.form)
	for i, l := range found.lines {
		c.put(in.x, in.y+in.h+i, in.w, l)
	}
}

// drawForm draws a form into r, with its cursor when it has the focus.
func drawForm(c *canvas, r rect, f *form.Form) {
	lines, cursor := f.Draw(c.theme, r.w, r.h)
	for i, l := range lines {
		c.put(r.x, r.y+i, r.w, l)
	}
	if cursor != nil && c.focused {
		c.cursor = &position{r.x + cursor.X, r.y + cursor.Y}
	}
	c.hit(region{rect: r, click: clickAt{part: partForm}})
}
