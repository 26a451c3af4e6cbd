package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"storydesk/store/marks"
	"storydesk/store/query"
	"storydesk/tracker"
	"storydesk/tracker/viewer"
)

// unitSeparator stands between the parts of a card's facts. All but the last
// hold none: two are words of ours, one is a number, and JSON escapes it.
const unitSeparator = "\x1f"

// selectCards reads the index story_board alone. What many stories have in
// common comes as one text, for the driver makes a new value of every column of
// every row. Measured on 10,000 stories of a small team, as time on the processor
// (two cores, busy): packed 44 ms, 5.4 MB in 50,000 allocations; plain columns
// whose lists are parsed once 54 ms, 6.5 MB in 150,000; plain columns 90 ms,
// 10.4 MB in 250,000. The first frame has 50 ms for everything. The file is of the
// same size: all three read the same index.
const (
	selectCards = "SELECT " + cardColumns + " FROM story WHERE project_id = ? AND " + notDeleted + boardOrder

	selectSomeCards = "SELECT " + cardColumns + " FROM story WHERE project_id = ? AND id IN (SELECT value FROM json_each(?)) AND " + notDeleted + boardOrder

	cardColumns     = "id, version, name, accepted_at, " + cardFactColumns
	cardFactColumns = "concat_ws('" + unitSeparator + "', type, state, coalesce(CAST(estimate AS TEXT), ''), owners, labels, requester)"
)

// selectLinked reads of linked stories alone, which are few, for who looks.
func selectLinked() string {
	return `
	SELECT story_id, count(*), max(CASE WHEN EXISTS (
			SELECT 1 FROM ticket_event AS event WHERE event.host = link.host AND event.ticket_id = link.ticket_id
				AND event.id > ` + marks.EventsOfLink("?2") + ` AND ` + sinceLink + `) THEN 1 ELSE 0 END),
		count(DISTINCT nullif(organization, '')),
		coalesce(min(CASE WHEN ticket.status IN ('new', 'open', 'hold') THEN nullif(replied_at, 0) END), 0),
		count(CASE WHEN ticket.status IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (
			SELECT 1 FROM link AS other JOIN story ON story.id = other.story_id
			WHERE other.host = link.host AND other.ticket_id = link.ticket_id AND story.state <> 'accepted' AND ` + notDeleted + `) THEN 1 END)
	FROM link LEFT JOIN ticket ON ticket.host = link.host AND ticket.id = link.ticket_id
	`
}

const selectUnsent = `
	SELECT story_id, count(CASE WHEN state <> 'parked' THEN 1 END), count(CASE WHEN state = 'parked' THEN 1 END)
	FROM delivery WHERE state IN ('waiting', 'sending', 'unconfirmed', 'parked') GROUP BY story_id`

const selectDeadlines = `SELECT id, deadline FROM story WHERE project_id = ? AND deadline IS NOT NULL`

// Cards implements tracker.Reader. Cards with the same estimate, owners or
// labels share them: they must not be changed in place.
func (r *reader) Cards(project tracker.ProjectID) ([]tracker.Card, error) {
	return readCards(r, project, "", selectCards)
}

// CardsOf implements tracker.Reader.
func (s searchReader) CardsOf(project tracker.ProjectID, ids []tracker.StoryID) ([]tracker.Card, error) {
	return readCards(s.of, project, "WHERE story_id IN (SELECT value FROM json_each(?))", selectSomeCards, array[tracker.StoryID]{&ids})
}

