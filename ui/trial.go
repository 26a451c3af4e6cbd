package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/text"
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
func (s *shell) startTrial(t *trial, d tracker.IntegrationDraft) tea.Cmd {
	t.cancel()
	wanted, cancel := context.WithCancel(s.ctx)
	run := s.next()
	*t = trial{run: run, running: true, typed: d.URL, stop: cancel}
	steps := make(chan trialStep)
	service := s.service
	return relay(wanted, steps, func(report func(trialStep)) {
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
	return following(step.rest)
}

func (t *trial) note(msg trialStep) {
	if !msg.over {
		t.steps = append(t.steps, tracker.TestStep{
			Name: msg.step.Name, Text: line(msg.step.Text), Warning: msg.step.Warning, Steps: safeLines(msg.step.Steps),
			URL: line(msg.step.URL),
		})
		return
	}
	t.stop()
	t.running = false
	if msg.err == nil {
		return
	}
	t.problem, t.field = line(msg.err.Error()), fieldOf(msg.err)
	var e *tracker.Error
	if errors.As(msg.err, &e) {
		t.causes, t.remedies = safeLines(e.Causes), safeLines(e.Steps)
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

func safeLines(texts []string) []string {
	safe := make([]string, len(texts))
	for i, s := range texts {
		safe[i] = line(s)
	}
	return safe
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
func (t *trial) write(w *docWriter) {
	for _, s := range t.steps {
		if !s.Warning {
			w.paragraph([]run{{theme.Success, w.theme.Glyph(theme.GlyphDelivered) + " "}}, theme.Text, s.Text)
			continue
		}
		w.paragraph([]run{{theme.Warning, w.theme.Glyph(theme.GlyphParked) + " "}}, theme.Warning, s.Text)
		w.numbered(s.Steps)
	}
	w.end(trialPassed)
	switch {
	case t.running:
		w.line([]run{{theme.Muted, "testing…"}})
	case t.problem != "":
		w.paragraph([]run{{theme.Danger, w.theme.Glyph(theme.GlyphParked) + " "}}, theme.Danger, t.problem)
		for i, cause := range t.causes {
			w.paragraph([]run{{theme.Muted, lead(i, "likely: ")}}, theme.Muted, cause)
		}
		w.numbered(t.remedies)
	case t.run != 0:
		w.line([]run{{theme.Success, "The connection works."}})
	}
}

// trialPassed ends what a test passed.
const trialPassed = "passed"

// lead begins the lines of a list: the first with a caption, the others below it.
func lead(i int, caption string) string {
	if i > 0 {
		caption = ""
	}
	return text.Fit("  "+caption, 10) + "- "
}

// numbered writes what to do, in order.
func (w *docWriter) numbered(steps []string) {
	for i, s := range steps {
		caption := ""
		if i == 0 {
			caption = "to do: "
		}
		w.paragraph([]run{{theme.Muted, text.Fit("  "+caption, 10)}, {theme.Text, fmt.Sprintf("%d. ", i+1)}}, theme.Text, s)
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

// Working while the test runs.
func (p *testPane) Working() bool { return p.trial.running }

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
	in := margined(c.panel(r, 76, 12, box{title: "Test of " + cell(p.integration.Name), facts: p.keys.key(scopeDetail, actBack) + " closes", beside: actBack}))
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
