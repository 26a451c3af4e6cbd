package ui

import (
	"strings"
	"testing"

	"storydesk/tracker"
)

// described is a board whose Icebox holds stories, the second one with a
// description and tickets.
func described(t testing.TB) *world {
	w := newWorld(t).withTickets(usual()...).stack(12)
	edit := tracker.StoryEdit{
		Name:        new("Export to CSV is empty for reports with more than ten thousand rows"),
		Description: new("Since Monday the export has a header row and nothing else.\n\nIt happens on every account."),
		Labels:      &[]string{"export", "p1"}, Owners: &[]string{"Ada Lovelace"},
	}
	if _, err := w.svc.Stories.Edit(t.Context(), []tracker.StoryID{2}, edit); err != nil {
		t.Fatal(err)
	}
	if _, err := w.svc.Stories.LinkTickets(t.Context(), []tracker.StoryID{2}, w.in, []tracker.TicketID{1039, 1042}); err != nil {
		t.Fatal(err)
	}
	return w
}

// unfold opens the second story of the Icebox in place.
func (w *world) unfold() {
	w.t.Helper()
	w.press("3", "j", "z")
	w.until("the story is open", func() bool { return w.sight().Board.Unfolded })
}

func TestStoryOpensUnderItsRow(t *testing.T) {
	w := described(t).start(140, 30)
	w.unfold()
	w.shows("enter open  z close")
	_, row := w.find("Export to CSV")
	for _, text := range []string{"S-2 · feature · no points", "owner Ada Lovelace", "labels export, p1", "O #1039 Export CSV", "Since Monday the export"} {
		if !strings.Contains(w.screen(), text) {
			t.Errorf("%q is not shown:\n%s", text, w.screen())
		}
	}
	_, below := w.find("Row 3")
	if _, keys := w.find("enter open  z close"); below != keys+1 {
		t.Errorf("the next row stands in line %d, the story in %d with its keys in %d", below, row, keys)
	}
	// The cursor passes over it, and keys act on the rows.
	w.press("j")
	if at := w.selected(); at != tracker.StoryID(3) {
		t.Errorf("below it %v is selected", at)
	}
	w.press("k", "z")
	if strings.Contains(w.screen(), "enter open  z close") {
		t.Error("z does not close it")
	}
	w.press("z")
	w.see("enter open  z close")
	w.press("esc")
	if strings.Contains(w.screen(), "enter open  z close") {
		t.Error("esc does not close it")
	}
}

func TestOpenStoryFollowsWhatChanges(t *testing.T) {
	w := described(t).start(140, 30)
	w.unfold()
	if _, err := w.svc.Stories.Edit(t.Context(), []tracker.StoryID{2}, tracker.StoryEdit{Labels: &[]string{"urgent"}}); err != nil {
		t.Fatal(err)
	}
	w.see("labels urgent")
	w.press("K")
	w.idle()
	if got := cardNames(w.board().Icebox); !strings.HasPrefix(got, "Export to CSV") {
		t.Errorf("after K the Icebox holds %s", got)
	}
	w.shows("enter open  z close")
	w.press("b")
	w.see("S-2 is in the Backlog")
	w.until("it is closed", func() bool { return !strings.Contains(w.screen(), "enter open  z close") })
}

// A drag of the lines takes the story, which closes.
func TestOpenStoryByMouse(t *testing.T) {
	w := described(t).start(140, 30)
	w.unfold()
	m := w.at("Since Monday").press().over("Row 12").over("Row 5")
	w.shows("S-2 → Icebox, above S-5")
	m.release()
	w.see("S-2 moved")
	w.idle()
	if got := cardNames(w.board().Icebox); !strings.HasPrefix(got, "Row 1, Row 3, Row 4, Export to CSV") {
		t.Errorf("the Icebox holds %s", got)
	}
}

func TestAClickOnAnOpenStorySelectsIt(t *testing.T) {
	w := described(t).start(140, 30)
	w.unfold()
	w.press("G")
	w.click("Since Monday")
	if at := w.selected(); at != tracker.StoryID(2) {
		t.Errorf("%s is selected", at)
	}
}

// At the lower edge the column scrolls until what opened is in sight.
func TestOpenStoryIsScrolledIntoSight(t *testing.T) {
	w := described(t)
	w.story("Last", tracker.Icebox, 1)
	w.start(140, 16)
	w.press("3", "G", "z")
	w.see("enter open  z close")
	w.press("k", "k", "z")
	w.see("S-11 · ")
	w.see("enter open  z close")
	w.exact(140, 16)
}
