package stories_test

import (
	"fmt"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

// templates are those of bugs: of stories without a ticket, and of those with one.
type templates struct{}

func (templates) Describe(kind tracker.StoryType, project string, from *tracker.Ticket) string {
	switch {
	case kind != tracker.Bug:
		return ""
	case from == nil:
		return "Steps in " + project + ":\n"
	}
	return fmt.Sprintf("From #%d", int64(from.ID))
}

// A new story without a description gets the template of its type, where that is wanted.
func TestNewStoryGetsTheTemplateOfItsType(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Templates = templates{}
	for _, c := range []struct {
		new  tracker.NewStory
		want string
	}{
		{tracker.NewStory{Type: tracker.Bug, Template: true}, "Steps in My project:"},
		{tracker.NewStory{Type: tracker.Bug}, ""},
		{tracker.NewStory{Type: tracker.Bug, Template: true, Description: "Mine"}, "Mine"},
		{tracker.NewStory{Template: true}, ""},
	} {
		c.new.ProjectID, c.new.Name, c.new.Place.Column = w.In.ProjectID, "Rotate the keys", tracker.Icebox
		st, err := w.Engine.Stories.AddStory(t.Context(), c.new)
		if err != nil || st.Description != c.want {
			t.Errorf("%+v is described as %q, %v; want %q", c.new, st.Description, err, c.want)
		}
	}
}

// A template stands above the ticket's text, and stays there when a better text of the
// ticket is read.
func TestTemplateStandsAboveTheTicketsText(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Templates = templates{}
	ticket := w.Ticket(tracker.TicketNew)
	for _, kind := range []tracker.StoryType{tracker.Bug, tracker.Feature} {
		st, err := trackertest.One(w.Engine.Stories.AddFromTickets(t.Context(), tracker.FromTickets{
			Integration: w.In.ID, Tickets: []tracker.TicketID{ticket}, Type: kind, Template: true, Again: true, Place: tracker.Place{Column: tracker.Backlog},
		}))
		if err != nil {
			t.Fatal(err)
		}
		above := ""
		if kind == tracker.Bug {
			above = fmt.Sprintf("From #%d\n\n", int64(ticket))
		}
		text, ok := strings.CutPrefix(st.Description, above)
		if !ok || text == "" || strings.Contains(text, "From #") {
			t.Errorf("a %s is described as %q", kind, st.Description)
		}
		if err := w.Engine.Stories.CompleteDescription(t.Context(), st, "All that was said"); err != nil {
			t.Fatal(err)
		}
		if got := w.Whole(st.ID).Story.Description; got != above+"All that was said" {
			t.Errorf("a %s is completed as %q", kind, got)
		}
	}
}
