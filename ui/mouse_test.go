package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// mouse is a place on the screen and what a hand does there.
type mouse struct {
	*world
	x, y int
}

// at is the mouse over a text.
func (w *world) at(text string) mouse {
	w.t.Helper()
	x, y := w.find(text)
	return mouse{w, x, y}
}

// send hands the program what the mouse did on the screen as it is drawn.
func (m mouse) send(msg tea.Msg) {
	m.t.Helper()
	m.model.View()
	m.world.send(msg)
}

func (m mouse) press() mouse {
	m.t.Helper()
	m.send(tea.MouseClickMsg{X: m.x, Y: m.y, Button: tea.MouseLeft})
	return m
}

func (m mouse) release() mouse {
	m.t.Helper()
	m.send(tea.MouseReleaseMsg{X: m.x, Y: m.y, Button: tea.MouseLeft})
	return m
}

func (m mouse) click() mouse {
	m.t.Helper()
	return m.press().release()
}

// to moves the mouse with its button down, and lets time pass until the
// program has looked.
func (m mouse) to(x, y int) mouse {
	m.t.Helper()
	m.send(MotionDue{})
	m.send(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft})
	return mouse{m.world, x, y}
}

func (m mouse) over(text string) mouse {
	m.t.Helper()
	x, y := m.find(text)
	return m.to(x, y)
}

func (m mouse) wheel(button tea.MouseButton) mouse {
	m.t.Helper()
	m.send(tea.MouseWheelMsg{X: m.x, Y: m.y, Button: button})
	return m
}

// shows fails unless the screen shows a text now.
func (w *world) shows(text string) {
	w.t.Helper()
	if !strings.Contains(w.screen(), text) {
		w.t.Fatalf("the screen does not show %q:\n%s", text, w.screen())
	}
}

// stack are stories of the Icebox named Row 1 to Row n.
func (w *world) stack(n int) *world {
	w.t.Helper()
	for i := range n {
		w.story(fmt.Sprintf("Row %d", i+1), tracker.Icebox, -1)
	}
	return w
}

// A click on a pane's border, its title or where it is empty gives it the focus.
func TestClickFocusesItsPane(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.story("Alpha", tracker.Backlog, 1)
	w.start(140, 30)
	for name, c := range map[string]struct {
		x, y int
		want intent.PaneName
	}{
		"title":  {120, 1, intent.PaneIcebox},
		"border": {60, 28, intent.PaneBacklog},
		"empty":  {20, 20, intent.PaneTickets},
		"row":    {60, 2, intent.PaneBacklog},
	} {
		t.Run(name, func(t *testing.T) {
			mouse{w, c.x, c.y}.click()
			if got := w.focus(); got != c.want {
				t.Errorf("%s has the focus, want %s", got, c.want)
			}
		})
	}
}

// Two clicks open a row; a row that came under the mouse meanwhile is neither
// opened nor selected.
func TestDoubleClickOpensByIdentity(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.at("Export CSV").click().click()
	w.see("Conversation")
	w.press("esc")

	m := w.at("Refund page").click()
	w.account.tickets = append([]tracker.Ticket{ticketOf(1050, tracker.TicketNew, time.Minute, "Newest of all")}, w.account.tickets...)
	w.account.tickets[0].Host = "acme.zendesk.com"
	if err := w.svc.Views.RefreshView(t.Context(), w.in.ID); err != nil {
		t.Fatal(err)
	}
	w.see("Newest of all")
	m.click()
	if n := len(w.model.app.Layers); n != 1 {
		t.Errorf("a row that came under the mouse was opened")
	}
	if got := w.part(intent.PaneTickets).Selected; got != tracker.TicketID(1031) {
		t.Errorf("%s is selected, want the row that was clicked", got)
	}
}

// A double click on an action does it once: what it turned into is not done.
func TestDoubleClickOnAnActionDoesItOnce(t *testing.T) {
	w := newWorld(t)
	w.story("Alpha", tracker.Backlog, 1)
	w.start(140, 30)
	m := w.at("Start").click()
	w.see("S-1 is started")
	w.idle()
	m.click()
	w.idle()
	if got := w.board().Backlog[0].State; got != tracker.Started {
		t.Errorf("the story is %s", got)
	}
}

func TestClickOnThePointScale(t *testing.T) {
	w := newWorld(t)
	w.story("Alpha", tracker.Backlog, -1)
	w.start(200, 30)
	m := w.at("0 1 2 3")
	mouse{w, m.x + len("0 1 "), m.y}.click()
	w.see("S-1: 2 points")
}

