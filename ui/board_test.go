package ui

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// board reads the stored columns.
func (w *world) board() tracker.Board {
	w.t.Helper()
	b, err := w.svc.Stories.Board(w.t.Context(), w.project.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

// cardNames lists the names of cards.
func cardNames(cards []tracker.Card) string {
	list := make([]string, len(cards))
	for i, c := range cards {
		list[i] = c.Name
	}
	return strings.Join(list, ", ")
}

func TestTicketToStory(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.story("Old", tracker.Backlog, 1)
	w.start(140, 30)
	w.press("j", "b")
	w.see("created from #1039")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Export CSV is empty, Old" {
		t.Errorf("Backlog holds %s", got)
	}
	if !strings.Contains(w.row("#1039"), "✓ S-2 unstarted") {
		t.Errorf("the ticket's row does not name its story:\n%s", w.screen())
	}
	if got := w.part(intent.PaneBacklog).Selected; got != tracker.StoryID(2) {
		t.Errorf("S-%d is selected in the Backlog, want S-2", got)
	}

	w.press("b")
	w.see("#1039 has story S-2 (unstarted). Make another?")
	w.press("n")
	w.idle()
	if n := len(w.board().Backlog); n != 2 {
		t.Errorf("%d stories after saying no", n)
	}
	w.press("i", "y")
	w.see("Story S-3 created")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Export CSV is empty" {
		t.Errorf("Icebox holds %s", got)
	}
}

func TestMarkedTicketsBecomeOneStory(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press("space", "space", "b", "o")
	w.see("created from #1042 and #1039")
	w.idle()
	cards := w.board().Backlog
	if len(cards) != 1 || cards[0].Tickets != 2 {
		t.Errorf("the Backlog holds %+v", cards)
	}
}

func TestStoryLife(t *testing.T) {
	w := newWorld(t)
	w.story("Work", tracker.Backlog, -1)
	w.start(140, 30)
	w.press("2", "s")
	w.see("S-1 needs an estimate first: p")
	w.press("p", "2")
	w.see("S-1: 2 points")
	w.idle()
	for _, state := range []string{"started", "finished", "delivered"} {
		w.press("s")
		w.see("S-1 is " + state)
		w.idle()
	}
	w.press("x")
	w.see("Why is S-1 rejected?")
	w.write("no good").press("enter")
	w.see("S-1 is rejected")
	w.idle()
	d, err := w.svc.Stories.Story(t.Context(), 1)
	if err != nil || len(d.Comments) != 1 || d.Comments[0].Text != "no good" {
		t.Errorf("the reason is not a comment: %+v, %v", d.Comments, err)
	}
	w.press("x")
	w.see("only a delivered story can be rejected")
}

func TestReorder(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"A", "B", "C", "D"} {
		w.story(name, tracker.Icebox, -1)
	}
	w.start(140, 30)
	w.press("3", "J", "J", "J")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "B, C, D, A" {
		t.Errorf("after J three times: %s", got)
	}
	w.press("J")
	w.see("S-1 is the last story here")
	w.press("K")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "B, C, A, D" {
		t.Errorf("after K: %s", got)
	}
}

func TestMoveMode(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.story("Running", tracker.Backlog, 1, tracker.Start)
	w.story("First", tracker.Backlog, 1)
	w.story("Second", tracker.Backlog, 1)
	w.story("Cold", tracker.Icebox, -1)
	w.start(140, 30)

	w.press("m", "k")
	w.see("unstarted stories stay below started ones")
	w.press("enter")
	w.idle()
	if !w.moving() {
		t.Fatal("an impossible drop ended the move")
	}
	w.press("down", "down")
	w.see("#1042 → Backlog, above S-3")
	if !strings.Contains(w.screen(), "━━▶ here") {
		t.Errorf("no drop line:\n%s", w.screen())
	}
	w.press("enter")
	w.see("created from #1042")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Running, First, Login loops on SSO, Second" {
		t.Errorf("the Backlog holds %s", got)
	}

	w.press("2", "G", "m", "l", "G", "enter")
	w.see("S-3 moved")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Cold, Second" {
		t.Errorf("the Icebox holds %s", got)
	}
	w.press("m", "k", "esc")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Cold, Second" || w.moving() {
		t.Errorf("esc did not leave everything: %s", got)
	}
}

