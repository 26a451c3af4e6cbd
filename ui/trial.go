package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/theme"
)

// trialTime is how long a connection test may take.
const trialTime = 60 * time.Second

// trial is a connection test under way or over. Its steps appear as they succeed.
type trial struct {
	// run is the generation of the test, 0 before the first.
	run     int
	running bool
	steps   []string
	// problem is the sentence of the error that ended it.
	problem string
	// field is the form field that mends it, empty when none does.
	field string
	stop  context.CancelFunc
}

// trialStep is one thing that a test reports.
type trialStep struct {
	run  int
	text string
	// over is true for the last one; err is how the test ended.
	over bool
	err  error
	// rest brings what follows.
	rest <-chan trialStep
}

// startTrial tests a draft against its desk, in place of an earlier test.
func (s *shell) startTrial(t *trial, d tracker.IntegrationDraft) tea.Cmd {
	t.cancel()
	wanted, cancel := context.WithCancel(s.ctx)
	run := s.next()
	*t = trial{run: run, running: true, stop: cancel}
	steps := make(chan trialStep)
	service := s.service
	test := func() tea.Msg {
		defer close(steps)
		ctx, stop := context.WithTimeout(wanted, trialTime)
		defer stop()
		report := func(step trialStep) {
			step.run, step.rest = run, steps
			select {
			case steps <- step:
			case <-wanted.Done():
			}
		}
		err := service.TestIntegration(ctx, d, func(step tracker.TestStep) { report(trialStep{text: step.Text}) })
		report(trialStep{over: true, err: err})
		return nil
	}
	return tea.Batch(test, nextStep(steps))
}

func nextStep(steps <-chan trialStep) tea.Cmd {
	return func() tea.Msg {
		step, ok := <-steps
		if !ok {
			return nil
		}
		return step
	}
}

// take notes a step and asks for the next one.
func (t *trial) take(step trialStep) tea.Cmd {
	if step.run != t.run || !t.running {
		return nil
	}
	t.note(step)
	return nextStep(step.rest)
}

func (t *trial) note(step trialStep) {
	switch {
	case !step.over:
		t.steps = append(t.steps, line(step.text))
	case step.err != nil:
		t.stop()
		t.running, t.problem, t.field = false, line(step.err.Error()), fieldOf(step.err)
	default:
		t.stop()
		t.running = false
	}
}

// cancel ends a test under way.
func (t *trial) cancel() {
	if t.running {
		t.stop()
		t.running, t.problem = false, "stopped"
	}
}

// write lays out what was found so far.
func (t *trial) write(w *docWriter) {
	ok := run{theme.Success, w.theme.Glyph(theme.GlyphDelivered) + " "}
	for _, s := range t.steps {
		w.paragraph([]run{ok}, theme.Text, s)
	}
	switch {
	case t.running:
		w.line([]run{{theme.Muted, "testing…"}})
	case t.problem != "":
		w.paragraph([]run{{theme.Danger, w.theme.Glyph(theme.GlyphParked) + " "}}, theme.Danger, t.problem)
	case t.run != 0:
		w.line([]run{{theme.Success, "The connection works."}})
	}
}

// fieldOf is the form field that mends an error, empty when none does.
func fieldOf(err error) string {
	var e *tracker.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

// testPane shows the connection test of a saved integration.
type testPane struct {
	*shell
	integration tracker.Integration
	trial       trial
	doc         document
}

func newTestPane(s *shell, in tracker.Integration) *testPane {
	return &testPane{shell: s, integration: in}
}

// Init begins the test.
func (p *testPane) Init() tea.Cmd { return p.startTrial(&p.trial, p.integration.Draft()) }

// Update takes what the test reports.
func (p *testPane) Update(msg tea.Msg) tea.Cmd {
	if step, ok := msg.(trialStep); ok {
		p.doc.changed()
		return p.trial.take(step)
	}
	return nil
}

// Handle scrolls, repeats the test and closes.
func (p *testPane) Handle(in intent) (tea.Cmd, bool) {
	if p.doc.handle(in) {
		return nil, true
	}
	switch in {
	case act{actBack}:
		return p.close(), true
	case act{actRefresh}:
		p.doc.changed()
		return p.startTrial(&p.trial, p.integration.Draft()), true
	}
	return nil, false
}

// Draw shows the steps.
func (p *testPane) Draw(c *canvas, r rect) {
	in := margined(c.panel(r, 76, 12, box{title: "Test of " + cell(p.integration.Name), facts: "esc closes"}))
	if !in.empty() {
		p.doc.draw(c, in, p.trial.write)
	}
}

// Scopes lets nothing past the panel.
func (p *testPane) Scopes() []scope { return []scope{scopeDetail, scopeList} }

// Disabled is never.
func (p *testPane) Disabled(actionID) string { return "" }

// Close ends the test.
func (p *testPane) Close() tea.Cmd {
	p.trial.cancel()
	return nil
}
