package ui_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/uitest"
)

// board reads the stored columns.
func (w *world) board() tracker.StoryColumns {
	w.T.Helper()
	b, err := w.Service.Stories.Columns(w.T.Context(), w.Project.ID)
	if err != nil {
		w.T.Fatal(err)
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

// Ticket by ticket is decided with one key each: the cursor goes on, and the next key
// waits for nothing.
func TestDecidingTicketByTicket(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	tickets := w.Part(intent.PaneTickets).Rows
	w.Press("b", "i", "b")
	w.Until("three stories are made", func() bool { return len(w.board().Backlog) == 2 && len(w.board().Icebox) == 1 })
	w.Idle()
	for i := range 3 {
		if got := w.ticketsOf(tracker.StoryID(i + 1)); len(got) != 1 || any(got[0]) != tickets[i] {
			t.Errorf("S-%d is of %v, want %v", i+1, got, tickets[i])
		}
	}
	if at := w.Part(intent.PaneTickets).Selected; at != tickets[3] {
		t.Errorf("the cursor is on %v, want %v", at, tickets[3])
	}
}

func TestTicketToStory(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("Old", tracker.Backlog, 1)
	w.Start(140, 30)
	w.Press("j", "b")
	w.See("created from #1039")
	w.Idle()
	if got := cardNames(w.board().Backlog); got != "Export CSV is empty, Old" {
		t.Errorf("Backlog holds %s", got)
	}
	if !strings.Contains(w.Row("#1039"), "S-2 unstarted") {
		t.Errorf("the ticket's row does not name its story:\n%s", w.Screen())
	}
	if got := w.Part(intent.PaneBacklog).Selected; got != tracker.StoryID(2) {
		t.Errorf("S-%d is selected in the Backlog, want S-2", got)
	}

	w.Press("k", "b")
	w.See("#1039 has S-2 (unstarted).")
	w.Press("n")
	w.Idle()
	if n := len(w.board().Backlog); n != 2 {
		t.Errorf("%d stories after saying no", n)
	}
	w.Press("i", "a")
	w.See("Story S-3 created")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Export CSV is empty" {
		t.Errorf("Icebox holds %s", got)
	}
}

func TestMarkedTicketsBecomeOneStory(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("space", "space", "b", "o")
	w.See("created from #1042 and #1039")
	w.Idle()
	cards := w.board().Backlog
	if len(cards) != 1 || cards[0].Tickets != 2 {
		t.Errorf("the Backlog holds %+v", cards)
	}
}

func TestStoryLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Work", tracker.Backlog, -1)
	w.Start(140, 30)
	w.Press("2", "s")
	w.See("S-1 needs an estimate first: p")
	w.Press("p", "2")
	w.See("S-1: 2 points")
	w.Idle()
	for _, state := range []string{"started", "finished", "delivered"} {
		w.Press("s")
		w.See("S-1 is " + state)
		w.Idle()
	}
	w.Press("x")
	w.See("Why is S-1 rejected?")
	w.Write("no good").Press("enter")
	w.See("S-1 is rejected")
	w.Idle()
	d, err := w.Service.Stories.Story(t.Context(), 1)
	if err != nil || len(d.Comments) != 1 || d.Comments[0].Text != "no good" {
		t.Errorf("the reason is not a comment: %+v, %v", d.Comments, err)
	}
	w.Press("x")
	w.See("only a delivered story can be rejected")
}

func TestReorder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, name := range []string{"A", "B", "C", "D"} {
		w.Story(name, tracker.Icebox, -1)
	}
	w.Start(140, 30)
	w.Press("3", "J", "J", "J")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "B, C, D, A" {
		t.Errorf("after J three times: %s", got)
	}
	w.Press("J")
	w.See("S-1 is the last story here")
	w.Press("K")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "B, C, A, D" {
		t.Errorf("after K: %s", got)
	}
}

