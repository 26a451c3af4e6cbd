package status

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

func TestCountdown(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{time.Millisecond: "1s", 40 * time.Second: "40s", 61500 * time.Millisecond: "1m2s"} {
		if got := countdown(d); got != want {
			t.Errorf("%s: %s", d, got)
		}
	}
}

// usual is a line with nothing to complain of.
func usual() Line {
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	in := tracker.Integration{ID: 1, Name: "Support", ViewTitle: "All unresolved", Active: true}
	return Line{
		Project: "Acme Mobile", Integrations: []tracker.Integration{in}, Shown: in, Now: now,
		Fetch: tracker.Fetch{IntegrationID: 1, ID: 1, FinishedAt: now.Add(-12 * time.Second)},
		Keys: keymap.New(keymap.Defaults([]keymap.Action{
			{ID: intent.ActHelp, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("?", "help", "?")},
			{ID: intent.ActIntegrations, Scope: keymap.ScopeGlobal, Keys: keymap.Bind(",", "integrations", ",")},
			{ID: intent.ActContinue, Scope: keymap.ScopeBoard, Keys: keymap.Bind("+", "load more", "+")},
		})),
	}
}

func drawn(l Line, width int) (*draw.Canvas, string) {
	var c draw.Canvas
	c.Reset(theme.New(theme.Options{ASCII: true, NoColor: true}), width, 1)
	l.Draw(&c, draw.Rect{W: width, H: 1})
	return &c, ansi.Strip(c.String())
}

