package store

import (
	"strings"

	"storydesk/store/query"
	"storydesk/store/searched"
	"storydesk/tracker"
)

// FieldChanges implements tracker.Reader. Changes are read as the text that they are saved
// as, which every SQL engine can search: no other field is called as a whole one with its
// quotation marks.
func (r searchReader) FieldChanges(project tracker.ProjectID, fields, verbs []string) ([]tracker.Activity, error) {
	args, ways := []any{project}, []string{"1 = 0"}
	like := func(column, pattern string) {
		ways, args = append(ways, column+" LIKE ? ESCAPE '"+searched.Escape+"'"), append(args, pattern)
	}
	for _, field := range fields {
		like("changes", searched.Pattern(`"field":"`+field+`"`))
	}
	for _, verb := range verbs {
		like("lower(verb)", strings.TrimPrefix(searched.Pattern(verb), "%"))
	}
	return query.All(r.of.Session, "the history", func(a *tracker.Activity) []any {
		return []any{&a.ID, &a.StoryID, &a.Actor, &a.Verb, array[tracker.FieldChange]{&a.Changes}, instant{&a.At}}
	}, `SELECT activity.id, story_id, actor, verb, changes, at FROM activity JOIN story ON story.id = story_id
		WHERE project_id = ? AND (`+strings.Join(ways, " OR ")+`) AND `+notDeleted+` ORDER BY at, activity.id`, args...)
}

// LinkedTickets implements tracker.Reader.
func (r searchReader) LinkedTickets(project tracker.ProjectID) (map[tracker.StoryID][]tracker.Ticket, error) {
	type linked struct {
		story  tracker.StoryID
		ticket tracker.Ticket
	}
	list, err := query.All(r.of.Session, "the linked tickets", func(l *linked) []any {
		return []any{&l.story, &l.ticket.Host, &l.ticket.ID, &l.ticket.Status}
	}, `SELECT link.story_id, link.host, link.ticket_id, coalesce(ticket.status, '')
		FROM link JOIN story ON story.id = link.story_id LEFT JOIN ticket ON ticket.host = link.host AND ticket.id = link.ticket_id
		WHERE story.project_id = ? AND `+notDeleted+` ORDER BY link.story_id, link.id`, project)
	tickets := make(map[tracker.StoryID][]tracker.Ticket, len(list))
	for _, l := range list {
		tickets[l.story] = append(tickets[l.story], l.ticket)
	}
	return tickets, err
}
