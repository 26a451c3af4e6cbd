package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// Ids that the account's tickets share.
const (
	brandID         = 360005712314
	ticketFormID    = 360003098534
	assigneeFieldID = 360027915614
)

// world is what the account holds.
type world struct {
	users         map[int64]*User
	groups        map[int64]*group
	organizations map[int64]*organization
	views         []*view
	records       map[int64]*record
	// ticketIDs lists the keys of records in ascending order.
	ticketIDs []int64
	// issued counts the ids given to comments, audits and events.
	issued int64
}

// record is a ticket with its history. Comments and audits are only ever
// appended, and never changed.
type record struct {
	Ticket   Ticket    `json:"ticket"`
	Comments []Comment `json:"comments"`
	Audits   []Audit   `json:"audits"`
	Deleted  bool      `json:"deleted"`
}

// change is all that an update does: the ticket afterwards, and what joins its
// history. The state file is a list of changes.
type change struct {
	Ticket  Ticket   `json:"ticket"`
	Deleted bool     `json:"deleted,omitempty"`
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
	rec.Ticket, rec.Deleted = ch.Ticket, ch.Deleted
	if ch.Comment != nil {
		rec.Comments = append(rec.Comments, *ch.Comment)
	}
	if ch.Audit != nil {
		rec.Audits = append(rec.Audits, *ch.Audit)
	}
	w.issued = ch.Issued
	return nil
}

// add puts a ticket into the world.
func (w *world) add(rec *record) {
	w.records[rec.Ticket.ID] = rec
	at, _ := slices.BinarySearch(w.ticketIDs, rec.Ticket.ID)
	w.ticketIDs = slices.Insert(w.ticketIDs, at, rec.Ticket.ID)
}

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

// customStatusID is the account's default custom status of a status.
func customStatusID(status string) int64 {
	rank := statusRank(status)
	if status == "closed" {
		rank = statusRank("solved")
	}
	return 360004918100 + int64(rank)*20
}
