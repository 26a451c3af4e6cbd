package store

import (
	"encoding/json"
	"fmt"

	"storydesk/store/query"
	"storydesk/tracker"
)

// AddLink implements tracker.Writer.
func (w *storyWriter) AddLink(l *tracker.Link) error {
	if err := (&ticketWriter{w.statements}).follow(l.Ticket); err != nil {
		return err
	}
	// Without a failed statement: after one, some engines let a transaction do nothing more.
	added, err := w.Exec("adding a link", `
		INSERT INTO link (story_id, host, ticket_id, integration_id, url, created_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (story_id, host, ticket_id) DO NOTHING`,
		l.StoryID, l.Ticket.Host, l.Ticket.ID, reference[tracker.IntegrationID]{&l.IntegrationID}, l.URL, millis(l.CreatedAt))
	if err == nil && added == 0 {
		return &tracker.Error{
			Code: tracker.CodeConflict, Field: "ticket",
			Message: fmt.Sprintf("%s is linked to %s already", l.StoryID, l.Ticket.ID),
		}
	}
	return err
}

// RemoveLink implements tracker.Writer.
func (w *storyWriter) RemoveLink(story tracker.StoryID, ticket tracker.TicketKey) error {
	removed, err := w.Exec("removing a link", "DELETE FROM link WHERE story_id = ? AND host = ? AND ticket_id = ?",
		story, ticket.Host, ticket.ID)
	if err == nil && removed == 0 {
		return query.NotFound(fmt.Sprintf("link from %s to %s", story, ticket.ID))
	}
	return err
}

// LinkedStories implements tracker.Reader.
func (r *reader) LinkedStories(host string) (map[tracker.TicketID][]tracker.StoryRef, error) {
	type linked struct {
		ticket tracker.TicketID
		story  tracker.StoryRef
	}
	list, err := query.All(r.Session, "the linked stories", func(l *linked) []any {
		return []any{&l.ticket, &l.story.ID, &l.story.Name, &l.story.Type, &l.story.State, &l.story.Estimate, array[string]{&l.story.Owners}, &l.story.Version,
			&l.story.Open.Tasks, &l.story.Open.Blockers, &l.story.Open.Reviews}
	}, `SELECT link.ticket_id, story.id, story.name, story.type, story.state, story.estimate, story.owners, story.version, `+countOpen()+`
		FROM link JOIN story ON story.id = link.story_id
		WHERE link.host = ? AND `+notDeleted+` ORDER BY story.id`, host)
	if err != nil {
		return nil, err
	}
	stories := make(map[tracker.TicketID][]tracker.StoryRef, len(list))
	for _, l := range list {
		stories[l.ticket] = append(stories[l.ticket], l.story)
	}
	return stories, nil
}

// links reads the column storyLinks of a story.
type links struct {
	story *tracker.StoryID
	of    *[]tracker.Link
}

// Scan implements sql.Scanner. The story's id must have been scanned before.
func (l links) Scan(column any) error {
	var rows []linkRow
	if err := (array[linkRow]{&rows}).Scan(column); err != nil {
		return err
	}
	*l.of = nil
	for _, row := range rows {
		link := tracker.Link(row)
		link.StoryID = *l.story
		*l.of = append(*l.of, link)
	}
	return nil
}

// linkRow is a link in the form of storyLinks.
type linkRow tracker.Link

// UnmarshalJSON implements json.Unmarshaler.
func (l *linkRow) UnmarshalJSON(text []byte) error {
	var created int64
	err := json.Unmarshal(text, &[]any{&l.Ticket.Host, &l.Ticket.ID, &l.URL, &created, &l.IntegrationID, &l.Integration})
	l.CreatedAt = fromMillis(created)
	return err
}
