package deliveries

import (
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/wording"
	"storydesk/ui/present"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// deliveryRow is a delivery as the list shows it. Its texts are sanitised.
type deliveryRow struct {
	tracker.Delivery
	// attempts are the last ones, oldest first.
	attempts []tracker.DeliveryAttempt
	// who made the change, and what it was: a verb, or the first words of a comment.
	who, what string
	// held is why its integration sends nothing now, empty when it does.
	held    string
	version uint64
}

// RowKey implements table.Row.
func (r deliveryRow) RowKey() tracker.DeliveryID { return r.ID }

// RowVersion implements table.Row.
func (r deliveryRow) RowVersion() uint64 { return r.version }

// maxWords is how many bytes of a comment a row needs at most.
const maxWords = 400

func newDeliveryRow(d tracker.Delivery, attempts []tracker.DeliveryAttempt, c present.Carriers) deliveryRow {
	r := deliveryRow{Delivery: d, attempts: attempts, held: present.Cell(c.Held(d))}
	who, what := wording.Change(d)
	r.who, r.what = present.Cell(who), present.Cell(strings.ToValidUTF8(what[:min(len(what), maxWords)], ""))
	r.Reason, r.Integration = present.Cell(d.Reason), present.Cell(d.Integration)
	tried := int64(0)
	if n := len(attempts); n > 0 {
		tried = attempts[n-1].At.UnixMicro()
	}
	r.version = table.Version([...]uint64{
		table.Text(string(d.State)), table.Text(r.Reason), table.Text(r.held), table.Text(r.Integration), table.Text(r.who), table.Text(r.what),
		uint64(d.NotBefore.UnixMicro()), uint64(d.AuditID), uint64(d.Behind), uint64(len(attempts)), uint64(tried), //nolint:gosec // only compared
	})
	return r
}

// at is the time that the row tells: when it was sent, or else made.
func (r deliveryRow) at() time.Time {
	if r.State == tracker.DeliverySent && r.DeliveredAt != nil {
		return *r.DeliveredAt
	}
	return r.CreatedAt
}

// words say how the delivery stands.
func (r deliveryRow) words(now time.Time) string {
	switch {
	case r.State == tracker.DeliverySent:
		return strings.TrimSuffix("sent · "+present.ProofWords(r.Delivery), " · ")
	case r.State == tracker.DeliveryParked && r.Late:
		return present.DeliveryWords(r.Delivery, r.held, now) + " · late"
	}
	return present.DeliveryWords(r.Delivery, r.held, now)
}

// change is what a comment says, in quotation marks, or the verb, in at most width cells.
func (r deliveryRow) change(width int) string {
	if r.Kind == tracker.KindComment {
		return "“" + text.Truncate(r.what, max(1, width-2)) + "”"
	}
	return text.Truncate(r.what, width)
}

// columns are how wide what the rows tell is at most.
type columns struct {
	clock, ticket, story, who, integration, what, words int
}

// The widest that columns get, whatever stands in them.
const (
	maxWho         = 16
	maxIntegration = 20
	maxWhat        = 60
)

// columnsOf measures rows.
func columnsOf(rows []deliveryRow, now time.Time) columns {
	var c columns
	carriers := map[tracker.IntegrationID]bool{}
	for _, r := range rows {
		c.clock = max(c.clock, text.Width(present.Clock(r.at(), now)))
		c.ticket = max(c.ticket, text.Width(r.Ticket.ID.String()))
		c.story = max(c.story, text.Width(r.StoryID.String()))
		c.who = min(maxWho, max(c.who, text.Width(r.who)))
		c.what = min(maxWhat, max(c.what, text.Width(r.what)+2))
		c.words = max(c.words, text.Width(r.words(now)))
		c.integration = min(maxIntegration, max(c.integration, text.Width(r.Integration)))
		carriers[r.IntegrationID] = true
	}
	if len(carriers) < 2 {
		c.integration = 0
	}
	return c
}

// The room from which a row has more columns, in cells behind its sign.
const (
	roomForStory       = 44
	roomForWho         = 60
	roomForIntegration = 100
)

// fitting leaves out the columns for which there is no room.
func (c columns) fitting(room int) columns {
	if room < roomForStory {
		c.story = 0
	}
	if room < roomForWho {
		c.who = 0
	}
	if room < roomForIntegration {
		c.integration = 0
	}
	return c
}

// draw draws the row: when, which ticket and story, who did what, and how it stands.
func (r deliveryRow) draw(w *theme.RowWriter, t *theme.Theme, c columns, now time.Time) {
	glyph, role := present.DeliveryMark(r.State)
	w.Add(role, text.Fit(t.Glyph(glyph), 2))
	c = c.fitting(w.Left())
	column := func(role theme.Role, s string, width int) {
		if width > 0 {
			w.Add(role, text.Fit(s, width)+" ")
		}
	}
	column(theme.Muted, present.Clock(r.at(), now), c.clock)
	column(theme.Accent, r.Ticket.ID.String(), c.ticket)
	column(theme.Text, r.StoryID.String(), c.story)
	column(theme.Muted, r.who, c.who)
	column(theme.Muted, r.Integration, c.integration)
	what := min(c.what, max(w.Left()*2/5, w.Left()-c.words-1))
	if what > 0 {
		w.Add(theme.Text, text.Fit(r.change(what), what)+" ")
	}
	if r.State == tracker.DeliverySent {
		role = theme.Muted
	}
	w.Fill(role, r.words(now), 0)
}

// lately reports whether a row's words count down, so that they change by themselves.
func lately(rows []deliveryRow, since time.Time) bool {
	return slices.ContainsFunc(rows, func(r deliveryRow) bool { return present.Counting(r.Delivery, r.held, since) })
}
