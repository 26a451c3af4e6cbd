package api

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/world"
)

// tickets answers what is asked about tickets.
type tickets struct{ Parts }

func (t tickets) route(route func(pattern string, handle func(*call) *answer.Answer)) {
	route("GET /api/v2/tickets/show_many", t.showMany)
	route("GET /api/v2/tickets/{id}", t.show)
	route("PUT /api/v2/tickets/{id}", t.update)
	route("GET /api/v2/tickets/{id}/comments", listComments)
	route("GET /api/v2/tickets/{id}/conversation_log", showLog)
	route("GET /api/v2/tickets/{id}/audits", listAudits)
	route("GET /api/v2/tickets/{id}/audits/{item}", showAudit)
	route("GET /api/v2/custom_statuses", func(*call) *answer.Answer {
		return answer.OK(map[string]any{"custom_statuses": record.CustomStatuses()})
	})
}

// recordOf returns the ticket that the path names, if the requesting user may see it.
func recordOf(c *call) (*world.Record, *answer.Answer) {
	id, isNumber := c.id("id")
	if !isNumber {
		return nil, answer.InvalidID()
	}
	rec := c.world.Record(id)
	switch {
	case rec == nil || rec.Deleted:
		return nil, answer.RecordNotFound()
	case rec.Hidden || !c.me.Sees(&rec.Ticket):
		return nil, answer.ForbiddenPage()
	}
	return rec, nil
}

func (t tickets) show(c *call) *answer.Answer {
	rec, refusal := recordOf(c)
	if refusal != nil {
		return refusal
	}
	shown := t.withMore(c, []*record.Ticket{&rec.Ticket})
	if t.measured(c) {
		shown[0].MetricSet = rec.MetricSet()
	}
	env := map[string]any{"ticket": shown[0]}
	t.sideload(env, c, shown)
	return answer.OK(env)
}

// showMany answers up to 100 tickets by number; those that are not there are left out.
func (t tickets) showMany(c *call) *answer.Answer {
	ids := strings.Split(c.URL.Query().Get("ids"), ",")
	if len(ids) > maxPageSize {
		return answer.TooManyValues()
	}
	found := []*record.Ticket{}
	for _, text := range ids {
		id, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil {
			return answer.InvalidID()
		}
		if rec := c.world.Record(id); rec != nil && !rec.Deleted && !rec.Hidden && c.me.Sees(&rec.Ticket) {
			found = append(found, &rec.Ticket)
		}
	}
	return t.page(c, listing[*record.Ticket]{name: "tickets", items: found})
}

// page answers a page of tickets with what was asked for beside them.
func (t tickets) page(c *call, list listing[*record.Ticket]) *answer.Answer {
	shown, env, refusal := list.page(c.Request)
	if refusal != nil {
		return refusal
	}
	shown = t.withMore(c, shown)
	if t.measured(c) {
		sets := []*record.MetricSet{}
		for _, ticket := range shown {
			sets = append(sets, c.world.Record(ticket.ID).MetricSet())
		}
		env["metric_sets"] = sets
	}
	env["tickets"] = shown
	t.sideload(env, c, shown)
	return answer.OK(env)
}

// measured reports whether metric sets are asked for and the plan has them.
func (t tickets) measured(c *call) bool {
	return included(c.Request)["metric_sets"] && t.Settings.Get().MetricSets
}

// withMore copies tickets and adds the number of comments and the SLAs if the
// request includes them.
func (t tickets) withMore(c *call, list []*record.Ticket) []*record.Ticket {
	names, slas := included(c.Request), t.Settings.Get().SLAs
	more := make([]*record.Ticket, len(list))
	for i, ticket := range list {
		whole, rec := *ticket, c.world.Record(ticket.ID)
		if names["comment_count"] {
			n := len(rec.Comments)
			whole.CommentCount = &n
		}
		if names["slas"] && slas {
			whole.SLAs = rec.SLAs()
		}
		more[i] = &whole
	}
	return more
}

// sideload adds the users, groups and organizations that tickets name, if the
// request includes them.
func (t tickets) sideload(env map[string]any, c *call, shown []*record.Ticket) {
	users, groups, organizations := map[int64]*record.User{}, map[int64]*record.Group{}, map[int64]*record.Organization{}
	for _, s := range shown {
		for _, id := range append([]int64{s.RequesterID, s.SubmitterID, int64(s.AssigneeID)}, s.CollaboratorIDs...) {
			users[id] = c.world.User(id)
		}
		groups[int64(s.GroupID)] = c.world.Group(int64(s.GroupID))
		organizations[int64(s.OrganizationID)] = c.world.Organization(int64(s.OrganizationID))
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
	if names["custom_statuses"] && t.Settings.Get().StatusSideload {
		env["custom_statuses"] = record.CustomStatuses()
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
func listComments(c *call) *answer.Answer {
	rec, refusal := recordOf(c)
	if refusal != nil {
		return refusal
	}
	query := c.URL.Query()
	list := listing[record.Comment]{name: "comments", items: slices.Clone(rec.Comments), alwaysNext: true}
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
		authors := map[int64]*record.User{}
		for _, comment := range shown {
			authors[comment.AuthorID] = c.world.User(comment.AuthorID)
		}
		env["users"] = byID(authors)
	}
	return answer.OK(env)
}

func listAudits(c *call) *answer.Answer {
	rec, refusal := recordOf(c)
	if refusal != nil {
		return refusal
	}
	_, env, refusal := listing[record.Audit]{name: "audits", items: rec.Audits}.page(c.Request)
	if refusal != nil {
		return refusal
	}
	return answer.OK(env)
}

func showAudit(c *call) *answer.Answer {
	rec, refusal := recordOf(c)
	if refusal != nil {
		return refusal
	}
	id, isNumber := c.id("item")
	if !isNumber {
		return answer.InvalidID()
	}
	i := slices.IndexFunc(rec.Audits, func(a record.Audit) bool { return a.ID == id })
	if i < 0 {
		return answer.RecordNotFound()
	}
	return answer.OK(map[string]any{"audit": rec.Audits[i]})
}
