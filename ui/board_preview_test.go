package ui_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/theme"
	"storydesk/ui/uitest"
)

// previewed is a world of three tickets with a conversation each, whose preview is
// shown where there is room.
func previewed(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.Preview(layout.PreviewWide)
	w.WithTickets(
		uitest.Ticket(3, tracker.TicketNew, time.Hour, "Third"), uitest.Ticket(2, tracker.TicketOpen, 2*time.Hour, "Second"), uitest.Ticket(1, tracker.TicketOpen, 3*time.Hour, "First"))
	for id, said := range map[tracker.TicketID]string{3: "It is the third.", 2: "It is the second.", 1: "It is the first."} {
		w.Account.Conversations[id] = []tracker.TicketComment{{ID: int64(id), Author: "Sam", Role: "end-user", Text: said, Public: true, CreatedAt: uitest.Now()}}
	}
	return w
}

func TestPreviewFollowsTheCursor(t *testing.T) {
	t.Parallel()
	w := previewed(t).Start(120, 32)
	w.See("It is the third.")
	w.Press("j")
	w.See("It is the second.")
	if strings.Contains(w.Screen(), "It is the third.") {
		t.Errorf("the preview shows what the cursor has left:\n%s", w.Screen())
	}
	w.Story("Written here", tracker.Backlog, 1)
	w.See("Written here")
	w.Press("2")
	w.See("History")
}

// A key held down asks Zendesk for nothing: only a row on which the cursor rests is
// asked for, and what is asked for a row that it leaves is given up.
func TestPreviewAsksZendeskOnlyAfterARest(t *testing.T) {
	t.Parallel()
	w := previewed(t).Start(120, 32)
	w.See("It is the third.")
	asked := w.Account.Asked.Load()
	for _, key := range []string{"j", "j", "k", "j"} { // none waits for what the one before has led to
		w.Send(uitest.Key(key))
	}
	w.See("It is the first.")
	if n := w.Account.Asked.Load() - asked; n != 1 {
		t.Errorf("%d conversations were asked for", n)
	}
	w.Press("k", "j") // read already, and nothing has changed
	w.See("It is the first.")
	w.Idle()
	if n := w.Account.Asked.Load() - asked; n != 1 {
		t.Errorf("%d conversations were asked for, the last one again", n)
	}
}

// What is asked for a row is given up when the cursor goes on, and nothing is said of it.
func TestPreviewGivesUpWhatIsOnItsWay(t *testing.T) {
	t.Parallel()
	w := previewed(t).Start(120, 32)
	w.See("It is the third.")
	w.Account.Hold = make(chan struct{})
	w.Press("j")
	w.Until("the conversation is asked for", func() bool { return w.Account.Asked.Load() == 2 })
	if n := w.Account.GivenUp.Load(); n != 0 {
		t.Fatalf("%d were given up while the cursor rests", n)
	}
	w.Press("j")
	w.Until("it is given up", func() bool { return w.Account.GivenUp.Load() == 1 })
	w.Until("the next one is asked for", func() bool { return w.Account.Asked.Load() == 3 })
	close(w.Account.Hold)
	w.See("It is the first.")
	if n := w.Account.GivenUp.Load(); n != 1 || strings.Contains(w.Screen(), "cancel") {
		t.Errorf("%d were given up:\n%s", n, w.Screen())
	}
}

// What was read of a row is shown in the very frame in which the cursor comes back to it;
// of another row that frame shows what the row knows.
func TestPreviewIsThereInTheFrameOfTheKey(t *testing.T) {
	t.Parallel()
	w := previewed(t).Start(120, 32)
	w.See("It is the third.")
	w.Press("j") // nothing that this has led to is taken before the next look
	w.Shows("─ #2 ─")
	w.Shows("status open")
	w.See("It is the second.")
	asked := w.Account.Asked.Load()
	w.Press("k")
	w.Shows("It is the third.")
	w.Press("j")
	w.Shows("It is the second.")
	w.Idle()
	if n := w.Account.Asked.Load(); n != asked {
		t.Errorf("%d conversations were asked for again", n-asked)
	}
}

