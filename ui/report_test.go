package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/pane"
	"storydesk/ui/report"
	"storydesk/ui/uitest"
)

// past is a world with four iterations behind it, a release and a label.
func past(t testing.TB) *world {
	t.Helper()
	w := newWorld(t).numbered().WithTickets(uitest.Usual()...)
	now := uitest.Now()
	clock := now
	w.Service.Now = func() time.Time { return clock }
	w.project(func(p *tracker.Project) { p.StartDate, p.VelocityAveragedOver = now.AddDate(0, 0, -28), 2 })
	label := []string{"checkout"}
	made := func(name string, points float64, steps ...tracker.Action) tracker.StoryID {
		t.Helper()
		st := w.Story(name, tracker.Backlog, points)
		if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Labels: &label}); err != nil {
			t.Fatal(err)
		}
		for _, step := range steps {
			clock = clock.Add(5 * time.Hour)
			if _, err := w.Service.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, step, "no"); err != nil {
				t.Fatal(err)
			}
		}
		return st.ID
	}
	through := []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept}
	again := []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver, tracker.Reject, tracker.Restart, tracker.Finish, tracker.Deliver, tracker.Accept}
	for week, points := range [][]float64{{3, 2}, {2}, {3, 3, 1}, {3, 2}} {
		for n, of := range points {
			clock = now.AddDate(0, 0, -28+7*week).Add(time.Duration(n) * 3 * time.Hour)
			steps := through
			if n == 1 {
				steps = again
			}
			made(fmt.Sprintf("Checkout %d.%d", week+1, n+1), of, steps...)
		}
	}
	clock = now.Add(-24 * time.Hour)
	linked := w.linked(1042)
	if _, err := w.Service.Stories.Estimate(t.Context(), []tracker.Seen{{ID: linked.ID}}, new(2.0)); err != nil {
		t.Fatal(err)
	}
	for _, step := range through {
		if _, err := w.Service.Stories.Transition(t.Context(), []tracker.Seen{{ID: linked.ID}}, step, ""); err != nil {
			t.Fatal(err)
		}
	}
	clock = now.Add(-20 * time.Hour)
	made("Gift cards", 3, tracker.Start)
	for i := range 4 {
		made(fmt.Sprintf("Vouchers %d", i+1), 3)
	}
	clock = now
	return w.release("Release 4.2", "2026-11-29")
}

// figures opens the screen of figures and waits for one.
func (w *world) figures(keys ...string) {
	w.T.Helper()
	w.Press("ctrl+g")
	read := func() {
		w.T.Helper()
		w.Until("the figure is read", func() bool {
			p, ok := w.Top().(*report.Pane)
			return ok && !p.Working()
		})
	}
	read()
	w.Press(keys...)
	read()
}

// Each figure has a key and a name to click; a table stands behind each chart.
func TestFiguresScreen(t *testing.T) {
	t.Parallel()
	w := past(t).Start(100, 32)
	w.figures("1")
	w.See("Velocity is 6 points an iteration, volatility 17 %.")
	w.Shows("█")
	w.Shows("19–25 Oct")
	w.Press("t")
	w.See("VELOCITY")
	if strings.Contains(w.Screen(), "█") {
		t.Errorf("there is a chart beside the table:\n%s", w.Screen())
	}
	w.Press("tab")
	w.See("SHARE")
	w.Click("Cycle time")
	w.See("half took at most")
	w.Press("6")
	w.See("All stories of 1 ticket are accepted; 0 of them are solved or closed.")
	w.Press("right")
	w.See("Velocity is 6 points")
	w.Press("left", "left")
	w.See("3 rejections of 12 decisions: 25 %.")
	w.Press("t")
	w.See("██ rejected")
	w.Press("esc")
	w.Until("the board is back", w.OnBoard)
}

// How figures are shown is remembered.
func TestFiguresRememberTables(t *testing.T) {
	t.Parallel()
	w := past(t).Start(100, 32)
	w.figures("t")
	w.See("TEAM")
	w.Idle()
	w.Press("esc")
	w.figures()
	w.See("TEAM")
	w.Start(100, 32)
	w.figures()
	w.See("TEAM")
}

// The burn-up is that of the next release, until another subject is chosen.
func TestBurnUpOnScreen(t *testing.T) {
	t.Parallel()
	w := past(t).Start(110, 36)
	w.figures("4")
	w.See("Release 4.2: 21 of 36 points accepted, 9 of 14 stories.")
	w.Shows("after its deadline, 29 Nov: late.")
	w.Shows("▒")
	w.Press("enter")
	w.See("Burn-up of")
	w.Write("checkout").Press("enter")
	w.See("Label checkout: 19 of 34 points accepted")
	w.Press("1")
	w.See("Velocity is")
	w.Press("enter")
	w.See("only a burn-up is of a release or a label")
}

// The screen looks back further, or less far, and follows what changes.
func TestFiguresFollow(t *testing.T) {
	t.Parallel()
	w := past(t).Start(100, 32)
	w.figures("2")
	w.See("4 done iterations")
	w.Press("-", "-", "-", "-")
	w.See("1 done iteration")
	w.Press("+")
	w.See("2 done iterations")
	w.See("in 2 done iterations.")
	w.See("12 of ")
	if err := w.Service.Stories.DeleteStories(t.Context(), []tracker.StoryID{1}, false); err != nil {
		t.Fatal(err)
	}
	w.Press("+")
	w.See("4 done iterations")
	w.Send(tea.WindowSizeMsg{Width: 60, Height: 14})
	w.exact(60, 14)
	if !strings.Contains(w.Screen(), "Planned") {
		t.Errorf("the screen shows\n%s", w.Screen())
	}
}

// A change is not lost when another figure is chosen while it is being read.
func TestFiguresFollowAChangeWhileTurning(t *testing.T) {
	t.Parallel()
	w := past(t).Start(100, 32)
	w.figures("3")
	w.See("9 accepted stories")
	story := w.Story("Late fix", tracker.Backlog, 1)
	for _, step := range []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept} {
		if _, err := w.Service.Stories.Transition(t.Context(), []tracker.Seen{{ID: story.ID}}, step, ""); err != nil {
			t.Fatal(err)
		}
	}
	w.Send(pane.Changed{Hint: tracker.HintStories})
	w.Press("left", "right")
	w.See("10 accepted stories")
}
