package board

import (
	"context"
	"fmt"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/row"
)

// noSettings are asked nothing but whether they can be saved.
type noSettings struct{ pane.Settings }

// StoreLost says that they can.
func (noSettings) StoreLost() error { return nil }

// queries are the use cases of stories that a board without stories asks.
type queries struct{ Stories }

// ParseQuery reads a query of a user without a name.
func (queries) ParseQuery(kind search.Kind, text string) (search.Query, error) {
	return search.Parse(kind, text, func() string { return "" })
}

// bare is a board whose commands are not run.
func bare() *Board {
	host := pane.NewHost(context.Background(), func(error) {}, time.Now)
	host.Settings = noSettings{}
	b := New(&command.Commands{Host: host}, UseCases{Stories: queries{}}, Details{}, false, "")
	host.Layers = []pane.Layer{{Pane: b, Place: pane.Body}}
	b.panel.id, b.reader.loaded = 1, true
	return b
}

// fill puts stories with ids from first on into a part, all of them in a state.
func (o owners) fill(part intent.PaneName, state tracker.State, first tracker.StoryID, n int) {
	rows := make([]row.Story, n)
	for i := range rows {
		id := first + tracker.StoryID(i)
		rows[i] = row.NewStory(tracker.Card{ID: id, Name: fmt.Sprintf("Story %d", id), Type: tracker.Chore, State: state}, tracker.Project{})
	}
	o.columns.Of(part).Set(row.Aligned(rows))
}

// fillTickets shows tickets with numbers from 1042 on; the first has the stories.
func (o owners) fillTickets(n int, stories ...tracker.StoryRef) {
	rows := make([]row.Ticket, n)
	for i := range rows {
		t := tracker.TicketRow{Ticket: tracker.Ticket{TicketKey: tracker.TicketKey{ID: tracker.TicketID(1042 + i)}, Subject: fmt.Sprintf("Ticket %d", i)}}
		if i == 0 {
			t.Stories = stories
		}
		rows[i] = row.NewTicket(t)
	}
	o.columns.Tickets.Set(rows)
}

// Every action has what it does, and no two of a scope have the same name.
func TestActionsAreWhole(t *testing.T) {
	t.Parallel()
	type name struct {
		scope keymap.Scope
		id    intent.ActionID
	}
	known := map[name]bool{}
	for _, a := range actions() {
		n := name{a.Scope, a.ID}
		if a.Do == nil || a.Scope == "" || a.ID == "" || known[n] {
			t.Errorf("%+v does nothing, has no name or is there twice", n)
		}
		known[n] = true
	}
}

// While something is moved only the actions of moving are the board's, and none of
// them is refused.
func TestActionsWhileMoving(t *testing.T) {
	t.Parallel()
	b := bare()
	b.storied = true
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 3)
	b.columns.Focus(intent.PaneIcebox)
	b.Handle(intent.Act{ID: intent.ActMove})
	if !b.Moves() || b.Hint() == "" {
		t.Fatal("nothing is moved")
	}
	if _, ok := b.Handle(intent.Act{ID: "sort"}); ok {
		t.Error("tickets can be sorted meanwhile")
	}
	if reason := b.Disabled(intent.ActReject); reason != "" {
		t.Error(reason)
	}
	b.Handle(intent.Act{ID: intent.ActDown})
	b.Handle(intent.Act{ID: intent.ActCancel})
	if c, _ := b.selection.Story(); b.Moves() || c.ID != 1 {
		t.Errorf("selected is %s", c.ID)
	}
}