// readCards reads cards of a project by a statement. What links and deliveries tell it reads
// under a condition, which has the chosen stories as its argument as the statement has.
func readCards(r *reader, project tracker.ProjectID, condition, statement string, chosen ...any) ([]tracker.Card, error) {
	known := map[string]tracker.Card{}
	cards, err := query.All(r.Session, "the board", func(c *tracker.Card) []any {
		return []any{(*int64)(&c.ID), &c.Version, &c.Name, optionalInstant{&c.AcceptedAt}, cardFacts{c, known}}
	}, statement, append([]any{project}, chosen...)...)
	if err != nil {
		return nil, err
	}
	answered := tracker.StatusesToAnswer()
	linked, err := byStory(r, func(t *cardTold) []any {
		d := &t.demand
		return []any{(*int64)(&t.story), &d.Tickets, &t.news, &d.Organizations, instant{&d.WaitingSince}, &d.ToAnswer}
	}, selectLinked()+condition+" GROUP BY story_id", append([]any{array[tracker.TicketStatus]{&answered}, viewer.Of(r.Context)}, chosen...)...)
	if err != nil {
		return nil, err
	}
	due, err := byStory(r, func(t *cardTold) []any { return []any{(*int64)(&t.story), optionalInstant{&t.deadline}} }, selectDeadlines, project)
	if err != nil {
		return nil, err
	}
	open, err := byStory(r, func(t *cardTold) []any {
		return []any{(*int64)(&t.story), &t.open.Tasks, &t.open.Blockers, &t.open.Reviews, &t.open.Blocks}
	}, selectOpen(), project)
	if err != nil {
		return nil, err
	}
	unsent, err := byStory(r, func(t *cardTold) []any { return []any{(*int64)(&t.story), &t.unsent, &t.parked} },
		"SELECT * FROM ("+selectUnsent+") AS unsent "+condition, chosen...)
	if err != nil {
		return nil, err
	}
	imported, err := origins(r, project)
	for i := range cards {
		c := &cards[i]
		links, deliveries := linked[c.ID], unsent[c.ID]
		c.Deadline = due[c.ID].deadline
		c.Open = open[c.ID].open
		c.Origin = imported[c.ID]
		c.Tickets, c.Demand, c.News, c.Unsent, c.Parked = links.demand.Tickets, links.demand, links.news, deliveries.unsent, deliveries.parked
	}
	return cards, err
}

// cardTold is what other tables say of a story.
type cardTold struct {
	story          tracker.StoryID
	demand         tracker.Demand
	open           tracker.Open
	unsent, parked int
	deadline       *time.Time
	news           bool
}

// byStory reads what another table says, by story.
func byStory(r *reader, fields func(*cardTold) []any, statement string, args ...any) (map[tracker.StoryID]cardTold, error) {
	list, err := query.All(r.Session, "the board", fields, statement, args...)
	told := make(map[tracker.StoryID]cardTold, len(list))
	for _, t := range list {
		told[t.story] = t
	}
	return told, err
}

// cardFacts reads what a card has in common with others, each different one once.
type cardFacts struct {
	of    *tracker.Card
	known map[string]tracker.Card
}

// Scan implements sql.Scanner.
func (f cardFacts) Scan(column any) error {
	text, _ := column.(string)
	c, ok := f.known[text]
	if !ok {
		var err error
		if c, err = parseFacts(text); err != nil {
			return err
		}
		f.known[text] = c
	}
	f.of.Type, f.of.State, f.of.Estimate = c.Type, c.State, c.Estimate
	f.of.Owners, f.of.Labels, f.of.Requester = c.Owners, c.Labels, c.Requester
	return nil
}

func parseFacts(text string) (c tracker.Card, err error) {
	parts := strings.SplitN(text, unitSeparator, 6)
	if len(parts) < 6 {
		return c, fmt.Errorf("a card's facts are %q", text)
	}
	c.Type, c.State, c.Requester = tracker.StoryType(parts[0]), tracker.State(parts[1]), parts[5]
	if parts[2] != "" {
		points, err := strconv.ParseFloat(parts[2], 64)
		if err != nil {
			return c, err
		}
		c.Estimate = &points
	}
	if err := (array[string]{&c.Owners}).Scan(parts[3]); err != nil {
		return c, err
	}
	return c, (array[string]{&c.Labels}).Scan(parts[4])
}
