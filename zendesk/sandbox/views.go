package sandbox

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// view is a saved list of tickets.
// https://developer.zendesk.com/api-reference/ticketing/business-rules/views/#json-format
type view struct {
	URL         string     `json:"url"`
	ID          int64      `json:"id"`
	Title       string     `json:"title"`
	RawTitle    string     `json:"raw_title"`
	Active      bool       `json:"active"`
	Default     bool       `json:"default"`
	Position    int        `json:"position"`
	Description Word       `json:"description"`
	CreatedAt   time.Time  `json:"created_at"`
	UpdatedAt   time.Time  `json:"updated_at"`
	Execution   execution  `json:"execution"`
	Conditions  conditions `json:"conditions"`
	Restriction any        `json:"restriction"`
	Watchable   bool       `json:"watchable"`
}

// execution tells how a view's tickets are shown.
type execution struct {
	GroupBy      Word     `json:"group_by"`
	GroupOrder   Word     `json:"group_order"`
	SortBy       string   `json:"sort_by"`
	SortOrder    string   `json:"sort_order"`
	Group        any      `json:"group"`
	Sort         sorting  `json:"sort"`
	Columns      []column `json:"columns"`
	Fields       []column `json:"fields"`
	CustomFields []column `json:"custom_fields"`
}

type sorting struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Order string `json:"order"`
}

type column struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// conditions hold for a ticket when all of All do, and one of Any unless there are none.
type conditions struct {
	All []condition `json:"all"`
	Any []condition `json:"any"`
}

type condition struct {
	Field    string `json:"field"`
	Operator string `json:"operator"`
	Value    string `json:"value"`
}

// accountViews are the account's views in the order of its menu.
func accountViews(created time.Time) []*view {
	unresolved := condition{"status", "less_than", "solved"}
	views := []*view{
		newView(ViewUnresolved, "All unresolved tickets", "created", "desc", conditions{All: []condition{unresolved}}),
		newView(ViewNew, "New tickets", "created", "desc", conditions{All: []condition{{"status", "is", "new"}}}),
		newView(ViewBugs, "Bugs and incidents", "priority", "desc", conditions{
			All: []condition{unresolved},
			Any: []condition{{"type", "is", "problem"}, {"type", "is", "incident"}},
		}),
		newView(ViewPending, "Waiting for the customer", "updated", "asc",
			conditions{All: []condition{{"status", "is", "pending"}}}),
		newView(ViewRecent, "Recently updated", "updated", "desc", conditions{All: []condition{unresolved}}),
		newView(ViewResolved, "Solved and closed", "updated", "desc",
			conditions{All: []condition{{"status", "greater_than", "hold"}}}),
		newView(ViewEmpty, "Escalated to legal", "created", "asc",
			conditions{All: []condition{{"current_tags", "includes", "legal_hold"}}}),
		newView(ViewInactive, "Old inbox (2024)", "created", "asc", conditions{All: []condition{unresolved}}),
	}
	for i, v := range views {
		v.Position = i + 1
		v.Default = v.ID == ViewUnresolved
		v.Active = v.ID != ViewInactive
		v.CreatedAt, v.UpdatedAt = created, created
	}
	return views
}

func newView(id int64, title, sortBy, order string, when conditions) *view {
	columns := []column{
		{"nice_id", "ID"}, {"subject", "Subject"}, {"requester", "Requester"},
		{"status", "Status"}, {"priority", "Priority"}, {"created", "Requested"}, {"updated", "Updated"},
	}
	when.All, when.Any = append([]condition{}, when.All...), append([]condition{}, when.Any...)
	return &view{
		URL: apiURL("views/%d", id), ID: id, Title: title, RawTitle: title,
		Execution: execution{
			SortBy: sortBy, SortOrder: order, Sort: sorting{sortBy, strings.ToUpper(sortBy[:1]) + sortBy[1:], order},
			Columns: columns, Fields: columns, CustomFields: []column{},
		},
		Conditions: when,
	}
}

