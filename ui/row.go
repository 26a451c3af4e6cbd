package ui

import (
	"math"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/ui/present"
	"storydesk/ui/table"
	"storydesk/ui/theme"
)

// ticketRow is a ticket as the Tickets pane shows it. Its texts are sanitised.
type ticketRow struct {
	id      tracker.TicketID
	status  tracker.TicketStatus
	subject string
	// linked is the youngest story made of it, its id 0 when there is none.
	linked tracker.StoryRef
	// badge names that story, such as "S-12 started"; more than one are counted.
	badge string
	// chat names the channel of a chat, empty for other tickets.
	chat    string
	url     string
	created time.Time
	// ticket is what a search asks, text where it looks for words.
	ticket  *tracker.TicketRow
	text    tracker.SearchText
	version uint64
}

// RowKey implements table.Row.
func (r ticketRow) RowKey() tracker.TicketID { return r.id }

// RowVersion implements table.Row.
func (r ticketRow) RowVersion() uint64 { return r.version }

func newTicketRow(t tracker.TicketRow) ticketRow {
	r := ticketRow{
		id: t.ID, status: tracker.TicketStatus(present.Cell(string(t.Status))), subject: present.Cell(t.Subject), url: t.URL, created: t.CreatedAt,
		version: uint64(t.UpdatedAt.Unix()), //nolint:gosec // only compared
	}
	for _, s := range t.Stories {
		if s.ID > r.linked.ID {
			r.linked = s
		}
	}
	if r.linked.ID != 0 {
		r.badge = r.linked.ID.String() + " " + string(r.linked.State)
		if more := len(t.Stories) - 1; more > 0 {
			r.badge += " +" + strconv.Itoa(more)
		}
	}
	if t.Messaging {
		r.chat = present.Cell(channelWord(t.Channel))
	}
	t.Subject = r.subject // where words are found they are highlighted
	r.ticket, r.text = &t, t.SearchText()
	r.version = table.Mix(r.version, r.subject, r.badge, string(r.status), r.chat)
	return r
}

// channelWord names a channel for people: Zendesk's own messaging is a chat, too.
func channelWord(channel string) string {
	switch channel {
	case "", "native_messaging", "messaging", "chat":
		return "chat"
	}
	return strings.ReplaceAll(channel, "_", " ")
}

// subjectOf is how a ticket's subject is written; one that is empty says so.
func subjectOf(subject string) (theme.Role, string) {
	if strings.TrimSpace(subject) == "" {
		return theme.Muted, "(no subject)"
	}
	return theme.Text, present.Cell(subject)
}

// storyRow is a story as a column shows it. There are ten thousand, of which some
// sixty are drawn: what only drawing needs is made then.
type storyRow struct {
	// card has a name that is sanitised; its owners are as they came.
	card tracker.Card
	// text is where a search looks for words.
	text    tracker.SearchText
	version uint64
	edge    edge
}

// edge is how wide the facts at the right edge of a column of stories are, in
// cells, so that they and the next actions stand below each other: the owners'
// initials and the number of tickets; 0 where no row has any.
type edge struct{ owners, tickets int }

// maxOwners is how many owners have their place at the right edge. A row with
// more takes more of its own.
const maxOwners = 2

// aligned gives rows of one column the same right edge.
func aligned(rows []storyRow) []storyRow {
	var widest edge
	for _, r := range rows {
		if n := min(len(r.card.Owners), maxOwners); n > 0 {
			widest.owners = max(widest.owners, n*len("AL ")-1)
		}
		if r.card.Tickets > 0 {
			widest.tickets = max(widest.tickets, len(strconv.Itoa(r.card.Tickets)))
		}
	}
	for i := range rows {
		rows[i].edge = widest
		rows[i].version = table.MixNumber(table.MixNumber(rows[i].version, uint64(widest.owners)), uint64(widest.tickets)) //nolint:gosec // only compared
	}
	return rows
}

// RowKey implements table.Row.
func (r storyRow) RowKey() tracker.StoryID { return r.card.ID }

// RowVersion implements table.Row.
func (r storyRow) RowVersion() uint64 { return r.version }

// newStoryRow makes a row of a card, whose name it replaces by a safe one.
func newStoryRow(c tracker.Card, p tracker.Project) storyRow {
	c.Name = present.Cell(c.Name)
	return storyRow{card: c, text: c.SearchText(), version: cardVersion(c, p)}
}

// cardVersion folds all that a story's row shows. The story's own version is not
// enough: one that was deleted and brought back begins anew.
func cardVersion(c tracker.Card, p tracker.Project) uint64 {
	points, news := uint64(0), uint64(0)
	if c.Estimate != nil {
		points = math.Float64bits(*c.Estimate) + 1
	}
	if c.News {
		news = 1
	}
	version := table.Mix(points, c.Name, string(c.Type), string(c.State))
	for _, n := range [...]uint64{uint64(c.Version), uint64(p.Version), uint64(c.Tickets), uint64(c.Unsent), uint64(c.Parked), news} { //nolint:gosec // only compared
		version = table.MixNumber(version, n)
	}
	return table.Mix(version, c.Owners...)
}
