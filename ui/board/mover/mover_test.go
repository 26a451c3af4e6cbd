package mover

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/row"
)

// tested is a mover alone, without a board.
type tested struct {
	*Mover
	t *testing.T
}

func newMover(t *testing.T) tested {
	t.Helper()
	host := pane.NewHost(context.Background(), func(error) {}, time.Now)
	c := columns.New()
	c.Focus(intent.PaneDone) // so that all parts are known and shown
	return tested{New(host, columns.Selection{Columns: c}), t}
}

// fill puts n stories with ids from first on into a column.
func (m tested) fill(part intent.PaneName, state tracker.State, first tracker.StoryID, n int) *columns.StoryColumn {
	rows := make([]row.Story, n)
	for i := range rows {
		id := first + tracker.StoryID(i)
		rows[i] = row.NewStory(tracker.Card{ID: id, Name: fmt.Sprintf("Story %d", id), Type: tracker.Chore, State: state}, tracker.Project{})
	}
	c := m.selection.Of(part)
	c.Set(rows)
	return c
}

func (m tested) pick(g intent.Grab) {
	m.t.Helper()
	if reason := m.Pick(g); reason != "" {
		m.t.Fatal(reason)
	}
}

func (m tested) drop() Dropped {
	m.t.Helper()
	d, reason := m.Drop()
	if reason != "" || m.Moving() {
		m.t.Errorf("it was not dropped: %q", reason)
	}
	return d
}

func story(part intent.PaneName, id tracker.StoryID) intent.Grab {
	return intent.Grab{Row: intent.SelectRow{Part: part, Key: id}}
}

// By keys the drop line begins where the story is, and dropping says where it goes.
func TestMoveByKeys(t *testing.T) {
	t.Parallel()
	m := newMover(t)
	icebox := m.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 4)
	m.fill(intent.PaneBacklog, tracker.Unstarted, 11, 2)
	for _, test := range []struct {
		name string
		move func()
		hint string
		want tracker.Place
	}{
		{"down by two", func() { m.Step(1); m.Step(1) }, "S-2 → Icebox, above S-4", tracker.Place{Before: 4}},
		{"to the top", func() { m.LineAtTop() }, "S-2 → Icebox, above S-1", tracker.Place{Before: 1}},
		{"to the end", m.LineAtEnd, "S-2 → Icebox, at the end", tracker.Place{After: 4}},
		{"to the other column", func() { m.LineIn(intent.PaneBacklog); m.LineAtEnd() }, "S-2 → Backlog, at the end", tracker.Place{After: 12}},
	} {
		m.pick(story(intent.PaneIcebox, 2))
		if icebox.DropAt != 1 || !cmp.Equal(icebox.Dimmed, []tracker.StoryID{2}) {
			t.Errorf("%s: it begins at %d, dimmed are %v", test.name, icebox.DropAt, icebox.Dimmed)
		}
		test.move()
		if got := m.Hint(); got != test.hint {
			t.Errorf("%s: it says %q", test.name, got)
		}
		d := m.drop()
		if len(d.Stories) != 1 || d.Stories[0].ID != 2 || d.Place.Before != test.want.Before || d.Place.After != test.want.After {
			t.Errorf("%s: it goes to %+v", test.name, d)
		}
		if icebox.DropAt >= 0 || len(icebox.Dimmed) != 0 || m.Hint() != "" {
			t.Errorf("%s: the drop line or what is moved is still shown", test.name)
		}
	}
}

// What is dropped where it is changes nothing, and what is cancelled selects what
// was selected.
func TestMoveThatChangesNothing(t *testing.T) {
	t.Parallel()
	m := newMover(t)
	icebox := m.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 4)
	m.pick(story(intent.PaneIcebox, 3))
	m.Step(1)
	if hint := m.Hint(); hint != "S-3 → Icebox, where it is" {
		t.Errorf("it says %q", hint)
	}
	if d := m.drop(); len(d.Stories)+len(d.Tickets) != 0 {
		t.Errorf("dropped: %+v", d)
	}
	m.pick(story(intent.PaneIcebox, 3))
	m.LineAtTop()
	m.End()
	if key, _ := icebox.List.Selected(); key != 3 || m.Moving() {
		t.Errorf("selected is %s", key)
	}
}

// Marked stories move along, unless the mouse takes hold of another one.
func TestMarkedStoriesMoveAlong(t *testing.T) {
	t.Parallel()
	m := newMover(t)
	icebox := m.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 4)
	icebox.List.Mark(1, true)
	icebox.List.Mark(3, true)
	for _, test := range []struct {
		grab intent.Grab
		want []tracker.StoryID
	}{
		{story(intent.PaneIcebox, 3), []tracker.StoryID{1, 3}},
		{intent.Grab{Row: story(intent.PaneIcebox, 3).Row, Dragged: true}, []tracker.StoryID{1, 3}},
		{intent.Grab{Row: story(intent.PaneIcebox, 4).Row, Dragged: true}, []tracker.StoryID{4}},
		{intent.Grab{Row: story(intent.PaneIcebox, 3).Row, Alone: true}, []tracker.StoryID{3}},
	} {
		m.pick(test.grab)
		if !cmp.Equal(icebox.Dimmed, test.want) {
			t.Errorf("%+v moves %v, want %v", test.grab, icebox.Dimmed, test.want)
		}
		m.End()
	}
}

// A story that goes away while it is moved is let go.
func TestStoryGoneWhileItIsMoved(t *testing.T) {
	t.Parallel()
	m := newMover(t)
	m.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 4)
	m.pick(story(intent.PaneIcebox, 2))
	m.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 3)
	if m.Follow(); !m.Moving() {
		t.Error("it was let go though it is still there")
	}
	m.fill(intent.PaneIcebox, tracker.Unscheduled, 3, 2)
	m.Follow()
	if said := m.Toasts.Current; m.Moving() || said == nil || said.Text != "S-2 was deleted" {
		t.Errorf("it is still moved: %v, and it says %+v", m.Moving(), said)
	}
}

// What is not there or cannot be moved is not picked up.
func TestNotPickedUp(t *testing.T) {
	t.Parallel()
	m := newMover(t)
	m.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 1)
	m.fill(intent.PaneBacklog, tracker.Accepted, 11, 1)
	for grab, want := range map[intent.Grab]string{
		story(intent.PaneIcebox, 5):   "S-5 is not on the board",
		story(intent.PaneBacklog, 11): "accepted",
	} {
		if got := m.Pick(grab); !strings.Contains(got, want) || m.Moving() {
			t.Errorf("%+v: %q, want %q", grab, got, want)
		}
	}
}

// A ticket can be dropped in both columns.
func TestTicketIsDropped(t *testing.T) {
	t.Parallel()
	m := newMover(t)
	m.selection.Tickets.Set([]row.Ticket{row.NewTicket(tracker.TicketRow{Ticket: tracker.Ticket{TicketKey: tracker.TicketKey{ID: 1042}}})})
	m.fill(intent.PaneBacklog, tracker.Started, 11, 2)
	m.pick(intent.Grab{Row: intent.SelectRow{Part: intent.PaneTickets, Key: tracker.TicketID(1042)}})
	m.LineIn(intent.PaneBacklog)
	m.LineAtTop()
	if d, reason := m.Drop(); reason == "" || !m.Moving() {
		t.Errorf("among started stories it can be dropped: %+v", d)
	}
	m.LineAtEnd()
	if d := m.drop(); len(d.Tickets) != 1 || d.Tickets[0] != 1042 || d.Place.Column != tracker.Backlog || d.Part != intent.PaneBacklog {
		t.Errorf("dropped: %+v", d)
	}
}
