package ui

import (
	"context"
	"iter"
	"slices"
	"storydesk/tracker"
	"storydesk/zendesk"
)

// testZendesk reads addresses as the real client does and opens one account in memory.
type testZendesk struct {
	*zendesk.Client
	account *testAccount
	browser *testSignIn
}

func (d testZendesk) SignIn(in tracker.Integration, port int) (tracker.SignIn, error) {
	// The real ones know whom to refuse.
	if _, err := d.Client.SignIn(in, port); err != nil {
		return nil, err
	}
	return d.browser, nil
}

// Resolve knows where one mapped host leads.
func (d testZendesk) Resolve(ctx context.Context, address string) (base, host string, err error) {
	if address == "https://support.acme.com" {
		address = "acme"
	}
	return d.Client.Resolve(ctx, address)
}

func (d testZendesk) Open(tracker.Integration, tracker.Credentials) (tracker.Account, error) {
	return d.account, nil
}

// testAccount is an account in memory with one view. As the real one it returns the
// listing of a view without descriptions, and knows no other ticket.
type testAccount struct {
	tickets  []tracker.Ticket
	comments map[tracker.TicketID][]tracker.TicketComment
	// log are the conversation logs of chats; logErr is why they cannot be read.
	log    map[tracker.TicketID][]tracker.TicketComment
	logErr error
	// page is how many comments it returns at once, 0 for all.
	page int
	// hold delays the comments of tickets until it is closed, nil for no time.
	hold   chan struct{}
	merged map[tracker.TicketID]tracker.TicketID
	// err is what every question fails with, when not nil.
	err   error
	quota tracker.Quota
}

func (d *testAccount) Quota() tracker.Quota { return d.quota }

func (d *testAccount) Me(context.Context) (tracker.Agent, error) {
	return tracker.Agent{ID: 1, Name: "Ada Lovelace", Email: "ada@acme.com", Role: "agent"}, d.err
}

func (d *testAccount) View(_ context.Context, id tracker.ViewID) (tracker.View, error) {
	return tracker.View{ID: id, Title: "All unresolved", Active: true}, d.err
}

func (d *testAccount) Views(context.Context) ([]tracker.View, error) {
	return []tracker.View{{ID: 25, Title: "All unresolved", Active: true}, {ID: 26, Title: "Escalations", Active: true}}, d.err
}

func (d *testAccount) Tickets(_ context.Context, ids []tracker.TicketID) ([]tracker.Ticket, error) {
	return slices.DeleteFunc(slices.Clone(d.tickets), func(t tracker.Ticket) bool { return !slices.Contains(ids, t.ID) }), d.err
}

func (d *testAccount) ViewTickets(context.Context, tracker.ViewID, string) iter.Seq2[tracker.TicketPage, error] {
	return func(yield func(tracker.TicketPage, error) bool) {
		yield(tracker.TicketPage{Tickets: d.tickets, Total: len(d.tickets)}, d.err)
	}
}

func (d *testAccount) Ticket(_ context.Context, id tracker.TicketID) (tracker.Ticket, error) {
	for _, t := range d.tickets {
		if t.ID == id {
			return t, d.err
		}
	}
	return tracker.Ticket{}, tracker.Errorf(tracker.CodeNotFound, "no ticket %s", id)
}

func (d *testAccount) MergedInto(_ context.Context, id tracker.TicketID) (tracker.TicketID, error) {
	return d.merged[id], d.err
}

func (d *testAccount) Comments(_ context.Context, id tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	return func(yield func(tracker.CommentPage, error) bool) {
		if d.hold != nil {
			<-d.hold
		}
		pages := [][]tracker.TicketComment{d.comments[id]}
		if d.page > 0 {
			pages = slices.Collect(slices.Chunk(d.comments[id], d.page))
		}
		for i, page := range pages {
			if !yield(tracker.CommentPage{Comments: page, More: i+1 < len(pages)}, d.err) {
				return
			}
		}
	}
}

func (d *testAccount) Log(_ context.Context, id tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	return func(yield func(tracker.CommentPage, error) bool) {
		yield(tracker.CommentPage{Comments: d.log[id]}, d.logErr)
	}
}

func (d *testAccount) Audit(context.Context, tracker.TicketID, tracker.AuditID) (tracker.Audit, error) {
	return tracker.Audit{}, tracker.Errorf(tracker.CodeNotFound, "no audit")
}

func (d *testAccount) Update(context.Context, tracker.TicketID, tracker.TicketUpdate) (tracker.Audit, error) {
	return tracker.Audit{}, tracker.Errorf(tracker.CodeForbidden, "this account takes no comments")
}