func TestMoveMode(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("Running", tracker.Backlog, 1, tracker.Start)
	w.Story("First", tracker.Backlog, 1)
	w.Story("Second", tracker.Backlog, 1)
	w.Story("Cold", tracker.Icebox, -1)
	w.Start(140, 30)

	w.Press("m", "k")
	w.See("unstarted stories stay below started ones")
	w.Press("enter")
	w.Idle()
	if !w.moving() {
		t.Fatal("an impossible drop ended the move")
	}
	w.Press("down", "down")
	w.See("#1042 → Backlog, above S-3")
	if !strings.Contains(w.Screen(), "━━▶ here") {
		t.Errorf("no drop line:\n%s", w.Screen())
	}
	w.Press("enter")
	w.See("created from #1042")
	w.Idle()
	if got := cardNames(w.board().Backlog); got != "Running, First, Login loops on SSO, Second" {
		t.Errorf("the Backlog holds %s", got)
	}

	w.Press("2", "G", "m", "l", "G", "enter")
	w.See("S-3 moved")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Cold, Second" {
		t.Errorf("the Icebox holds %s", got)
	}
	w.Press("m", "k", "esc")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Cold, Second" || w.moving() {
		t.Errorf("esc did not leave everything: %s", got)
	}
}

func TestMouse(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("Alpha", tracker.Backlog, 1)
	w.Story("Beta", tracker.Backlog, 1)
	w.Start(140, 30)
	w.Click("Beta")
	if at := w.selected(); at != tracker.StoryID(2) {
		t.Errorf("a click selected %v", at)
	}
	w.Click("Start")
	w.See("S-1 is started")
	w.Idle()

	x, y := w.Find("Refund page")
	w.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	toX, toY := w.Find("Beta")
	w.Send(tea.MouseMotionMsg{X: toX, Y: toY, Button: tea.MouseLeft})
	w.See("#1031 → Backlog, above S-2")
	w.Send(tea.MouseReleaseMsg{X: toX, Y: toY, Button: tea.MouseLeft})
	w.See("created from #1031")
	w.Idle()
	if got := cardNames(w.board().Backlog); got != "Alpha, Refund page 404, Beta" {
		t.Errorf("dragging left the Backlog at %s", got)
	}
}

func TestFilter(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("/").Write("csv")
	w.See("1 of 4")
	w.Press("enter")
	if strings.Contains(w.Screen(), "Refund") {
		t.Errorf("the filter shows other rows:\n%s", w.Screen())
	}
	w.Press("esc")
	if !strings.Contains(w.Screen(), "Refund") {
		t.Errorf("esc does not clear the filter:\n%s", w.Screen())
	}
}

func TestHideLinked(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("b")
	w.See("created from #1042")
	w.Idle()
	w.Press("H")
	w.See("1 hidden")
	if strings.Contains(w.Row("#1042"), "Login") {
		t.Errorf("H hides nothing:\n%s", w.Screen())
	}
}

func TestDelete(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Away", tracker.Icebox, -1)
	w.Start(140, 30)
	w.Press("3", "D", "esc")
	w.Idle()
	if len(w.board().Icebox) != 1 {
		t.Fatal("esc deleted the story")
	}
	w.Press("D", "y")
	w.See("S-1 deleted")
	w.Idle()
	if len(w.board().Icebox) != 0 {
		t.Error("the story is still there")
	}
}

func TestNewStoryAndCopy(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(140, 30)
	w.Press("n").Write("Ünï ✓ name").Press("enter")
	w.See("Story S-1 created")
	w.Idle()
	if at := w.selected(); at != tracker.StoryID(1) {
		t.Error("the new story is not selected")
	}
	w.Press("y")
	w.See("Copied S-1")
	w.Press("o")
	w.See("S-1 has no linked ticket")
}

func TestBrowse(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("o")
	w.See("Opened https://acme.zendesk.com/agent/tickets/1042")
	if len(w.Opened) != 1 {
		t.Errorf("opened %v", w.Opened)
	}
}

func TestQuitDrains(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(80, 24)
	w.Press("q")
	if w.Quit {
		t.Fatal("left without draining")
	}
	w.Until("the program ends", func() bool { return w.Quit })
}

func TestSecondQuitLeavesAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(80, 24)
	w.Press("q")
	_, cmd := w.Model.Update(uitest.Key("q"))
	if _, ok := cmd().(tea.QuitMsg); !ok {
		t.Error("the second q does not quit")
	}
}

func TestErrorStaysUntilKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Account.Err = tracker.Errorf(tracker.CodeUnavailable, "the desk is down")
	w.Press("r")
	w.Until("the toast is shown", func() bool { return w.Said() != nil }) // the status line may be first
	w.See("the desk is down")
	w.Idle()
	w.Send(pane.ToastExpired{ID: w.Said().ID})
	if w.Said() == nil {
		t.Fatal("the error went by itself")
	}
	w.Press("j")
	if w.Said() != nil {
		t.Error("a key did not take the error away")
	}
	w.Press("!")
	w.See("! the desk is down")
}

