package columns_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/row"
	"storydesk/ui/table"
)

// filled are columns with three stories in the Icebox and three tickets, the second
// of which has a story.
func filled() columns.Selection {
	c := columns.New()
	var stories []row.Story
	var tickets []row.Ticket
	for i := range 3 {
		stories = append(stories, row.NewStory(tracker.Card{ID: tracker.StoryID(i + 1), State: tracker.Unscheduled}, tracker.Project{}))
		ticket := tracker.TicketRow{Ticket: tracker.Ticket{TicketKey: tracker.TicketKey{ID: tracker.TicketID(1040 + i)}}}
		if i == 1 {
			ticket.Stories = []tracker.StoryRef{{ID: 2, State: tracker.Unscheduled}}
		}
		tickets = append(tickets, row.NewTicket(ticket))
	}
	c.Of(intent.PaneIcebox).Set(stories)
	c.Tickets.Set(tickets)
	return columns.Selection{Columns: c}
}

func ids(cards []tracker.Card) []tracker.StoryID {
	list := []tracker.StoryID{}
	for _, c := range cards {
		list = append(list, c.ID)
	}
	return list
}

// An action is done to what is marked and shown, else to what is selected.
func TestSubjects(t *testing.T) {
	t.Parallel()
	s := filled()
	if cards := s.Subjects(); cards != nil {
		t.Errorf("on the tickets: %v", ids(cards))
	}
	s.Focus(intent.PaneIcebox)
	if got := ids(s.Subjects()); !slices.Equal(got, []tracker.StoryID{1}) {
		t.Errorf("nothing is marked: %v", got)
	}
	icebox := s.Focused()
	icebox.List.Mark(3, true)
	icebox.List.Mark(2, true)
	if got := ids(s.Subjects()); !slices.Equal(got, []tracker.StoryID{2, 3}) {
		t.Errorf("two are marked: %v", got)
	}
	icebox.Show(table.Filter[row.Story]{Query: "x", Keep: func(r *row.Story) bool { return r.Card.ID != 2 }})
	if got := ids(s.Subjects()); !slices.Equal(got, []tracker.StoryID{3}) {
		t.Errorf("a filter hides one: %v", got)
	}
	s.Unmark(nil, []tracker.StoryID{3})
	if got := ids(s.Subjects()); !slices.Equal(got, []tracker.StoryID{1}) {
		t.Errorf("what is shown has no mark: %v", got)
	}
}

func TestChosenTickets(t *testing.T) {
	t.Parallel()
	s := filled()
	selected, ok := s.Ticket()
	if !ok || !slices.Equal(s.Chosen(selected), []tracker.TicketID{1040}) {
		t.Errorf("nothing is marked: %v", s.Chosen(selected))
	}
	s.Move(intent.ActDown)
	s.Mark(intent.ActMark)
	s.Mark(intent.ActMark)
	if got := s.Chosen(selected); !slices.Equal(got, []tracker.TicketID{1041, 1042}) || s.Marks() != 2 {
		t.Errorf("two are marked: %v", got)
	}
	if linked := s.LinkedOf(s.Chosen(selected)); len(linked) != 1 || linked[0].ID != 1041 {
		t.Errorf("with a story: %v", linked)
	}
	s.Unmark([]tracker.TicketID{1041}, nil)
	s.ClearMarks()
	if s.Marks() != 0 {
		t.Error("marks are left")
	}
}

// What is reached is selected, whatever hides it.
func TestReach(t *testing.T) {
	t.Parallel()
	s := filled()
	s.View = s.View.Without(intent.PaneIcebox)
	s.Of(intent.PaneIcebox).Show(table.Filter[row.Story]{Query: "x", Keep: func(r *row.Story) bool { return r.Card.ID == 1 }})
	if !s.Reach(intent.SelectRow{Part: intent.PaneIcebox, Key: tracker.StoryID(3)}) {
		t.Fatal("the story is not reached")
	}
	if c, ok := s.Story(); !ok || c.ID != 3 || !s.View.Shows(intent.PaneIcebox) {
		t.Errorf("selected is %s, shown are %v", c.ID, s.View.Shown)
	}
	if s.Reach(intent.SelectRow{Part: intent.PaneIcebox, Key: tracker.StoryID(9)}) {
		t.Error("a story is reached that is not there")
	}
	if !s.Reach(intent.SelectRow{Part: intent.PaneTickets, Key: tracker.TicketID(1042)}) {
		t.Error("the ticket is not reached")
	}
}

