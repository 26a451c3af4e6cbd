package integrations

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// trialTime is how long a connection test may take.
const trialTime = 60 * time.Second

// trial is a connection test under way or over. Its steps appear as they succeed.
type trial struct {
	// caption says above it what it is; empty for a test.
	caption string
	// run is the generation of the test, 0 before the first.
	run     int
	running bool
	// typed is the address that is tested, as it was typed.
	typed string
	// steps are those that succeeded. Their texts are sanitised, as all are below.
	steps []tracker.TestStep
	// problem is the sentence of the error that ended it; causes are what may be
	// behind it and remedies what to do.
	problem          string
	causes, remedies []string
	// field is the form field that mends it, empty when none does.
	field string
	stop  context.CancelFunc
}

// trialStep is one thing that a test reports.
type trialStep struct {
	run  int
	step tracker.TestStep
	// over is true for the last one; err is how the test ended.
	over bool
	err  error
	// rest brings what follows.
	rest <-chan trialStep
}

// startTrial tests a draft against its desk, in place of an earlier test.
func startTrial(s *pane.Host, t *trial, d tracker.IntegrationDraft) tea.Cmd {
	t.cancel()
	wanted, cancel := context.WithCancel(s.Context())
	run := s.Next()
	*t = trial{run: run, running: true, typed: d.URL, stop: cancel}
	steps := make(chan trialStep)
	service := s.Service
	return pane.Relay(wanted, steps, func(report func(trialStep)) {
		ctx, stop := context.WithTimeout(wanted, trialTime)
		defer stop()
		err := service.Accounts.TestIntegration(ctx, d, func(step tracker.TestStep) {
			report(trialStep{run: run, rest: steps, step: step})
		})
		report(trialStep{run: run, rest: steps, over: true, err: err})
	})
}

// take notes a step and asks for the next one.
func (t *trial) take(step trialStep) tea.Cmd {
	if step.run != t.run || !t.running {
		return nil
	}
	t.note(step)
	return pane.Following(step.rest)
}

func (t *trial) note(msg trialStep) {
	if !msg.over {
		t.steps = append(t.steps, tracker.TestStep{
			Name: msg.step.Name, Text: draw.Line(msg.step.Text), Warning: msg.step.Warning, Steps: present.SafeLines(msg.step.Steps),
			URL: draw.Line(msg.step.URL),
		})
		return
	}
	t.stop()
	t.running = false
	if msg.err == nil {
		return
	}
	t.problem, t.field = draw.Line(msg.err.Error()), present.FieldOf(msg.err)
	var e *tracker.Error
	if errors.As(msg.err, &e) {
		t.causes, t.remedies = present.SafeLines(e.Causes), present.SafeLines(e.Steps)
	}
}

// url is the account's own address, empty before it is known.
func (t *trial) url() string {
	for _, s := range t.steps {
		if s.URL != "" {
			return s.URL
		}
	}
	return ""
}

func (t *trial) warns() bool {
	return slices.ContainsFunc(t.steps, func(s tracker.TestStep) bool { return s.Warning })
}

// explain shows an error that came of something else than a test as a failed
// test is shown; one whose sentence tells all is left out.
func (t *trial) explain(run int, caption string, err error) {
	var e *tracker.Error
	if !errors.As(err, &e) || len(e.Causes)+len(e.Steps) == 0 {
		return
	}
	t.cancel()
	*t = trial{caption: caption, run: run, stop: func() {}}
	t.note(trialStep{over: true, err: err})
}

// cancel ends a test under way.
func (t *trial) cancel() {
	if t.running {
		t.stop()
		t.running, t.problem = false, "stopped"
	}
}

// write lays out what was found so far; behind the section trialPassed, why the
// test failed.
func (t *trial) write(w *document.Writer) {
	for _, s := range t.steps {
		if !s.Warning {
			w.Paragraph([]draw.Run{{Role: theme.Success, Text: w.Theme.Glyph(theme.GlyphDelivered) + " "}}, theme.Text, s.Text)
			continue
		}
		w.Paragraph([]draw.Run{{Role: theme.Warning, Text: w.Theme.Glyph(theme.GlyphParked) + " "}}, theme.Warning, s.Text)
		w.Numbered(s.Steps)
	}
	w.End(trialPassed)
	switch {
	case t.running:
		w.Line([]draw.Run{{Role: theme.Muted, Text: "testing…"}})
	case t.problem != "":
		w.Paragraph([]draw.Run{{Role: theme.Danger, Text: w.Theme.Glyph(theme.GlyphParked) + " "}}, theme.Danger, t.problem)
		for i, cause := range t.causes {
			w.Paragraph([]draw.Run{{Role: theme.Muted, Text: document.Lead(i, "likely: ")}}, theme.Muted, cause)
		}
		w.Numbered(t.remedies)
	case t.run != 0:
		w.Line([]draw.Run{{Role: theme.Success, Text: "The connection works."}})
	}
}

// trialPassed ends what a test passed.
const trialPassed = "passed"

// testPane shows the connection test of a saved integration.
type testPane struct {
	*pane.Host
	integration tracker.Integration
	trial       trial
	doc         document.Document
}

func newTestPane(s *pane.Host, in tracker.Integration) *testPane {
	return &testPane{Host: s, integration: in}
}

// Init begins the test.
func (p *testPane) Init() tea.Cmd { return startTrial(p.Host, &p.trial, p.integration.Draft()) }

// Working while the test runs.
func (p *testPane) Working() bool { return p.trial.running }

// Update takes what the test reports.
func (p *testPane) Update(msg tea.Msg) tea.Cmd {
	if step, ok := msg.(trialStep); ok {
		p.doc.Changed()
		return p.trial.take(step)
	}
	return nil
}

// Handle scrolls, repeats the test and closes.
func (p *testPane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	switch in {
	case intent.Act{ID: intent.ActBack}:
		return p.Close(), true
	case intent.Act{ID: intent.ActRefresh}:
		p.doc.Changed()
		return startTrial(p.Host, &p.trial, p.integration.Draft()), true
	}
	return nil, false
}

// Draw shows the steps.
func (p *testPane) Draw(c *draw.Canvas, r draw.Rect) {
	in := document.Margined(c.Panel(r, 76, 12, draw.Box{Title: "Test of " + present.Cell(p.integration.Name), Facts: p.Keys.Key(keymap.ScopeDetail, intent.ActBack) + " closes", Beside: intent.ActBack}))
	if !in.Empty() {
		p.doc.Draw(c, in, p.trial.write)
	}
}

// Scopes lets nothing past the panel.
func (p *testPane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeDetail, keymap.ScopeList}
}

// Disabled is never.
func (p *testPane) Disabled(intent.ActionID) string { return "" }

// Closed ends the test.
func (p *testPane) Closed() tea.Cmd {
	p.trial.cancel()
	return nil
}
