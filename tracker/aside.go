package tracker

import (
	"strconv"
	"strings"
	"time"
)

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

// UntilChanged is the answer to until when a ticket is snoozed that names no day.
const UntilChanged = "it changes"

// ParseSnooze reads until when a ticket is snoozed: a day such as 2026-12-24, tomorrow,
// monday or next week, a number of days or weeks such as 3d or 2w, or "it changes",
// which is the zero time. A ticket comes back when its day begins where now is told.
// CodeInvalid, field "until", for anything else and for a day that has begun.
func ParseSnooze(text string, now time.Time) (time.Time, error) {
	word := strings.ToLower(strings.Join(strings.Fields(text), " "))
	word = strings.TrimPrefix(word, "until ")
	if word == UntilChanged || word == "changed" {
		return time.Time{}, nil
	}
	year, month, day := now.Date()
	today := func(days int) time.Time { return time.Date(year, month, day+days, 0, 0, 0, 0, now.Location()) }
	toWeekday := func(d time.Weekday) int { return 1 + (int(d)-int(now.Weekday())+6)%7 }
	switch word {
	case "today":
		return time.Time{}, Invalid("until", "today has begun; choose tomorrow or a later day")
	case "tomorrow":
		return today(1), nil
	case "next week":
		return today(toWeekday(time.Monday)), nil
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if name := strings.ToLower(d.String()); word == name || word == name[:3] {
			return today(toWeekday(d)), nil
		}
	}
	if days, ok := countedDays(word); ok {
		return today(days), nil
	}
	at, err := time.ParseInLocation(time.DateOnly, word, now.Location())
	switch {
	case err != nil:
		return time.Time{}, Invalid("until", "%q is not a day: use tomorrow, monday, next week, 3d, 2w, 2006-01-02 or %q", text, UntilChanged)
	case !at.After(now):
		return time.Time{}, Invalid("until", "%s is in the past; choose tomorrow or a later day", word)
	}
	return at, nil
}

// maxCounted is the most days or weeks that can be counted: some years.
const maxCounted = 999

// countedDays reads a number of days or weeks.
func countedDays(word string) (days int, ok bool) {
	number, ok := strings.CutSuffix(word, "d")
	unit := 1
	if !ok {
		number, ok = strings.CutSuffix(word, "w")
		unit = 7
	}
	n, err := strconv.Atoi(number)
	return n * unit, ok && err == nil && n > 0 && n <= maxCounted
}
