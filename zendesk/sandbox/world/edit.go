package world

import (
	"fmt"
	"slices"
	"time"

	"storydesk/zendesk/sandbox/record"
)

// Edit is what somebody else does to a ticket, by no rule but their own.
type Edit struct {
	// Ticket is its number; 0 for the one in the request's path.
	Ticket int64 `json:"ticket,omitempty"`
	// Status is its new status, if any.
	Status string `json:"status,omitempty"`
	// Subject is its new subject, if any.
	Subject string `json:"subject,omitempty"`
	// Comment is said on it, if anything; Public for the customer to read.
	Comment string `json:"comment,omitempty"`
	Public  bool   `json:"public,omitempty"`
	// Customer is true where the requester says it. As in Zendesk that opens a
	// ticket that is pending, on hold or solved.
	Customer bool `json:"customer,omitempty"`
	// Priority is its new priority, if any: urgent, high, normal or low.
	Priority string `json:"priority,omitempty"`
	// Satisfaction is the customer's rating, if any: offered, good or bad.
	Satisfaction string `json:"satisfaction,omitempty"`
	// MergeInto closes it as merged into another ticket.
	MergeInto int64 `json:"merge_into,omitempty"`
	// Delete deletes it.
	Delete bool `json:"delete,omitempty"`
	// Hide takes it out of sight of the API's users; Show brings it back.
	Hide bool `json:"hide,omitempty"`
	Show bool `json:"show,omitempty"`
	// Redact blots a text out of its comments.
	Redact string `json:"redact,omitempty"`
	// Erase takes the comments that hold a text off it, with their audits:
	// what no agent can do.
	Erase string `json:"erase,omitempty"`
}

// Validate fails on words that are none.
func (e Edit) Validate() error {
	if e.Status != "" && !slices.Contains(record.Statuses(), e.Status) {
		return fmt.Errorf("%q is not a status", e.Status)
	}
	if e.Priority != "" && !slices.Contains(record.Priorities(), e.Priority) {
		return fmt.Errorf("%q is not a priority", e.Priority)
	}
	if e.Satisfaction != "" && !slices.Contains(record.Satisfactions(), e.Satisfaction) {
		return fmt.Errorf("%q is not a rating", e.Satisfaction)
	}
	return nil
}

// Edited returns the change that an edit makes. It fails when there is no such
// ticket.
func (w *World) Edited(e Edit, now time.Time) (Change, error) {
	if err := e.Validate(); err != nil {
		return Change{}, err
	}
	rec := w.records[e.Ticket]
	if rec == nil || rec.Deleted {
		return Change{}, fmt.Errorf("there is no ticket %d to edit", e.Ticket)
	}
	if e.Delete || e.Hide || e.Show || e.Redact+e.Erase != "" {
		ch := Change{
			Ticket: rec.Ticket, Deleted: e.Delete, Hidden: (e.Hide || rec.Hidden) && !e.Show,
			Redact: e.Redact, Erase: e.Erase, Issued: w.issued,
		}
		ch.Ticket.UpdatedAt = now.UTC().Truncate(time.Second)
		return ch, nil
	}
	author := w.Agent(colleagueEmail)
	if e.Customer {
		author, e.Public = w.users[rec.Ticket.RequesterID], true
		if e.Status == "" && slices.Contains([]string{"pending", "hold", "solved"}, rec.Ticket.Status) {
			e.Status = "open"
		}
	}
	d := NewDraft(rec, author, "web")
	if e.Subject != "" {
		d.After.Subject = e.Subject
	}
	if e.Satisfaction != "" {
		d.After.SatisfactionRating = map[string]any{"score": e.Satisfaction}
	}
	if e.Priority != "" {
		d.After.Priority = record.Word(e.Priority)
	}
	if e.MergeInto != 0 {
		e.Status = "closed"
		e.Comment = fmt.Sprintf("This request was closed and merged into request #%d %q.", e.MergeInto, "duplicate")
		d.via = "merge"
		d.After.Tags = append(d.After.Tags, "closed_by_merge")
	}
	if e.Status != "" {
		d.After.Status = e.Status
	}
	if e.Comment != "" {
		d.Comment = &CommentInput{Body: e.Comment, Public: &e.Public}
	}
	return w.Prepare(d, now, "Mozilla/5.0 (X11; Linux x86_64)"), nil
}
