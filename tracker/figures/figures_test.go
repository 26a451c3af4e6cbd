package figures_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/figures"
)

func pointer[T any](v T) *T { return &v }

// told is the life of a story, as in "2026-01-05 10:00 unstarted; 2026-01-06 12:00 started".
func told(id tracker.StoryID, kind tracker.StoryType, points float64, labels, states string) life {
	l := life{id: id, name: fmt.Sprint("Story ", int(id)), kind: kind}
	for line := range strings.SplitSeq(states, "; ") {
		at, state := line[:len("2026-01-05 10:00")], line[len("2026-01-05 10:00 "):]
		l.been = append(l.been, was{at: moment(at), state: tracker.State(state), labels: strings.Fields(labels)})
		if points >= 0 {
			l.been[len(l.been)-1].estimate = &points
		}
	}
	return l
}

// usual is a project of which two iterations are done: its first is the week of 5 January,
// and now is Wednesday of the third.
func usual() world {
	p := tracker.NewProject("Acme")
	p.CreatedAt, p.InitialVelocity = moment("2026-01-05 09:00"), 4
	return world{project: p, now: moment("2026-01-21 12:00"), lives: []life{
		told(1, tracker.Feature, 3, "ui", "2026-01-05 10:00 unstarted; 2026-01-06 10:00 started; 2026-01-07 10:00 finished; 2026-01-07 16:00 delivered; 2026-01-08 10:00 accepted"),
		told(2, tracker.Feature, 5, "ui", "2026-01-05 10:00 unstarted; 2026-01-12 10:00 started; 2026-01-13 10:00 finished; 2026-01-13 10:00 delivered; 2026-01-14 10:00 rejected; 2026-01-15 10:00 started; "+
			"2026-01-16 10:00 delivered; 2026-01-16 12:00 accepted"),
		told(3, tracker.Release, -1, "", "2026-01-05 10:00 unstarted; 2026-01-16 13:00 accepted"),
		told(4, tracker.Feature, 2, "tax", "2026-01-12 10:00 unscheduled; 2026-01-19 10:00 started; 2026-01-19 11:00 delivered; 2026-01-19 12:00 rejected; 2026-01-19 12:01 delivered; 2026-01-20 12:00 accepted"),
		told(5, tracker.Feature, 3, "tax", "2026-01-12 10:00 unstarted"),
		told(6, tracker.Feature, 3, "tax ui", "2026-01-19 10:00 unstarted"),
		told(7, tracker.Release, -1, "", "2026-01-05 10:00 unstarted"),
		told(8, tracker.Feature, 1, "later", "2026-01-05 10:00 unscheduled"),
		told(9, tracker.Feature, -1, "tax", "2026-01-05 10:00 unscheduled"),
	}}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	h := usual().history()
	v := h.Velocity(figures.Range{})
	if len(v.Rows) != 2 || v.Rows[0].Points != 3 || v.Rows[0].Velocity != 3 || v.Rows[1].Points != 5 || v.Rows[1].Stories != 2 || v.Rows[1].Velocity != 4 || v.Now != 4 || v.Volatility != 0.25 {
		t.Errorf("velocity: %+v", v)
	}
	p := h.Planned(figures.Range{})
	if len(p.Rows) != 3 || p.Rows[0].Planned != 4 || p.Rows[1].Planned != 3 || p.Rows[2].Planned != 2 || p.Rows[2].Accepted != 2 || !p.Rows[2].Current || p.Rows[0].Share() != 0.75 {
		t.Errorf("planned: %+v", p)
	}
	hour := time.Hour
	want := figures.CycleTime{Stories: 3, Stays: []figures.Stay{
		{tracker.Started, 3, 24 * hour, time.Duration(40.8 * float64(hour))}, {tracker.Finished, 2, 3 * hour, time.Duration(5.1 * float64(hour))},
		{tracker.Delivered, 3, 24*hour + 59*time.Minute, time.Duration(25.694 * float64(hour))}, {tracker.Rejected, 2, 12*hour + 30*time.Second, 0},
	}}
	got := h.CycleTime(figures.Range{})
	if got.Stories != want.Stories || got.Unknown != 0 || len(got.Stays) != 4 || got.Stays[0] != want.Stays[0] || got.Stays[1] != want.Stays[1] || got.Stays[3].Median != want.Stays[3].Median || got.Total.Stories != 3 {
		t.Errorf("cycle time: %+v", got)
	}
	r := h.Rejections(figures.Range{})
	if r.Total.Rejected != 1 || r.Total.Accepted != 3 || r.Total.Rate() != 0.25 || r.Rows[1].Rejected != 1 || r.Rows[2].Rejected != 0 {
		t.Errorf("rejections, of which one was undone: %+v", r)
	}
}

