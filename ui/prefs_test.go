package ui

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/setting"
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
	before := w.sight().Board
	w.run(w.model.OpenProject(other))
	w.see("Project Zebra")
	w.idle()
	if now := w.sight().Board; !maps.Equal(now.Widths, before.Widths) || !now.HidesLinked || slices.Contains(now.Shown, intent.PaneTickets) {
		t.Errorf("the board shows %+v, was %+v", now, before)
	}
	w.run(w.model.OpenProject(w.project))
	w.until("the first project is back", func() bool { return w.sight().Settled && w.sight().Board.Panel != 0 })
	w.press("t", "H")
	w.see("#1042")
}

// M gives the mouse to the terminal, here and at the next start.
func TestMouseIsReleased(t *testing.T) {
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
	if mode() != tea.MouseModeCellMotion || w.setting(setting.Mouse) != "" {
		t.Error("the mouse does not come back")
	}
}

// What is hidden and how wide panes are is remembered.
func TestTheScreenIsRemembered(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(1).start(140, 30)
	before := w.widths()
	w.press(">", "2", "<", "H")
	w.idle()
	after := w.widths()
	moved := layout.Shares{intent.PaneTickets: 2, intent.PaneBacklog: -4, intent.PaneIcebox: 2}
	for part, by := range moved {
		if after[part] != before[part]+by {
			t.Errorf("the parts are %v wide, were %v", after, before)
		}
	}
	w.start(140, 30)
	if got := w.widths(); !maps.Equal(got, after) || !w.sight().Board.HidesLinked {
		t.Errorf("the next start shows %v", got)
	}
	w.press("t")
	w.idle()
	w.start(140, 30)
	if slices.Contains(w.sight().Board.Shown, intent.PaneTickets) {
		t.Error("the tickets are not hidden at the next start")
	}
	w.press("1", "=")
	w.idle()
	at := w.widths()
	if w.setting(setting.Parts) != "" || at[intent.PaneTickets] != 46 || at[intent.PaneBacklog] != 46 || at[intent.PaneIcebox] != 48 {
		t.Errorf("parts %q, widths %v", w.setting(setting.Parts), at)
	}
	w.start(60, 30).press("<")
	w.see("only one pane fits")
}

func TestSharesThatCannotBeUsed(t *testing.T) {
	for _, saved := range []string{"", "1 2", "tickets", "tickets=0", "tickets=-1 backlog=5", "tickets=a", "backlog=99999999"} {
		if got := layout.ParseShares(saved); len(got) > 0 {
			t.Errorf("%q was read as %v", saved, got)
		}
	}
	want := layout.Shares{intent.PaneTickets: 50, intent.PaneDone: 40}
	if got := layout.ParseShares(want.String()); !maps.Equal(got, want) {
		t.Errorf("shares came back as %v", got)
	}
	for saved, want := range map[string]string{"": "", "nothing known": "", "icebox backlog": "backlog icebox", "tickets junk": "tickets"} {
		v := layout.NewView().Showing(saved)
		if got := v.Kept(); got != want || !v.Shows(v.Focus) {
			t.Errorf("%q shows %q with the focus on %s", saved, got, v.Focus)
		}
	}
}

// The mouse moves a divider; neither pane gets too narrow to read.
func TestDividerIsDragged(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(1).start(140, 30)
	edge := w.widths()[intent.PaneTickets] - 1
	m := mouse{w, edge, 10}.press().to(edge+7, 12)
	if got := w.widths()[intent.PaneTickets]; got != edge+8 {
		t.Errorf("the tickets are %d wide, want %d", got, edge+8)
	}
	m.to(2, 12).release()
	w.idle()
	if got := w.widths()[intent.PaneTickets]; got != layout.MinPart || w.setting(setting.Shares) == "" {
		t.Errorf("the tickets are %d wide, saved is %q", got, w.setting(setting.Shares))
	}
	w.exact(140, 30)
}

// A row is tinted at its new place for a moment, unless nothing is to move.
func TestMovedRowIsTinted(t *testing.T) {
	for name, c := range map[string]struct {
		environ []string
		setting string
		tinted  bool
	}{
		"usual":        {nil, "", true},
		"environment":  {[]string{setting.EnvReducedMotion + "=1"}, "", false},
		"setting":      {nil, setting.On, false},
		"switched off": {[]string{setting.EnvReducedMotion + "=0"}, setting.On, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withTickets(usual()...).stack(2)
			w.options.Environ = c.environ
			if err := w.svc.Settings.SaveSetting(t.Context(), setting.Motion, c.setting); err != nil {
				t.Fatal(err)
			}
			w.start(140, 30)
			w.press("i")
			w.until("the story is shown", func() bool {
				return w.part(intent.PaneIcebox).Selected == tracker.StoryID(3) && w.sight().Settled
			})
			if got := w.part(intent.PaneIcebox).Tinted; (got == tracker.StoryID(3)) != c.tinted {
				t.Errorf("the tinted row is %v", got)
			}
			w.until("the tint is over", func() bool { return w.part(intent.PaneIcebox).Tinted == nil })
		})
	}
}

// ctrl+z waits for the courier, and coming back lets it go on.
func TestSuspendHoldsTheCourier(t *testing.T) {
	w := newWorld(t).start(140, 30)
	_, hold := w.model.Update(keyPress("ctrl+z"))
	w.send(SuspendSlow{})
	w.shows("Sending a private comment")
	if !w.model.Suspending() || hold == nil {
		t.Fatal("nothing is held")
	}
	_, again := w.model.Update(keyPress("ctrl+z"))
	if again != nil {
		t.Error("a second ctrl+z begins again")
	}
	w.run(hold)
	w.until("the courier is held", func() bool { return !w.model.Suspending() })
	_, stop := w.model.Update(CourierHeld(nil))
	if msg := fmt.Sprintf("%T", stop()); msg != "tea.execMsg" {
		t.Errorf("the program is not suspended, but %s", msg)
	}
	_, _ = w.model.Update(CourierHeld(context.DeadlineExceeded))
	w.shows("a private comment was still being sent")
	w.send(WentOn(nil))
	if w.model.Suspending() {
		t.Error("it is still being suspended")
	}
	w.send(WentOn(errors.New("no shell is waiting")))
	w.shows("not suspended: no shell is waiting")
}
