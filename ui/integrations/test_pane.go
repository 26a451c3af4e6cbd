package integrations

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// testPane shows the connection test of a saved integration.
type testPane struct {
	*host
	actions     pane.Actions[*testPane]
	integration tracker.Integration
	test        connectionTest
	doc         document.Document
}

func newTestPane(h *host, in tracker.Integration) *testPane {
	return &testPane{host: h, actions: testActions(), integration: in}
}

// testActions are those of a test, whose keys all details share.
func testActions() pane.Actions[*testPane] {
	return pane.Actions[*testPane]{
		pane.On(keymap.Action{ID: intent.ActBack, Scope: keymap.ScopeDetail}, func(p *testPane) tea.Cmd { return p.Close() }),
		pane.On(keymap.Action{ID: intent.ActRefresh, Scope: keymap.ScopeDetail}, (*testPane).repeat),
	}
}

// Init begins the test.
func (p *testPane) Init() tea.Cmd { return p.test.start(p.host, p.integration.Draft()) }

func (p *testPane) repeat() tea.Cmd {
	p.doc.Changed()
	return p.Init()
}

// Working while the test runs.
func (p *testPane) Working() bool { return p.test.running }

// Update takes what the test reports.
func (p *testPane) Update(msg tea.Msg) tea.Cmd {
	if step, ok := msg.(testStep); ok {
		p.doc.Changed()
		return p.test.take(step)
	}
	return nil
}

// Handle scrolls, repeats the test and closes.
func (p *testPane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	return p.actions.Handle(p, in)
}

// Draw shows the steps.
func (p *testPane) Draw(c *draw.Canvas, r draw.Rect) {
	in := document.Margined(c.Panel(r, 76, 12, draw.Box{Title: "Test of " + present.Cell(p.integration.Name), Facts: p.Keys.Key(keymap.ScopeDetail, intent.ActBack) + " closes", Beside: intent.ActBack}))
	if !in.Empty() {
		p.doc.Draw(c, in, p.test.write)
	}
}

// Scopes lets nothing past the panel.
func (p *testPane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeDetail, keymap.ScopeList}
}

// Disabled says why an action cannot be done now.
func (p *testPane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

// Closed ends the test.
func (p *testPane) Closed() tea.Cmd {
	p.test.cancel()
	return nil
}
