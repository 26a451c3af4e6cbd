package tracker

import "time"

// AsideKind says how a ticket was put aside.
type AsideKind string

// The kinds.
const (
	// Dismissed is a ticket that no story is made of.
	Dismissed AsideKind = "dismissed"
	// Snoozed is a ticket that is decided on another day, or when it changes.
	Snoozed AsideKind = "snoozed"
)

// AsideKinds lists the kinds.
func AsideKinds() []AsideKind { return []AsideKind{Dismissed, Snoozed} }

// Aside is a ticket that is in no list of what is to be decided. Zendesk knows
// nothing of it.
type Aside struct {
	Ticket TicketKey
	Kind   AsideKind
	// Reason is why it was dismissed, empty where nobody said.
	Reason string
	// Until is when a snoozed one comes back at the latest, zero for when it changes.
	Until time.Time
	// UpdatedAt and RepliedAt are the ticket's when it was put aside, by Zendesk's
	// clock; UpdatedAt follows our own updates.
	UpdatedAt, RepliedAt time.Time
	// By is who put it aside, At when.
	By string
	At time.Time
}

// Ended reports whether a ticket has come back: its day has come, or the customer has
// written. What others change of it counts where it was snoozed until it changes, and
// where Zendesk does not tell when the customer wrote.
func (a Aside) Ended(t Ticket, now time.Time) bool {
	switch {
	case !a.Until.IsZero() && !now.Before(a.Until):
		return true
	case t.Progress.Told && t.Progress.RepliedAt.After(a.RepliedAt):
		return true
	case t.Progress.Told && (a.Kind == Dismissed || !a.Until.IsZero()):
		return false
	}
	return t.UpdatedAt.After(a.UpdatedAt)
}

// MaxDismissReason is the most characters of the reason for dismissing a ticket.
const MaxDismissReason = 500
