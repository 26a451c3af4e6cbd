package present

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/theme"
)

// Clock writes a time of day, with the date when it is not today's.
func Clock(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		return t.Format("15:04")
	}
	return t.Format("2 Jan 15:04")
}

// inWords writes how long it takes until t, in whole units rounded up.
func inWords(t, now time.Time) string {
	wait := t.Sub(now)
	if wait < 2*time.Minute {
		return strconv.Itoa(int(math.Ceil(wait.Seconds()))) + " s"
	}
	return strconv.Itoa(int(math.Ceil(wait.Minutes()))) + " min"
}

// DeliveryText says how a delivery stands where no glyph tells its state. all
// are the integrations that there are.
func DeliveryText(d tracker.Delivery, all []tracker.Integration, now time.Time) string {
	words := DeliveryWords(d, CarriersOf(all).Held(d), now)
	switch {
	case d.State == tracker.DeliverySent:
		return strings.TrimSpace("sent " + words)
	case d.State == tracker.DeliveryDropped && !strings.HasPrefix(words, "dropped"):
		return "dropped: " + words
	}
	return words
}

// CommentStays says why a story's comment does not go to a linked ticket, empty
// when it does. all are the integrations that there are.
func CommentStays(l tracker.Link, all []tracker.Integration) string {
	return CommentHeld(l, CarriersOf(all))
}

// DeliveryWords says in a few words how a delivery stands. held is why its
// integration sends nothing now, empty when it does.
func DeliveryWords(d tracker.Delivery, held string, now time.Time) string {
	switch d.State {
	case tracker.DeliveryWaiting:
		return waitingWords(d, held, now)
	case tracker.DeliverySending:
		return "sending"
	case tracker.DeliveryUnconfirmed:
		words := "unconfirmed"
		if d.NotBefore.After(now) {
			words += ", checking again in " + inWords(d.NotBefore, now)
		}
		return withReason(words, d.Reason)
	case tracker.DeliverySent:
		return sentWords(d, now)
	case tracker.DeliveryParked:
		return withReason("parked", d.Reason)
	case tracker.DeliveryDropped:
		if d.Reason != "" {
			return d.Reason
		}
		return "dropped"
	}
	return string(d.State)
}

func waitingWords(d tracker.Delivery, held string, now time.Time) string {
	switch {
	case held != "":
		return withReason("waiting", held)
	case d.Behind != 0:
		return "waiting for an earlier comment"
	case !d.NotBefore.After(now):
		return withReason("waiting", d.Reason)
	case d.Attempts == 0 && d.Reason == "":
		return "sending in " + inWords(d.NotBefore, now)
	}
	return withReason("next try in "+inWords(d.NotBefore, now), d.Reason)
}

func sentWords(d tracker.Delivery, now time.Time) string {
	if d.DeliveredAt == nil {
		return ProofWords(d)
	}
	at := Clock(*d.DeliveredAt, now)
	if proof := ProofWords(d); proof != "" {
		return at + " " + proof
	}
	return at
}

// ProofWords says by what we know that a delivery arrived, and what was left out.
func ProofWords(d tracker.Delivery) string {
	var words []string
	if d.AuditID != 0 {
		words = append(words, "audit "+strconv.FormatInt(int64(d.AuditID), 10))
	}
	if d.Public != nil && *d.Public {
		words = append(words, "PUBLIC")
	}
	if d.Reason != "" {
		words = append(words, d.Reason)
	}
	return strings.Join(words, " · ")
}

func withReason(words, reason string) string {
	if reason == "" {
		return words
	}
	return words + ": " + reason
}

// CountdownEnd is how long a countdown is still drawn after its end.
const CountdownEnd = 2 * time.Second

// Counting reports whether a delivery's words count down seconds.
func Counting(d tracker.Delivery, held string, now time.Time) bool {
	waits := d.State == tracker.DeliveryWaiting && held == "" || d.State == tracker.DeliveryUnconfirmed
	return waits && d.NotBefore.After(now)
}

// Visibility says who can see a comment, as it was read back from Zendesk.
func Visibility(public *bool) string {
	switch {
	case public == nil:
		return "not verified yet"
	case *public:
		return "public: the customer can see it"
	}
	return "private"
}

// heldReason says why an integration sends nothing now, empty when it does.
func heldReason(in tracker.Integration) string {
	switch {
	case !in.Active:
		return in.Name + " is off"
	case in.PausedReason != "":
		return in.PausedReason
	}
	return ""
}

// Carriers are a project's integrations by id.
type Carriers map[tracker.IntegrationID]tracker.Integration

// CarriersOf finds integrations by id.
func CarriersOf(list []tracker.Integration) Carriers {
	c := make(Carriers, len(list))
	for _, in := range list {
		c[in.ID] = in
	}
	return c
}

// Held says why a delivery's integration sends nothing now.
func (c Carriers) Held(d tracker.Delivery) string {
	in, ok := c[d.IntegrationID]
	if !ok {
		return "the integration was removed"
	}
	return heldReason(in)
}

// CommentGoes says where a story's next comment goes, or that it goes nowhere
// and why.
func CommentGoes(links []tracker.Link, c Carriers) string {
	if len(links) == 0 {
		return "stays in storydesk: no ticket is linked"
	}
	var goes, stays []string
	for _, l := range links {
		if why := CommentHeld(l, c); why != "" {
			stays = append(stays, fmt.Sprintf("%s: %s", Cell(kind.LinkLabel(l)), why))
			continue
		}
		to := l.Ticket.ID.String()
		if in := c[l.IntegrationID]; in.PausedReason != "" {
			to += " (held: " + in.PausedReason + ")"
		}
		goes = append(goes, to)
	}
	switch {
	case len(goes) == 0:
		return "stays in storydesk · " + strings.Join(stays, ", ")
	case len(stays) == 0:
		return "sends a private comment to " + strings.Join(goes, ", ")
	}
	return "sends a private comment to " + strings.Join(goes, ", ") + " · not to " + strings.Join(stays, ", ")
}

// CommentHeld says why a comment does not go to a ticket, empty when it does.
func CommentHeld(l tracker.Link, c Carriers) string {
	in, ok := c[l.IntegrationID]
	switch {
	case !ok:
		return "the integration was removed"
	case !kind.Of(in).Sends:
		return "nothing is sent to " + in.Name
	case !in.Active:
		return in.Name + " is off"
	case !in.UpdateComments:
		return in.Name + " sends no comments"
	}
	return ""
}

// DeliveryMark is the glyph of a delivery's state with its colour.
func DeliveryMark(s tracker.DeliveryState) (theme.Glyph, theme.Role) {
	switch s {
	case tracker.DeliverySending:
		return theme.GlyphSending, theme.Accent
	case tracker.DeliverySent:
		return theme.GlyphDelivered, theme.Success
	case tracker.DeliveryParked:
		return theme.GlyphParked, theme.Danger
	case tracker.DeliveryDropped:
		return theme.GlyphDash, theme.Muted
	default:
		return theme.GlyphWaiting, theme.Warning
	}
}

// AttemptWords say how a try ended: what the delivery was afterwards, the error's code and
// what was said of it.
func AttemptWords(a tracker.DeliveryAttempt) string {
	said := string(a.State)
	if a.Code != "" {
		said += " (" + string(a.Code) + ")"
	}
	if a.Reason != "" {
		said += ": " + a.Reason
	}
	return said
}
