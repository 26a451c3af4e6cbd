package stories

import (
	"context"
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/kind"
)

// Unreached lists the tickets of stories that neither comments nor changes of
// state reach, each once: their integration was removed or is off. Stories that
// were deleted are passed over.
func (s *queries) Unreached(ctx context.Context, ids ...tracker.StoryID) ([]tracker.Unreached, error) {
	var list []tracker.Unreached
	err := s.Store.Read(ctx, func(r tracker.Reader) error {
		for _, id := range ids {
			st, err := r.Story(id)
			if tracker.CodeOf(err) == tracker.CodeNotFound {
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

// unreached returns why a link reaches nobody; the reason is empty where it does.
func unreached(r tracker.Reader, l tracker.Link) (tracker.Unreached, error) {
	u := tracker.Unreached{Ticket: l.Ticket.ID}
	if l.IntegrationID == 0 && !kind.IsItem(l.Ticket) {
		u.Reason = "the integration was removed"
		return u, nil
	}
	if l.IntegrationID == 0 {
		return u, nil // it never reached anybody
	}
	in, err := r.Integration(l.IntegrationID)
	if err == nil && !in.Active && kind.Of(in).Sends {
		u.Reason = in.Name + " is off"
	}
	return u, err
}
