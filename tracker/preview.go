package tracker

import (
	"context"
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

// Preview tells which notes a use case would send: those that Rehearse finds,
// as they would be sent. It fails as the use case would.
func (s *Service) Preview(ctx context.Context, do func(context.Context, *Service) error) ([]Preview, error) {
	queued, err := s.Rehearse(ctx, do)
	if err != nil {
		return nil, err
	}
	return s.previews(queued), nil
}

func (s *Service) previews(queued []Delivery) []Preview {
	var notes []Preview
	for _, d := range queued {
		notes = s.addPreview(notes, d)
	}
	return notes
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
