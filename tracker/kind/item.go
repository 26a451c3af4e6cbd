package kind

import (
	"crypto/sha256"
	"encoding/binary"
	"net/url"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
)

// firstMade is the first number that is made of an id which is none. All numbers stay
// below twice that, 2^53, which JavaScript reads from JSON unharmed.
const firstMade = 1 << 52

// Number returns the number of the ticket that an item of a feed is: its id where that
// is a number, else one that is made of it, always the same.
func Number(id string) tracker.TicketID {
	if n, err := strconv.ParseInt(id, 10, 64); err == nil && n > 0 && n < firstMade && strconv.FormatInt(n, 10) == id {
		return tracker.TicketID(n)
	}
	sum := sha256.Sum256([]byte(id))
	return tracker.TicketID(firstMade + binary.BigEndian.Uint64(sum[:])%firstMade)
}

// Made reports whether a number was made of an item's id, so that it tells people nothing.
func Made(id tracker.TicketID) bool { return id >= firstMade }

// ParseTicket reads what people call a ticket of an integration, as [Label] writes it, or
// its number. CodeInvalid, field "ticket".
func ParseTicket(in tracker.Integration, text string) (tracker.TicketID, error) {
	text = strings.TrimSpace(text)
	if Of(in).Views || text == "" {
		return tracker.ParseTicketID(text)
	}
	if n, err := tracker.ParseTicketID(text); err == nil && (strings.HasPrefix(text, "#") || n >= firstMade && n < 2*firstMade) {
		return n, nil
	}
	return Number(text), nil
}

// Address returns the address of an item: the base address, one slash and the id. A
// base that asks a question, such as https://acme.com/show?id=, takes the id as it is.
func Address(base, id string) string {
	if asks(base) {
		return base + url.QueryEscape(id)
	}
	parts := strings.Split(id, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.TrimRight(base, "/") + "/" + strings.Join(parts, "/")
}

// Base returns a base address in the form that tells its tickets from others.
func Base(address string) string {
	if asks(address) {
		return address
	}
	return strings.TrimRight(address, "/") + "/"
}

// asks reports whether an address has a query or a fragment, so that nothing more can be
// said after a slash.
func asks(address string) bool { return strings.ContainsAny(address, "?#") }

// IsItem reports whether a ticket is an item of a feed.
func IsItem(key tracker.TicketKey) bool { return strings.Contains(key.Host, "/") }

// ID returns the id of a feed's item whose number was made of it; empty for all other
// tickets, whose number says it. address is the ticket's own.
func ID(key tracker.TicketKey, address string) string {
	escaped, ok := strings.CutPrefix(address, key.Host)
	if !ok || key.ID < firstMade || !IsItem(key) {
		return ""
	}
	unescape := url.PathUnescape
	if asks(key.Host) {
		unescape = url.QueryUnescape
	}
	id, err := unescape(escaped)
	if err != nil {
		return ""
	}
	return id
}

// Label returns what people call a ticket: #1042, or the id of a feed's item where that
// is no number. It is as strangers wrote it.
func Label(key tracker.TicketKey, address string) string {
	if id := ID(key, address); id != "" {
		return id
	}
	return key.ID.String()
}

// Updated returns when a ticket was changed last; the zero time for a feed's item, of
// which nobody says that.
func Updated(t tracker.Ticket) time.Time {
	if IsItem(t.TicketKey) {
		return time.Time{}
	}
	return t.UpdatedAt
}

// TicketLabel is Label of a ticket.
func TicketLabel(t tracker.Ticket) string { return Label(t.TicketKey, t.URL) }

// LinkLabel is Label of a link.
func LinkLabel(l tracker.Link) string { return Label(l.Ticket, l.URL) }
