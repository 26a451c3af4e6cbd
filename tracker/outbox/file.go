package outbox

import (
	"slices"
	"time"

	"storydesk/tracker"
)

// RemoveFile removes an attachment of a story unless a comment carries it that waits to be
// sent, or may be sent once more; CodeRefused. A parked comment does not hold it: without
// a file that Zendesk does not take it can be sent after all.
func RemoveFile(w tracker.Writer, f tracker.StoryFile, at time.Time) error {
	list, err := w.Files(f.StoryID)
	if err != nil {
		return err
	}
	// Comments may carry it by now that did not when f was read.
	if i := slices.IndexFunc(list, func(of tracker.StoryFile) bool { return of.ID == f.ID }); i >= 0 {
		f = list[i]
	}
	unsent, err := w.Deliveries(tracker.DeliveryQuery{Story: f.StoryID, States: []tracker.DeliveryState{
		tracker.DeliveryWaiting, tracker.DeliverySending, tracker.DeliveryUnconfirmed,
	}})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(unsent, func(d tracker.Delivery) bool { return slices.Contains(f.Comments, d.CommentID) }) {
		return tracker.Errorf(tracker.CodeRefused, "%s is about to be sent with a comment; wait until it is sent, or drop that delivery", f.Name)
	}
	return w.RemoveFile(f.ID, at)
}