func TestMouse(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.story("Alpha", tracker.Backlog, 1)
	w.story("Beta", tracker.Backlog, 1)
	w.start(140, 30)
	w.click("Beta")
	if at := w.selected(); at != tracker.StoryID(2) {
		t.Errorf("a click selected %v", at)
	}
	w.click("Start")
	w.see("S-1 is started")
	w.idle()

	x, y := w.find("Refund page")
	w.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	toX, toY := w.find("Beta")
	w.send(tea.MouseMotionMsg{X: toX, Y: toY, Button: tea.MouseLeft})
	w.see("#1031 → Backlog, above S-2")
	w.send(tea.MouseReleaseMsg{X: toX, Y: toY, Button: tea.MouseLeft})
	w.see("created from #1031")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Alpha, Refund page 404, Beta" {
		t.Errorf("dragging left the Backlog at %s", got)
	}
}

func TestFilter(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press("/").write("csv")
	w.see("1 of 4")
	w.press("enter")
	if strings.Contains(w.screen(), "Refund") {
		t.Errorf("the filter shows other rows:\n%s", w.screen())
	}
	w.press("esc")
	if !strings.Contains(w.screen(), "Refund") {
		t.Errorf("esc does not clear the filter:\n%s", w.screen())
	}
}

func TestHideLinked(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press("b")
	w.see("created from #1042")
	w.idle()
	w.press("H")
	w.see("1 hidden")
	if strings.Contains(w.row("#1042"), "Login") {
		t.Errorf("H hides nothing:\n%s", w.screen())
	}
}

func TestDelete(t *testing.T) {
	w := newWorld(t)
	w.story("Away", tracker.Icebox, -1)
	w.start(140, 30)
	w.press("3", "D", "esc")
	w.idle()
	if len(w.board().Icebox) != 1 {
		t.Fatal("esc deleted the story")
	}
	w.press("D", "y")
	w.see("S-1 deleted")
	w.idle()
	if len(w.board().Icebox) != 0 {
		t.Error("the story is still there")
	}
}

func TestNewStoryAndCopy(t *testing.T) {
	w := newWorld(t).start(140, 30)
	w.press("n").write("Ünï ✓ name").press("enter")
	w.see("Story S-1 created")
	w.idle()
	if at := w.selected(); at != tracker.StoryID(1) {
		t.Error("the new story is not selected")
	}
	w.press("y")
	w.see("Copied S-1")
	w.press("o")
	w.see("S-1 has no linked ticket")
}

func TestBrowse(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press("o")
	w.see("Opened https://acme.zendesk.com/agent/tickets/1042")
	if len(w.opened) != 1 {
		t.Errorf("opened %v", w.opened)
	}
}

func TestQuitDrains(t *testing.T) {
	w := newWorld(t).start(80, 24)
	w.press("q")
	if w.quit {
		t.Fatal("left without draining")
	}
	w.until("the program ends", func() bool { return w.quit })
}

func TestSecondQuitLeavesAtOnce(t *testing.T) {
	w := newWorld(t).start(80, 24)
	w.press("q")
	_, cmd := w.model.Update(keyPress("q"))
	if _, ok := cmd().(tea.QuitMsg); !ok {
		t.Error("the second q does not quit")
	}
}

func TestErrorStaysUntilKey(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.account.err = tracker.Errorf(tracker.CodeUnavailable, "the desk is down")
	w.press("r")
	w.until("the toast is shown", func() bool { return w.said() != nil }) // the status line may be first
	w.see("the desk is down")
	w.idle()
	w.send(pane.ToastExpired{ID: w.said().ID})
	if w.said() == nil {
		t.Fatal("the error went by itself")
	}
	w.press("j")
	if w.said() != nil {
		t.Error("a key did not take the error away")
	}
	w.press("!")
	w.see("! the desk is down")
}

