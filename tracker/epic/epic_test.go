package epic_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/plan"
)

// now is a Wednesday in an iteration that ends on Sunday the 22nd.
func now() time.Time { return time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC) }

// project plans five points a week.
func project() tracker.Project {
	p := tracker.NewProject("p")
	p.TimeZone, p.WeekStart, p.InitialVelocity = "UTC", time.Monday, 5
	return p
}

func figures(p tracker.Project, epics []tracker.Epic, cards ...tracker.Card) []epic.Figures {
	for i := range cards {
		cards[i].ID = tracker.StoryID(i + 1)
	}
	b := plan.NewColumns(p, cards, now(), "Ada")
	return epic.Of(epics, b, plan.New(b, now()))
}

func card(state tracker.State, points float64, labels ...string) tracker.Card {
	c := tracker.Card{Type: tracker.Feature, State: state, Labels: labels}
	if points >= 0 {
		c.Estimate = &points
	}
	if state == tracker.Accepted {
		at := now().Add(-24 * time.Hour)
		c.AcceptedAt = &at
	}
	return c
}

func TestFigures(t *testing.T) {
	t.Parallel()
	epics := []tracker.Epic{{ID: 1, Name: "Pay", Label: "pay"}, {ID: 2, Name: "Find", Label: "find"}, {ID: 3, Name: "None", Label: "none"}}
	bug := card(tracker.Unstarted, 8, "find")
	bug.Type = tracker.Bug // carries no points, whatever it had
	got := figures(project(), epics,
		card(tracker.Accepted, 2, "find", "pay"),
		card(tracker.Started, 3, "pay"), card(tracker.Unstarted, 5, "other"), card(tracker.Unstarted, 3, "pay"), bug,
		card(tracker.Unscheduled, -1, "pay"))
	pay := got[0]
	if pay.Stories != 4 || pay.Accepted != 1 || pay.Icebox != 1 || pay.Unestimated != 1 || pay.Points != 8 || pay.AcceptedPoints != 2 {
		t.Errorf("pay: %+v", pay)
	}
	if pay.States[tracker.Started] != 1 || pay.States[tracker.Unscheduled] != 1 || pay.States[tracker.Delivered] != 0 {
		t.Errorf("states of pay: %v", pay.States)
	}
	// 2 + 3 fill the first week, 5 the second, 3 stand in the third.
	if day := pay.Finish.Format(time.DateOnly); day != "2026-12-06" || pay.Ends(now()) != "by 6 Dec" {
		t.Errorf("pay is finished on %s, %q", day, pay.Ends(now()))
	}
	if pay.Share() != 0.25 || pay.Done() || !pay.DoneAt.IsZero() {
		t.Errorf("pay is done by %v, %v, %v", pay.Share(), pay.Done(), pay.DoneAt)
	}
	find := got[1]
	if find.Stories != 2 || find.Points != 2 || find.AcceptedPoints != 2 || find.Unestimated != 0 || find.Share() != 0.99 {
		t.Errorf("find: %+v, share %v", find, find.Share())
	}
	if none := got[2]; none.Stories != 0 || none.Share() != 0 || none.Ends(now()) != "" || none.Done() {
		t.Errorf("none: %+v", none)
	}
}

func TestAnEpicEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		cards []tracker.Card
		want  string
		share float64
	}{
		"done":                      {[]tracker.Card{card(tracker.Accepted, 1, "a")}, "done", 1},
		"nothing scheduled":         {[]tracker.Card{card(tracker.Accepted, 1, "a"), card(tracker.Unscheduled, 3, "a")}, "icebox", 0.25},
		"in the current iteration":  {[]tracker.Card{card(tracker.Unstarted, 1, "a")}, "by 22 Nov", 0},
		"without points by stories": {[]tracker.Card{card(tracker.Accepted, 0, "a"), card(tracker.Unstarted, 0, "a")}, "by 22 Nov", 0.5},
	} {
		f := figures(project(), []tracker.Epic{{ID: 1, Label: "a"}}, c.cards...)[0]
		if f.Ends(now()) != c.want || f.Share() != c.share {
			t.Errorf("%s: %q, %v; want %q, %v", name, f.Ends(now()), f.Share(), c.want, c.share)
		}
	}
}

