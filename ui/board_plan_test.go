package ui_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/theme"
	"storydesk/ui/uitest"
)

// project changes the project of a world.
func (w *world) project(change func(*tracker.Project)) *world {
	w.T.Helper()
	p := w.Project
	change(&p)
	p, err := w.Service.Projects.SaveProject(w.T.Context(), p)
	if err != nil {
		w.T.Fatal(err)
	}
	w.Project = p
	return w
}

// release adds a release at the end of the Backlog.
func (w *world) release(name, deadline string) *world {
	w.T.Helper()
	ctx := w.T.Context()
	st, err := w.Service.Stories.AddStory(ctx, tracker.NewStory{ProjectID: w.Project.ID, Name: name, Type: tracker.Release, Place: tracker.Place{Column: tracker.Backlog, Bottom: true}})
	if err != nil {
		w.T.Fatal(err)
	}
	day, err := tracker.ParseDeadline(deadline)
	if err != nil {
		w.T.Fatal(err)
	}
	if _, err := w.Service.Stories.Edit(ctx, []tracker.StoryID{st.ID}, tracker.StoryEdit{Deadline: &day}); err != nil {
		w.T.Fatal(err)
	}
	return w
}

// planFull is a world with more in progress than the velocity, done iterations, a story
// larger than the velocity, and a release that will be late.
func planFull(t *testing.T) *world {
	t.Helper()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.project(func(p *tracker.Project) {
		p.PointScale, p.InitialVelocity = []float64{0, 1, 2, 3, 5, 8, 13}, 5
		p.StartDate = uitest.Now().AddDate(0, 0, -28)
	})
	begun := []tracker.Action{tracker.Start}
	w.Story("Invoices by e-mail", tracker.Backlog, 3, tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept)
	w.Story("Login loops on SSO", tracker.Backlog, 3, begun...)
	w.Story("Export fails over 10k rows", tracker.Backlog, 2, begun...)
	last := []tracker.StoryID{}
	for _, s := range []struct {
		name   string
		points float64
	}{{"Credit notes", 2}, {"Refund page", 3}, {"A new ledger", 13}, {"Dark mode", 1}} {
		last = append(last, w.Story(s.name, tracker.Backlog, s.points).ID)
	}
	if _, err := w.Service.Stories.MoveStories(t.Context(), last, tracker.Place{Column: tracker.Backlog, Bottom: true}); err != nil {
		t.Fatal(err)
	}
	return w.release("Release 4.2", "2026-12-12").accepted("Old export", "Newer login")
}

func TestGoldenPlan(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		w, h int
		look theme.Options
		keys string
	}{
		{200, 60, theme.Options{Dark: true}, "4 2"}, {120, 40, theme.Options{}, "2"}, {80, 24, theme.Options{Dark: true}, "2"}, {40, 12, theme.Options{NoColor: true}, "2"},
	} {
		t.Run(pictureName("planned Backlog", c.w, c.h, c.look), func(t *testing.T) {
			w := planFull(t).Start(c.w, c.h)
			w.Model.SetLook(c.look)
			w.Press(strings.Fields(c.keys)...)
			w.Press("g")
			w.Idle()
			w.exact(c.w, c.h)
			golden.RequireEqual(t, w.Frame())
		})
	}
}

// A release whose deadline is over is marked in the Icebox, too.
func TestALateReleaseInTheIcebox(t *testing.T) {
	t.Parallel()
	w := newWorld(t).release("Release 4.1", "2026-11-17").release("Release 4.2", "2026-11-18").Start(200, 30)
	w.See("Release 4.1")
	for _, c := range []struct {
		name string
		late bool
	}{{"Release 4.1", true}, {"Release 4.2", false}} {
		id := tracker.StoryID(1)
		if !c.late {
			id = 2
		}
		if _, err := w.Service.Stories.MoveStories(t.Context(), []tracker.StoryID{id}, tracker.Place{Column: tracker.Icebox}); err != nil {
			t.Fatal(err)
		}
		w.Until(c.name+" stands in the Icebox", func() bool { return slices.Contains(w.rows(intent.PaneIcebox), any(id)) })
		w.Idle()
		if got := strings.Contains(w.Row(c.name), "late"); got != c.late {
			t.Errorf("late %t: %q", got, w.Row(c.name))
		}
	}
}

