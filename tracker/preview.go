package tracker

import "context"

// Preview is a private comment as it would be sent now.
type Preview struct {
	// Tickets are those that it goes to.
	Tickets []TicketID
	// HTML is what Zendesk is sent, cut and made harmless as it will be. It is
	// empty where only the status changes.
	HTML string
	// Opens is true where tickets that are new are opened.
	Opens bool
}

// StoryUseCases are the use cases that change stories and can be tried without
// changing anything, to learn what they would send: a preview hands on one that
// saves nothing. Each changes all stories or none.
type StoryUseCases interface {
	Transition(ctx context.Context, seen []Seen, a Action, reason string) ([]Story, error)
	Estimate(ctx context.Context, seen []Seen, points *float64) ([]Story, error)
	Comment(ctx context.Context, ids []StoryID, text, draft string) ([]Comment, error)
	MoveStories(ctx context.Context, ids []StoryID, to Place) ([]Story, error)
}