func TestProjectSwitch(t *testing.T) {
	w := newWorld(t)
	if _, err := w.svc.Projects.AddProject(t.Context(), tracker.NewProject("Zebra")); err != nil {
		t.Fatal(err)
	}
	w.story("Here", tracker.Icebox, -1)
	w.start(140, 30)
	w.press("P")
	w.see("Open a project")
	w.write("zeb").press("enter")
	w.see("Project Zebra")
	w.idle()
	if strings.Contains(w.screen(), "Here") {
		t.Errorf("another project's story is shown:\n%s", w.screen())
	}
}

func TestPaletteExplainsDisabledActions(t *testing.T) {
	w := newWorld(t)
	w.story("One", tracker.Icebox, -1)
	w.start(140, 30)
	w.press("3", ":").write("reject")
	w.see("only a delivered story can be rejected")
	w.press("esc", "?")
	w.see("keys here and on other screens")
}

func TestOpenByNumber(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.story("One", tracker.Icebox, -1)
	w.start(140, 30)
	for text, want := range map[string]string{"#1031": "#1031", "1": "S-1", "s-1": "S-1", "1042": "#1042"} {
		w.press("#").write(text).press("enter")
		w.see(want)
		if n := w.sight().Layers; n != 2 {
			t.Errorf("%s opened %d layers", text, n)
		}
		w.press("esc")
	}
	w.press("#").write("nonsense").press("enter")
	w.see("is not a ticket or story number")
}

func TestUndo(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press("b")
	w.see("created from #1042 · u undo")
	w.idle()
	w.press("u")
	w.until("the story is removed", func() bool { return len(w.rows(intent.PaneBacklog)) == 0 })
	w.press("u")
	w.see("undo")
}

func TestRedo(t *testing.T) {
	w := newWorld(t)
	w.story("Work", tracker.Backlog, 1)
	w.start(140, 30)
	state := func() tracker.State { return w.board().Backlog[0].State }
	w.press("2", "s")
	w.until("it is started", func() bool { return state() == tracker.Started })
	w.press("u")
	w.until("it is not started", func() bool { return state() == tracker.Unstarted })
	w.press("ctrl+r")
	w.until("it is started again", func() bool { return state() == tracker.Started })
}

func TestSignalsOfTheWindowEndADrag(t *testing.T) {
	for name, msg := range map[string]tea.Msg{"resize": tea.WindowSizeMsg{Width: 150, Height: 30}, "blur": tea.BlurMsg{}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withTickets(usual()...).start(140, 30)
			x, y := w.find("Refund page")
			w.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			w.send(tea.MouseMotionMsg{X: x + 60, Y: y, Button: tea.MouseLeft})
			if !w.moving() {
				t.Fatal("nothing is dragged")
			}
			w.send(msg)
			if w.moving() {
				t.Error("the drag goes on")
			}
		})
	}
}

// A row that is drawn again shows its age at the moment of those beside it.
func TestAgesAgree(t *testing.T) {
	w := newWorld(t).withTickets(
		ticketOf(1042, tracker.TicketNew, 10*time.Minute+50*time.Second, "Login loops on SSO"),
		ticketOf(1039, tracker.TicketOpen, 10*time.Minute+50*time.Second, "Export CSV is empty"),
	)
	var later atomic.Int64
	w.svc.Now = func() time.Time { return testNow().Add(time.Duration(later.Load())) }
	w.start(140, 30)
	w.see("10m")
	later.Store(int64(20 * time.Second))
	w.press("space")
	w.see("1 marked")
	if strings.Contains(w.screen(), "11m") {
		t.Errorf("the marked row is older than the other one:\n%s", w.screen())
	}
}
