package row

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/search"
	"storydesk/ui/present"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Ticket is a ticket as the Tickets pane shows it. Its texts are sanitised.
type Ticket struct {
	ID tracker.TicketID
	// Label is what people call it: its number, or the id of a feed's item.
	Label   string
	Status  tracker.TicketStatus
	Subject string
	// Linked is the youngest story made of it, its id 0 when there is none.
	Linked tracker.StoryRef
	// Badge names that story, such as "S-12 started"; more than one are counted. Done is
	// true where all of them are accepted.
	Badge string
	Done  bool
	// Named names all stories with their titles, where the row has room for that; empty
	// outside the tickets that are to be answered.
	Named string
	// Chat is the channel that a chat came by, in words for people; empty for tickets
	// that are no chats, although they have a channel (Ticket.Channel), too.
	Chat    string
	URL     string
	Created time.Time
	// Custom is the account's own name of the status, empty where it has none.
	Custom, Requester, Organisation string
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
		ID: t.ID, Label: present.Cell(kind.TicketLabel(t.Ticket)), Status: tracker.TicketStatus(present.Cell(string(t.Status))), Subject: present.Cell(t.Subject), URL: t.URL, Created: t.CreatedAt,
		Custom: present.Cell(t.CustomStatus), Requester: present.Cell(t.Requester), Organisation: present.Cell(t.Organization),
		Done: len(t.Stories) > 0,
	}
	for _, s := range t.Stories {
		if s.ID > r.Linked.ID {
			r.Linked = s
		}
		r.Done = r.Done && s.State == tracker.Accepted
	}
	if r.Linked.ID != 0 {
		r.Badge = r.Linked.ID.String() + " " + string(r.Linked.State)
		if more := len(t.Stories) - 1; more > 0 {
			r.Badge += " +" + strconv.Itoa(more)
		}
	}
	if t.Aside != nil {
		r.Badge = present.AsideWords(*t.Aside)
	}
	if t.Messaging {
		r.Chat = present.Cell(present.ChatChannel(t.Channel))
	}
	t.Subject = r.Subject // where words are found they are highlighted
	r.Ticket, r.Text = &t, search.Ticket(&t).Text()
	r.version = ticketVersion(&r)
	return r
}

// NewAnswer makes the row of a ticket that is to be answered: it names its stories.
func NewAnswer(t tracker.TicketRow) Ticket {
	r := NewTicket(t)
	names := present.Each(t.Stories, func(s tracker.StoryRef) string { return s.ID.String() + " " + present.Cell(s.Name) })
	r.Named = strings.Join(names, ", ")
	r.version = table.Version([...]uint64{r.version, table.Text(r.Named)})
	return r
}

