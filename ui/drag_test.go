package ui

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
)

// The drop line stands under the mouse, up and down, in either column.
func TestDropLineFollowsThePointer(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(6)
	w.story("Alpha", tracker.Backlog, 1)
	w.start(140, 30)
	m := w.at("Export CSV").press()
	x, y := w.find("Row 1")
	for _, at := range []int{y + 2, y + 3, y + 4, y + 1, y} {
		m = m.to(x, at)
		if got := w.at("━━▶ here"); got.y != at {
			t.Fatalf("the drop line is in line %d, the mouse in %d:\n%s", got.y, at, w.screen())
		}
	}
	w.shows("#1039 → Icebox, above S-1   release drops")
	m = m.over("Alpha")
	w.shows("#1039 → Backlog, above S-7")
	m = m.to(20, 10)
	w.shows("#1039 stays where it is")
	if strings.Contains(w.screen(), "━━▶ here") {
		t.Error("the drop line stays when the mouse has left")
	}
	m = m.to(x, y+20)
	w.shows("#1039 → Icebox, at the end")
	m.to(x, y+2).release()
	w.see("created from #1039")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Export CSV is empty, Row 3, Row 4, Row 5, Row 6" {
		t.Errorf("the Icebox holds %s", got)
	}
}

// Whatever ends a drag without a drop leaves everything as it was.
func TestDragsThatEndInNothing(t *testing.T) {
	for name, end := range map[string]func(w *world, m mouse){
		"release over the tickets": func(_ *world, m mouse) { m.to(20, 12).release() },
		"release over the footer":  func(_ *world, m mouse) { m.to(100, 29).release() },
		"escape":                   func(w *world, m mouse) { w.press("esc"); m.release() },
		"blur":                     func(w *world, m mouse) { w.send(tea.BlurMsg{}); m.release() },
		"resize":                   func(w *world, m mouse) { w.send(tea.WindowSizeMsg{Width: 139, Height: 30}); m.release() },
		"a dialogue": func(w *world, m mouse) {
			w.do(func(h *pane.Host) tea.Cmd {
				return h.Open(dialog.NewQuestion(h, "Really?", func() tea.Cmd { return nil }), pane.Line)
			})
			w.send(pane.Ticked{})
			m.release()
		},
		"a release not seen": func(w *world, m mouse) { w.send(tea.MouseMotionMsg{X: m.x, Y: m.y + 1}); m.release() },
		"a press elsewhere":  func(w *world, _ mouse) { w.at("Login loops").press() },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withTickets(usual()...).stack(3).start(140, 30)
			m := w.at("Export CSV").press().over("Row 2")
			w.shows("#1039 → Icebox, above S-2")
			end(w, m)
			w.idle()
			if w.moving() || w.part(intent.PaneIcebox).Drop {
				t.Error("it is still being moved")
			}
			if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Row 3" {
				t.Errorf("the Icebox holds %s", got)
			}
			if w.model.Dragging() {
				t.Error("the mouse still drags")
			}
		})
	}
}

// A release without a motion is a click.
func TestPressAndReleaseIsAClick(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	m := w.at("Export CSV")
	m.press().to(m.x, m.y).release()
	if got := w.selected(); got != tracker.TicketID(1039) || w.moving() {
		t.Errorf("%s is selected", got)
	}
}

// What changes in the middle of a drag changes neither what is dragged nor
// where it would be dropped.
func TestDragSurvivesARefresh(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(4).start(140, 30)
	m := w.at("Row 4").press().over("Row 2")
	w.shows("S-4 → Icebox, above S-2")
	for range 2 {
		if _, err := w.svc.Stories.AddStory(t.Context(), tracker.NewStory{ProjectID: w.project.ID, Name: "Between", Place: tracker.Place{Column: tracker.Icebox}}); err != nil {
			t.Fatal(err)
		}
	}
	w.see("Between")
	w.until("all is shown", func() bool { return len(w.rows(intent.PaneIcebox)) == 6 })
	w.shows("S-4 → Icebox, above S-2")
	x, y := w.find("━━▶ here")
	m.to(x, y).release()
	w.see("S-4 moved")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Between, Between, Row 1, Row 4, Row 2, Row 3" {
		t.Errorf("the Icebox holds %s", got)
	}
}

