package command

import (
	"context"
	"slices"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// Outcome is what a change did to stories.
type Outcome struct {
	// Story is the story that was made or changed, 0 when none was.
	Story tracker.StoryID
	// Reveal asks the board to select it where it stands now.
	Reveal bool
	// sends is true where the change sends private comments to the tickets of stories;
	// those that it does not reach are named.
	sends bool
	// Stories and Tickets are the marked ones that it was done to: their marks
	// are removed.
	Stories []tracker.StoryID
	Tickets []tracker.TicketID
	// Deleted is true when those stories were deleted.
	Deleted bool
	// made is what was made of tickets, nil for nothing.
	made *Made
	// Undone is what was undone or redone.
	Undone tracker.Undone
}

// OutcomeOf is what a change that ended did to stories.
func OutcomeOf(d pane.Done) Outcome {
	of, _ := d.What.(Outcome)
	return of
}

// withUnreached completes what a change says: which tickets it does not reach.
func withUnreached(service UseCases, change func(ctx context.Context) pane.Done) func(ctx context.Context) pane.Done {
	return func(ctx context.Context) pane.Done {
		d := change(ctx)
		if of := OutcomeOf(d); of.sends && d.Err == nil {
			d.Said = draw.JoinFacts(" · ", d.Said, unreached(ctx, service, of.Stories))
		}
		return d
	}
}

// unreached says which tickets a change of stories does not reach, empty where it
// reaches all of them.
func unreached(ctx context.Context, service UseCases, ids []tracker.StoryID) string {
	list, err := service.Stories.Unreached(ctx, ids...)
	if err != nil || len(list) == 0 {
		return "" // the change was saved, which is what matters
	}
	return "not sent to " + unreachedWords(list)
}

// unreachedWords names tickets that are not reached, with the reason where it is
// the same for all.
func unreachedWords(list []tracker.Unreached) string {
	words := present.SomeOf(present.Each(list, func(u tracker.Unreached) tracker.TicketID { return u.Ticket }))
	if slices.ContainsFunc(list, func(u tracker.Unreached) bool { return u.Reason != list[0].Reason }) {
		return words + ": their integrations are off or were removed"
	}
	return words + ": " + list[0].Reason
}
