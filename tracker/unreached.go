package tracker

import (
	"context"
	"slices"
)

// Unreached is a linked ticket that its stories' changes do not reach.
type Unreached struct {
	Ticket TicketID
	// Reason is why, such as "the integration was removed".
	Reason string
}

// Unreached lists the tickets of stories that neither comments nor changes of
// state reach, each once: their integration was removed or is off. Stories that
// were deleted are passed over.
func (s *Service) Unreached(ctx context.Context, ids ...StoryID) ([]Unreached, error) {
	var list []Unreached
	err := s.Store.Read(ctx, func(r Reader) error {
		for _, id := range ids {
			st, err := r.Story(id)
			if CodeOf(err) == CodeNotFound {
				continue
			}
			if err != nil {
				return err
			}
			for _, l := range st.Tickets {
				u, err := unreached(r, l)
				if err != nil {
					return err
				}
				if u.Reason != "" && !slices.Contains(list, u) {
					list = append(list, u)
				}
			}
		}
		return nil
	})
	return list, err
}

// unreached tells why a link reaches nobody; the reason is empty where it does.
func unreached(r Reader, l Link) (Unreached, error) {
	u := Unreached{Ticket: l.Ticket.ID}
	if l.IntegrationID == 0 {
		u.Reason = "the integration was removed"
		return u, nil
	}
	in, err := r.Integration(l.IntegrationID)
	if err == nil && !in.Active {
		u.Reason = in.Name + " is off"
	}
	return u, err
}
