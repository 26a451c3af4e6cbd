package zendesk

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
)

// besideTicket is what is asked for beside single tickets.
const besideTicket = "users,organizations,custom_statuses"

// ticketListing is a page of tickets.
type ticketListing struct {
	paging
	sideloads
	Tickets *[]wireTicket `json:"tickets"`
}

// Me tells who is signed in. Zendesk answers a wrong password with an anonymous
// user, which is CodeUnauthorized here; end users are CodeForbidden.
func (d *desk) Me(ctx context.Context) (tracker.Agent, error) {
	c := call{method: http.MethodGet, path: "users/me", subject: "the signed-in user", topic: topicUser}
	var body struct {
		User *wireUser `json:"user"`
	}
	a, err := d.ask(ctx, c, &body)
	if err != nil {
		return tracker.Agent{}, err
	}
	if err := d.require(c, body.User != nil, "user"); err != nil {
		return tracker.Agent{}, err
	}
	u := body.User
	switch {
	case u.ID <= 0:
		return tracker.Agent{}, d.unfit(c, http.StatusUnauthorized, signAnonymous)
	case u.Role != "agent" && u.Role != "admin":
		return tracker.Agent{}, d.unfit(c, http.StatusOK, signEndUser)
	case u.Suspended == "true":
		return tracker.Agent{}, d.unfit(c, http.StatusOK, signSuspended)
	}
	return tracker.Agent{
		ID: int64(u.ID), Account: homeIn(d.host, string(u.URL), "users", int64(u.ID)), Name: string(u.Name), Email: string(u.Email), Role: u.role(),
		OnlyPrivate: u.OnlyPrivate == "true" || u.RoleType == roleLight,
		Restriction: string(u.Restriction), ClockAhead: clockAhead(a.header),
	}, nil
}

// Kinds of agents that are less than agents.
const (
	roleLight       = 1
	roleContributor = 3
)

// role is the word for what the user is: light agents and contributors are
// agents, too, in Zendesk's own.
func (u *wireUser) role() string {
	switch u.RoleType {
	case roleLight:
		return "light agent"
	case roleContributor:
		return "contributor"
	}
	return string(u.Role)
}

// clockAhead compares this machine's clock with the answer's date.
func clockAhead(h http.Header) time.Duration {
	theirs, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return time.Since(theirs)
}

// unfit explains a user who cannot work with tickets.
func (d *desk) unfit(c call, status int, found sign) error {
	s := d.symptom(c)
	s.status, s.sign = status, found
	return diagnose(s, d.facts(c))
}

// Ticket reads one ticket.
func (d *desk) Ticket(ctx context.Context, id tracker.TicketID) (tracker.Ticket, error) {
	c := ticketCall(id, "")
	c.query = url.Values{"include": {besideTicket}}
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
	return d.ticket(w, body.sideloads, d.statusNames(ctx, body.sideloads, []wireTicket{w})), nil
}

// Tickets reads tickets by number, a hundred at a time. Those that were deleted
// or that the user may not see are left out, as Zendesk does.
func (d *desk) Tickets(ctx context.Context, ids []tracker.TicketID) ([]tracker.Ticket, error) {
	c := call{method: http.MethodGet, path: "tickets/show_many", subject: "tickets by number", topic: topicTicket}
	var tickets []tracker.Ticket
	for some := range slices.Chunk(ids, pageSize) {
		numbers := make([]string, len(some))
		for i, id := range some {
			numbers[i] = strconv.FormatInt(int64(id), 10)
		}
		c.query = url.Values{"ids": {strings.Join(numbers, ",")}, "include": {besideTicket}}
		var l ticketListing
		if err := d.do(ctx, c, &l); err != nil {
			return nil, err
		}
		read, err := d.tickets(ctx, c, l)
		if err != nil {
			return nil, err
		}
		tickets = append(tickets, read...)
	}
	return tickets, nil
}

// tickets joins the tickets of a listing with their names.
func (d *desk) tickets(ctx context.Context, c call, l ticketListing) ([]tracker.Ticket, error) {
	if err := d.require(c, l.Tickets != nil, "tickets"); err != nil {
		return nil, err
	}
	names := d.statusNames(ctx, l.sideloads, *l.Tickets)
	list := make([]tracker.Ticket, len(*l.Tickets))
	for i, w := range *l.Tickets {
		if err := d.require(c, w.ID > 0, "number of a ticket"); err != nil {
			return nil, err
		}
		list[i] = d.ticket(w, l.sideloads, names)
	}
	return list, nil
}

func ticketCall(id tracker.TicketID, rest string) call {
	return call{
		method:  http.MethodGet,
		path:    fmt.Sprintf("tickets/%d%s", id, rest),
		subject: "ticket " + id.String(),
		topic:   topicTicket,
	}
}

// ticket joins a ticket with its names.
func (d *desk) ticket(w wireTicket, s sideloads, statuses map[number]string) tracker.Ticket {
	id := tracker.TicketID(w.ID)
	t := tracker.Ticket{
		TicketKey:    tracker.TicketKey{Host: d.account, ID: id},
		Subject:      string(w.Subject),
		Description:  w.Description.marked(),
		Status:       tracker.TicketStatus(w.Status),
		CustomStatus: statuses[w.CustomStatusID],
		Channel:      string(w.Via.value.Channel),
		Messaging:    w.FromMessaging == "true" || isMessaging(string(w.Via.value.Channel)),
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
	t.Merged = t.Status == tracker.TicketClosed && slices.Contains(t.Tags, mergeTag)
	return t
}
