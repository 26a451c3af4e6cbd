package zendesk

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"

	"storydesk/tracker"
)

const slowView = "; if it stays so, narrow the view's conditions, say to tickets of the last weeks"

type ticketListing struct {
	paging
	sideloads
	Tickets *[]wireTicket `json:"tickets"`
}

// Me tells who is signed in. Zendesk answers a wrong password with an anonymous
// user, which is CodeUnauthorized here; end users are CodeForbidden.
func (d *desk) Me(ctx context.Context) (tracker.Agent, error) {
	c := call{method: http.MethodGet, path: "users/me", subject: "the signed-in user"}
	var body struct {
		User *wireUser `json:"user"`
	}
	if err := d.do(ctx, c, &body); err != nil {
		return tracker.Agent{}, err
	}
	if err := d.require(c, body.User != nil, "user"); err != nil {
		return tracker.Agent{}, err
	}
	u := body.User
	switch {
	case u.ID <= 0:
		return tracker.Agent{}, d.unauthorized()
	case u.Role != "agent" && u.Role != "admin":
		e := tracker.Errorf(tracker.CodeForbidden, "%s is no agent on %s: use the e-mail of an agent or administrator", d.email, d.host)
		e.Field = "email"
		return tracker.Agent{}, e
	}
	return tracker.Agent{ID: int64(u.ID), Name: string(u.Name), Email: string(u.Email), Role: string(u.Role)}, nil
}

// View reads a view's title and whether it is active.
func (d *desk) View(ctx context.Context, id tracker.ViewID) (tracker.View, error) {
	c := viewCall(id, "")
	var body struct {
		View wireView `json:"view"`
	}
	if err := d.do(ctx, c, &body); err != nil {
		return tracker.View{}, err
	}
	if err := d.require(c, body.View.ID > 0, "view"); err != nil {
		return tracker.View{}, err
	}
	v := body.View
	return tracker.View{ID: tracker.ViewID(v.ID), Title: string(v.Title), Active: v.Active != "false"}, nil
}

func viewCall(id tracker.ViewID, rest string) call {
	return call{
		method:  http.MethodGet,
		path:    fmt.Sprintf("views/%d%s", id, rest),
		subject: fmt.Sprintf("view %d", id),
		field:   "view",
		advice:  slowView,
	}
}

// ViewTickets reads a view's tickets in its order, a hundred at a time. The
// cursor is a position, so a ticket that moves meanwhile may come twice; it is
// passed on once. Listings by cursor carry no count: the last page has the
// true total, the others -1 unless the desk says it after all. Asking for the
// count apart would double the work of the views that are slow already.
func (d *desk) ViewTickets(ctx context.Context, id tracker.ViewID) iter.Seq2[tracker.TicketPage, error] {
	c := viewCall(id, "/tickets")
	c.query = url.Values{"include": {"users,groups,organizations"}}
	return func(yield func(tracker.TicketPage, error) bool) {
		seen := map[tracker.TicketID]bool{}
		for l, err := range pages[ticketListing](ctx, d, c) {
			var page tracker.TicketPage
			if err == nil {
				page, err = d.ticketPage(c, l, seen)
			}
			if err != nil {
				yield(tracker.TicketPage{}, err)
				return
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}

// ticketPage leaves out the tickets that were seen, and adds the others to them.
func (d *desk) ticketPage(c call, l ticketListing, seen map[tracker.TicketID]bool) (tracker.TicketPage, error) {
	if err := d.require(c, l.Tickets != nil, "tickets"); err != nil {
		return tracker.TicketPage{}, err
	}
	page := tracker.TicketPage{Total: -1, More: l.more()}
	for _, w := range *l.Tickets {
		if err := d.require(c, w.ID > 0, "number of a ticket"); err != nil {
			return tracker.TicketPage{}, err
		}
		if t := d.ticket(w, l.sideloads); !seen[t.ID] {
			seen[t.ID] = true
			page.Tickets = append(page.Tickets, t)
		}
	}
	switch {
	case l.Count > 0:
		page.Total = int(l.Count)
	case !page.More:
		page.Total = len(seen)
	}
	return page, nil
}

// Ticket reads one ticket.
func (d *desk) Ticket(ctx context.Context, id tracker.TicketID) (tracker.Ticket, error) {
	c := ticketCall(id, "")
	c.query = url.Values{"include": {"users,organizations"}}
	var body struct {
		sideloads
		Ticket wireTicket `json:"ticket"`
	}
	if err := d.do(ctx, c, &body); err != nil {
		return tracker.Ticket{}, err
	}
	w := body.Ticket
	// An update is based on the stamp: without it the ticket is of no use.
	if err := d.require(c, w.ID == number(id) && !w.UpdatedAt.IsZero(), "such ticket"); err != nil {
		return tracker.Ticket{}, err
	}
	return d.ticket(w, body.sideloads), nil
}

func ticketCall(id tracker.TicketID, rest string) call {
	return call{
		method:  http.MethodGet,
		path:    fmt.Sprintf("tickets/%d%s", id, rest),
		subject: "ticket " + id.String(),
		field:   "ticket",
	}
}

// ticket joins a ticket with its names.
func (d *desk) ticket(w wireTicket, s sideloads) tracker.Ticket {
	id := tracker.TicketID(w.ID)
	t := tracker.Ticket{
		TicketKey:    tracker.TicketKey{Host: d.host, ID: id},
		Subject:      string(w.Subject),
		Description:  string(w.Description),
		Status:       tracker.TicketStatus(w.Status),
		Priority:     string(w.Priority),
		Type:         string(w.Type),
		Requester:    nameOf(s.Users, w.RequesterID),
		Organization: nameOf(s.Organizations, w.OrganizationID),
		URL:          d.desks.TicketURL(d.base, id),
		CreatedAt:    w.CreatedAt.Time,
		UpdatedAt:    w.UpdatedAt.Time,
	}
	for _, tag := range w.Tags.value {
		t.Tags = append(t.Tags, string(tag))
	}
	return t
}
