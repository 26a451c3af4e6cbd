package board

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/board/dividers"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
)

// A story is opened under its row and closed by the same key, by another one, and
// when it is gone.
func TestUnfold(t *testing.T) {
	t.Parallel()
	b := bare()
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 3)
	b.columns.Focus(intent.PaneIcebox)
	u, icebox := b.unfolder, b.columns.Of(intent.PaneIcebox)
	u.unfold()
	u.layOut(icebox, 40)
	if u.shows() || icebox.Inset == nil || len(icebox.Inset.Lines) != 1 {
		t.Fatalf("before it is read: %+v", icebox.Inset)
	}
	u.took(unfoldedRead{asked: u.open.asked - 1, err: errors.New("of an earlier one")})
	u.took(unfoldedRead{asked: u.open.asked, detail: tracker.StoryDetail{Story: tracker.Story{ID: 1, Name: "Login loops", Type: tracker.Chore}}})
	u.layOut(icebox, 40)
	if !u.shows() || icebox.Inset.Under != 1 || icebox.Inset.Lines[0][0].Text != "Login loops" {
		t.Errorf("when it is read: %+v", icebox.Inset)
	}
	version := icebox.Inset.Version
	u.layOut(icebox, 40)
	if icebox.Inset.Version != version {
		t.Error("it is laid out again though nothing changed")
	}
	u.unfold()
	if u.open != nil || icebox.Inset != nil {
		t.Error("the same key does not close it")
	}
	u.unfold()
	b.selection.Move(intent.ActDown)
	u.unfold()
	if u.open == nil || u.open.id != 2 {
		t.Errorf("open is %+v", u.open)
	}
	u.took(unfoldedRead{asked: u.open.asked, err: tracker.Errorf(tracker.CodeNotFound, "gone")})
	if u.open != nil {
		t.Error("a story that is gone is open")
	}
}

// No part gets narrower than it may, and the last one takes from its neighbour.
func TestDividers(t *testing.T) {
	t.Parallel()
	c := bare().columns
	d := &dividers.Dividers{Columns: c, Room: draw.Rect{W: 120, H: 20}}
	sum := func() int {
		n := 0
		for _, p := range d.Parts() {
			n += p.Rect.W
		}
		return n
	}
	before := d.Widths()
	d.Resize(dividers.Step)
	if now := d.Widths(); now[intent.PaneTickets] != before[intent.PaneTickets]+2 || now[intent.PaneBacklog] != before[intent.PaneBacklog]-2 || now[intent.PaneIcebox] != before[intent.PaneIcebox] {
		t.Errorf("from %v to %v", before, now)
	}
	c.Focus(intent.PaneIcebox)
	before = d.Widths()
	d.Resize(dividers.Step)
	if now := d.Widths(); now[intent.PaneIcebox] != before[intent.PaneIcebox]+2 || now[intent.PaneBacklog] != before[intent.PaneBacklog]-2 {
		t.Errorf("from %v to %v", before, now)
	}
	d.Divide(intent.Divide{Part: intent.PaneTickets, X: 0})
	if now := d.Widths(); now[intent.PaneTickets] != layout.MinPart || sum() != 120 {
		t.Errorf("too narrow: %v", now)
	}
	d.EvenOut()
	if now := d.Widths(); now[intent.PaneTickets] != 40 || now[intent.PaneIcebox] != 40 || d.CannotDivide() != "" {
		t.Errorf("even: %v", now)
	}
	d.Room.W = 60
	if d.CannotDivide() == "" {
		t.Error("one pane has a divider")
	}
}

// Titles count all rows, and say what a filter leaves.
func TestTitles(t *testing.T) {
	t.Parallel()
	b := bare()
	b.fill(intent.PaneBacklog, tracker.Started, 1, 3)
	b.fill(intent.PaneSearch, tracker.Started, 1, 3)
	titles := b.titles
	titles.points = func() float64 { return 1 }
	check := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	check(titles.full(intent.PaneBacklog, 40), "2 Backlog")
	check(titles.facts(intent.PaneBacklog, 80), "3 stories · 1 pt")
	titles.points = func() float64 { return 2.5 }
	check(titles.facts(intent.PaneBacklog, 80), "3 stories · 2.5 pts")
	if err := b.filters.set(intent.PaneBacklog, "no story"); err != nil {
		t.Fatal(err)
	}
	check(titles.facts(intent.PaneBacklog, 80), "0 of 3")
	check(titles.full(intent.PaneBacklog, 40), "2 Backlog /no story")
	check(titles.full(intent.PaneBacklog, 14), "2 Backlog /no…")
	check(titles.count(intent.PaneBacklog), "3")
	check(titles.facts(intent.PaneSearch, 80), "")
	check(titles.count(intent.PaneSearch), "0")
	parts := b.columns.View.Parts()
	check(strings.Join(titles.strip(parts, 9), "|"), " 1 | 2 | 3 ")
	check(strings.Join(titles.strip(parts, 35), "|"), " 1 Tickets 0 | 2 Backlog | 3 Icebox ")
	check(strings.Join(titles.strip(parts, 40), "|"), " 1 Tickets 0 | 2 Backlog 3 | 3 Icebox 0 ")
}

