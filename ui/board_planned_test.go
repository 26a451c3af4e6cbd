package ui_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/theme"
)

// planByHand is planFull where people choose what Current holds.
func planByHand(t *testing.T) *world {
	t.Helper()
	w := planFull(t)
	return w.project(func(p *tracker.Project) { p.Manual = true })
}

// backlog fails unless the Backlog shows these stories that are not started in this
// order, those that are planned before the bar.
func (w *world) backlog(want string) {
	w.T.Helper()
	w.Idle()
	var names []string
	bar := false
	for _, c := range w.board().Backlog {
		if c.State.Begun() {
			continue
		}
		if c.State != tracker.Planned && !bar {
			names, bar = append(names, "|"), true
		}
		names = append(names, strings.Fields(c.Name)[0])
	}
	if got := strings.Join(names, " "); got != want {
		w.T.Errorf("the Backlog holds %s, want %s", got, want)
	}
	var order []string
	for _, c := range w.board().Backlog {
		order = append(order, c.Name)
	}
	if shown := w.names(intent.PaneBacklog); shown != strings.Join(order, ", ") {
		w.T.Errorf("the board shows %s, the Backlog is %s", shown, order)
	}
}

func TestGoldenPlannedByHand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		w, h int
		look theme.Options
	}{
		{200, 60, theme.Options{Dark: true}}, {120, 40, theme.Options{}}, {80, 24, theme.Options{Dark: true}}, {40, 12, theme.Options{NoColor: true}},
	} {
		t.Run(pictureName("Backlog planned by hand", c.w, c.h, c.look), func(t *testing.T) {
			w := planByHand(t).Start(c.w, c.h)
			w.Model.SetLook(c.look)
			w.Press("2", "g", "j", "j", "j", "K")
			w.backlog("Credit | Refund A Dark Release")
			w.Press("m", "j") // the line of Current
			w.exact(c.w, c.h)
			golden.RequireEqual(t, w.Frame())
		})
	}
}

// K takes a story into Current without passing a row, J out of it, and both go on.
func TestKeysMoveIntoCurrentAndOut(t *testing.T) {
	t.Parallel()
	w := planByHand(t).Start(140, 32)
	w.Press("2", "g", "j", "j", "j")
	if got := w.selected(); got != tracker.StoryID(4) {
		t.Fatalf("selected is %v", got)
	}
	w.See("Current · 16–22 Nov · 8/5")
	w.Press("K")
	w.backlog("Credit | Refund A Dark Release")
	w.See("Current · 16–22 Nov · 10/5")
	w.Press("j", "K")
	w.backlog("Credit Refund | A Dark Release")
	w.Press("K") // within Current
	w.backlog("Refund Credit | A Dark Release")
	w.Press("J", "J", "J") // down, out of it, and on
	w.backlog("Credit | A Refund Dark Release")
	w.Press("u", "u")
	w.backlog("Credit Refund | A Dark Release")
	w.Press("b") // the top of the Backlog is below Current
	w.backlog("Credit | Refund A Dark Release")
	w.Press("g", "j", "j", "j", "B")
	w.backlog("| Refund A Dark Release Credit")
	w.Press("u", "n").Write("Tax export").Press("ctrl+s")
	w.See("created")
	w.backlog("Tax Credit | Refund A Dark Release")
}

// Several that are marked go together.
func TestMarkedStoriesMoveIntoCurrent(t *testing.T) {
	t.Parallel()
	w := planByHand(t).Start(140, 32)
	w.Press("2", "g", "j", "j", "j", "space", "space", "K")
	w.backlog("Credit Refund | A Dark Release")
	w.Press("J")
	w.backlog("| Credit Refund A Dark Release")
}

// By keys the end of Current and the place below it are two places, and the line says
// which of them it is at.
func TestMoveAroundTheLineOfCurrent(t *testing.T) {
	t.Parallel()
	w := planByHand(t).Start(140, 32)
	w.Press("2", "g", "j", "j", "j", "j", "m")
	w.Shows("S-5 → Backlog, where it is")
	w.Press("k")
	w.Shows("S-5 → Backlog, above S-4")
	w.Press("k")
	w.Shows("S-5 → Current, at the end")
	if line, caption := w.At("━━▶ here").Y, w.At("23–29 Nov").Y; line >= caption {
		t.Errorf("the drop line is in line %d, the caption in %d:\n%s", line, caption, w.Screen())
	}
	w.Press("enter")
	w.backlog("Refund | Credit A Dark Release")
	w.Press("m", "j")
	w.Shows("S-5 → Backlog, above S-4")
	w.Press("k")
	w.Shows("S-5 → Current, where it is")
	w.Press("j", "enter")
	w.backlog("| Refund Credit A Dark Release")
	w.Press("u")
	w.backlog("Refund | Credit A Dark Release")
}

// The mouse drops a story in Current, over its rows that are started too, and out of it
// on the caption of what follows.
func TestDragIntoCurrentAndOut(t *testing.T) {
	t.Parallel()
	w := planByHand(t).Start(140, 32)
	w.Press("2", "g")
	m := w.At("Dark mode").Press().Over("Export fails")
	w.Shows("S-7 → Current, at the end")
	m.Release()
	w.backlog("Dark | Credit Refund A Release")
	m = w.At("Credit notes").Press().Over("Dark mode")
	w.Shows("S-4 → Current, above S-7")
	m.Release()
	w.backlog("Credit Dark | Refund A Release")
	m = w.At("Credit notes").Press().Over("23–29 Nov")
	w.Shows("S-4 → Backlog, above S-5")
	m.Release()
	w.backlog("Dark | Credit Refund A Release")
}

// A ticket that is dropped in Current becomes a planned story.
func TestTicketIsDroppedInCurrent(t *testing.T) {
	t.Parallel()
	w := planByHand(t).Start(160, 32)
	m := w.At("Export CSV").Press().Over("Export fails")
	w.Shows("#1039 → Current, at the end")
	m.Release()
	w.See("created from #1039")
	w.backlog("Export | Credit Refund A Dark Release")
}