// tickets lists the view's tickets in its order, or in another if sortBy is a
// column by which Zendesk sorts.
func (v *view) tickets(w *world, now time.Time, sortBy, order string) []*Ticket {
	var list []*Ticket
	for _, id := range w.ticketIDs {
		if rec := w.records[id]; !rec.Deleted && !rec.Hidden && !rec.Ticket.archived(now) && v.Conditions.hold(&rec.Ticket) {
			list = append(list, &rec.Ticket)
		}
	}
	compare := columnOrder(w, sortBy)
	if compare == nil {
		sortBy, order = v.Execution.SortBy, v.Execution.SortOrder
		compare = columnOrder(w, sortBy)
	}
	slices.SortFunc(list, func(a, b *Ticket) int {
		if order == "desc" {
			a, b = b, a
		}
		return cmp.Or(compare(a, b), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// archived tickets are those closed for 120 days; no view shows them.
// https://support.zendesk.com/hc/en-us/articles/4408887617050
func (t *Ticket) archived(now time.Time) bool {
	return t.Status == "closed" && now.Sub(t.UpdatedAt) >= 120*24*time.Hour
}

func (c conditions) hold(t *Ticket) bool {
	meets := func(c condition) bool { return c.holds(t) }
	return !slices.ContainsFunc(c.All, func(c condition) bool { return !c.holds(t) }) &&
		(len(c.Any) == 0 || slices.ContainsFunc(c.Any, meets))
}

func (c condition) holds(t *Ticket) bool {
	switch c.Field + " " + c.Operator {
	case "status is":
		return t.Status == c.Value
	case "status less_than":
		return statusRank(t.Status) < statusRank(c.Value)
	case "status greater_than":
		return statusRank(t.Status) > statusRank(c.Value)
	case "type is":
		return string(t.Type) == c.Value
	case "current_tags includes":
		return slices.Contains(t.Tags, c.Value)
	}
	return false
}

func statuses() []string   { return []string{"new", "open", "pending", "hold", "solved", "closed"} }
func priorities() []string { return []string{"", "low", "normal", "high", "urgent"} }
func types() []string      { return []string{"", "question", "incident", "problem", "task"} }

func statusRank(status string) int { return slices.Index(statuses(), status) }

// columnOrder compares tickets by a view's column; nil when Zendesk does not
// sort by it (subject and submitter) or does not know it.
func columnOrder(w *world, name string) func(a, b *Ticket) int {
	switch name {
	case "created", "created_at":
		return func(a, b *Ticket) int { return a.CreatedAt.Compare(b.CreatedAt) }
	case "updated", "updated_at":
		return func(a, b *Ticket) int { return a.UpdatedAt.Compare(b.UpdatedAt) }
	case "nice_id", "id":
		return func(a, b *Ticket) int { return cmp.Compare(a.ID, b.ID) }
	case "status":
		return func(a, b *Ticket) int { return cmp.Compare(statusRank(a.Status), statusRank(b.Status)) }
	case "priority":
		return func(a, b *Ticket) int {
			return cmp.Compare(slices.Index(priorities(), string(a.Priority)), slices.Index(priorities(), string(b.Priority)))
		}
	case "type":
		return func(a, b *Ticket) int { return cmp.Compare(a.Type, b.Type) }
	case "requester":
		return func(a, b *Ticket) int { return cmp.Compare(w.name(a.RequesterID), w.name(b.RequesterID)) }
	}
	return nil
}

func (s *Sandbox) listViews(c *call) *answer {
	views := s.views()
	if active := c.URL.Query().Get("active"); active != "" {
		views = viewsWhere(views, active == "true")
	}
	_, env, refusal := listing[*view]{name: "views", items: views}.page(c.Request)
	if refusal != nil {
		return refusal
	}
	return ok(env)
}

func (s *Sandbox) listActiveViews(c *call) *answer {
	_, env, refusal := listing[*view]{name: "views", items: viewsWhere(s.views(), true)}.
		offsetPage(c.Request, c.URL.Query())
	if refusal != nil {
		return refusal
	}
	return ok(env)
}

// listCompactViews answers the agent's menu: 32 views at most, in one page.
func (s *Sandbox) listCompactViews(*call) *answer {
	views := viewsWhere(s.views(), true)
	views = views[:min(32, len(views))]
	return ok(map[string]any{"views": views, "next_page": nil, "previous_page": nil, "count": len(views)}).
		with("Cache-Control", "max-age=5, private")
}

// views are the account's views as the settings leave them: those that were
// deleted or are not shared are not there for anybody who asks.
func (s *Sandbox) views() []*view {
	states := s.Settings().Views
	views := []*view{}
	for _, v := range s.world.views {
		shown := *v
		switch states[v.ID] {
		case viewDeleted, viewUnshared:
			continue
		case viewInactive:
			shown.Active = false
		}
		views = append(views, &shown)
	}
	return views
}

func viewsWhere(views []*view, active bool) []*view {
	return slices.DeleteFunc(slices.Clone(views), func(v *view) bool { return v.Active != active })
}

func (s *Sandbox) viewOf(c *call) (*view, *answer) {
	id, isNumber := c.id("id")
	if !isNumber {
		return nil, invalidID()
	}
	if s.Settings().Views[id] == viewUnshared {
		return nil, forbiddenPage()
	}
	views := s.views()
	i := slices.IndexFunc(views, func(v *view) bool { return v.ID == id })
	if i < 0 {
		return nil, recordNotFound()
	}
	return views[i], nil
}

func (s *Sandbox) showView(c *call) *answer {
	v, refusal := s.viewOf(c)
	if refusal != nil {
		return refusal
	}
	return ok(map[string]any{"view": v})
}

func (s *Sandbox) listViewTickets(c *call) *answer {
	v, refusal := s.viewOf(c)
	if refusal != nil {
		return refusal
	}
	query := c.URL.Query()
	sortBy := query.Get("sort_by")
	if query.Has("page[size]") {
		sortBy = "" // cursor paging drops it silently
	}
	o := s.Settings()
	list := listing[*Ticket]{name: "tickets", items: s.ticketsOf(v, c, sortBy, query.Get("sort_order")), depth: o.OffsetDepth}
	if count, stale := o.ViewCounts[v.ID]; stale {
		list.count = &count
	}
	return s.ticketPage(c, list)
}

// ticketsOf are the tickets of a view that whoever asks may see.
func (s *Sandbox) ticketsOf(v *view, c *call, sortBy, order string) []*Ticket {
	list := s.sorted(v, c.now, sortBy, order)
	if c.me.TicketRestriction == "" {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(t *Ticket) bool { return !c.me.sees(t) })
}

// viewOrder is a view in one order.
type viewOrder struct {
	id            int64
	sortBy, order string
}

// sortedView is a view's tickets as they were sorted once.
type sortedView struct {
	version uint64
	at      time.Time
	tickets []*Ticket
}

// sortedLife is how long tickets stay sorted in a world that does not change:
// in time some are archived.
const sortedLife = time.Minute

// sorted lists a view's tickets, sorted anew only when something has changed.
// The list is not to be changed. The caller holds mu.
func (s *Sandbox) sorted(v *view, now time.Time, sortBy, order string) []*Ticket {
	key := viewOrder{v.ID, sortBy, order}
	kept, ok := s.sortedViews[key]
	if age := now.Sub(kept.at); !ok || kept.version != s.world.version || age < 0 || age > sortedLife {
		kept = sortedView{s.world.version, now, v.tickets(s.world, now, sortBy, order)}
		s.sortedViews[key] = kept
	}
	return kept.tickets
}

// countDelay is how long a view's first count takes; until then there is none.
const countDelay = 6 * time.Second

func (s *Sandbox) countView(c *call) *answer {
	v, refusal := s.viewOf(c)
	if refusal == nil {
		refusal = s.limits.count(v.ID, c.now)
	}
	if refusal != nil {
		return refusal
	}
	return ok(map[string]any{"view_count": s.viewCount(v, c.now)})
}

// countViews counts up to 20 views; unknown ids are left out.
func (s *Sandbox) countViews(c *call) *answer {
	counts := []any{}
	for text := range strings.SplitSeq(c.URL.Query().Get("ids"), ",") {
		id, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil {
			return invalidID()
		}
		views := s.views()
		if i := slices.IndexFunc(views, func(v *view) bool { return v.ID == id }); i >= 0 {
			counts = append(counts, s.viewCount(views[i], c.now))
		}
	}
	if len(counts) > 20 {
		return tooManyValues()
	}
	return ok(map[string]any{"view_counts": counts})
}

func (s *Sandbox) viewCount(v *view, now time.Time) map[string]any {
	count := map[string]any{
		"url": apiURL("views/%d/count", v.ID), "view_id": v.ID, "value": nil, "pretty": "...", "fresh": false,
	}
	asked, before := s.counted[v.ID]
	if !before {
		s.counted[v.ID] = now
	}
	if before && now.Sub(asked) >= countDelay {
		n := len(s.sorted(v, now, "", ""))
		count["value"], count["pretty"], count["fresh"] = n, strconv.Itoa(n), true
	}
	return count
}
