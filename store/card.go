package store

import "storydesk/tracker"

const selectCards = `
	WITH notes AS MATERIALIZED (
		SELECT story_id, sum(state <> 'parked') AS unsent, sum(state = 'parked') AS parked
		FROM delivery WHERE state IN ('waiting', 'sending', 'unknown', 'parked') GROUP BY story_id)
	SELECT id, version, name, type, state, estimate, accepted_at, requester, owners, labels,
		(SELECT count(*) FROM link WHERE link.story_id = story.id),
		coalesce(notes.unsent, 0), coalesce(notes.parked, 0),
		EXISTS (SELECT 1 FROM link
			JOIN ticket_seen AS seen ON seen.host = link.host AND seen.ticket_id = link.ticket_id
			JOIN ticket ON ticket.host = link.host AND ticket.id = link.ticket_id
			WHERE link.story_id = story.id AND ticket.updated_at > seen.up_to)
	FROM story LEFT JOIN notes ON notes.story_id = story.id
	WHERE project_id = ?` + boardOrder

// Cards implements tracker.Reader. Cards with the same owners or labels share
// one list, which must not be changed in place.
func (r *reader) Cards(project tracker.ProjectID) ([]tracker.Card, error) {
	lists := map[string][]string{}
	return all(r, "the board", func(c *tracker.Card) []any {
		return []any{
			&c.ID, &c.Version, &c.Name, &c.Type, &c.State, &c.Estimate, optionalInstant{&c.AcceptedAt}, &c.Requester,
			sharedList{&c.Owners, lists}, sharedList{&c.Labels, lists}, &c.Tickets, &c.Unsent, &c.Parked, &c.News,
		}
	}, selectCards, project)
}

// sharedList reads a JSON array of texts, each different one once: on a board
// most are the same few.
type sharedList struct {
	of    *[]string
	known map[string][]string
}

// Scan implements sql.Scanner.
func (s sharedList) Scan(column any) error {
	text, _ := column.(string)
	list, ok := s.known[text]
	if !ok {
		if err := (array[string]{&list}).Scan(column); err != nil {
			return err
		}
		s.known[text] = list
	}
	*s.of = list
	return nil
}