func TestPreviewIsShownAndHiddenByAKey(t *testing.T) {
	t.Parallel()
	w := previewed(t).Start(120, 32)
	w.See("It is the third.")
	w.Press("W")
	w.See("3 Icebox")
	if strings.Contains(w.Screen(), "It is the third.") {
		t.Errorf("it is still there:\n%s", w.Screen())
	}
	w.Press("W")
	w.See("It is the third.")
	w.Press("W")
	w.Idle()

	w.Start(160, 40) // it is remembered
	w.See("3 Icebox")
	if strings.Contains(w.Screen(), "It is the third.") {
		t.Errorf("it was not remembered:\n%s", w.Screen())
	}
}

// Where there is no room for it beside the parts the key shows it in place of some.
func TestPreviewInANarrowTerminal(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {60, 20}, {40, 10}} {
		w := previewed(t).Start(size[0], size[1])
		w.See("Third")
		if strings.Contains(w.Screen(), "#3 ─") {
			t.Errorf("%v: it was not asked for:\n%s", size, w.Screen())
		}
		w.Press("W")
		w.See("─ #3 ─")
		w.See("1 Tickets")
	}
}

func TestPreviewIsScrolled(t *testing.T) {
	t.Parallel()
	w := previewed(t)
	w.Account.Conversations[3][0].Text = strings.Repeat("Line.\n", 40) + "The end."
	w.Start(120, 20)
	w.See("more below")
	for range 12 {
		w.Press("ctrl+e")
	}
	w.See("The end.")
	for range 12 {
		w.Press("ctrl+y")
	}
	w.See("status new")
	for range 12 {
		w.Send(tea.MouseWheelMsg{X: 100, Y: 5, Button: tea.MouseWheelDown})
	}
	w.See("The end.")
	if w.Part(w.Sight().Board.Focus).Selected != tracker.TicketID(3) {
		t.Errorf("the cursor has moved to %v", w.Part(w.Sight().Board.Focus).Selected)
	}
}

// A click on the preview leads into the detail, and there keys lead from one to the
// next.
func TestDetailLeadsToTheNextOne(t *testing.T) {
	t.Parallel()
	w := previewed(t).Start(120, 32)
	w.See("It is the third.")
	w.Click("It is the third.")
	w.detailRead()
	w.Press("]")
	w.See("It is the second.")
	w.Press("]", "]")
	w.See("this is the last row")
	w.See("It is the first.")
	w.Press("[")
	w.See("It is the second.")
	w.Press("esc")
	if w.Sight().Board.Focus != intent.PaneTickets || w.Part(w.Sight().Board.Focus).Selected != tracker.TicketID(2) {
		t.Errorf("back on %v of %s", w.Part(w.Sight().Board.Focus).Selected, w.Sight().Board.Focus)
	}
}

// A click on another row while a detail is open shows that row's detail.
func TestClickOnARowBesideADetail(t *testing.T) {
	t.Parallel()
	w := previewed(t).Start(120, 32)
	w.See("It is the third.")
	w.Press("enter")
	w.detailRead()
	w.Click("First")
	w.See("It is the first.")
	w.Press("esc")
	if !w.OnBoard() {
		t.Error("the detail that was clicked away is still open")
	}
}

func TestGoldenPreview(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 32}, {200, 60}} {
		t.Run(pictureName("board with a preview", size[0], size[1], theme.Options{Dark: true}), func(t *testing.T) {
			t.Parallel()
			w := previewed(t).Start(size[0], size[1])
			if size[0] < 120 {
				w.Press("W")
			}
			w.See("status new")
			w.Until("the ticket is seen", func() bool { return !strings.Contains(w.Row("#3   "), "•") })
			w.Idle()
			golden.RequireEqual(t, w.Frame())
		})
	}
}

// While little is left of what the account allows, a preview asks Zendesk for nothing
// and says so. What is opened is read at once.
func TestPreviewLeavesTheAccountToOthers(t *testing.T) {
	t.Parallel()
	w := previewed(t)
	w.Account.Left = tracker.Quota{Requests: tracker.Allowance{PerMinute: 200, Left: 5, Resets: time.Hour}}
	w.Start(160, 40)
	w.See("Previews leave most of what")
	if n := w.Account.Asked.Load(); n != 0 {
		t.Errorf("%d conversations were asked for", n)
	}
	w.Press("enter")
	w.See("It is the third.")
	if n := w.Account.Asked.Load(); n != 1 {
		t.Errorf("%d conversations were asked for", n)
	}
}
