package uitest

import (
	"context"
	"io"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk"
)

// Zendesk reads addresses as the real client does and opens one account in memory.
type Zendesk struct {
	*zendesk.Client
	account *Account
	signIn  *SignIn
}

// SignIn returns the sign-in that the test plays.
func (d Zendesk) SignIn(in tracker.Integration, port int) (tracker.SignIn, error) {
	// The real ones know whom to refuse.
	if _, err := d.Client.SignIn(in, port); err != nil {
		return nil, err
	}
	return d.signIn, nil
}

// Resolve knows where one mapped host leads.
func (d Zendesk) Resolve(ctx context.Context, address string) (base, host string, err error) {
	if address == "https://support.acme.com" {
		address = "acme"
	}
	return d.Client.Resolve(ctx, address)
}

// Open returns the account in memory.
func (d Zendesk) Open(tracker.Integration, tracker.Credentials) (tracker.Account, error) {
	return d.account, nil
}

// Account is an account in memory with one view. As the real one it returns the
// listing of a view without descriptions, and knows no other ticket.
type Account struct {
	mu sync.Mutex
	// List are the tickets of the view, to be changed by Change where they may be read
	// meanwhile; Conversations are their comments.
	List          []tracker.Ticket
	Conversations map[tracker.TicketID][]tracker.TicketComment
	// Logs are the conversation logs of chats; LogErr is why they cannot be read.
	Logs   map[tracker.TicketID][]tracker.TicketComment
	LogErr error
	// PageSize is how many comments it returns at once, 0 for all.
	PageSize int
	// Hold delays the comments of tickets until it is closed, nil for no time; GivenUp
	// counts those that were not waited for.
	Hold    chan struct{}
	GivenUp atomic.Int64
	// Merged says into which ticket one was merged.
	Merged map[tracker.TicketID]tracker.TicketID
	// Err is what every question fails with, when not nil.
	Err error
	// Left is what is left of the account's requests.
	Left tracker.Quota
	// Asked counts the conversations that were asked for, Listed the readings of views.
	Asked, Listed atomic.Int64
}

// Quota returns what is left of the account's requests.
func (d *Account) Quota() tracker.Quota { return d.Left }

// Me returns the agent who has signed in.
func (d *Account) Me(context.Context) (tracker.Agent, error) {
	return tracker.Agent{ID: 1, Name: "Ada Lovelace", Email: "ada@acme.com", Role: "agent"}, d.Err
}

// View returns a view of any number.
func (d *Account) View(_ context.Context, id tracker.ViewID) (tracker.View, error) {
	return tracker.View{ID: id, Title: "All unresolved", Active: true}, d.Err
}

// Views returns the two views that there are.
func (d *Account) Views(context.Context) ([]tracker.View, error) {
	return []tracker.View{{ID: 25, Title: "All unresolved", Active: true}, {ID: 26, Title: "Escalations", Active: true}}, d.Err
}

// Tickets returns those of the tickets that there are.
func (d *Account) Tickets(_ context.Context, ids []tracker.TicketID) ([]tracker.Ticket, error) {
	return slices.DeleteFunc(d.list(), func(t tracker.Ticket) bool { return !slices.Contains(ids, t.ID) }), d.Err
}

func (d *Account) list() []tracker.Ticket {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.List)
}

// Change changes the tickets of the view, which may be read meanwhile.
func (d *Account) Change(change func(list []tracker.Ticket) []tracker.Ticket) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.List = change(slices.Clone(d.List))
}

// ViewTickets returns all tickets on one page.
func (d *Account) ViewTickets(context.Context, tracker.ViewID, string) iter.Seq2[tracker.TicketPage, error] {
	return func(yield func(tracker.TicketPage, error) bool) {
		d.Listed.Add(1)
		list := d.list()
		yield(tracker.TicketPage{Tickets: list, Total: len(list)}, d.Err)
	}
}

// Ticket returns a ticket of the view.
func (d *Account) Ticket(_ context.Context, id tracker.TicketID) (tracker.Ticket, error) {
	for _, t := range d.list() {
		if t.ID == id {
			return t, d.Err
		}
	}
	return tracker.Ticket{}, tracker.Errorf(tracker.CodeNotFound, "no ticket %s", id)
}

// MergedInto returns the ticket that one was merged into.
func (d *Account) MergedInto(_ context.Context, id tracker.TicketID) (tracker.TicketID, error) {
	return d.Merged[id], d.Err
}

// Comments returns a ticket's comments by pages.
func (d *Account) Comments(ctx context.Context, id tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	return func(yield func(tracker.CommentPage, error) bool) {
		d.Asked.Add(1)
		if d.Hold != nil {
			select {
			case <-d.Hold:
			case <-ctx.Done():
				d.GivenUp.Add(1)
				yield(tracker.CommentPage{}, ctx.Err())
				return
			}
		}
		pages := [][]tracker.TicketComment{d.Conversations[id]}
		if d.PageSize > 0 {
			pages = slices.Collect(slices.Chunk(d.Conversations[id], d.PageSize))
		}
		for i, page := range pages {
			if !yield(tracker.CommentPage{Comments: page, More: i+1 < len(pages)}, d.Err) {
				return
			}
		}
	}
}

// Log returns the conversation log of a chat.
func (d *Account) Log(_ context.Context, id tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	return func(yield func(tracker.CommentPage, error) bool) {
		yield(tracker.CommentPage{Comments: d.Logs[id]}, d.LogErr)
	}
}

// Audit finds none.
func (d *Account) Audit(context.Context, tracker.TicketID, tracker.AuditID) (tracker.Audit, error) {
	return tracker.Audit{}, tracker.Errorf(tracker.CodeNotFound, "no audit")
}

// Upload refuses every file.
func (d *Account) Upload(context.Context, tracker.StoryFile, io.Reader) (string, time.Time, error) {
	return "", time.Time{}, tracker.Errorf(tracker.CodeForbidden, "this account takes no files")
}

// Update refuses every change.
func (d *Account) Update(context.Context, tracker.TicketID, tracker.TicketUpdate) (tracker.Audit, error) {
	return tracker.Audit{}, tracker.Errorf(tracker.CodeForbidden, "this account takes no comments")
}
