package tracker

import (
	"fmt"
)

// Undone tells what Undo took back, or Redo made again.
type Undone struct {
	// Said is a sentence about it.
	Said string
	// Stories are those that it was done to and that are there.
	Stories []StoryID
	// Freed are the links that are there no more, those of stories that are gone
	// included; Tied are those that are there again.
	Freed, Tied []Link
	// Comment is the text of the comment that was removed or added again, empty for none.
	Comment string
}

// SendsError is what Undo and Redo fail with where they would send something to
// a ticket and nobody has agreed to that. Nothing was changed.
type SendsError struct {
	// Deed is what would be taken back or made again, such as "S-14 started".
	Deed string
	// Notes are what would be sent.
	Notes []Preview
}

// Error says that somebody has to agree.
func (e *SendsError) Error() string { return e.Unwrap().Error() }

// Unwrap returns the refusal: CodeRefused, ReasonSends.
func (e *SendsError) Unwrap() error {
	return &Error{Code: CodeRefused, Reason: ReasonSends, Message: fmt.Sprintf("%s: this sends a private comment; confirm it first", e.Deed)}
}
