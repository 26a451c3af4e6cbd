package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Ids that the account's tickets share.
const (
	brandID      = 360005712314
	ticketFormID = 360003098534
)

// world is what the account holds. It is not safe for concurrent use.
type world struct {
	users         map[int64]*User
	groups        map[int64]*group
	organizations map[int64]*organization
	views         []*view
	records       map[int64]*record
	// ticketIDs lists the keys of records in ascending order.
	ticketIDs []int64
	// version rises with every change of a ticket.
	version uint64
	// issued counts the ids given to comments, audits and events.
	issued int64
	// sortedViews are views sorted once, for as long as they hold.
	sortedViews map[viewOrder]sortedView
	rendering   *rendering
	// customInComments shows an update's custom metadata on its comment, too.
	customInComments bool
}

// record is a ticket with its history. Comments and audits are only ever
// appended, and changed by redaction alone.
type record struct {
	Ticket   Ticket    `json:"ticket"`
	Comments []Comment `json:"comments"`
	Audits   []Audit   `json:"audits"`
	// Messages are those of a chat. They come with the account and stay as they are.
	Messages []Message `json:"messages,omitempty"`
	Deleted  bool      `json:"deleted"`
	// Hidden tickets are there, but the API's users may not see them.
	Hidden bool `json:"hidden"`
}

// change is all that an update does: the ticket afterwards, and what joins its
// history. The state file is a list of changes.
type change struct {
	Ticket  Ticket   `json:"ticket"`
	Deleted bool     `json:"deleted,omitempty"`
	Hidden  bool     `json:"hidden,omitempty"`
	Redact  string   `json:"redact,omitempty"`
	Erase   string   `json:"erase,omitempty"`
	Comment *Comment `json:"comment,omitempty"`
	Audit   *Audit   `json:"audit,omitempty"`
	// Issued is world.issued after the change.
	Issued int64 `json:"issued"`
}

// apply makes a change. It fails on one that no update of this world can have
// made, as a damaged state file may hold.
func (w *world) apply(ch change) error {
	rec := w.records[ch.Ticket.ID]
	switch {
	case rec == nil:
		return fmt.Errorf("there is no ticket %d to change", ch.Ticket.ID)
	case statusRank(ch.Ticket.Status) < 0 || w.users[ch.Ticket.RequesterID] == nil || ch.Issued < w.issued:
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
func (r *record) redact(text string) {
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
func (r *record) erase(text string) {
	if text == "" {
		return
	}
	gone := make(map[int64]bool)
	r.Comments = slices.DeleteFunc(slices.Clone(r.Comments), func(c Comment) bool {
		gone[c.AuditID] = gone[c.AuditID] || strings.Contains(c.PlainBody, text)
		return strings.Contains(c.PlainBody, text)
	})
	r.Audits = slices.DeleteFunc(slices.Clone(r.Audits), func(a Audit) bool { return gone[a.ID] })
}

// add puts a ticket into the world.
func (w *world) add(rec *record) {
	w.version++
	w.records[rec.Ticket.ID] = rec
	at, _ := slices.BinarySearch(w.ticketIDs, rec.Ticket.ID)
	w.ticketIDs = slices.Insert(w.ticketIDs, at, rec.Ticket.ID)
}

// record returns a ticket with its history; nil when there never was one of that
// number.
func (w *world) record(id int64) *record { return w.records[id] }

// user returns an agent or a customer; nil when not known.
func (w *world) user(id int64) *User { return w.users[id] }

// group returns a team of agents; nil when not known.
func (w *world) group(id int64) *group { return w.groups[id] }

// organization returns a customer's company; nil when not known.
func (w *world) organization(id int64) *organization { return w.organizations[id] }

// accountViews returns the views in the order of the menu.
func (w *world) accountViews() []*view { return w.views }

// agentByEmail finds a verified agent; nil when there is none.
func (w *world) agentByEmail(email string) *User {
	for _, u := range w.users {
		if u.Agent() && u.Verified && strings.EqualFold(string(u.Email), email) {
			return u
		}
	}
	return nil
}

// name is a user's name, empty when not known.
func (w *world) name(id int64) string {
	if u := w.users[id]; u != nil {
		return u.Name
	}
	return ""
}

// issue gives the next id: unique, beyond 32 bits, and in no order, since
// Zendesk's ids do not rise with time either.
func (w *world) issue() int64 {
	w.issued++
	return 49_000_000_000_000 + scatter(w.issued)
}

// scatter maps numbers below 2^36 to each other, neighbours far apart: an odd
// factor is a permutation modulo a power of two.
func scatter(n int64) int64 {
	const odd, mask = 0x9E3779B1, 1<<36 - 1
	return n * odd & mask
}