// A new story goes above the selected one where that has not been started, else to
// the top.
func TestPlaceOfANewStory(t *testing.T) {
	t.Parallel()
	b := bare()
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 1)
	b.fill(intent.PaneBacklog, tracker.Started, 11, 1)
	b.fill(intent.PaneMine, tracker.Unstarted, 21, 1)
	for part, want := range map[intent.PaneName]tracker.Place{
		intent.PaneTickets: {Column: tracker.Icebox},
		intent.PaneIcebox:  {Column: tracker.Icebox, Before: 1},
		intent.PaneBacklog: {Column: tracker.Backlog},
		intent.PaneMine:    {Column: tracker.Icebox},
	} {
		b.columns.Focus(part)
		if to := b.creator.selection.NewPlace(false); to != want {
			t.Errorf("%s: %+v", part, to)
		}
	}
	b.columns.Focus(intent.PaneBacklog)
	if to := b.creator.selection.NewPlace(true); to.Column != tracker.Icebox {
		t.Errorf("on a first start: %+v", to)
	}
}

// The rows change places before the move is saved.
func TestReorder(t *testing.T) {
	t.Parallel()
	b := bare()
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 4)
	b.columns.Focus(intent.PaneIcebox)
	order := func() (ids []tracker.StoryID) {
		for i := range b.columns.Focused().Shown {
			ids = append(ids, b.columns.Focused().ShownKey(i))
		}
		return ids
	}
	for _, test := range []struct {
		marked []tracker.StoryID
		by     int
		want   []tracker.StoryID
	}{
		{nil, 1, []tracker.StoryID{2, 1, 3, 4}},
		{[]tracker.StoryID{2, 3}, 1, []tracker.StoryID{1, 4, 2, 3}},
		{[]tracker.StoryID{4, 3}, -1, []tracker.StoryID{4, 3, 1, 2}},
	} {
		b.selection.ClearMarks()
		for _, id := range test.marked {
			b.columns.Focused().List.Mark(id, true)
		}
		if reason := b.onStories.cannotReorder(b.selection.Subjects(), test.by); reason != "" {
			t.Error(reason)
		}
		b.onStories.reorder(b.selection.Subjects(), test.by)
		if got := order(); !slices.Equal(got, test.want) || !b.Busy() {
			t.Errorf("%v by %d: %v", test.marked, test.by, got)
		}
	}
}

// A filter narrows one part; a search that cannot be read finds nothing.
func TestFilters(t *testing.T) {
	t.Parallel()
	b := bare()
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 3)
	b.fill(intent.PaneSearch, tracker.Unscheduled, 1, 3)
	f, icebox, search := b.filters, b.columns.Of(intent.PaneIcebox), b.columns.Of(intent.PaneSearch)
	if len(search.Shown) != 0 {
		t.Error("a search shows something before it was asked for")
	}
	if err := f.set(intent.PaneIcebox, "state:nonsense"); err == nil || len(icebox.Shown) != 3 {
		t.Errorf("a filter that cannot be read: %v, %d rows", err, len(icebox.Shown))
	}
	if err := f.set(intent.PaneIcebox, `"story 2"`); err != nil || len(icebox.Shown) != 1 || !f.narrows(intent.PaneIcebox) {
		t.Errorf("%v, %d rows", err, len(icebox.Shown))
	}
	f.search("story")
	if len(search.Shown) != 3 || f.searched() != "story" || f.narrows(intent.PaneSearch) {
		t.Errorf("%d found, %q", len(search.Shown), f.searched())
	}
	f.search("state:nonsense")
	if len(search.Shown) != 0 || f.searched() != "" {
		t.Errorf("%d found, %q", len(search.Shown), f.searched())
	}
	f.clear(intent.PaneIcebox)
	if len(icebox.Shown) != 3 {
		t.Errorf("cleared: %d rows", len(icebox.Shown))
	}
}

// Which parts are shown is remembered when these are others.
func TestViewerRemembers(t *testing.T) {
	t.Parallel()
	b := bare()
	if cmd := b.viewer.focus(intent.PaneIcebox); cmd != nil || b.Busy() {
		t.Error("the focus is remembered")
	}
	if b.viewer.toggle(intent.PaneIcebox); !b.Busy() || b.columns.View.Shows(intent.PaneIcebox) {
		t.Error("the part is not hidden, or that is not remembered")
	}
	if b.columns.View.Focus != intent.PaneBacklog || b.reader.reading {
		t.Errorf("focused is %s", b.columns.View.Focus)
	}
	b.viewer.focus(intent.PaneDone)
	if !b.reader.reading {
		t.Error("a part that was not read is shown and not read")
	}
}
