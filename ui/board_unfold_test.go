package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/uitest"
)

// described is a board whose Icebox holds stories, the second one with a
// description and tickets.
func described(t testing.TB) *world {
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(12)
	edit := tracker.StoryEdit{
		Name:        new("Export to CSV is empty for reports with more than ten thousand rows"),
		Description: new("Since Monday the export has a header row and nothing else.\n\nIt happens on every account."),
		Labels:      &[]string{"export", "p1"}, Owners: &[]string{"Ada Lovelace"},
	}
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{2}, edit); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.Stories.LinkTickets(t.Context(), []tracker.StoryID{2}, w.In, []tracker.TicketID{1039, 1042}); err != nil {
		t.Fatal(err)
	}
	return w
}

// unfold opens the second story of the Icebox in place.
func (w *world) unfold() {
	w.T.Helper()
	w.Press("3", "j", "z")
	w.Until("the story is open", func() bool { return w.Sight().Board.Unfolded })
}

func TestStoryOpensUnderItsRow(t *testing.T) {
	t.Parallel()
	w := described(t).Start(140, 30)
	w.unfold()
	w.Shows("enter open  z close")
	_, row := w.Find("Export to CSV")
	for _, text := range []string{"S-2 · feature · no points", "owner Ada Lovelace", "labels export, p1", "O #1039 Export CSV", "Since Monday the export"} {
		if !strings.Contains(w.Screen(), text) {
			t.Errorf("%q is not shown:\n%s", text, w.Screen())
		}
	}
	_, below := w.Find("Row 3")
	if _, keys := w.Find("enter open  z close"); below != keys+1 {
		t.Errorf("the next row stands in line %d, the story in %d with its keys in %d", below, row, keys)
	}
	// The cursor passes over it, and keys act on the rows.
	w.Press("j")
	if at := w.selected(); at != tracker.StoryID(3) {
		t.Errorf("below it %v is selected", at)
	}
	w.Press("k", "z")
	if strings.Contains(w.Screen(), "enter open  z close") {
		t.Error("z does not close it")
	}
	w.Press("z")
	w.See("enter open  z close")
	w.Press("esc")
	if strings.Contains(w.Screen(), "enter open  z close") {
		t.Error("esc does not close it")
	}
}

func TestOpenStoryFollowsWhatChanges(t *testing.T) {
	t.Parallel()
	w := described(t).Start(140, 30)
	w.unfold()
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{2}, tracker.StoryEdit{Labels: &[]string{"urgent"}}); err != nil {
		t.Fatal(err)
	}
	w.See("labels urgent")
	w.Press("K")
	w.Idle()
	if got := cardNames(w.board().Icebox); !strings.HasPrefix(got, "Export to CSV") {
		t.Errorf("after K the Icebox holds %s", got)
	}
	w.Shows("enter open  z close")
	w.Press("b")
	w.See("S-2 is in the Backlog")
	w.Until("it is closed", func() bool { return !strings.Contains(w.Screen(), "enter open  z close") })
}

// A drag of the lines takes the story, which closes.
func TestOpenStoryByMouse(t *testing.T) {
	t.Parallel()
	w := described(t).Start(140, 30)
	w.unfold()
	m := w.At("Since Monday").Press().Over("Row 12").Over("Row 5")
	w.Shows("S-2 → Icebox, above S-5")
	m.Release()
	w.See("S-2 moved")
	w.Idle()
	if got := cardNames(w.board().Icebox); !strings.HasPrefix(got, "Row 1, Row 3, Row 4, Export to CSV") {
		t.Errorf("the Icebox holds %s", got)
	}
}

func TestAClickOnAnOpenStorySelectsIt(t *testing.T) {
	t.Parallel()
	w := described(t).Start(140, 30)
	w.unfold()
	w.Press("G")
	w.Click("Since Monday")
	if at := w.selected(); at != tracker.StoryID(2) {
		t.Errorf("%s is selected", at)
	}
}

// At the lower edge the column scrolls until what opened is in sight.
func TestOpenStoryIsScrolledIntoSight(t *testing.T) {
	t.Parallel()
	w := described(t)
	w.Story("Last", tracker.Icebox, 1)
	w.Start(140, 16)
	w.Press("3", "G", "z")
	w.See("enter open  z close")
	w.Press("k", "k", "z")
	w.See("S-11 · ")
	w.See("enter open  z close")
	w.exact(140, 16)
}
