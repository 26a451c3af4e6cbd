package ui

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/theme"
)

// setting is what is remembered under a name.
func (w *world) setting(key string) string {
	w.t.Helper()
	value, err := w.svc.Settings.Setting(w.t.Context(), key)
	if err != nil {
		w.t.Fatal(err)
	}
	return value
}

// Another project is shown on a screen that looks the same.
func TestAnotherProjectLooksTheSame(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	other, err := w.svc.Projects.AddProject(t.Context(), tracker.NewProject("Zebra"))
	if err != nil {
		t.Fatal(err)
	}
	w.start(140, 30)
	w.press("b")
	w.see("created from #1042")
	w.press("2", ">", "H", "t")
	w.idle()
	board := w.model.app.board
	widths := board.widths()
	w.run(w.model.app.openProject(other))
	w.see("Project Zebra")
	w.idle()
	if !maps.Equal(board.widths(), widths) || !board.hidesLinked || board.view.shows(intent.PaneTickets) {
		t.Errorf("widths %v, were %v; %+v", board.widths(), widths, board.view)
	}
	w.run(w.model.app.openProject(w.project))
	w.until("the first project is back", func() bool { return board.loaded && len(board.tickets.All) > 0 })
	w.press("t", "H")
	w.see("#1042")
}

// M gives the mouse to the terminal, here and at the next start.
func TestMouseIsGivenBack(t *testing.T) {
	w := newWorld(t).start(140, 30)
	mode := func() tea.MouseMode { return w.model.View().MouseMode }
	if mode() != tea.MouseModeCellMotion {
		t.Fatal("the mouse is not the program's")
	}
	w.press("M")
	w.see("mouse off, select text")
	if mode() != tea.MouseModeNone {
		t.Error("the mouse is not given back")
	}
	w.idle()
	w.start(140, 30)
	if mode() != tea.MouseModeNone {
		t.Error("the next start takes the mouse again")
	}
	w.press(",")
	w.see("Integrations of")
	w.press("M")
	w.see("hold shift or option to select text")
	w.idle()
	if mode() != tea.MouseModeCellMotion || w.setting(settingMouse) != "" {
		t.Error("the mouse does not come back")
	}
}

// What is hidden and how wide panes are is remembered.
func TestTheScreenIsRemembered(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(1).start(140, 30)
	before := w.model.app.board.widths()
	w.press(">", "2", "<", "H")
	w.idle()
	after := w.model.app.board.widths()
	moved := shares{intent.PaneTickets: 2, intent.PaneBacklog: -4, intent.PaneIcebox: 2}
	for part, by := range moved {
		if after[part] != before[part]+by {
			t.Errorf("the parts are %v wide, were %v", after, before)
		}
	}
	w.start(140, 30)
	if got := w.model.app.board.widths(); !maps.Equal(got, after) || !w.model.app.board.hidesLinked {
		t.Errorf("the next start shows %v", got)
	}
	w.press("t")
	w.idle()
	w.start(140, 30)
	if w.model.app.board.view.shows(intent.PaneTickets) {
		t.Error("the tickets are not hidden at the next start")
	}
	w.press("1", "=")
	w.idle()
	at := w.model.app.board.widths()
	if w.setting(settingParts) != "" || at[intent.PaneTickets] != 46 || at[intent.PaneBacklog] != 46 || at[intent.PaneIcebox] != 48 {
		t.Errorf("parts %q, widths %v", w.setting(settingParts), at)
	}
	w.start(60, 30).press("<")
	w.see("only one pane fits")
}

func TestSharesThatCannotBeUsed(t *testing.T) {
	for _, kept := range []string{"", "1 2", "tickets", "tickets=0", "tickets=-1 backlog=5", "tickets=a", "backlog=99999999"} {
		if got := parseShares(kept); len(got) > 0 {
			t.Errorf("%q was read as %v", kept, got)
		}
	}
	want := shares{intent.PaneTickets: 50, intent.PaneDone: 40}
	if got := parseShares(want.String()); !maps.Equal(got, want) {
		t.Errorf("shares came back as %v", got)
	}
	for kept, want := range map[string]string{"": "", "nothing known": "", "icebox backlog": "backlog icebox", "tickets junk": "tickets"} {
		v := newBoardView().showing(kept)
		if got := v.kept(); got != want || !v.shows(v.focus) {
			t.Errorf("%q shows %q with the focus on %s", kept, got, v.focus)
		}
	}
}

