package ui_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/uitest"
)

// A click on a pane's border, its title or where it is empty gives it the focus.
func TestClickFocusesItsPane(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("Alpha", tracker.Backlog, 1)
	w.Start(140, 30)
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
			w.Place(c.x, c.y).Click()
			if got := w.focus(); got != c.want {
				t.Errorf("%s has the focus, want %s", got, c.want)
			}
		})
	}
}

// Two clicks open a row; a row that came under the mouse meanwhile is neither
// opened nor selected.
func TestDoubleClickOpensByIdentity(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.At("Export CSV").Click().Click()
	w.See("Conversation")
	w.Press("esc")

	m := w.At("Refund page").Click()
	w.Account.List = append([]tracker.Ticket{uitest.Ticket(1050, tracker.TicketNew, time.Minute, "Newest of all")}, w.Account.List...)
	w.Account.List[0].Host = "acme.zendesk.com"
	if err := w.Service.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	w.See("Newest of all")
	m.Click()
	if n := w.Sight().Layers; n != 1 {
		t.Errorf("a row that came under the mouse was opened")
	}
	if got := w.Part(intent.PaneTickets).Selected; got != tracker.TicketID(1031) {
		t.Errorf("%s is selected, want the row that was clicked", got)
	}
}

// A double click on an action does it once: what it turned into is not done.
func TestDoubleClickOnAnActionDoesItOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Alpha", tracker.Backlog, 1)
	w.Start(140, 30)
	m := w.At("Start").Click()
	w.See("S-1 is started")
	w.Idle()
	m.Click()
	w.Idle()
	if got := w.board().Backlog[0].State; got != tracker.Started {
		t.Errorf("the story is %s", got)
	}
}

func TestClickOnThePointScale(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Alpha", tracker.Backlog, -1)
	w.Start(200, 30)
	m := w.At("0 1 2 3")
	w.Place(m.X+len("0 1 "), m.Y).Click()
	w.See("S-1: 2 points")
}

// The wheel scrolls what is under it, focused or not, and selects nothing there
// that could stay selected.
func TestWheelScrollsUnderThePointer(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(40).Start(140, 20)
	m := w.At("Row 1 ")
	m.Wheel(tea.MouseWheelDown)
	if at := w.focus(); at != intent.PaneTickets {
		t.Errorf("the wheel moved the focus to %s", at)
	}
	if first := w.Part(intent.PaneIcebox).First; first != ui.WheelRows {
		t.Errorf("the first row is %d, want %d", first, ui.WheelRows)
	}
	m.Wheel(tea.MouseWheelUp)
	w.Shows("Row 1 ")
	w.Press("?")
	w.See("keys here and on other screens")
	chosen := w.Top().(*dialog.Chooser).Selected
	w.Place(70, 10).Wheel(tea.MouseWheelDown)
	if w.Top().(*dialog.Chooser).Selected <= chosen {
		t.Error("the wheel does not move in a dialogue")
	}
}

// A heading in help is not a row that could be clicked.
func TestClickOnAHeadingDoesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 40)
	w.Press("?")
	w.At("── Tickets and stories").Click()
	if _, ok := w.Top().(*dialog.Chooser); !ok {
		t.Errorf("a click on a heading chose something:\n%s", w.Screen())
	}
}

// A click beside a list closes it and does nothing else; a click on its border
// does not, and none loses what was chosen.
func TestClickBesideADialogue(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(140, 30)
	w.Press("g")
	x, y := w.Find("Export CSV")
	beside := w.Place(x-8, y)
	for key, title := range map[string]string{"?": "━ Help", ":": "━ Commands", "S": "━ Sort"} {
		w.Press(key)
		w.At(title).Click()
		w.Shows(title)
		beside.Click()
		if !w.OnBoard() {
			t.Fatalf("%s stays open:\n%s", key, w.Screen())
		}
		if got := w.selected(); got != tracker.TicketID(1042) {
			t.Errorf("the click that closed %s selected %s", key, got)
		}
	}
	w.detail(1)
	w.clickOn("no labels")
	w.See("Labels of S-1")
	w.Write("ops").Press("enter").See("[x] ops")
	beside.Click()
	w.Shows("[x] ops")
}

// The footer's and the status line's words do what they say.
func TestClickOnTheLinesAboveAndBelow(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.At("b backlog").Click()
	w.See("created from #1042")
	w.Idle()
	w.At("? help").Click()
	w.See("keys here and on other screens")
	w.At("? help").Click()
	if n := w.Sight().Layers; n != 2 {
		t.Errorf("help was opened %d times", n-1)
	}
}

// The status line leads to what it shows.
func TestClickOnTheStatusLine(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.At("Support: All").Click()
	w.See("Integrations of Acme Mobile")
	w.Press("esc")
	w.At("Acme Mobile").Click()
	w.See("Open a project")
}

// Tickets and stories that a detail names can be clicked, and what its border
// offers.
func TestClicksInADetail(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("Alpha", tracker.Backlog, 1)
	if _, err := w.Service.Stories.LinkTickets(t.Context(), []tracker.StoryID{1}, w.In, []tracker.TicketID{1031}); err != nil {
		t.Fatal(err)
	}
	w.Start(140, 30)
	w.Press("2", "enter")
	w.See("Tickets 1")
	w.At("s Start").Click()
	w.See("S-1 is started")
	w.Until("the story is read again", func() bool { return strings.Contains(w.Screen(), "s Finish") })
	w.At("waits 1d").Click()
	w.See("Stories 1")
	w.At("https://acme").Click()
	w.See("Opened https://acme.zendesk.com/agent/tickets/1031")
	x, y := w.Find("S-1 Alpha")
	w.Place(x, y).Click()
	w.See("History")
}

func TestClicksInTheListOfIntegrations(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press(",")
	w.See("acme.zendesk.com")
	w.At("acme.zendesk.com").Click().Click()
	w.See("Zendesk URL")
	w.At("● on").Click()
	w.See("○ off")
	w.At("acme.zendesk.com").Click()
	w.Write("//")
	w.At("View ").Click()
	w.See("this is not an address")
}

func TestClickOnTheWelcome(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(80, 24)
	w.At("create stories without Zendesk").Click()
	w.See("New story")
}
