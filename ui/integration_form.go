package ui

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// integrationForm edits an integration, or a new one while the draft has no id.
type integrationForm struct {
	*shell
	draft tracker.IntegrationDraft
}

func newIntegrationForm(s *shell, d tracker.IntegrationDraft) *integrationForm {
	return &integrationForm{shell: s, draft: d}
}

// formActions are those of forms.
func formActions() []action {
	return []action{
		{id: actBack, scope: scopeForm, keys: bind("esc", "back", "esc"), group: groupText, help: "leave the form", footer: 70},
	}
}

func (p *integrationForm) Init() tea.Cmd          { return nil }
func (p *integrationForm) Update(tea.Msg) tea.Cmd { return nil }

func (p *integrationForm) Handle(in intent) (tea.Cmd, bool) {
	if in == (act{actBack}) {
		return p.close(), true
	}
	return nil, false
}

func (p *integrationForm) Draw(c *canvas, r rect) {
	c.fill(r)
	c.box(r, box{title: "Integration"})
}

func (p *integrationForm) Scopes() []scope {
	return []scope{scopeForm}
}

func (p *integrationForm) Disabled(actionID) string { return "" }