// The mouse moves a divider; neither pane gets too narrow to read.
func TestDividerIsDragged(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(1).start(140, 30)
	edge := w.model.app.board.widths()[intent.PaneTickets] - 1
	m := mouse{w, edge, 10}.press().to(edge+7, 12)
	if got := w.model.app.board.widths()[intent.PaneTickets]; got != edge+8 {
		t.Errorf("the tickets are %d wide, want %d", got, edge+8)
	}
	m.to(2, 12).release()
	w.idle()
	if got := w.model.app.board.widths()[intent.PaneTickets]; got != minPart || w.setting(settingShares) == "" {
		t.Errorf("the tickets are %d wide, kept is %q", got, w.setting(settingShares))
	}
	w.exact(140, 30)
}

// A row is tinted at its new place for a moment, unless nothing is to move.
func TestMovedRowIsTinted(t *testing.T) {
	for name, c := range map[string]struct {
		environ []string
		setting string
		want    theme.Ground
	}{
		"usual":        {nil, "", theme.Tinted},
		"environment":  {[]string{envReducedMotion + "=1"}, "", theme.Plain},
		"setting":      {nil, on, theme.Plain},
		"switched off": {[]string{envReducedMotion + "=0"}, on, theme.Tinted},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withTickets(usual()...).stack(2)
			w.options.Environ = c.environ
			if err := w.svc.Settings.SaveSetting(t.Context(), settingMotion, c.setting); err != nil {
				t.Fatal(err)
			}
			w.start(140, 30)
			w.press("i")
			board := w.model.app.board
			column := board.stories[intent.PaneIcebox]
			w.until("the story is shown", func() bool { key, _ := column.List.Selected(); return key == 3 && board.revealing == nil })
			if got := column.Ground(3); got != c.want {
				t.Errorf("the row's ground is %d, want %d", got, c.want)
			}
			w.until("the tint is over", func() bool { return column.Ground(3) == theme.Plain })
		})
	}
}

// ctrl+z waits for the courier, and coming back lets it go on.
func TestSuspendHoldsTheCourier(t *testing.T) {
	w := newWorld(t).start(140, 30)
	app := w.model.app
	_, hold := w.model.Update(keyPress("ctrl+z"))
	w.send(suspendSlow{})
	w.shows("Sending a private comment")
	if !app.suspension.begun || hold == nil {
		t.Fatal("nothing is held")
	}
	_, again := w.model.Update(keyPress("ctrl+z"))
	if again != nil {
		t.Error("a second ctrl+z begins again")
	}
	w.run(hold)
	w.until("the courier is held", func() bool { return app.suspension == suspension{} })
	_, stop := w.model.Update(courierHeld{})
	if msg := fmt.Sprintf("%T", stop()); msg != "tea.execMsg" {
		t.Errorf("the program is not suspended, but %s", msg)
	}
	_, _ = w.model.Update(courierHeld{context.DeadlineExceeded})
	w.shows("a private comment was still being sent")
	w.send(wentOn{})
	if app.suspension != (suspension{}) {
		t.Error("it is still being suspended")
	}
	w.send(wentOn{errors.New("no shell is waiting")})
	w.shows("not suspended: no shell is waiting")
}

// What cannot be read is as usual.
func TestPrefsThatCannotBeRead(t *testing.T) {
	w := newWorld(t).start(140, 30)
	w.send(prefsRead{prefs{}, tracker.Errorf(tracker.CodeInternal, "no database: %w", errors.New("gone"))})
	w.see("no database")
	if !w.model.app.mouse {
		t.Error("the mouse is lost")
	}
}