// The Backlog stays one list: keys pass captions, and a move across them changes what is
// planned for when, until it is undone.
func TestMoveAcrossIterations(t *testing.T) {
	t.Parallel()
	w := planFull(t).Start(140, 32)
	w.Press("2", "g")
	before := w.names(intent.PaneBacklog)
	w.See("Current · 16–22 Nov · 8 of 5 pts")
	w.See("23–29 Nov · 2 of 5 pts")
	w.See("Release 4.2")
	if row := w.Row("Release 4.2"); !strings.Contains(row, "late") {
		t.Errorf("the release says %q", row)
	}
	w.Press("j", "j", "j")
	if got := w.selected(); got != tracker.StoryID(4) {
		t.Fatalf("three steps below the first story is %v, want S-4", got)
	}
	w.Press("J") // Credit notes below Refund page
	w.See("1 empty iteration · 23–29 Nov")
	w.Press("u")
	w.See("23–29 Nov · 2 of 5 pts")
	w.Idle()
	if got := w.names(intent.PaneBacklog); got != before {
		t.Errorf("after undo the Backlog holds %s, want %s", got, before)
	}
}

// A story is dropped between iterations with the mouse, on a caption too.
func TestDragAcrossIterations(t *testing.T) {
	t.Parallel()
	w := planFull(t).Start(140, 32)
	w.Press("2", "g")
	m := w.At("Dark mode").Press().Over("23–29 Nov")
	w.Shows("S-7 → Backlog, above S-4")
	m.Release()
	w.See("S-7 moved")
	w.Idle()
	if got := w.names(intent.PaneBacklog); !strings.Contains(got, "Dark mode, Credit notes, Refund page") {
		t.Errorf("the Backlog holds %s", got)
	}
	w.See("23–29 Nov · 1 of 5 pts")
	w.Press("u")
	w.See("23–29 Nov · 2 of 5 pts")
}

// A filter shows the iterations of what it finds, and no empty ones.
func TestFilterOfAPlannedBacklog(t *testing.T) {
	t.Parallel()
	w := planFull(t).Start(140, 32)
	w.Press("2", "/").Write("ledger").Press("enter")
	w.Idle()
	screen := w.Screen()
	if !strings.Contains(screen, "14 of 5 pts") || strings.Contains(screen, "Current ·") || strings.Contains(screen, "empty iteration") {
		t.Errorf("the screen is\n%s", screen)
	}
	w.Press("esc")
	w.See("empty iteration")
}

// The first line tells velocity and progress; another velocity can be tried, and says
// that it is one.
func TestVelocityIsTried(t *testing.T) {
	t.Parallel()
	w := planFull(t).Start(160, 32)
	w.See("Current 3 of 8 pts accepted")
	w.See("velocity 5")
	w.Press("2", "T")
	w.See("What if the velocity were another one? Empty for the project's, 5")
	w.Write("none").Press("enter")
	w.See(`"none" is not a velocity`)
	w.Press("T").Write("20").Press("enter")
	w.See("what if velocity 20, not 5")
	w.See("Current · 16–22 Nov · 13 of 20 pts")
	w.Press("T", "backspace", "backspace", "enter")
	w.See("Current · 16–22 Nov · 8 of 5 pts")
	if p, err := w.Service.Projects.Project(context.Background(), w.Project.Name); err != nil || p.InitialVelocity != 5 {
		t.Errorf("the project's velocity is %d, %v", p.InitialVelocity, err)
	}
}

// A story's detail says for when it is planned.
func TestDetailSaysForWhenAStoryIsPlanned(t *testing.T) {
	t.Parallel()
	w := planFull(t).Start(160, 32)
	w.Press("2", "#").Write("S-4").Press("enter")
	w.See("S-4 · planned for 23–29 Nov")
	w.Press("esc", "#").Write("S-2").Press("enter")
	w.See("S-2 · planned for Current, 16–22 Nov")
}

// So does a story that is open under its row, and follows the plan.
func TestOpenStorySaysForWhenItIsPlanned(t *testing.T) {
	t.Parallel()
	w := planFull(t).Start(160, 32)
	w.Press("2", "g", "j", "j", "j", "z")
	w.See("S-4 · planned for 23–29 Nov")
	w.Press("J")
	w.See("S-4 · planned for 30 Nov–6 Dec")
	w.Press("u")
	w.See("S-4 · planned for 23–29 Nov")
}

// When Current ends while the program is open, the plan goes on, and what was accepted
// stands in Done.
func TestCurrentEndsMeanwhile(t *testing.T) {
	t.Parallel()
	w := planFull(t)
	var later atomic.Int64
	w.Service.Now = func() time.Time { return uitest.Now().Add(time.Duration(later.Load())) }
	w.Start(160, 32)
	w.Press("4", "2")
	w.See("Current · 16–22 Nov")
	w.Idle()
	later.Store(int64(7 * 24 * time.Hour))
	w.Send(pane.Ticked{})
	w.See("Current · 23–29 Nov")
	w.Idle()
	if got := w.names(intent.PaneDone); !strings.HasPrefix(got, "Invoices by e-mail") {
		t.Errorf("Done holds %s", got)
	}
}
