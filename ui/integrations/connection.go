package integrations

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// testTimeout is how long a connection test may take.
const testTimeout = 60 * time.Second

// connectionTest is a connection test under way or over. Its steps appear as they
// succeed.
type connectionTest struct {
	// caption says above it what it is; empty for a test.
	caption string
	// run is the generation of the test, 0 before the first.
	run     int
	running bool
	// typed is the address that is tested, as it was typed.
	typed string
	// steps are those that succeeded. Their texts are sanitised, as all are below.
	steps []verdict.TestStep
	// problem is the sentence of the error that ended it; causes are what may be
	// behind it and remedies what to do.
	problem          string
	causes, remedies []string
	// field is the form field to fix, empty when none is wrong.
	field string
	stop  context.CancelFunc
}

// testStep is one thing that a test reports.
type testStep struct {
	run  int
	step verdict.TestStep
	// over is true for the last one; err is how the test ended.
	over bool
	err  error
	// rest brings what follows.
	rest <-chan testStep
}

// start tests a draft against Zendesk, in place of an earlier test.
func (t *connectionTest) start(h *host, d tracker.IntegrationDraft) tea.Cmd {
	t.cancel()
	wanted, cancel := context.WithCancel(h.Context())
	run := h.Next()
	*t = connectionTest{run: run, running: true, typed: d.URL, stop: cancel}
	steps := make(chan testStep)
	service := h.Service
	return pane.Stream(wanted, h.Host, steps, func(report func(testStep)) {
		ctx, stop := context.WithTimeout(wanted, testTimeout)
		defer stop()
		err := service.Accounts.TestIntegration(ctx, d, func(step verdict.TestStep) {
			report(testStep{run: run, rest: steps, step: step})
		})
		report(testStep{run: run, rest: steps, over: true, err: err})
	})
}

// take adds a step and asks for the next one.
func (t *connectionTest) take(step testStep) tea.Cmd {
	if step.run != t.run || !t.running {
		return nil
	}
	t.add(step)
	return pane.NextStep(step.rest)
}

func (t *connectionTest) add(msg testStep) {
	if !msg.over {
		t.steps = append(t.steps, verdict.TestStep{
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
func (t *connectionTest) url() string {
	for _, s := range t.steps {
		if s.URL != "" {
			return s.URL
		}
	}
	return ""
}

func (t *connectionTest) warns() bool {
	return slices.ContainsFunc(t.steps, func(s verdict.TestStep) bool { return s.Warning })
}

// explain shows an error of something else than a test as a failed test is shown.
// An error without causes and steps is left out: its sentence says it all.
func (t *connectionTest) explain(run int, caption string, err error) {
	var e *tracker.Error
	if !errors.As(err, &e) || len(e.Causes)+len(e.Steps) == 0 {
		return
	}
	t.cancel()
	*t = connectionTest{caption: caption, run: run, stop: func() {}}
	t.add(testStep{over: true, err: err})
}

// cancel ends a test under way.
func (t *connectionTest) cancel() {
	if t.running {
		t.stop()
		t.running, t.problem = false, "stopped"
	}
}

// write lays out what was found so far, and behind the section testPassed why the
// test failed.
func (t *connectionTest) write(w *document.Writer) {
	for _, s := range t.steps {
		if !s.Warning {
			w.Paragraph([]draw.Run{{Role: theme.Success, Text: w.Theme.Glyph(theme.GlyphDelivered) + " "}}, theme.Text, s.Text)
			continue
		}
		w.Paragraph([]draw.Run{{Role: theme.Warning, Text: w.Theme.Glyph(theme.GlyphParked) + " "}}, theme.Warning, s.Text)
		w.Numbered(s.Steps)
	}
	w.End(testPassed)
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

// testPassed ends what a test passed.
const testPassed = "passed"

// fieldRoom is how many lines a field takes with its help and its error.
const fieldRoom = 5

// lines lays out what was found below a form in r, as far as there is room beside
// the field to fix. What went wrong and why stays in sight longest.
func (t *connectionTest) lines(th *theme.Theme, r draw.Rect) []string {
	if t.run == 0 {
		return nil
	}
	room := r.H/2 - 1
	if t.problem != "" || t.warns() {
		room = max(room, r.H-fieldRoom-1)
	}
	if room < 1 {
		return nil
	}
	w := document.Writer{Theme: th, Width: r.W}
	t.write(&w)
	caption := document.Writer{Theme: th, Width: r.W}
	caption.Rule(cmp.Or(t.caption, "Test"))
	from := max(0, len(w.Lines)-room)
	if t.problem != "" {
		from = min(from, w.Ends[testPassed])
	}
	return append(caption.Lines, w.Lines[from:min(from+room, len(w.Lines))]...)
}
