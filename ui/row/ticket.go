package row

import (
	"strconv"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/present"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Ticket is a ticket as the Tickets pane shows it. Its texts are sanitised.
type Ticket struct {
	ID      tracker.TicketID
	Status  tracker.TicketStatus
	Subject string
	// Linked is the youngest story made of it, its id 0 when there is none.
	Linked tracker.StoryRef
	// Badge names that story, such as "S-12 started"; more than one are counted.
	Badge string
	// Chat names the channel of a chat, empty for other tickets.
	Chat    string
	URL     string
	Created time.Time
	// Ticket is what a search asks, text where it looks for words.
	Ticket  *tracker.TicketRow
	Text    search.Text
	version uint64
}

// RowKey implements table.Row.
func (r Ticket) RowKey() tracker.TicketID { return r.ID }

// RowVersion implements table.Row.
func (r Ticket) RowVersion() uint64 { return r.version }

// NewTicket makes the row of a ticket. Its texts are sanitised.
func NewTicket(t tracker.TicketRow) Ticket {
	r := Ticket{
		ID: t.ID, Status: tracker.TicketStatus(present.Cell(string(t.Status))), Subject: present.Cell(t.Subject), URL: t.URL, Created: t.CreatedAt,
	}
	for _, s := range t.Stories {
		if s.ID > r.Linked.ID {
			r.Linked = s
		}
	}
	if r.Linked.ID != 0 {
		r.Badge = r.Linked.ID.String() + " " + string(r.Linked.State)
		if more := len(t.Stories) - 1; more > 0 {
			r.Badge += " +" + strconv.Itoa(more)
		}
	}
	if t.Messaging {
		r.Chat = present.Cell(present.ChannelWord(t.Channel))
	}
	t.Subject = r.Subject // where words are found they are highlighted
	r.Ticket, r.Text = &t, search.Ticket(&t).Text()
	r.version = table.Version([...]uint64{
		uint64(t.UpdatedAt.Unix()), table.Text(r.Subject), table.Text(r.Badge), table.Text(string(r.Status)), table.Text(r.Chat), //nolint:gosec // only compared
	})
	return r
}

// URLsOf are the addresses of tickets.
func URLsOf(rows []Ticket) []string {
	return present.Each(rows, func(t Ticket) string { return t.URL })
}

// The most and the fewest cells that a row gives the name of a chat's channel.
const (
	maxChannel   = 10
	shortChannel = 4
)

// Draw draws the row; its story's state is named where that takes no more than
// room cells, and the characters of the subject at the offsets of matched stand out.
func (r Ticket) Draw(w *theme.RowWriter, t *theme.Theme, marked bool, room int, now time.Time, matched []int) {
	if marked {
		w.Add(theme.Accent|theme.Bold, t.Glyph(theme.GlyphMarked))
	} else {
		w.Add(present.StatusRole(r.Status), present.Letter(r.Status))
	}
	w.Add(theme.Muted, " "+text.Pad(r.ID.String(), 5)+" ")
	badge := ""
	if r.Badge != "" {
		badge = " " + t.Glyph(theme.GlyphDelivered) + " " + r.Badge
		if text.Width(badge) > room {
			badge = " " + t.Glyph(theme.GlyphDelivered) + " " + r.Linked.ID.String()
		}
	}
	chat := ""
	if r.Chat != "" {
		chat = " " + text.Truncate(r.Chat, min(maxChannel, max(shortChannel, room/2)))
	}
	age := text.PadLeft(text.Age(now, r.Created), 4)
	role, subject := present.SubjectOf(r.Subject)
	w.FillMatched(role, subject, matched, text.Width(chat)+text.Width(badge)+text.Width(age))
	w.Add(theme.Accent, chat)
	w.Add(theme.Success, badge)
	w.Add(theme.Muted, age)
}
