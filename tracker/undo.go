package tracker

import (
	"context"
	"fmt"
)

type notRemembered struct{}

// WithoutUndo returns a context in which Undo does not take back what is changed.
func WithoutUndo(ctx context.Context) context.Context {
	return context.WithValue(ctx, notRemembered{}, true)
}

// Undoable reports whether Undo takes back what is changed in a context.
func Undoable(ctx context.Context) bool { return ctx.Value(notRemembered{}) == nil }

// Undone tells what Undo took back, or Redo made again.
type Undone struct {
	// Said is a sentence about it.
	Said string
	// Stories are those that it was done to and that are there.
	Stories []StoryID
	// Unlinked are the links that are there no more, those of stories that are gone
	// included; Linked are those that are there again.
	Unlinked, Linked []Link
	// Tickets are those that were put aside or came back.
	Tickets []TicketID
	// Comment is the text of the comment that was removed or added again, empty for none.
	Comment string
	// Paths are the user's files that came with the comment, Files the attachments of its
	// story that it carried.
	Paths []string
	Files []StoryFile
}

// SendsError is what Undo and Redo fail with where they would send something to
// a ticket and nobody has agreed to that. Nothing was changed.
type SendsError struct {
	// Change is what would be taken back or made again, such as "S-14 started".
	Change string
	// Comments are what would be sent.
	Comments []Preview
}

// Error says that somebody has to agree.
func (e *SendsError) Error() string { return e.Unwrap().Error() }

// Unwrap returns the refusal: CodeRefused, ReasonSends.
func (e *SendsError) Unwrap() error {
	return &Error{Code: CodeRefused, Reason: ReasonSends, Message: fmt.Sprintf("%s: this sends a private comment; confirm it first", e.Change)}
}
