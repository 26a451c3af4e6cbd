package sandbox

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func (s *Sandbox) recordOf(c *call) (*record, *answer) {
	id, isNumber := c.id("id")
	if !isNumber {
		return nil, invalidID()
	}
	rec := s.world.records[id]
	switch {
	case rec == nil || rec.Deleted:
		return nil, recordNotFound()
	case rec.Hidden || !c.me.sees(&rec.Ticket):
		return nil, forbiddenPage()
	}
	return rec, nil
}

func (s *Sandbox) showTicket(c *call) *answer {
	rec, refusal := s.recordOf(c)
	if refusal != nil {
		return refusal
	}
	shown := s.withCounts(c.Request, []*Ticket{&rec.Ticket})
	env := map[string]any{"ticket": shown[0]}
	s.sideload(env, c.Request, shown)
	return ok(env)
}

// showTickets answers up to 100 tickets by number; those that are not there are left out.
func (s *Sandbox) showTickets(c *call) *answer {
	ids := strings.Split(c.URL.Query().Get("ids"), ",")
	if len(ids) > maxPageSize {
		return tooManyValues()
	}
	tickets := []*Ticket{}
	for _, text := range ids {
		id, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil {
			return invalidID()
		}
		if rec := s.world.records[id]; rec != nil && !rec.Deleted && !rec.Hidden && c.me.sees(&rec.Ticket) {
			tickets = append(tickets, &rec.Ticket)
		}
	}
	return s.ticketPage(c, listing[*Ticket]{name: "tickets", items: tickets})
}

// ticketPage answers a page of tickets with what was asked for beside them.
func (s *Sandbox) ticketPage(c *call, list listing[*Ticket]) *answer {
	shown, env, refusal := list.page(c.Request)
	if refusal != nil {
		return refusal
	}
	shown = s.withCounts(c.Request, shown)
	env["tickets"] = shown
	s.sideload(env, c.Request, shown)
	return ok(env)
}

// withCounts adds the number of comments if the request includes it.
func (s *Sandbox) withCounts(r *http.Request, tickets []*Ticket) []*Ticket {
	if !included(r)["comment_count"] {
		return append([]*Ticket{}, tickets...)
	}
	counted := make([]*Ticket, len(tickets))
	for i, t := range tickets {
		whole, n := *t, len(s.world.records[t.ID].Comments)
		whole.CommentCount = &n
		counted[i] = &whole
	}
	return counted
}

// sideload adds the users, groups and organizations that tickets name, if the
// request includes them.
func (s *Sandbox) sideload(env map[string]any, r *http.Request, tickets []*Ticket) {
	users, groups, organizations := map[int64]*User{}, map[int64]*group{}, map[int64]*organization{}
	for _, t := range tickets {
		for _, id := range append([]int64{t.RequesterID, t.SubmitterID, int64(t.AssigneeID)}, t.CollaboratorIDs...) {
			users[id] = s.world.users[id]
		}
		groups[int64(t.GroupID)] = s.world.groups[int64(t.GroupID)]
		organizations[int64(t.OrganizationID)] = s.world.organizations[int64(t.OrganizationID)]
	}
	names := included(r)
	if names["users"] {
		env["users"] = byID(users)
	}
	if names["groups"] {
		env["groups"] = byID(groups)
	}
	if names["organizations"] {
		env["organizations"] = byID(organizations)
	}
	if names["custom_statuses"] && s.Settings().StatusSideload {
		env["custom_statuses"] = customStatuses()
	}
}

// byID lists the records that exist, by id.
func byID[T any](records map[int64]*T) []*T {
	list := []*T{}
	for _, id := range slices.Sorted(maps.Keys(records)) {
		if records[id] != nil {
			list = append(list, records[id])
		}
	}
	return list
}

// listComments lists oldest first unless sort=-created_at (cursor) or
// sort_order=desc (offset) is asked for.
func (s *Sandbox) listComments(c *call) *answer {
	rec, refusal := s.recordOf(c)
	if refusal != nil {
		return refusal
	}
	query := c.URL.Query()
	list := listing[Comment]{name: "comments", items: slices.Clone(rec.Comments), alwaysNext: true}
	if query.Get("sort") == "-created_at" || query.Get("sort_order") == "desc" {
		slices.Reverse(list.items)
		list.newestFirst = true
	}
	shown, env, refusal := list.page(c.Request)
	if refusal != nil {
		return refusal
	}
	env[list.name] = reachable(c.Request, shown)
	if included(c.Request)["users"] {
		authors := map[int64]*User{}
		for _, comment := range shown {
			authors[comment.AuthorID] = s.world.users[comment.AuthorID]
		}
		env["users"] = byID(authors)
	}
	return ok(env)
}

func (s *Sandbox) listAudits(c *call) *answer {
	rec, refusal := s.recordOf(c)
	if refusal != nil {
		return refusal
	}
	_, env, refusal := listing[Audit]{name: "audits", items: rec.Audits}.page(c.Request)
	if refusal != nil {
		return refusal
	}
	return ok(env)
}

func (s *Sandbox) showAudit(c *call) *answer {
	rec, refusal := s.recordOf(c)
	if refusal != nil {
		return refusal
	}
	id, isNumber := c.id("item")
	if !isNumber {
		return invalidID()
	}
	i := slices.IndexFunc(rec.Audits, func(a Audit) bool { return a.ID == id })
	if i < 0 {
		return recordNotFound()
	}
	return ok(map[string]any{"audit": rec.Audits[i]})
}