func TestWhatTheLineSays(t *testing.T) {
	t.Parallel()
	problem := "Zendesk has a problem (500)"
	for name, test := range map[string]struct {
		change func(*Line)
		want   []string
		not    string
	}{
		"usual":    {func(*Line) {}, []string{"Acme Mobile", "Support: All unresolved", "12s ago", "? help"}, "refreshed every"},
		"no title": {func(l *Line) { l.Shown.ViewTitle, l.Shown.ViewID = "", 17 }, []string{"Support: view 17"}, ""},
		"sent by others": {func(l *Line) {
			l.Absent = map[tracker.IntegrationID]tracker.Sender{1: {IntegrationID: 1, Holder: "x", Name: "worker", Machine: "build1", SeenAt: l.Now.Add(-12 * time.Second)}}
		}, []string{"comments are sent by others (last: worker on build1, 12 s ago)"}, "nobody"},
		"nobody sends": {func(l *Line) {
			l.Absent = map[tracker.IntegrationID]tracker.Sender{1: {IntegrationID: 1, Holder: "x", Name: "worker", Machine: "build1", SeenAt: l.Now.Add(-61 * time.Second)}}
		}, []string{"nobody here can send for Support; sign in (,)"}, "sent by others"},
		"no integration":  {func(l *Line) { l.Shown = tracker.Integration{} }, []string{"Acme Mobile"}, "Support"},
		"minutes":         {func(l *Line) { l.Fetch.FinishedAt = l.Now.Add(-3 * time.Minute) }, []string{"3m ago"}, ""},
		"never":           {func(l *Line) { l.Fetch = tracker.Fetch{} }, []string{"not loaded yet"}, "ago"},
		"loading":         {func(l *Line) { l.Fetch.FinishedAt, l.Loading, l.Turn = time.Time{}, true, 1 }, []string{"/ loading…"}, "ago"},
		"partly":          {func(l *Line) { l.Fetch.Partial, l.Fetch.Next = true, "2" }, []string{"partly loaded · + loads the rest"}, "ago"},
		"partly, problem": {func(l *Line) { l.Fetch.Partial, l.Fetch.Next, l.Fetch.Problem = true, "2", problem }, []string{"+ loads the rest · " + problem}, "ago"},
		"problem":         {func(l *Line) { l.Fetch.Problem = problem }, []string{problem}, "ago"},
		"problem, waits":  {func(l *Line) { l.Fetch.Problem, l.Fetch.NextAt = problem, l.Now.Add(8*time.Second) }, []string{"next try in 8s · " + problem}, "ago"},
		"quota":           {func(l *Line) { l.Requests = tracker.Allowance{PerMinute: 700, Left: 69, Resets: 20 * time.Second} }, []string{"69 of 700 requests left"}, ""},
		"seldom":          {func(l *Line) { l.Interval = 5 * tracker.PollInterval }, []string{"refreshed every 5m"}, ""},
		"often":           {func(l *Line) { l.Interval = tracker.PollInterval }, nil, "refreshed every"},
		"busy":            {func(l *Line) { l.Turn = 2 }, []string{"-"}, "loading"},
		"not saving":      {func(l *Line) { l.Lost = errors.New("gone") }, []string{"restore it, or quit and start again"}, ""},
		"offline":         {func(l *Line) { l.Lost = &tracker.Error{Reason: tracker.ReasonOffline} }, []string{"not saving: no connection to the database; trying again"}, ""},
		"notice":          {func(l *Line) { l.Notice = "sandbox: nothing leaves this machine" }, []string{"sandbox: nothing leaves"}, ""},
		"deliveries": {func(l *Line) {
			l.Counts = map[tracker.DeliveryState]int{tracker.DeliverySending: 1, tracker.DeliveryWaiting: 2, tracker.DeliveryUnconfirmed: 3, tracker.DeliveryParked: 4}
		}, []string{"1 sending", "5 waiting", "4 parked"}, ""},
		"paused": {func(l *Line) { l.Integrations[0].PausedReason = "the password is wrong" }, []string{"Support is paused: the password is wrong · , opens it"}, ""},
		"two paused": {func(l *Line) {
			l.Integrations = append(l.Integrations, tracker.Integration{ID: 2, Name: "Support US", Active: true, PausedReason: "a"})
			l.Integrations[0].PausedReason = "b"
		}, []string{"Support, Support US are paused · , opens them"}, ""},
		"paused, off": {func(l *Line) { l.Integrations[0].PausedReason, l.Integrations[0].Active = "x", false }, nil, "paused"},
	} {
		l := usual()
		test.change(&l)
		_, line := drawn(l, 200)
		for _, want := range test.want {
			if !strings.Contains(line, want) {
				t.Errorf("%s: %q is not in %q", name, want, line)
			}
		}
		if test.not != "" && strings.Contains(line, test.not) {
			t.Errorf("%s: %q is in %q", name, test.not, line)
		}
	}
}

// The line fits at every width, and what needs the user stays.
func TestNarrowLine(t *testing.T) {
	t.Parallel()
	l := usual()
	l.Integrations[0].PausedReason = "acme.zendesk.com rejected the API token for ada@acme.com"
	l.Counts = map[tracker.DeliveryState]int{tracker.DeliveryWaiting: 12, tracker.DeliveryParked: 3}
	l.Interval = 5 * tracker.PollInterval
	for width := 40; width <= 200; width++ {
		_, line := drawn(l, width)
		if text.Width(line) != width || !strings.Contains(line, "paused") || !strings.Contains(line, "3") {
			t.Errorf("%d columns: %q", width, line)
		}
	}
}

// A click on what the line says leads to where it can be changed.
func TestClicks(t *testing.T) {
	t.Parallel()
	l := usual()
	l.Counts = map[tracker.DeliveryState]int{tracker.DeliveryParked: 4}
	c, line := drawn(l, 120)
	for what, want := range map[string]intent.ActionID{"Acme": intent.ActProject, "Support:": intent.ActIntegrations, "12s": intent.ActRefreshAll, "4 parked": intent.ActDeliveries, "help": intent.ActHelp} {
		before, _, found := strings.Cut(line, what)
		g, ok := c.At(text.Width(before), 0)
		if act, is := g.Click.(intent.Act); !found || !ok || !is || act.ID != want {
			t.Errorf("%s leads to %+v, want %s", what, g.Click, want)
		}
	}
}
