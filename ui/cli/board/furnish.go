package board

import (
	"context"
	"fmt"

	"storydesk/tracker"
	"storydesk/ui/cli/session"
)

// A furnished story is one of the demo's: it is made, taken as far as its steps lead,
// and commented on, by the same use cases that the board has.
type furnished struct {
	tickets []tracker.TicketID
	// name is that of a story without a ticket.
	name   string
	kind   tracker.StoryType
	column tracker.Column
	points float64
	owner  string
	labels []string
	steps  []tracker.Action
	// reason is why it was rejected, comment what is said on it.
	reason, comment string
}

// The people of the demo beside its user.
const (
	demoAda = "Ada Lovelace"
	demoBen = "Ben Okafor"
)

// furniture are the demo's stories: one in every state at least, from the bottom of
// the board to its top.
func furniture() []furnished {
	path := []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver}
	begun, finished, delivered := path[:1:1], path[:2:2], path[:3:3] // nothing is appended in place
	return []furnished{
		{tickets: []tracker.TicketID{1022}, column: tracker.Icebox, labels: []string{"tax"}},
		{name: "Dark mode for the customer portal", kind: tracker.Feature, column: tracker.Icebox, points: 3, labels: []string{"portal"}},
		{tickets: []tracker.TicketID{1026}, column: tracker.Icebox},
		{name: "Release 4.2", kind: tracker.Release, column: tracker.Backlog},
		{tickets: []tracker.TicketID{1023}, column: tracker.Backlog, labels: []string{"tax"}, comment: "Which number was it? We cannot see it in the logs."},
		{name: "Upgrade the payment library", kind: tracker.Chore, column: tracker.Backlog},
		{tickets: []tracker.TicketID{1028}, kind: tracker.Feature, column: tracker.Backlog, points: 3, owner: demoBen, labels: []string{"tax"}},
		{
			tickets: []tracker.TicketID{1042, 1047}, kind: tracker.Feature, column: tracker.Backlog, points: 2, owner: demoAda, labels: []string{"export"},
			steps: begun, comment: "Found it: the cursor is closed before the rows are read.",
		},
		{
			tickets: []tracker.TicketID{1044}, column: tracker.Backlog, owner: demoBen, labels: []string{"sign-in"},
			steps: append(delivered, tracker.Reject), reason: "It still loops with a second tab open.",
		},
		{tickets: []tracker.TicketID{1037}, kind: tracker.Feature, column: tracker.Backlog, points: 1, owner: demoAda, steps: finished},
		{
			tickets: []tracker.TicketID{1032}, column: tracker.Backlog, owner: demoBen, labels: []string{"payments"},
			steps: delivered, comment: "The second charge is refunded by itself from now on.",
		},
		{tickets: []tracker.TicketID{1030}, kind: tracker.Feature, column: tracker.Backlog, points: 2, owner: demoAda, labels: []string{"payments"}, steps: append(delivered, tracker.Accept)},
	}
}

// What happens on the demo's tickets besides: one is closed, so that the comment to it
// is parked, and a customer writes again.
const (
	demoClosed  tracker.TicketID = 1023
	demoReplied tracker.TicketID = 1042
	demoReply                    = "Any news? We have to hand the figures in on Friday."
)

// demoUnseen is how many of the newest tickets nobody has looked at.
const demoUnseen = 5

// furnish fills a new demo, so that its first screen shows what the program is.
func (d *demo) furnish(ctx context.Context, s *opened, box session.Sandbox, in tracker.Integration) error {
	if err := s.Service.Screens.Views.RefreshView(ctx, in.ID); err != nil {
		return err
	}
	list, err := s.Service.Screens.Views.Tickets(ctx, in.ID)
	if err != nil {
		return err
	}
	for _, t := range list.Tickets[min(demoUnseen, len(list.Tickets)):] {
		if err := s.Service.Screens.Views.SeeTicket(ctx, in.ID, t.ID); err != nil {
			return err
		}
	}
	for _, f := range furniture() {
		if err := f.make(ctx, s.Service.Screens.Stories, in); err != nil {
			return err
		}
	}
	if err := box.Happen(demoClosed, "closed", ""); err != nil {
		return fmt.Errorf("close ticket %s of the demo: %w", demoClosed, err)
	}
	if err := box.Happen(demoReplied, "", demoReply); err != nil {
		return fmt.Errorf("answer on ticket %s of the demo: %w", demoReplied, err)
	}
	return s.Service.Screens.Views.RefreshView(ctx, in.ID) // so that the answer is there
}

// make makes the story and takes it as far as its steps lead.
func (f furnished) make(ctx context.Context, stories stories, in tracker.Integration) error {
	st, err := f.add(ctx, stories, in)
	if err != nil {
		return err
	}
	seen := []tracker.Seen{{ID: st.ID}}
	if f.points > 0 && st.Type == tracker.Feature {
		if _, err := stories.Estimate(ctx, seen, &f.points); err != nil {
			return err
		}
	}
	edit := tracker.StoryEdit{}
	if f.owner != "" {
		edit.Owners = &[]string{f.owner}
	}
	if len(f.labels) > 0 {
		edit.Labels = &f.labels
	}
	if edit != (tracker.StoryEdit{}) {
		if _, err := stories.Edit(ctx, []tracker.StoryID{st.ID}, edit); err != nil {
			return err
		}
	}
	for _, step := range f.steps {
		reason := ""
		if step == tracker.Reject {
			reason = f.reason
		}
		if _, err := stories.Transition(ctx, seen, step, reason); err != nil {
			return err
		}
	}
	if f.comment != "" {
		_, err = stories.Comment(ctx, []tracker.StoryID{st.ID}, f.comment, "")
	}
	return err
}

func (f furnished) add(ctx context.Context, stories stories, in tracker.Integration) (tracker.Story, error) {
	place := tracker.Place{Column: f.column}
	if len(f.tickets) == 0 {
		return stories.AddStory(ctx, tracker.NewStory{ProjectID: in.ProjectID, Name: f.name, Type: f.kind, Place: place})
	}
	made, err := stories.AddFromTickets(ctx, tracker.FromTickets{Integration: in.ID, Tickets: f.tickets, Type: f.kind, Place: place})
	if err != nil {
		return tracker.Story{}, err
	}
	return made[0], nil
}