// A burn-up of a release holds what stands between it and the release before it.
func TestBurnUpOfARelease(t *testing.T) {
	t.Parallel()
	w := usual()
	w.lives[6].deadline = pointer(moment("2026-01-24"))
	b, err := w.history().BurnUp(figures.Subject{Release: 7}, figures.Range{})
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		week                          string
		planned                       bool
		accepted, scope               float64
		acceptedStories, scopeStories int
	}
	var got []row
	for _, r := range b.Rows {
		got = append(got, row{r.Start.Format(time.DateOnly), r.Planned, r.Accepted, r.Scope, r.AcceptedStories, r.ScopeStories})
	}
	// Story 4 came out of the Icebox on the 19th, as 6 was made. Velocity is 4: 2 are
	// accepted in Current and 3 do not fit into the rest.
	want := []row{
		{"2026-01-12", false, 0, 3, 0, 1}, {"2026-01-19", false, 2, 8, 1, 3}, {"2026-01-26", true, 8, 8, 3, 3},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(row{})); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if b.Projected == nil || b.Projected.Format(time.DateOnly) != "2026-02-01" || !b.Late() || b.Done || b.Unestimated != 0 || b.Name != "Story 7" {
		t.Errorf("it ends as %+v", b)
	}
	first, err := w.history().BurnUp(figures.Subject{Release: 3}, figures.Range{})
	if last := first.Rows[len(first.Rows)-1]; err != nil || !first.Done || first.Projected != nil || last.Accepted != 8 || last.ScopeStories != 2 {
		t.Errorf("the release before: %+v (%v)", first, err)
	}
}

func TestBurnUpOfALabel(t *testing.T) {
	t.Parallel()
	h := usual().history()
	b, err := h.BurnUp(figures.Subject{Label: " Tax "}, figures.Range{Last: 1})
	if err != nil || b.Name != "tax" || b.Unplanned != 1 || b.Unestimated != 1 || b.Done {
		t.Errorf("tax: %+v (%v)", b, err)
	}
	if n := len(b.Rows); n != 3 || b.Rows[0].Number != 2 || b.Rows[1].Scope != 8 || b.Rows[1].ScopeStories != 4 || b.Rows[2].Accepted != 8 || !b.Rows[2].Planned {
		t.Errorf("rows of tax: %+v", b.Rows)
	}
	later, err := h.BurnUp(figures.Subject{Label: "later"}, figures.Range{})
	if err != nil || later.Projected != nil || later.Unplanned != 1 || later.Rows[len(later.Rows)-1].Planned {
		t.Errorf("what is in the Icebox alone: %+v (%v)", later, err)
	}
}

func TestSubjectsOfBurnUps(t *testing.T) {
	t.Parallel()
	w := usual()
	var names []string
	for _, s := range w.history().Subjects() {
		names = append(names, s.Name)
	}
	if got := strings.Join(names, ","); got != "Story 7,Story 3,later,tax,ui" {
		t.Errorf("subjects are %s", got)
	}
	if s, ok := w.history().Usual(); !ok || s.Release != 7 {
		t.Errorf("the usual one is %+v", s)
	}
	w.lives = append(w.lives[:6:6], w.lives[7:]...)
	if s, ok := w.history().Usual(); !ok || s.Label != "tax" {
		t.Errorf("without an open release the usual one is %+v", s)
	}
	w.lives = nil
	if s, ok := w.history().Usual(); ok {
		t.Errorf("of nothing the usual one is %+v", s)
	}
}

