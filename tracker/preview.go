package tracker

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// Preview is a note as it would be sent now.
type Preview struct {
	// Tickets are those that it goes to.
	Tickets []TicketID
	// HTML is what the desk is sent, cut and made harmless as it will be. It is
	// empty where only the status changes.
	HTML string
	// Opens is true where tickets that are new are opened.
	Opens bool
}

// PreviewReference stands in a preview for the end of a note's reference, which
// is given when the note is made.
const PreviewReference = "xxxxxx"

// errPreview ends the transaction of a preview, so that nothing of it stays.
var errPreview = errors.New("only looked at")

// PreviewComment tells what Comment would send. The errors are those of Comment.
func (s *Service) PreviewComment(ctx context.Context, id StoryID, text string) ([]Preview, error) {
	return s.preview(ctx, id, func(w Writer) (change, error) {
		st, p, err := versioned(w, id, 0)
		if err != nil {
			return change{}, err
		}
		return s.insertComment(w, st, p, text)
	})
}

// PreviewTransition tells what Transition would send. The errors are those of
// Transition.
func (s *Service) PreviewTransition(ctx context.Context, id StoryID, a Action, reason string) ([]Preview, error) {
	return s.preview(ctx, id, func(w Writer) (change, error) {
		return s.changeIn(w, Seen{ID: id}, s.transition(a, reason))
	})
}

// preview makes a change in a transaction that is taken back, and tells its
// notes: they are those that the change itself makes.
func (s *Service) preview(ctx context.Context, id StoryID, do func(Writer) (change, error)) ([]Preview, error) {
	var notes []Preview
	err := s.Store.Write(ctx, func(w Writer) error {
		c, err := do(w)
		if err != nil {
			return err
		}
		list, err := w.Deliveries(DeliveryQuery{Story: id, States: []DeliveryState{DeliveryWaiting}})
		if err != nil {
			return err
		}
		for _, d := range slices.Backward(list) {
			if c.made(d.ActivityID) {
				notes = s.addPreview(notes, d)
			}
		}
		return errPreview
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
	return notes, err
}

// addPreview adds a note. One that says the same to another ticket is one with it.
func (s *Service) addPreview(notes []Preview, d Delivery) []Preview {
	text := strings.ReplaceAll(d.Text, Reference(d.StoryID, d.Operation), d.StoryID.String()+"·"+PreviewReference)
	n := Preview{Tickets: []TicketID{d.Ticket.ID}, HTML: s.Desks.NoteHTML(text), Opens: d.Opens}
	i := slices.IndexFunc(notes, func(p Preview) bool { return p.HTML == n.HTML && p.Opens == n.Opens })
	if i < 0 {
		return append(notes, n)
	}
	notes[i].Tickets = append(notes[i].Tickets, d.Ticket.ID)
	return notes
}
