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
	"storydesk/zendesk/address"
	"storydesk/zendesk/diagnosis"
	"storydesk/zendesk/wire"
)

// besideTicket is what is asked for beside single tickets.
const besideTicket = "users,organizations,custom_statuses,slas,metric_sets"

// Me returns who is signed in. Zendesk answers a wrong password with an anonymous
// user, which is CodeUnauthorized here; end users are CodeForbidden.
func (d *account) Me(ctx context.Context) (tracker.Agent, error) {
	c := call{method: http.MethodGet, path: "users/me", subject: "the signed-in user", topic: diagnosis.TopicUser}
	var body struct {
		User *wire.User `json:"user"`
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
		return tracker.Agent{}, unfit(d, c, http.StatusUnauthorized, diagnosis.SignAnonymous)
	case u.Role != "agent" && u.Role != "admin":
		return tracker.Agent{}, unfit(d, c, http.StatusOK, diagnosis.SignEndUser)
	case u.Suspended == "true":
		return tracker.Agent{}, unfit(d, c, http.StatusOK, diagnosis.SignSuspended)
	}
	return tracker.Agent{
		ID: int64(u.ID), Account: address.Home(d.host, string(u.URL), "users", int64(u.ID)), Name: string(u.Name), Email: string(u.Email), Role: u.Kind(),
		OnlyPrivate: u.OnlyPrivate == "true" || u.RoleType == wire.RoleLight,
		Restriction: string(u.Restriction), ClockAhead: clockAhead(d.client.now(), a.Header),
	}, nil
}

// clockAhead compares this machine's clock with the answer's date.
func clockAhead(now time.Time, h http.Header) time.Duration {
	theirs, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return now.Sub(theirs)
}

// unfit explains a user who cannot work with tickets.
func unfit(d *account, c call, status int, found diagnosis.Sign) error {
	s := d.symptom(c)
	s.Status, s.Sign = status, found
	return diagnosis.Of(s, d.facts(c))
}

// Ticket reads one ticket.
func (d *account) Ticket(ctx context.Context, id tracker.TicketID) (tracker.Ticket, error) {
	c := ticketCall(id, "")
	c.query = url.Values{"include": {besideTicket}}
	var body struct {
		wire.Sideloads
		Ticket wire.Ticket `json:"ticket"`
	}
	if err := d.do(ctx, c, &body); err != nil {
		return tracker.Ticket{}, err
	}
	w := body.Ticket
	// An update is based on the stamp: without it the ticket is of no use.
	if err := d.require(c, w.ID == wire.Number(id) && !w.UpdatedAt.IsZero(), "such ticket"); err != nil {
		return tracker.Ticket{}, err
	}
	return d.ticket(w, body.Sideloads, d.statusNames(ctx, body.Sideloads, []wire.Ticket{w})), nil
}

// Tickets reads tickets by number, a hundred at a time. Those that were deleted
// or that the user may not see are left out, as Zendesk does.
func (d *account) Tickets(ctx context.Context, ids []tracker.TicketID) ([]tracker.Ticket, error) {
	c := call{method: http.MethodGet, path: "tickets/show_many", subject: "tickets by number", topic: diagnosis.TopicTicket}
	var tickets []tracker.Ticket
	for some := range slices.Chunk(ids, pageSize) {
		numbers := make([]string, len(some))
		for i, id := range some {
			numbers[i] = strconv.FormatInt(int64(id), 10)
		}
		c.query = url.Values{"ids": {strings.Join(numbers, ",")}, "include": {besideTicket}}
		var l wire.TicketListing
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
func (d *account) tickets(ctx context.Context, c call, l wire.TicketListing) ([]tracker.Ticket, error) {
	if err := d.require(c, l.Tickets != nil, "tickets"); err != nil {
		return nil, err
	}
	names := d.statusNames(ctx, l.Sideloads, *l.Tickets)
	list := make([]tracker.Ticket, len(*l.Tickets))
	for i, w := range *l.Tickets {
		if err := d.require(c, w.ID > 0, "number of a ticket"); err != nil {
			return nil, err
		}
		list[i] = d.ticket(w, l.Sideloads, names)
	}
	return list, nil
}

func ticketCall(id tracker.TicketID, rest string) call {
	return call{
		method:  http.MethodGet,
		path:    fmt.Sprintf("tickets/%d%s", id, rest),
		subject: "ticket " + id.String(),
		topic:   diagnosis.TopicTicket,
	}
}

// ticket joins a ticket with its names.
func (d *account) ticket(w wire.Ticket, s wire.Sideloads, statuses map[wire.Number]string) tracker.Ticket {
	id := tracker.TicketID(w.ID)
	t := tracker.Ticket{
		TicketKey:    tracker.TicketKey{Host: d.accountHost, ID: id},
		Subject:      string(w.Subject),
		Description:  w.Description.Marked(),
		Status:       tracker.TicketStatus(w.Status),
		CustomStatus: statuses[w.CustomStatusID],
		Channel:      string(w.Via.Value.Channel),
		Messaging:    w.FromMessaging == "true" || wire.IsMessaging(string(w.Via.Value.Channel)),
		Priority:     string(w.Priority),
		Type:         string(w.Type),
		Requester:    wire.NameOf(s.Users, w.RequesterID),
		Organization: wire.NameOf(s.Organizations, w.OrganizationID),
		SLA:          w.SLAs.Translate(),
		Progress:     w.Progress(s.MetricSets),
		Satisfaction: w.Satisfaction(),
		URL:          d.client.TicketURL(d.base, id),
		CreatedAt:    w.CreatedAt.Time,
		UpdatedAt:    w.UpdatedAt.Time,
	}
	for _, tag := range w.Tags.Value {
		t.Tags = append(t.Tags, string(tag))
	}
	t.Merged = t.Status == tracker.TicketClosed && slices.Contains(t.Tags, mergeTag)
	return t
}

// homeOf is the host that the addresses of all tickets name, empty where they
// do not agree or there is none.
func homeOf(asked string, tickets []wire.Ticket) string {
	home := ""
	for i, t := range tickets {
		host := address.Home(asked, string(t.URL), "tickets", int64(t.ID))
		if host == "" || i > 0 && host != home {
			return ""
		}
		home = host
	}
	return home
}