func TestProjectSwitch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.Service.Projects.AddProject(t.Context(), tracker.NewProject("Zebra")); err != nil {
		t.Fatal(err)
	}
	w.Story("Here", tracker.Icebox, -1)
	w.Start(140, 30)
	w.Press("P")
	w.See("Open a project")
	w.Write("zeb").Press("enter")
	w.See("Project Zebra")
	w.Idle()
	if strings.Contains(w.Screen(), "Here") {
		t.Errorf("another project's story is shown:\n%s", w.Screen())
	}
}

func TestPaletteExplainsDisabledActions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("One", tracker.Icebox, -1)
	w.Start(140, 30)
	w.Press("3", ":").Write("reject")
	w.See("only a delivered story can be rejected")
	w.Press("esc", "?")
	w.See("keys here and on other screens")
}

func TestUndo(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("b")
	w.See("created from #1042 · u undo")
	w.Idle()
	w.Press("u")
	w.Until("the story is removed", func() bool { return len(w.rows(intent.PaneBacklog)) == 0 })
	w.Press("u")
	w.See("undo")
}

func TestRedo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Work", tracker.Backlog, 1)
	w.Start(140, 30)
	state := func() tracker.State { return w.board().Backlog[0].State }
	w.Press("2", "s")
	w.Until("it is started", func() bool { return state() == tracker.Started })
	w.Press("u")
	w.Until("it is not started", func() bool { return state() == tracker.Unstarted })
	w.Press("ctrl+r")
	w.Until("it is started again", func() bool { return state() == tracker.Started })
}

func TestSignalsOfTheWindowEndADrag(t *testing.T) {
	t.Parallel()
	for name, msg := range map[string]tea.Msg{"resize": tea.WindowSizeMsg{Width: 150, Height: 30}, "blur": tea.BlurMsg{}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
			x, y := w.Find("Refund page")
			w.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			w.Send(tea.MouseMotionMsg{X: x + 60, Y: y, Button: tea.MouseLeft})
			if !w.moving() {
				t.Fatal("nothing is dragged")
			}
			w.Send(msg)
			if w.moving() {
				t.Error("the drag goes on")
			}
		})
	}
}

// A row that is drawn again shows its age at the moment of those beside it.
func TestAgesAgree(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(
		uitest.Ticket(1042, tracker.TicketNew, 10*time.Minute+50*time.Second, "Login loops on SSO"),
		uitest.Ticket(1039, tracker.TicketOpen, 10*time.Minute+50*time.Second, "Export CSV is empty"),
	)
	var later atomic.Int64
	w.Service.Now = func() time.Time { return uitest.Now().Add(time.Duration(later.Load())) }
	w.Start(140, 30)
	w.See("10m")
	later.Store(int64(20 * time.Second))
	w.Press("space")
	w.See("1 marked")
	if strings.Contains(w.Screen(), "11m") {
		t.Errorf("the marked row is older than the other one:\n%s", w.Screen())
	}
}

// Decisions read from top to bottom in their order, and those at the end of a column
// stand below all that was there.
func TestDecisionsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("Old", tracker.Backlog, 1)
	w.Start(140, 30)
	tickets := w.Part(intent.PaneTickets).Rows
	w.Press("b", "B", "b", "I")
	w.Until("four stories are made", func() bool { return len(w.board().Backlog) == 4 && len(w.board().Icebox) == 1 })
	w.Idle()
	// The stories are numbered in the order of deciding, after S-1.
	backlog := w.board().Backlog
	for i, want := range []tracker.StoryID{2, 4, 1, 3} {
		if backlog[i].ID != want {
			t.Errorf("place %d of the Backlog holds %s instead of %s", i+1, backlog[i].ID, want)
		}
	}
	if at := w.Part(intent.PaneTickets).Selected; at != tickets[len(tickets)-1] {
		t.Errorf("the cursor is on %v, want %v", at, tickets[len(tickets)-1])
	}
	w.Press("2", "G", "I")
	w.See("S-3 is at the end of the Icebox")
}
