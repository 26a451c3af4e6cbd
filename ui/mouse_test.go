package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
)

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
			w.place(c.x, c.y).click()
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
	if n := w.sight().Layers; n != 1 {
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
	w.place(m.x+len("0 1 "), m.y).click()
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
	chosen := w.top().(*dialog.Chooser).Selected
	w.place(70, 10).wheel(tea.MouseWheelDown)
	if w.top().(*dialog.Chooser).Selected <= chosen {
		t.Error("the wheel does not move in a dialogue")
	}
}

// A heading in help is not a row that could be clicked.
func TestClickOnAHeadingDoesNothing(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 40)
	w.press("?")
	w.at("── Tickets and stories").click()
	if _, ok := w.top().(*dialog.Chooser); !ok {
		t.Errorf("a click on a heading chose something:\n%s", w.screen())
	}
}

// A click beside a list closes it and does nothing else; a click on its border
// does not, and none loses what was chosen.
func TestClickBesideADialogue(t *testing.T) {
	w := filled(t, usual()).start(140, 30)
	w.press("g")
	x, y := w.find("Export CSV")
	beside := w.place(x-8, y)
	for key, title := range map[string]string{"?": "━ Help", ":": "━ Commands", "S": "━ Sort"} {
		w.press(key)
		w.at(title).click()
		w.shows(title)
		beside.click()
		if !w.onBoard() {
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
	if n := w.sight().Layers; n != 2 {
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
	w.place(x, y).click()
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