// What an action is refused for depends on what it would be done to.
func TestRefusals(t *testing.T) {
	t.Parallel()
	b := bare()
	b.Keys = keymap.New(keymap.Defaults(Actions()))
	b.storied = true
	refusals := func(want map[intent.ActionID]string) {
		t.Helper()
		for id, reason := range want {
			if got := b.Disabled(id); got != reason {
				t.Errorf("%s: %q, want %q", id, got, reason)
			}
		}
	}
	refusals(map[intent.ActionID]string{
		intent.ActOpen: "nothing is selected here", intent.ActAdvance: "nothing is selected here", intent.ActMark: "nothing is selected here",
		intent.ActFilter: "", "next-panel": "this project has no other active integration", intent.ActContinue: "all tickets of the view are loaded",
	})
	b.fillTickets(2, tracker.StoryRef{ID: 7, State: tracker.Started})
	refusals(map[intent.ActionID]string{intent.ActOpen: "", intent.ActAdvance: "", intent.ActReject: "only a delivered story can be rejected; S-7 is started", intent.ActDelete: "This is a ticket. Its story is S-7", intent.ActUnlink: "", intent.ActBrowse: "", actUnfold: ""})
	b.Handle(intent.Act{ID: intent.ActDown})
	refusals(map[intent.ActionID]string{intent.ActAdvance: "This is a ticket. Press b or i to create a story from it", intent.ActUnlink: "#1043 has no linked story"})
	b.Handle(intent.Act{ID: intent.ActMarkAll})
	refusals(map[intent.ActionID]string{intent.ActUnlink: "Unlink one ticket at a time; 2 are marked, esc clears the marks"})

	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 2)
	b.columns.Focus(intent.PaneIcebox)
	refusals(map[intent.ActionID]string{
		intent.ActAdvance: "", intent.ActBrowse: "S-1 has no linked ticket", intent.ActLink: "no integration is on, so no ticket can be linked",
		intent.ActMoveUp: "S-1 is the first story here", intent.ActMoveDown: "", intent.ActEdit: "", intent.ActMove: "",
	})
	b.Handle(intent.Act{ID: intent.ActMarkAll})
	refusals(map[intent.ActionID]string{
		intent.ActBrowse: "none of the marked stories has a linked ticket", intent.ActMoveDown: "S-2 is the last story here",
		intent.ActEdit: "Edit one story at a time; 2 are marked, esc clears the marks",
	})
	b.fill(intent.PaneMine, tracker.Started, 1, 2)
	b.columns.Focus(intent.PaneMine)
	refusals(map[intent.ActionID]string{intent.ActMoveDown: "My work is sorted by column; m moves stories"})
}

// A story of a part that is hidden is picked up there; the part that is shown for it
// is remembered, and what is changed afterwards does not wait for that.
func TestStoryOfAHiddenPartIsPickedUp(t *testing.T) {
	t.Parallel()
	b := bare()
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 1)
	b.columns.View = b.columns.View.Without(intent.PaneIcebox)
	b.Handle(intent.Grab{Row: intent.SelectRow{Part: intent.PaneIcebox, Key: tracker.StoryID(1)}})
	if !b.Moves() || b.Due() == nil {
		t.Errorf("moving is %v, remembered is %v", b.Moves(), b.Busy())
	}
}

// esc leaves one thing at a time.
func TestBackLeavesOneThing(t *testing.T) {
	t.Parallel()
	b := bare()
	b.storied = true
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 2)
	b.columns.Focus(intent.PaneIcebox)
	b.selection.Mark(intent.ActMarkAll)
	if err := b.filters.set(intent.PaneIcebox, "story"); err != nil {
		t.Fatal(err)
	}
	b.unfolder.unfold()
	left := func() string {
		return fmt.Sprintf("open %v, filter %q, %d marks", b.unfolder.open != nil, b.columns.Query(intent.PaneIcebox), b.selection.Marks())
	}
	for _, want := range []string{`open true, filter "story", 2 marks`, `open false, filter "story", 2 marks`, `open false, filter "", 2 marks`, `open false, filter "", 0 marks`} {
		if got := left(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		b.Handle(intent.Act{ID: intent.ActBack})
	}
}

// Another project begins without rows, on a screen that looks the same.
func TestRestart(t *testing.T) {
	t.Parallel()
	b := bare()
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 2)
	b.columns.View = b.columns.View.With(intent.PaneMine).Without(intent.PaneBacklog)
	b.columns.HideLinked(true)
	b.filters.search("login")
	shown, generation := b.Sight().Shown, b.reader.generation
	b.Restart()
	now := b.Sight()
	if len(now.Parts[intent.PaneIcebox].Rows) != 0 || fmt.Sprint(now.Shown) != fmt.Sprint(shown) || !now.HidesLinked || b.filters.searched() != "login" {
		t.Errorf("%+v", now)
	}
	b.took(boardRead{generation: generation, err: fmt.Errorf("of the other project")})
	if b.Toasts.Current != nil || !b.reader.reading {
		t.Error("a reading of the other project counts")
	}
}