// ticketVersion folds all that a ticket's row shows.
func ticketVersion(r *Ticket) uint64 {
	t := r.Ticket
	bits := uint64(0)
	for i, on := range [...]bool{t.Unread, r.Done, t.SLA.Told, t.SLA.Paused, t.Progress.Told} {
		if on {
			bits |= 1 << i
		}
	}
	return table.Version([...]uint64{
		uint64(t.UpdatedAt.Unix()), uint64(t.CreatedAt.Unix()), uint64(t.SLA.BreachAt.Unix()), uint64(t.Progress.RepliedAt.Unix()), bits, //nolint:gosec // only compared
		table.Text(r.Subject), table.Text(r.Badge), table.Text(string(r.Status)), table.Text(r.Chat), table.Text(r.Custom),
		table.Text(t.Priority), table.Text(r.Requester), table.Text(r.Organisation), table.Text(t.SLA.Metric),
		table.Text(r.Label), table.Text(t.Type),
	})
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

// Draw draws the row by a plan; the characters of the subject at the offsets of
// matched stand out.
func (r Ticket) Draw(w *theme.RowWriter, t *theme.Theme, p *Plan, marked bool, now time.Time, matched []int) {
	status := p.has(ColStatus)
	switch {
	case marked && !status:
		w.Add(theme.Accent|theme.Bold, t.Glyph(theme.GlyphMarked))
	case r.Ticket.Unread:
		w.Add(theme.Accent, t.Glyph(theme.GlyphUnread)) // in the colour of the selected row's mark
	default:
		w.Add(theme.Accent, " ")
	}
	before := theme.Text
	for i, c := range p.columns {
		if i == p.title {
			w.Space(min(i, 1))
			r.drawSubject(w, t, p, matched)
			before = theme.Text
			continue
		}
		role, cell := r.cell(t, p, c, marked, now)
		switch { // every change of colour is sent again when rows scroll
		case i == 0:
		case role == theme.Muted || before != theme.Muted:
			w.Add(role&^theme.Bold, " ")
		default:
			w.Add(before, " ")
		}
		before = role
		if c.right {
			w.Add(role, text.PadLeft(text.Truncate(cell, c.width), c.width))
		} else {
			w.Add(role, text.Fit(cell, c.width))
		}
	}
}

// drawSubject draws the subject with what stands at the end of its room: the channel
// of a chat, and the story that was made of it.
func (r Ticket) drawSubject(w *theme.RowWriter, t *theme.Theme, p *Plan, matched []int) {
	room := p.room
	badge := ""
	if r.Badge != "" && !p.has(ColStories) {
		badge = " " + r.Badge
		switch {
		case r.Done:
			badge = " " + t.Glyph(theme.GlyphDelivered) + " " + r.doneStories(room/2)
		case text.Width(badge) > room/2:
			first, _, _ := strings.Cut(r.Badge, " ")
			badge = " " + first
		}
	}
	chat := ""
	if r.Chat != "" {
		chat = " " + text.Truncate(r.Chat, min(maxChannel, max(shortChannel, room/3)))
	}
	role, subject := present.SubjectOf(r.Subject)
	badgeRole := theme.Accent
	if r.Done {
		role, badgeRole = theme.Muted, theme.Success
	}
	end := w.Left() - room
	w.FillMatched(role, subject, matched, end+text.Width(chat)+text.Width(badge))
	w.Add(theme.Accent, chat)
	w.Add(badgeRole, badge)
	w.SpaceTo(end)
}

// leastNamed is the least room of stories that are named by more than their numbers.
const leastNamed = 14

// doneStories names the stories of a ticket whose stories are all accepted in so many cells.
func (r Ticket) doneStories(room int) string {
	if r.Named == "" || room < leastNamed {
		return r.Linked.ID.String()
	}
	return text.Truncate(r.Named, room)
}

// cell is what a column says of the ticket, and in which role.
func (r Ticket) cell(t *theme.Theme, p *Plan, c planned, marked bool, now time.Time) (theme.Role, string) {
	switch c.Column {
	case ColStatus:
		return r.statusCell(t, c.width, marked)
	case ColNumber:
		return theme.Muted, r.Label
	case ColPriority:
		return r.priorityCell(t, c.width, p.marks, now)
	case ColRequester:
		return theme.Muted, r.Requester
	case ColOrganisation:
		return theme.Muted, r.Organisation
	case colWho:
		if r.Organisation == "" {
			return theme.Muted, r.Requester
		}
		return theme.Muted, r.Organisation
	case ColSLA:
		return slaCell(r.Ticket.SLA, now)
	case ColWaiting:
		return theme.Muted, ageOf(now, r.Ticket.WaitingSince())
	case ColUpdated:
		return theme.Muted, text.Age(now, r.Ticket.UpdatedAt)
	case ColAge:
		return theme.Muted, ageOf(now, r.Created)
	case ColStories:
		if r.Done {
			return theme.Success, t.Glyph(theme.GlyphDelivered) + " " + cmp.Or(r.Named, r.Badge)
		}
		return theme.Accent, r.Badge
	default:
		return theme.Muted, ""
	}
}

func (r Ticket) statusCell(t *theme.Theme, width int, marked bool) (theme.Role, string) {
	role, word := present.StatusRole(r.Status), present.Letter(r.Status)
	switch {
	case kind.IsItem(r.Ticket.TicketKey):
		word, role = present.TicketMark(t, r.Ticket.Ticket)
	case width > 1:
		if word = r.Custom; word == "" {
			word = present.Capital(string(r.Status))
		}
	}
	if marked {
		return theme.Accent | theme.Bold, t.Glyph(theme.GlyphMarked)
	}
	return role, word
}

// priorityCell is the priority and, where the SLA has no column, whether that is
// breached.
func (r Ticket) priorityCell(t *theme.Theme, width int, marks bool, now time.Time) (theme.Role, string) {
	if !marks {
		return priorityIn(t, width, r.Ticket.Priority)
	}
	width -= markCells
	role, cell := theme.Muted, ""
	if width > 0 {
		role, cell = priorityIn(t, width, r.Ticket.Priority)
	}
	if r.Ticket.SLA.State(now) == tracker.SLABreached {
		return theme.Danger | theme.Bold, text.Fit(cell, width) + t.Glyph(theme.GlyphBreached)
	}
	return role, cell
}

// priorityIn writes a priority in a few letters, or as a sign in one cell.
func priorityIn(t *theme.Theme, width int, priority string) (theme.Role, string) {
	if width > 1 {
		return priorityWord(priority)
	}
	switch priority {
	case "urgent":
		return theme.Danger | theme.Bold, t.Glyph(theme.GlyphUrgent)
	case "high":
		return theme.Warning, t.Glyph(theme.GlyphHigh)
	}
	return theme.Muted, ""
}

func priorityWord(priority string) (theme.Role, string) {
	switch priority {
	case "urgent":
		return theme.Danger | theme.Bold, "urg!"
	case "high":
		return theme.Warning, "high"
	case "normal":
		return theme.Muted, "norm"
	}
	return theme.Muted, present.Cell(priority)
}

// soon is when a target that is still kept is worth a colour.
const soon = time.Hour

// slaCell writes how a target stands: the time that is left, or with a minus the time
// since its breach.
func slaCell(s tracker.SLA, now time.Time) (theme.Role, string) {
	switch s.State(now) {
	case tracker.SLARunning:
		if s.BreachAt.Sub(now) < soon {
			return theme.Warning | theme.Bold, text.Age(s.BreachAt, now)
		}
		return theme.Muted, text.Age(s.BreachAt, now)
	case tracker.SLABreached:
		if now.Sub(s.BreachAt) < time.Minute {
			return theme.Danger | theme.Bold, "-0m"
		}
		return theme.Danger | theme.Bold, "-" + text.Age(now, s.BreachAt)
	case tracker.SLAPaused:
		return theme.Muted, "||"
	case tracker.SLANone:
	}
	return theme.Muted, ""
}

// ageOf is the time since a moment, empty where that is not known.
func ageOf(now, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return text.Age(now, t)
}