// The wheel scrolls what is under it, focused or not, and selects nothing there
// that could stay selected.
func TestWheelScrollsUnderThePointer(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(40).start(140, 20)
	m := w.at("Row 1 ")
	m.wheel(tea.MouseWheelDown)
	if at := w.focus(); at != intent.PaneTickets {
		t.Errorf("the wheel moved the focus to %s", at)
	}
	if first := w.part(intent.PaneIcebox).First; first != wheelRows {
		t.Errorf("the first row is %d, want %d", first, wheelRows)
	}
	m.wheel(tea.MouseWheelUp)
	w.shows("Row 1 ")
	w.press("?")
	w.see("keys here and on other screens")
	chosen := w.model.app.Top().(*dialog.Chooser).Selected
	mouse{w, 70, 10}.wheel(tea.MouseWheelDown)
	if w.model.app.Top().(*dialog.Chooser).Selected <= chosen {
		t.Error("the wheel does not move in a dialogue")
	}
}

// A heading in help is not a row that could be clicked.
func TestClickOnAHeadingDoesNothing(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 40)
	w.press("?")
	w.at("── Tickets and stories").click()
	if _, ok := w.model.app.Top().(*dialog.Chooser); !ok {
		t.Errorf("a click on a heading chose something:\n%s", w.screen())
	}
}

// A click beside a list closes it and does nothing else; a click on its border
// does not, and none loses what was chosen.
func TestClickBesideADialogue(t *testing.T) {
	w := filled(t, usual()).start(140, 30)
	w.press("g")
	x, y := w.find("Export CSV")
	beside := mouse{w, x - 8, y}
	for key, title := range map[string]string{"?": "━ Help", ":": "━ Commands", "S": "━ Sort"} {
		w.press(key)
		w.at(title).click()
		w.shows(title)
		beside.click()
		if w.model.app.Top() != pane.Pane(w.model.app.board) {
			t.Fatalf("%s stays open:\n%s", key, w.screen())
		}
		if got := w.selected(); got != tracker.TicketID(1042) {
			t.Errorf("the click that closed %s selected %s", key, got)
		}
	}
	w.detail(1)
	w.clickOn("no labels")
	w.see("Labels of S-1")
	w.write("ops").press("enter")
	beside.click()
	w.shows("[x] ops")
}

// The footer's and the status line's words do what they say.
func TestClickOnTheLinesAboveAndBelow(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.at("b backlog").click()
	w.see("created from #1042")
	w.idle()
	w.at("? help").click()
	w.see("keys here and on other screens")
	w.at("? help").click()
	if n := len(w.model.app.Layers); n != 2 {
		t.Errorf("help was opened %d times", n-1)
	}
}

// The status line leads to what it shows.
func TestClickOnTheStatusLine(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.at("Support: All").click()
	w.see("Integrations of Acme Mobile")
	w.press("esc")
	w.at("Acme Mobile").click()
	w.see("Open a project")
}

// Tickets and stories that a detail names can be clicked, and what its border
// offers.
func TestClicksInADetail(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.story("Alpha", tracker.Backlog, 1)
	if _, err := w.svc.Stories.LinkTickets(t.Context(), []tracker.StoryID{1}, w.in, []tracker.TicketID{1031}); err != nil {
		t.Fatal(err)
	}
	w.start(140, 30)
	w.press("2", "enter")
	w.see("Tickets 1")
	w.at("s Start").click()
	w.see("S-1 is started")
	w.until("the story is read again", func() bool { return strings.Contains(w.screen(), "s Finish") })
	w.at("waits 1d").click()
	w.see("Stories 1")
	w.at("https://acme").click()
	w.see("Opened https://acme.zendesk.com/agent/tickets/1031")
	x, y := w.find("S-1 Alpha")
	mouse{w, x, y}.click()
	w.see("History")
}

func TestClicksInTheListOfIntegrations(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press(",")
	w.see("acme.zendesk.com")
	w.at("acme.zendesk.com").click().click()
	w.see("Zendesk URL")
	w.at("● on").click()
	w.see("○ off")
	w.at("acme.zendesk.com").click()
	w.write("//")
	w.at("View ").click()
	w.see("this is not an address")
}

func TestClickOnTheWelcome(t *testing.T) {
	w := newWorld(t).start(80, 24)
	w.at("create stories without Zendesk").click()
	w.see("New story")
}