func TestBurnUpsThatAreRefused(t *testing.T) {
	t.Parallel()
	w := usual()
	w.lives[6].been[0].state = tracker.Unscheduled
	for code, of := range map[tracker.Code]figures.Subject{
		tracker.CodeNotFound: {Release: 99}, tracker.CodeInvalid: {Release: 5}, tracker.CodeRefused: {Release: 7},
	} {
		if _, err := w.history().BurnUp(of, figures.Range{}); tracker.CodeOf(err) != code {
			t.Errorf("%+v: %v, want %s", of, err, code)
		}
	}
}

// What an import tells in words counts as what changes of the state tell.
func TestImportedHistory(t *testing.T) {
	t.Parallel()
	w := usual()
	f := facts(w.project, w.now, w.lives[:3]...)
	for i := range f.Changes {
		a := &f.Changes[i]
		a.Verb, a.Changes = a.Changes[0].New+" this feature", nil
	}
	f.Changes = append(f.Changes, tracker.Activity{StoryID: 1, Verb: "commented", At: w.now}, tracker.Activity{StoryID: 1, At: w.now})
	words, fields := figures.New(f), figures.New(facts(w.project, w.now, w.lives[:3]...))
	if diff := cmp.Diff(fields.CycleTime(figures.Range{}), words.CycleTime(figures.Range{})); diff != "" {
		t.Errorf("cycle time (-fields +words):\n%s", diff)
	}
	if got := words.Rejections(figures.Range{}).Total.Rejected; got != 1 {
		t.Errorf("%d rejections, want 1", got)
	}
	f.Changes = nil
	if got := figures.New(f).CycleTime(figures.Range{}); got.Stories != 0 || got.Unknown != 2 {
		t.Errorf("without activity: %+v", got)
	}
}

// BenchmarkFigures computes all figures of 10,000 stories with 40,000 changes in four years.
func BenchmarkFigures(b *testing.B) {
	p := tracker.NewProject("p")
	p.CreatedAt = moment("2022-01-03")
	now := moment("2026-01-21 12:00")
	var lives []life
	for n := range 10_000 {
		at, points := p.CreatedAt.Add(time.Duration(n)*212*time.Minute+time.Duration(n%7)*time.Hour), float64(n%4)
		l := life{id: tracker.StoryID(n + 1), kind: tracker.Feature, been: []was{{at: at, state: tracker.Unstarted}}}
		for i, state := range []tracker.State{tracker.Started, tracker.Finished, tracker.Delivered, tracker.Accepted} {
			l.been = append(l.been, was{at: at.Add(time.Duration(i*(n%50)+1) * time.Hour), state: state})
		}
		for i := range l.been {
			l.been[i].labels, l.been[i].estimate = []string{"ui", fmt.Sprint("label ", n%20)}, &points
		}
		if n%100 == 99 {
			l.kind = tracker.Release
		}
		if n%3 == 0 {
			l.tickets = []tracker.Ticket{{TicketKey: tracker.TicketKey{Host: "acme.zendesk.com", ID: tracker.TicketID(n)}, Status: tracker.TicketSolved}}
		}
		if l.been[4].at.After(now) {
			l.been = l.been[:1]
		}
		lives = append(lives, l)
	}
	f := facts(p, now, lives...)
	h := figures.New(f)
	twelve := figures.Range{Last: 12}
	for name, compute := range map[string]func() int{
		"preparing":   func() int { return len(figures.New(f).Subjects()) },
		"velocity":    func() int { return len(h.Velocity(twelve).Rows) },
		"planned":     func() int { return len(h.Planned(twelve).Rows) },
		"cycle":       func() int { return h.CycleTime(twelve).Stories },
		"rejections":  func() int { return len(h.Rejections(twelve).Rows) },
		"tickets":     func() int { return h.Tickets(figures.Range{}).Total.Tickets },
		"label":       func() int { u, _ := h.BurnUp(figures.Subject{Label: "label 3"}, twelve); return len(u.Rows) },
		"every story": func() int { u, _ := h.BurnUp(figures.Subject{Label: "ui"}, figures.Range{}); return len(u.Rows) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if compute() == 0 {
					b.Fatal("nothing")
				}
			}
		})
	}
}
