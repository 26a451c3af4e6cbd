package sandbox

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// views answers what is asked about views.
type views struct {
	parts
	tickets tickets
	// counted is when each view's count was first asked for.
	counted map[int64]time.Time
}

func (v *views) route(route func(pattern string, handle func(*call) *answer)) {
	route("GET /api/v2/views", v.list)
	route("GET /api/v2/views/active", v.listActive)
	route("GET /api/v2/views/compact", v.listCompact)
	route("GET /api/v2/views/count_many", v.countMany)
	route("GET /api/v2/views/{id}", v.show)
	route("GET /api/v2/views/{id}/count", v.count)
	route("GET /api/v2/views/{id}/tickets", v.listTickets)
}

func (v *views) list(c *call) *answer {
	list := v.all(c)
	if active := c.URL.Query().Get("active"); active != "" {
		list = viewsWhere(list, active == "true")
	}
	_, env, refusal := listing[*view]{name: "views", items: list}.page(c.Request)
	if refusal != nil {
		return refusal
	}
	return ok(env)
}

func (v *views) listActive(c *call) *answer {
	_, env, refusal := listing[*view]{name: "views", items: viewsWhere(v.all(c), true)}.
		offsetPage(c.Request, c.URL.Query())
	if refusal != nil {
		return refusal
	}
	return ok(env)
}

// listCompact answers the agent's menu: 32 views at most, in one page.
func (v *views) listCompact(c *call) *answer {
	list := viewsWhere(v.all(c), true)
	list = list[:min(32, len(list))]
	return ok(map[string]any{"views": list, "next_page": nil, "previous_page": nil, "count": len(list)}).
		with("Cache-Control", "max-age=5, private")
}

// all lists the account's views as the settings leave them: those that were
// deleted or are not shared are not there for anybody who asks.
func (v *views) all(c *call) []*view {
	states := v.settings.get().Views
	list := []*view{}
	for _, saved := range c.world.accountViews() {
		shown := *saved
		switch states[saved.ID] {
		case viewDeleted, viewUnshared:
			continue
		case viewInactive:
			shown.Active = false
		}
		list = append(list, &shown)
	}
	return list
}

func viewsWhere(list []*view, active bool) []*view {
	return slices.DeleteFunc(slices.Clone(list), func(v *view) bool { return v.Active != active })
}

// find returns the view that the path names.
func (v *views) find(c *call) (*view, *answer) {
	id, isNumber := c.id("id")
	if !isNumber {
		return nil, invalidID()
	}
	if v.settings.get().Views[id] == viewUnshared {
		return nil, forbiddenPage()
	}
	list := v.all(c)
	i := slices.IndexFunc(list, func(v *view) bool { return v.ID == id })
	if i < 0 {
		return nil, recordNotFound()
	}
	return list[i], nil
}

func (v *views) show(c *call) *answer {
	found, refusal := v.find(c)
	if refusal != nil {
		return refusal
	}
	return ok(map[string]any{"view": found})
}

func (v *views) listTickets(c *call) *answer {
	found, refusal := v.find(c)
	if refusal != nil {
		return refusal
	}
	query := c.URL.Query()
	sortBy := query.Get("sort_by")
	if query.Has("page[size]") {
		sortBy = "" // cursor paging drops it silently
	}
	o := v.settings.get()
	list := listing[*Ticket]{name: "tickets", items: ticketsOf(found, c, sortBy, query.Get("sort_order")), depth: o.OffsetDepth}
	if count, stale := o.ViewCounts[found.ID]; stale {
		list.count = &count
	}
	return v.tickets.page(c, list)
}

// ticketsOf are the tickets of a view that whoever asks may see.
func ticketsOf(v *view, c *call, sortBy, order string) []*Ticket {
	list := c.world.sorted(v, c.now, sortBy, order)
	if c.me.TicketRestriction == "" {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(t *Ticket) bool { return !c.me.sees(t) })
}

// countDelay is how long a view's first count takes; until then there is none.
const countDelay = 6 * time.Second

func (v *views) count(c *call) *answer {
	found, refusal := v.find(c)
	if refusal == nil {
		refusal = v.limits.count(found.ID, c.now)
	}
	if refusal != nil {
		return refusal
	}
	return ok(map[string]any{"view_count": v.countOf(found, c)})
}

// countMany counts up to 20 views; unknown ids are left out.
func (v *views) countMany(c *call) *answer {
	counts, list := []any{}, v.all(c)
	for text := range strings.SplitSeq(c.URL.Query().Get("ids"), ",") {
		id, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil {
			return invalidID()
		}
		if i := slices.IndexFunc(list, func(v *view) bool { return v.ID == id }); i >= 0 {
			counts = append(counts, v.countOf(list[i], c))
		}
	}
	if len(counts) > 20 {
		return tooManyValues()
	}
	return ok(map[string]any{"view_counts": counts})
}

func (v *views) countOf(counted *view, c *call) map[string]any {
	count := map[string]any{
		"url": apiURL("views/%d/count", counted.ID), "view_id": counted.ID, "value": nil, "pretty": "...", "fresh": false,
	}
	asked, before := v.counted[counted.ID]
	if !before {
		v.counted[counted.ID] = c.now
	}
	if before && c.now.Sub(asked) >= countDelay {
		n := len(c.world.sorted(counted, c.now, "", ""))
		count["value"], count["pretty"], count["fresh"] = n, strconv.Itoa(n), true
	}
	return count
}