func TestDragOfADeletedStoryEnds(t *testing.T) {
	w := newWorld(t).stack(3).start(140, 30)
	w.at("Row 3").press().over("Row 1")
	if err := w.svc.Stories.DeleteStories(t.Context(), []tracker.StoryID{3}, false); err != nil {
		t.Fatal(err)
	}
	w.see("S-3 was deleted")
	if w.moving() {
		t.Error("a deleted story is still being moved")
	}
}

func TestImpossibleDropsAreExplained(t *testing.T) {
	w := newWorld(t)
	w.story("Running", tracker.Backlog, 1, tracker.Start)
	w.story("Waiting", tracker.Backlog, 1)
	w.story("Shipped", tracker.Backlog, 1, tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept)
	w.start(140, 30)
	w.at("Waiting").press().over("Running").release()
	w.see("S-1 is started: unstarted stories stay below started ones")
	w.at("Shipped").press().over("Waiting").release()
	w.see("S-3 is accepted and cannot be moved; s restarts it")
	if w.moving() {
		t.Error("an impossible drop goes on")
	}
}

// A story dropped where it is has not moved.
func TestDropInPlaceChangesNothing(t *testing.T) {
	w := newWorld(t).stack(3).start(140, 30)
	m := w.at("Row 2").press().over("Row 3")
	w.shows("S-2 → Icebox, where it is")
	m.release()
	w.idle()
	d, err := w.svc.Stories.Story(t.Context(), 2)
	if err != nil || len(d.Activities) != 1 {
		t.Errorf("a drop in place was recorded: %+v, %v", d.Activities, err)
	}
}

// Marked tickets are dragged together; another one is dragged alone.
func TestDragOfMarkedTickets(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(1).start(140, 30)
	w.press("space", "space")
	m := w.at("Refund page").press().over("Row 1")
	w.shows("#1031 → Icebox")
	m.to(20, 20).release()
	m = w.at("#1039").press().over("Row 1")
	w.shows("2 tickets → Icebox, above S-1")
	m.release()
	w.press("o")
	w.see("created from #1042 and #1039")
	w.idle()
	if got := w.board().Icebox; got[0].Tickets != 2 || len(w.part(intent.PaneTickets).Marked) != 0 {
		t.Errorf("the Icebox holds %+v", got)
	}
	w.at("#1039").press().over("Row 1").release()
	w.see("#1039 has story S-2 (unscheduled). Make another?")
}

// The column scrolls while the mouse rests at its edge, and stops at its end.
func TestEdgeScrolls(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(24).start(140, 20)
	m := w.at("Export CSV").press().over("Row 3")
	m = m.to(m.x, 17) // the column's last line
	// The drop line is a row, too.
	w.until("the end is shown", func() bool { p := w.part(intent.PaneIcebox); return p.End == len(p.Rows)+1 })
	w.shows("#1039 → Icebox, at the end")
	w.until("nothing scrolls any more", func() bool { return len(w.msgs) == 0 })
	m = m.to(m.x, 1) // its title
	w.until("the start is shown", func() bool { return w.part(intent.PaneIcebox).First == 0 })
	w.until("the drop line is there", func() bool { return strings.Contains(w.screen(), "above S-1 ") })
	m.release()
	w.see("created from #1039")
	w.idle()
	if got := w.board().Icebox[0].Name; got != "Export CSV is empty" {
		t.Errorf("the first story is %s", got)
	}
}

// Where a column is hidden, resting over its name shows it.
func TestDragOverTheNameOfAHiddenColumn(t *testing.T) {
	for _, width := range []int{60, 80} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			w := newWorld(t).withTickets(usual()...).stack(2).start(width, 24)
			m := w.at("Export CSV").press().over("3 Icebox")
			w.shows("#1039 stays where it is")
			w.see("Row 1")
			m.over("Row 1").release()
			w.idle()
			if got := cardNames(w.board().Icebox); got != "Row 1, Export CSV is empty, Row 2" {
				t.Errorf("the Icebox holds %s", got)
			}
		})
	}
}

// In move mode a click says where, and a double click drops.
func TestClicksInMoveMode(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(3).start(140, 30)
	w.press("m")
	w.at("Row 2").click()
	w.shows("#1042 → Icebox, above S-2")
	w.press("enter")
	w.see("created from #1042")
}

// TestGoldenDrag shows a drag as it looks: the origin dimmed, the line in the
// target, what a release does in the last line.
func TestGoldenDrag(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			w := filled(t, usual()).start(size[0], size[1])
			w.at("#1031").press().over("Next")
			w.exact(size[0], size[1])
			golden.RequireEqual(t, w.frame())
		})
	}
}
