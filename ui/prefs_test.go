package ui_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/setting"
	"storydesk/ui/uitest"
)

// setting is what is remembered under a name.
func (w *world) setting(key string) string {
	w.T.Helper()
	value, err := w.Service.Settings.Setting(w.T.Context(), key)
	if err != nil {
		w.T.Fatal(err)
	}
	return value
}

// Another project is shown on a screen that looks the same.
func TestAnotherProjectLooksTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	other, err := w.Service.Projects.AddProject(t.Context(), tracker.NewProject("Zebra"))
	if err != nil {
		t.Fatal(err)
	}
	w.Start(140, 30)
	w.Press("b")
	w.See("created from #1042")
	w.Press("2", ">", "H", "t")
	w.Idle()
	before := w.Sight().Board
	w.Run(w.Model.OpenProject(other))
	w.See("Project Zebra")
	w.Idle()
	if now := w.Sight().Board; !maps.Equal(now.Widths, before.Widths) || !now.HidesLinked || slices.Contains(now.Shown, intent.PaneTickets) {
		t.Errorf("the board shows %+v, was %+v", now, before)
	}
	w.Run(w.Model.OpenProject(w.Project))
	w.Until("the first project is back", func() bool { return w.Sight().Settled && w.Sight().Board.Panel != 0 })
	w.Press("t", "H")
	w.See("#1042")
}

// M gives the mouse to the terminal, here and at the next start.
func TestMouseIsReleased(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(140, 30)
	mode := func() tea.MouseMode { return w.Model.View().MouseMode }
	if mode() != tea.MouseModeCellMotion {
		t.Fatal("the mouse is not the program's")
	}
	w.Press("M")
	w.See("mouse off, select text")
	if mode() != tea.MouseModeNone {
		t.Error("the mouse is not given back")
	}
	w.Idle()
	w.Start(140, 30)
	if mode() != tea.MouseModeNone {
		t.Error("the next start takes the mouse again")
	}
	w.Press(",")
	w.See("Integrations of")
	w.Press("M")
	w.See("hold shift or option to select text")
	w.Idle()
	if mode() != tea.MouseModeCellMotion || w.setting(setting.Mouse) != "" {
		t.Error("the mouse does not come back")
	}
}

// What is hidden and how wide panes are is remembered.
func TestTheScreenIsRemembered(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(1).Start(140, 30)
	before := w.widths()
	w.Press(">", "2", "<", "H")
	w.Idle()
	after := w.widths()
	moved := layout.Shares{intent.PaneTickets: 2, intent.PaneBacklog: -4, intent.PaneIcebox: 2}
	for part, by := range moved {
		if after[part] != before[part]+by {
			t.Errorf("the parts are %v wide, were %v", after, before)
		}
	}
	w.Start(140, 30)
	if got := w.widths(); !maps.Equal(got, after) || !w.Sight().Board.HidesLinked {
		t.Errorf("the next start shows %v", got)
	}
	w.Press("t")
	w.Idle()
	w.Start(140, 30)
	if slices.Contains(w.Sight().Board.Shown, intent.PaneTickets) {
		t.Error("the tickets are not hidden at the next start")
	}
	w.Press("1", "=")
	w.Idle()
	at := w.widths()
	if w.setting(setting.Parts) != "" || at[intent.PaneTickets] != 46 || at[intent.PaneBacklog] != 46 || at[intent.PaneIcebox] != 48 {
		t.Errorf("parts %q, widths %v", w.setting(setting.Parts), at)
	}
	w.Start(60, 30).Press("<")
	w.See("only one pane fits")
}

func TestSharesThatCannotBeUsed(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(1).Start(140, 30)
	edge := w.widths()[intent.PaneTickets] - 1
	m := w.Place(edge, 10).Press().To(edge+7, 12)
	if got := w.widths()[intent.PaneTickets]; got != edge+8 {
		t.Errorf("the tickets are %d wide, want %d", got, edge+8)
	}
	m.To(2, 12).Release()
	w.Idle()
	if got := w.widths()[intent.PaneTickets]; got != layout.MinPart || w.setting(setting.Shares) == "" {
		t.Errorf("the tickets are %d wide, saved is %q", got, w.setting(setting.Shares))
	}
	w.exact(140, 30)
}

// A row is tinted at its new place for a moment, unless nothing is to move.
func TestMovedRowIsTinted(t *testing.T) {
	t.Parallel()
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
			w := newWorld(t).WithTickets(uitest.Usual()...).stack(2)
			w.Options.Environ = c.environ
			if err := w.Service.Settings.SaveSetting(t.Context(), setting.Motion, c.setting); err != nil {
				t.Fatal(err)
			}
			w.Start(140, 30)
			w.Press("i")
			w.Until("the story is shown", func() bool {
				return w.Part(intent.PaneIcebox).Selected == tracker.StoryID(3) && w.Sight().Settled
			})
			if got := w.Part(intent.PaneIcebox).Tinted; (got == tracker.StoryID(3)) != c.tinted {
				t.Errorf("the tinted row is %v", got)
			}
			w.Until("the tint is over", func() bool { return w.Part(intent.PaneIcebox).Tinted == nil })
		})
	}
}

// ctrl+z waits for the courier, and coming back lets it go on.
func TestSuspendHoldsTheCourier(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(140, 30)
	_, hold := w.Model.Update(uitest.Key("ctrl+z"))
	w.Send(ui.SuspendSlow{})
	w.Shows("Sending a private comment")
	if !w.Model.Suspending() || hold == nil {
		t.Fatal("nothing is held")
	}
	_, again := w.Model.Update(uitest.Key("ctrl+z"))
	if again != nil {
		t.Error("a second ctrl+z begins again")
	}
	w.Run(hold)
	w.Until("the courier is held", func() bool { return !w.Model.Suspending() })
	_, stop := w.Model.Update(ui.CourierHeld(nil))
	if msg := fmt.Sprintf("%T", stop()); msg != "tea.execMsg" {
		t.Errorf("the program is not suspended, but %s", msg)
	}
	_, _ = w.Model.Update(ui.CourierHeld(context.DeadlineExceeded))
	w.Shows("a private comment was still being sent")
	w.Send(ui.WentOn(nil))
	if w.Model.Suspending() {
		t.Error("it is still being suspended")
	}
	w.Send(ui.WentOn(errors.New("no shell is waiting")))
	w.Shows("not suspended: no shell is waiting")
}
