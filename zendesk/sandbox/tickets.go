package sandbox

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// tickets answers what is asked about tickets.
type tickets struct{ parts }

func (t tickets) route(route func(pattern string, handle func(*call) *answer)) {
	route("GET /api/v2/tickets/show_many", t.showMany)
	route("GET /api/v2/tickets/{id}", t.show)
	route("PUT /api/v2/tickets/{id}", t.update)
	route("GET /api/v2/tickets/{id}/comments", listComments)
	route("GET /api/v2/tickets/{id}/conversation_log", showLog)
	route("GET /api/v2/tickets/{id}/audits", listAudits)
	route("GET /api/v2/tickets/{id}/audits/{item}", showAudit)
	route("GET /api/v2/custom_statuses", func(*call) *answer {
		return ok(map[string]any{"custom_statuses": customStatuses()})
	})
}

// recordOf returns the ticket that the path names, if whoever asks may see it.
func recordOf(c *call) (*record, *answer) {
	id, isNumber := c.id("id")
	if !isNumber {
		return nil, invalidID()
	}
	rec := c.world.record(id)
	switch {
	case rec == nil || rec.Deleted:
		return nil, recordNotFound()
	case rec.Hidden || !c.me.sees(&rec.Ticket):
		return nil, forbiddenPage()
	}
	return rec, nil
}

func (t tickets) show(c *call) *answer {
	rec, refusal := recordOf(c)
	if refusal != nil {
		return refusal
	}
	shown := withCounts(c, []*Ticket{&rec.Ticket})
	env := map[string]any{"ticket": shown[0]}
	t.sideload(env, c, shown)
	return ok(env)
}

// showMany answers up to 100 tickets by number; those that are not there are left out.
func (t tickets) showMany(c *call) *answer {
	ids := strings.Split(c.URL.Query().Get("ids"), ",")
	if len(ids) > maxPageSize {
		return tooManyValues()
	}
	found := []*Ticket{}
	for _, text := range ids {
		id, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil {
			return invalidID()
		}
		if rec := c.world.record(id); rec != nil && !rec.Deleted && !rec.Hidden && c.me.sees(&rec.Ticket) {
			found = append(found, &rec.Ticket)
		}
	}
	return t.page(c, listing[*Ticket]{name: "tickets", items: found})
}

// page answers a page of tickets with what was asked for beside them.
func (t tickets) page(c *call, list listing[*Ticket]) *answer {
	shown, env, refusal := list.page(c.Request)
	if refusal != nil {
		return refusal
	}
	shown = withCounts(c, shown)
	env["tickets"] = shown
	t.sideload(env, c, shown)
	return ok(env)
}

// withCounts adds the number of comments if the request includes it.
func withCounts(c *call, tickets []*Ticket) []*Ticket {
	if !included(c.Request)["comment_count"] {
		return append([]*Ticket{}, tickets...)
	}
	counted := make([]*Ticket, len(tickets))
	for i, t := range tickets {
		whole, n := *t, len(c.world.record(t.ID).Comments)
		whole.CommentCount = &n
		counted[i] = &whole
	}
	return counted
}

// sideload adds the users, groups and organizations that tickets name, if the
// request includes them.
func (t tickets) sideload(env map[string]any, c *call, shown []*Ticket) {
	users, groups, organizations := map[int64]*User{}, map[int64]*group{}, map[int64]*organization{}
	for _, s := range shown {
		for _, id := range append([]int64{s.RequesterID, s.SubmitterID, int64(s.AssigneeID)}, s.CollaboratorIDs...) {
			users[id] = c.world.user(id)
		}
		groups[int64(s.GroupID)] = c.world.group(int64(s.GroupID))
		organizations[int64(s.OrganizationID)] = c.world.organization(int64(s.OrganizationID))
	}
	names := included(c.Request)
	if names["users"] {
		env["users"] = byID(users)
	}
	if names["groups"] {
		env["groups"] = byID(groups)
	}
	if names["organizations"] {
		env["organizations"] = byID(organizations)
	}
	if names["custom_statuses"] && t.settings.get().StatusSideload {
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
func listComments(c *call) *answer {
	rec, refusal := recordOf(c)
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
			authors[comment.AuthorID] = c.world.user(comment.AuthorID)
		}
		env["users"] = byID(authors)
	}
	return ok(env)
}

func listAudits(c *call) *answer {
	rec, refusal := recordOf(c)
	if refusal != nil {
		return refusal
	}
	_, env, refusal := listing[Audit]{name: "audits", items: rec.Audits}.page(c.Request)
	if refusal != nil {
		return refusal
	}
	return ok(env)
}

func showAudit(c *call) *answer {
	rec, refusal := recordOf(c)
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