// A search finds a story only where it answers; a story is selected where it stands.
func TestRevealAndSelectStory(t *testing.T) {
	t.Parallel()
	s := filled()
	search := s.Of(intent.PaneSearch)
	search.Set(s.Of(intent.PaneIcebox).All)
	search.Show(table.Filter[row.Story]{Query: "x", Keep: func(r *row.Story) bool { return r.Card.ID == 1 }})
	if s.Reveal(search, 2) || !s.Reveal(search, 1, 2) {
		t.Error("the search shows what it does not find, or not what it finds")
	}
	if c := s.SelectStory(3); c == nil || c.Name != intent.PaneIcebox || s.View.Column != intent.PaneIcebox || s.View.Focus != intent.PaneTickets {
		t.Errorf("it stands in %+v, the view is %+v", c, s.View)
	}
	if s.SelectStory(9) != nil {
		t.Error("a story is selected that is not there")
	}
}

func TestKeepAndPick(t *testing.T) {
	t.Parallel()
	s := filled()
	s.Focus(intent.PaneIcebox)
	restore := s.Keep()
	if !s.Pick(tracker.StoryID(3)) {
		t.Error("it is not known that a story was selected")
	}
	restore()
	if c, _ := s.Story(); c.ID != 1 {
		t.Errorf("selected is %s", c.ID)
	}
	s.Focus(intent.PaneTickets)
	if s.Pick(tracker.TicketID(1042)) || s.Move(intent.ActUp) {
		t.Error("a ticket counts as a story")
	}
	if got, _ := s.Ticket(); got.ID != 1041 || s.Count() != 3 {
		t.Errorf("selected is %s of %d", got.ID, s.Count())
	}
}

// Where stories stand is always read, all else while it is shown.
func TestToRead(t *testing.T) {
	t.Parallel()
	names := func(parts []layout.Part) (names []intent.PaneName) {
		for _, p := range parts {
			names = append(names, p.Name)
		}
		return names
	}
	c := columns.New()
	c.View = c.View.Without(intent.PaneIcebox)
	before := c.View.Shown
	if diff := cmp.Diff([]intent.PaneName{intent.PaneBacklog, intent.PaneIcebox}, names(c.ToRead())); diff != "" {
		t.Error(diff)
	}
	c.Focus(intent.PaneIcebox)
	if c.AddsOptional(before) {
		t.Error("the Icebox has to be read again")
	}
	c.Focus(intent.PaneDone)
	if diff := cmp.Diff([]intent.PaneName{intent.PaneBacklog, intent.PaneIcebox, intent.PaneDone}, names(c.ToRead())); diff != "" || !c.AddsOptional(before) {
		t.Errorf("%s, added: %v", diff, c.AddsOptional(before))
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	s := filled()
	if s.Digit(intent.PaneIcebox) != "3" || s.Record("unknown").Title != "" {
		t.Error("the table is read wrongly")
	}
	if s.Home(2) != intent.PaneIcebox || s.Home(0) != intent.PaneBacklog {
		t.Errorf("homes: %s, %s", s.Home(2), s.Home(0))
	}
	s.Focus(intent.PaneIcebox)
	if s.Home(0) != intent.PaneIcebox || s.Drop(intent.PaneDone) != nil || s.Drop(intent.PaneIcebox) == nil {
		t.Error("the column focused last is not where something would be put first")
	}
	for _, test := range []struct {
		by     int
		around bool
		want   intent.PaneName
	}{{1, true, intent.PaneTickets}, {1, false, intent.PaneIcebox}, {-1, false, intent.PaneBacklog}} {
		if got := s.BesideFocus(test.by, test.around); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
	s.HideLinked(true)
	if len(s.Tickets.Shown) != 2 || s.Tickets.Hidden != 1 {
		t.Errorf("%d tickets are shown, %d hidden", len(s.Tickets.Shown), s.Tickets.Hidden)
	}
	for _, part := range []intent.PaneName{intent.PaneTickets, intent.PaneBacklog} {
		if reason := s.CannotHide(part); reason != "" {
			t.Error(reason)
		}
		s.View = s.View.Without(part)
	}
	if s.CannotHide(intent.PaneIcebox) == "" {
		t.Error("the last part can be hidden")
	}
}

// Why a part is empty is said with the keys that the user has.
func TestNoneNamesTheKeys(t *testing.T) {
	t.Parallel()
	keys := keymap.New(keymap.Defaults([]keymap.Action{{ID: intent.ActFilter, Scope: keymap.ScopeBoard, Keys: keymap.Bind("f2", "filter", "f2")}}))
	if got := columns.New().None(intent.PaneSearch, keys); got != "f2 searches all stories." {
		t.Error(got)
	}
}
