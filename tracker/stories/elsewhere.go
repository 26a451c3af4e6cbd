package stories

import (
	"context"

	"storydesk/tracker"
)

// TicketChange is a change of another use case that is undone in turn with those of
// stories. It changed no story and sends nothing.
type TicketChange interface {
	// Ticket is what was changed, Did what was done to it, in a word.
	Ticket() tracker.TicketID
	Did() string
	// TakeBack makes it undone and returns what makes it done again. CodeRefused when
	// somebody else has changed it since.
	TakeBack(w tracker.Writer) (inverse TicketChange, err error)
}

// Remember adds what another use case changed to what Undo takes back; all of it is one
// change.
func (s *undoing) Remember(ctx context.Context, made ...TicketChange) {
	remember(ctx, s, made, func(c TicketChange) change { return elsewhere{c} })
}

// remember adds changes of a kind to what Undo takes back, as one.
func remember[T any](ctx context.Context, s *undoing, made []T, as func(T) change) {
	set := make(changeSet, len(made))
	for i, c := range made {
		set[i] = as(c)
	}
	s.history.add(ctx, set)
}

// elsewhere is a change that another use case made.
type elsewhere struct{ TicketChange }

// of is no story.
func (c elsewhere) of() tracker.StoryID { return 0 }

func (c elsewhere) did() string { return c.Did() }

func (c elsewhere) takeBack(_ *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	inverse, err := c.TakeBack(w)
	return elsewhere{inverse}, commentsNone, err
}

// tell names the ticket.
func (c elsewhere) tell(u *tracker.Undone) { u.Tickets = append(u.Tickets, c.Ticket()) }

// PartChange is a change of what hangs on a story, made by another use case: undone in
// turn with those of stories. It sends nothing.
type PartChange interface {
	// Story is whose part was changed, Did what was done, in a few words.
	Story() tracker.StoryID
	Did() string
	// TakeBack makes it undone, records that as verb, and returns what makes it done
	// again. CodeRefused when somebody else has changed it since.
	TakeBack(w tracker.Writer, verb string) (inverse PartChange, err error)
}

// RememberParts adds what another use case changed to what Undo takes back; all of it is
// one change.
func (s *undoing) RememberParts(ctx context.Context, made ...PartChange) {
	remember(ctx, s, made, func(c PartChange) change { return part{c} })
}

// part is a change of what hangs on a story.
type part struct{ PartChange }

func (c part) of() tracker.StoryID { return c.Story() }

func (c part) did() string { return c.Did() }

// takeBack fails for a story that is deleted.
func (c part) takeBack(_ *undoing, w tracker.Writer, verb string) (change, commentFate, error) {
	if _, err := w.Story(c.of()); err != nil {
		return nil, commentsNone, err
	}
	inverse, err := c.TakeBack(w, verb)
	return part{inverse}, commentsNone, err
}

func (c part) tell(u *tracker.Undone) { mention(u, c.of()) }

// NamedChange is a change of something that has a name, such as a person or a project, made by
// another use case: undone in turn with those of stories. It sends nothing.
type NamedChange interface {
	// String names it, Did is what was done, in a word. The type is comparable.
	String() string
	Did() string
	// TakeBack makes it undone and returns what makes it done again. CodeRefused when
	// somebody else has changed it since.
	TakeBack(w tracker.Writer) (inverse NamedChange, err error)
}

// RememberNamed adds what another use case changed to what Undo takes back.
func (s *undoing) RememberNamed(ctx context.Context, made NamedChange) {
	remember(ctx, s, []NamedChange{made}, func(c NamedChange) change { return named{c} })
}

// named is a change of something that has a name.
type named struct{ NamedChange }

// of is no story.
func (c named) of() tracker.StoryID { return 0 }

func (c named) did() string { return c.Did() }

func (c named) takeBack(_ *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	inverse, err := c.TakeBack(w)
	return named{inverse}, commentsNone, err
}

// tell says nothing: the sentence names it.
func (c named) tell(*tracker.Undone) {}
