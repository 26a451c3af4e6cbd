package world

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"storydesk/zendesk/sandbox/record"
)

// Ids that the account's tickets share.
const (
	brandID      = 360005712314
	ticketFormID = 360003098534
)

// World is what the account holds. It is not safe for concurrent use.
type World struct {
	users         map[int64]*record.User
	groups        map[int64]*record.Group
	organizations map[int64]*record.Organization
	views         []*record.View
	records       map[int64]*Record
	// ticketIDs lists the keys of records in ascending order.
	ticketIDs []int64
	// version rises with every change of a ticket.
	version uint64
	// issued counts the ids given to comments, audits and events.
	issued int64
	// sortedViews are views sorted once, for as long as they hold.
	sortedViews map[viewOrder]sortedView
	rendering   *rendering
}

// Record is a ticket with its history. Comments and audits are only ever
// appended, and changed by redaction alone.
type Record struct {
	Ticket   record.Ticket    `json:"ticket"`
	Comments []record.Comment `json:"comments"`
	Audits   []record.Audit   `json:"audits"`
	// Messages are those of a chat. They come with the account and stay as they are.
	Messages []record.Message `json:"messages,omitempty"`
	Deleted  bool             `json:"deleted"`
	// Hidden tickets are there, but the API's users may not see them.
	Hidden bool `json:"hidden"`
}

// Change is all that an update does: the ticket afterwards, and what joins its
// history. The state file is a list of changes.
type Change struct {
	Ticket  record.Ticket   `json:"ticket"`
	Deleted bool            `json:"deleted,omitempty"`
	Hidden  bool            `json:"hidden,omitempty"`
	Redact  string          `json:"redact,omitempty"`
	Erase   string          `json:"erase,omitempty"`
	Comment *record.Comment `json:"comment,omitempty"`
	Audit   *record.Audit   `json:"audit,omitempty"`
	// Issued is world.issued after the change.
	Issued int64 `json:"issued"`
}

// Apply makes a change. It fails on one that no update of this world can have
// made, as a damaged state file may hold.
func (w *World) Apply(ch Change) error {
	rec := w.records[ch.Ticket.ID]
	switch {
	case rec == nil:
		return fmt.Errorf("there is no ticket %d to change", ch.Ticket.ID)
	case record.StatusRank(ch.Ticket.Status) < 0 || w.users[ch.Ticket.RequesterID] == nil || ch.Issued < w.issued:
		return fmt.Errorf("what ticket %d is changed into is no ticket", ch.Ticket.ID)
	}
	w.version++
	rec.Ticket, rec.Deleted, rec.Hidden = ch.Ticket, ch.Deleted, ch.Hidden
	rec.redact(ch.Redact)
	rec.erase(ch.Erase)
	if ch.Comment != nil {
		rec.Comments = append(rec.Comments, *ch.Comment)
	}
	if ch.Audit != nil {
		rec.Audits = append(rec.Audits, *ch.Audit)
	}
	w.issued = ch.Issued
	return nil
}

// redact blots a text out of the comments, as Zendesk does.
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/#redact-string-in-comment
func (r *Record) redact(text string) {
	if text == "" {
		return
	}
	blot := strings.Repeat("▇", utf8.RuneCountInString(text))
	r.Comments = slices.Clone(r.Comments)
	for i := range r.Comments {
		c := &r.Comments[i]
		for _, body := range []*string{&c.Body, &c.HTMLBody, &c.PlainBody} {
			*body = strings.ReplaceAll(*body, text, blot)
		}
	}
}

// erase takes the comments that hold a text away, with their audits.
func (r *Record) erase(text string) {
	if text == "" {
		return
	}
	gone := make(map[int64]bool)
	r.Comments = slices.DeleteFunc(slices.Clone(r.Comments), func(c record.Comment) bool {
		gone[c.AuditID] = gone[c.AuditID] || strings.Contains(c.PlainBody, text)
		return strings.Contains(c.PlainBody, text)
	})
	r.Audits = slices.DeleteFunc(slices.Clone(r.Audits), func(a record.Audit) bool { return gone[a.ID] })
}

// add puts a ticket into the world.
func (w *World) add(rec *Record) {
	w.version++
	w.records[rec.Ticket.ID] = rec
	at, _ := slices.BinarySearch(w.ticketIDs, rec.Ticket.ID)
	w.ticketIDs = slices.Insert(w.ticketIDs, at, rec.Ticket.ID)
}

// Record returns a ticket with its history; nil when there never was one of that
// number.
func (w *World) Record(id int64) *Record { return w.records[id] }

// User returns an agent or a customer; nil when not known.
func (w *World) User(id int64) *record.User { return w.users[id] }

// Group returns a team of agents; nil when not known.
func (w *World) Group(id int64) *record.Group { return w.groups[id] }

// Organization returns a customer's company; nil when not known.
func (w *World) Organization(id int64) *record.Organization { return w.organizations[id] }

// Views returns the views in the order of the menu.
func (w *World) Views() []*record.View { return w.views }

// Agent finds a verified agent; nil when there is none.
func (w *World) Agent(email string) *record.User {
	for _, u := range w.users {
		if u.Agent() && u.Verified && strings.EqualFold(string(u.Email), email) {
			return u
		}
	}
	return nil
}

// Name is a user's name, empty when not known.
func (w *World) Name(id int64) string {
	if u := w.users[id]; u != nil {
		return u.Name
	}
	return ""
}

// issue gives the next id: unique, beyond 32 bits, and in no order, since
// Zendesk's ids do not rise with time either.
func (w *World) issue() int64 {
	w.issued++
	return 49_000_000_000_000 + Scatter(w.issued)
}

// Scatter maps numbers below 2^36 to each other, neighbours far apart: an odd
// factor is a permutation modulo a power of two.
func Scatter(n int64) int64 {
	const odd, mask = 0x9E3779B1, 1<<36 - 1
	return n * odd & mask
}