// Whatever the stories are: their states sum to them, and the planned finish is that of
// the last one by the plan.
func TestFiguresOfAnyBacklog(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var cards []tracker.Card
		for range rapid.IntRange(0, 30).Draw(t, "stories") {
			labels := []string{"b"}
			if rapid.Bool().Draw(t, "labelled") {
				labels = append(labels, "a")
			}
			cards = append(cards, card(tracker.Unstarted, float64(rapid.IntRange(-1, 8).Draw(t, "points")), labels...))
		}
		for i := range cards {
			cards[i].ID = tracker.StoryID(i + 1)
		}
		b := plan.NewColumns(project(), cards, now(), "Ada")
		p := plan.New(b, now())
		f := epic.Of([]tracker.Epic{{ID: 1, Label: "a"}}, b, p)[0]
		n, last := 0, time.Time{}
		for _, c := range cards {
			if len(c.Labels) == 2 {
				it, _ := p.For(c.ID)
				n, last = n+1, it.LastDay()
			}
		}
		states := 0
		for _, k := range f.States {
			states += k
		}
		if f.Stories != n || states != n || len(f.Cards) != n || n > 0 && !f.Finish.Equal(last) {
			t.Fatalf("%d stories, %d by state, finish %v; want %d, %v", f.Stories, states, f.Finish, n, last)
		}
	})
}

func TestEpicsAreFound(t *testing.T) {
	t.Parallel()
	list := []tracker.Epic{{ID: 7, Name: "Pay", Label: "checkout"}, {ID: 3, Name: "7", Label: "seven"}}
	for ref, want := range map[string]tracker.EpicID{"E-7": 7, " e-7 ": 7, "pay": 7, "Checkout": 7, "7": 3, "3": 3} {
		if got, err := epic.Find(list, ref); err != nil || got.ID != want {
			t.Errorf("%q is %v, %v; want %v", ref, got.ID, err, want)
		}
	}
	if _, err := epic.Find(list, "nothing"); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("got %v", err)
	}
}

func TestEpicsAreMoved(t *testing.T) {
	t.Parallel()
	list := []tracker.Epic{{ID: 1, Position: 4}, {ID: 2, Position: 8}, {ID: 3, Position: 9}}
	order := func(list []tracker.Epic) string {
		var ids []string
		for i, e := range list {
			ids = append(ids, e.ID.String())
			if e.Position != int64(i+1) {
				t.Errorf("%s has position %d, want %d", e.ID, e.Position, i+1)
			}
		}
		return strings.Join(ids, " ")
	}
	for _, c := range []struct {
		id   tracker.EpicID
		to   epic.Place
		want string
	}{
		{3, epic.Place{}, "E-3 E-1 E-2"}, {1, epic.Place{Bottom: true}, "E-2 E-3 E-1"},
		{3, epic.Place{Before: 2}, "E-1 E-3 E-2"}, {1, epic.Place{After: 2}, "E-2 E-1 E-3"}, {2, epic.Place{After: 1}, "E-1 E-2 E-3"},
	} {
		got, err := epic.Moved(list, c.id, c.to)
		if err != nil || order(got) != c.want {
			t.Errorf("%s to %+v: %s, %v; want %s", c.id, c.to, order(got), err, c.want)
		}
	}
	for to, code := range map[epic.Place]tracker.Code{{Before: 2}: tracker.CodeInvalid, {After: 9}: tracker.CodeNotFound} {
		if _, err := epic.Moved(list, 2, to); tracker.CodeOf(err) != code {
			t.Errorf("to %+v: %v, want %s", to, err, code)
		}
	}
	if list[0].Position != 4 {
		t.Error("the list that was given has changed")
	}
}

func TestEpicsAreValidated(t *testing.T) {
	t.Parallel()
	for field, e := range map[string]tracker.Epic{
		"name":        {Name: " \u200b", Label: "a"},
		"label":       {Name: "A", Label: "a, b"},
		"description": {Name: "A", Label: "a", Description: strings.Repeat("x", tracker.MaxStoryDescription+1)},
	} {
		var err *tracker.Error
		if got := epic.Validate(e); !as(got, &err) || err.Field != field {
			t.Errorf("%+v: %v, want the field %s", e, got, field)
		}
	}
	if err := epic.Validate(tracker.Epic{Name: "A", Label: "a"}); err != nil {
		t.Error(err)
	}
	if got := epic.LabelFor(" Pay, in  One Step"); got != "pay in one step" {
		t.Errorf("the label of a name is %q", got)
	}
}

func as(err error, to **tracker.Error) bool {
	e, ok := err.(*tracker.Error) //nolint:errorlint // what is validated is not wrapped
	*to = e
	return ok
}
