package ui_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/theme"
	"storydesk/ui/uitest"
)

// The drop line stands under the mouse, up and down, in either column.
func TestDropLineFollowsThePointer(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(6)
	w.Story("Alpha", tracker.Backlog, 1)
	w.Start(140, 30)
	m := w.At("Export CSV").Press()
	x, y := w.Find("Row 1")
	for _, at := range []int{y + 2, y + 3, y + 4, y + 1, y} {
		m = m.To(x, at)
		if got := w.At("━━▶ here"); got.Y != at {
			t.Fatalf("the drop line is in line %d, the mouse in %d:\n%s", got.Y, at, w.Screen())
		}
	}
	w.Shows("#1039 → Icebox, above S-1   release drops")
	m = m.Over("Alpha")
	w.Shows("#1039 → Backlog, above S-7")
	m = m.To(20, 10)
	w.Shows("#1039 stays where it is")
	if strings.Contains(w.Screen(), "━━▶ here") {
		t.Error("the drop line stays when the mouse has left")
	}
	m = m.To(x, y+20)
	w.Shows("#1039 → Icebox, at the end")
	m.To(x, y+2).Release()
	w.See("created from #1039")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Export CSV is empty, Row 3, Row 4, Row 5, Row 6" {
		t.Errorf("the Icebox holds %s", got)
	}
}

// Whatever ends a drag without a drop leaves everything as it was.
func TestDragsThatEndInNothing(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(w *world, m uitest.Mouse){
		"release over the tickets": func(_ *world, m uitest.Mouse) { m.To(20, 12).Release() },
		"release over the footer":  func(_ *world, m uitest.Mouse) { m.To(100, 29).Release() },
		"escape":                   func(w *world, m uitest.Mouse) { w.Press("esc"); m.Release() },
		"blur":                     func(w *world, m uitest.Mouse) { w.Send(tea.BlurMsg{}); m.Release() },
		"resize":                   func(w *world, m uitest.Mouse) { w.Send(tea.WindowSizeMsg{Width: 139, Height: 30}); m.Release() },
		"a dialogue": func(w *world, m uitest.Mouse) {
			w.do(func(h *pane.Host) tea.Cmd {
				return h.Open(dialog.NewQuestion(h, "Really?", func() tea.Cmd { return nil }), pane.Line)
			})
			w.Send(pane.Ticked{})
			m.Release()
		},
		"a release not seen": func(w *world, m uitest.Mouse) { w.Send(tea.MouseMotionMsg{X: m.X, Y: m.Y + 1}); m.Release() },
		"a press elsewhere":  func(w *world, _ uitest.Mouse) { w.At("Login loops").Press() },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).WithTickets(uitest.Usual()...).stack(3).Start(140, 30)
			m := w.At("Export CSV").Press().Over("Row 2")
			w.Shows("#1039 → Icebox, above S-2")
			end(w, m)
			w.Idle()
			if w.moving() || w.Part(intent.PaneIcebox).Drop {
				t.Error("it is still being moved")
			}
			if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Row 3" {
				t.Errorf("the Icebox holds %s", got)
			}
			if w.Model.Dragging() {
				t.Error("the mouse still drags")
			}
		})
	}
}

// A release without a motion is a click.
func TestPressAndReleaseIsAClick(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	m := w.At("Export CSV")
	m.Press().To(m.X, m.Y).Release()
	if got := w.selected(); got != tracker.TicketID(1039) || w.moving() {
		t.Errorf("%s is selected", got)
	}
}

// What changes in the middle of a drag changes neither what is dragged nor
// where it would be dropped.
func TestDragSurvivesARefresh(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(4).Start(140, 30)
	m := w.At("Row 4").Press().Over("Row 2")
	w.Shows("S-4 → Icebox, above S-2")
	for range 2 {
		if _, err := w.Service.Stories.AddStory(t.Context(), tracker.NewStory{ProjectID: w.Project.ID, Name: "Between", Place: tracker.Place{Column: tracker.Icebox}}); err != nil {
			t.Fatal(err)
		}
	}
	w.See("Between")
	w.Until("all is shown", func() bool { return len(w.rows(intent.PaneIcebox)) == 6 })
	w.Shows("S-4 → Icebox, above S-2")
	x, y := w.Find("━━▶ here")
	m.To(x, y).Release()
	w.See("S-4 moved")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Between, Between, Row 1, Row 4, Row 2, Row 3" {
		t.Errorf("the Icebox holds %s", got)
	}
}

func TestDragOfADeletedStoryEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t).stack(3).Start(140, 30)
	w.At("Row 3").Press().Over("Row 1")
	if err := w.Service.Stories.DeleteStories(t.Context(), []tracker.StoryID{3}, false); err != nil {
		t.Fatal(err)
	}
	w.See("S-3 was deleted")
	if w.moving() {
		t.Error("a deleted story is still being moved")
	}
}

func TestImpossibleDropsAreExplained(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Running", tracker.Backlog, 1, tracker.Start)
	w.Story("Waiting", tracker.Backlog, 1)
	w.Story("Shipped", tracker.Backlog, 1, tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept)
	w.Start(140, 30)
	w.At("Waiting").Press().Over("Running").Release()
	w.See("S-1 is started: unstarted stories stay below started ones")
	w.At("Shipped").Press().Over("Waiting").Release()
	w.See("S-3 is accepted and cannot be moved; s restarts it")
	if w.moving() {
		t.Error("an impossible drop goes on")
	}
}

// A story dropped where it is has not moved.
func TestDropInPlaceChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t).stack(3).Start(140, 30)
	m := w.At("Row 2").Press().Over("Row 3")
	w.Shows("S-2 → Icebox, where it is")
	m.Release()
	w.Idle()
	d, err := w.Service.Stories.Story(t.Context(), 2)
	if err != nil || len(d.Activities) != 1 {
		t.Errorf("a drop in place was recorded: %+v, %v", d.Activities, err)
	}
}

// Marked tickets are dragged together; another one is dragged alone.
func TestDragOfMarkedTickets(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(1).Start(140, 30)
	w.Press("space", "space")
	m := w.At("Refund page").Press().Over("Row 1")
	w.Shows("#1031 → Icebox")
	m.To(20, 20).Release()
	m = w.At("#1039").Press().Over("Row 1")
	w.Shows("2 tickets → Icebox, above S-1")
	m.Release()
	w.Press("o")
	w.See("created from #1042 and #1039")
	w.Idle()
	if got := w.board().Icebox; got[0].Tickets != 2 || len(w.Part(intent.PaneTickets).Marked) != 0 {
		t.Errorf("the Icebox holds %+v", got)
	}
	w.At("#1039").Press().Over("Row 1").Release()
	w.See("#1039 has S-2 (unscheduled).  a another story  g go to S-2  l link to a story")
}

// The column scrolls while the mouse rests at its edge, and stops at its end.
func TestEdgeScrolls(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(24).Start(140, 20)
	m := w.At("Export CSV").Press().Over("Row 3")
	m = m.To(m.X, 17) // the column's last line
	// The drop line is a row, too.
	w.Until("the end is shown", func() bool { p := w.Part(intent.PaneIcebox); return p.End == len(p.Rows)+1 })
	w.Shows("#1039 → Icebox, at the end")
	w.Idle()
	m = m.To(m.X, 1) // its title
	w.Until("the start is shown", func() bool { return w.Part(intent.PaneIcebox).First == 0 })
	w.Until("the drop line is there", func() bool { return strings.Contains(w.Screen(), "above S-1 ") })
	m.Release()
	w.See("created from #1039")
	w.Idle()
	if got := w.board().Icebox[0].Name; got != "Export CSV is empty" {
		t.Errorf("the first story is %s", got)
	}
}

// Where a column is hidden, resting over its name shows it.
func TestDragOverTheNameOfAHiddenColumn(t *testing.T) {
	t.Parallel()
	for _, width := range []int{60, 80} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			w := newWorld(t).WithTickets(uitest.Usual()...).stack(2).Start(width, 24)
			m := w.At("Export CSV").Press().Over("3 Icebox")
			w.Shows("#1039 stays where it is")
			w.See("Row 1")
			m.Over("Row 1").Release()
			w.Idle()
			if got := cardNames(w.board().Icebox); got != "Row 1, Export CSV is empty, Row 2" {
				t.Errorf("the Icebox holds %s", got)
			}
		})
	}
}

// In move mode a click says where, and a double click drops.
func TestClicksInMoveMode(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(3).Start(140, 30)
	w.Press("m")
	w.At("Row 2").Click()
	w.Shows("#1042 → Icebox, above S-2")
	w.Press("enter")
	w.See("created from #1042")
}

// TestGoldenDrag shows a drag as it looks: the origin dimmed, the line in the
// target, what a release does in the last line.
func TestGoldenDrag(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		t.Run(pictureName("board dragging a ticket", size[0], size[1], theme.Options{Dark: true}), func(t *testing.T) {
			w := filled(t, uitest.Usual()).Start(size[0], size[1])
			w.At("#1031").Press().Over("Next")
			w.exact(size[0], size[1])
			golden.RequireEqual(t, w.Frame())
		})
	}
}
