package api

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/settings"
)

// views answers what is asked about views.
type views struct {
	Parts
	tickets tickets
	// counted is when each view's count was first asked for.
	counted map[int64]time.Time
}

func (v *views) route(route func(pattern string, handle func(*call) *answer.Answer)) {
	route("GET /api/v2/views", v.list)
	route("GET /api/v2/views/active", v.listActive)
	route("GET /api/v2/views/compact", v.listCompact)
	route("GET /api/v2/views/count_many", v.countMany)
	route("GET /api/v2/views/{id}", v.show)
	route("GET /api/v2/views/{id}/count", v.count)
	route("GET /api/v2/views/{id}/tickets", v.listTickets)
}

func (v *views) list(c *call) *answer.Answer {
	list := v.all(c)
	if active := c.URL.Query().Get("active"); active != "" {
		list = viewsWhere(list, active == "true")
	}
	_, env, refusal := listing[*record.View]{name: "views", items: list}.page(c.Request)
	if refusal != nil {
		return refusal
	}
	return answer.OK(env)
}

func (v *views) listActive(c *call) *answer.Answer {
	_, env, refusal := listing[*record.View]{name: "views", items: viewsWhere(v.all(c), true)}.
		offsetPage(c.Request, c.URL.Query())
	if refusal != nil {
		return refusal
	}
	return answer.OK(env)
}

// listCompact answers the agent's menu: 32 views at most, in one page.
func (v *views) listCompact(c *call) *answer.Answer {
	list := viewsWhere(v.all(c), true)
	list = list[:min(32, len(list))]
	return answer.OK(map[string]any{"views": list, "next_page": nil, "previous_page": nil, "count": len(list)}).
		With("Cache-Control", "max-age=5, private")
}

// all lists the account's views as the settings leave them: those that were
// deleted or are not shared are not there for anybody who asks.
func (v *views) all(c *call) []*record.View {
	states := v.Settings.Get().Views
	list := []*record.View{}
	for _, saved := range c.world.Views() {
		shown := *saved
		switch states[saved.ID] {
		case settings.ViewDeleted, settings.ViewUnshared:
			continue
		case settings.ViewInactive:
			shown.Active = false
		}
		list = append(list, &shown)
	}
	return list
}

func viewsWhere(list []*record.View, active bool) []*record.View {
	return slices.DeleteFunc(slices.Clone(list), func(v *record.View) bool { return v.Active != active })
}

// find returns the view that the path names.
func (v *views) find(c *call) (*record.View, *answer.Answer) {
	id, isNumber := c.id("id")
	if !isNumber {
		return nil, answer.InvalidID()
	}
	if v.Settings.Get().Views[id] == settings.ViewUnshared {
		return nil, answer.ForbiddenPage()
	}
	list := v.all(c)
	i := slices.IndexFunc(list, func(v *record.View) bool { return v.ID == id })
	if i < 0 {
		return nil, answer.RecordNotFound()
	}
	return list[i], nil
}

func (v *views) show(c *call) *answer.Answer {
	found, refusal := v.find(c)
	if refusal != nil {
		return refusal
	}
	return answer.OK(map[string]any{"view": found})
}

func (v *views) listTickets(c *call) *answer.Answer {
	found, refusal := v.find(c)
	if refusal != nil {
		return refusal
	}
	query := c.URL.Query()
	sortBy := query.Get("sort_by")
	if query.Has("page[size]") {
		sortBy = "" // cursor paging drops it silently
	}
	o := v.Settings.Get()
	list := listing[*record.Ticket]{name: "tickets", items: ticketsOf(found, c, sortBy, query.Get("sort_order")), depth: o.OffsetDepth}
	if count, stale := o.ViewCounts[found.ID]; stale {
		list.count = &count
	}
	return v.tickets.page(c, list)
}

// ticketsOf are the tickets of a view that the requesting user may see.
func ticketsOf(v *record.View, c *call, sortBy, order string) []*record.Ticket {
	list := c.world.Sorted(v, c.now, sortBy, order)
	if c.me.TicketRestriction == "" {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(t *record.Ticket) bool { return !c.me.Sees(t) })
}

// countDelay is how long a view's first count takes; until then there is none.
const countDelay = 6 * time.Second

func (v *views) count(c *call) *answer.Answer {
	found, refusal := v.find(c)
	if refusal == nil {
		refusal = v.Limits.Count(found.ID, c.now)
	}
	if refusal != nil {
		return refusal
	}
	return answer.OK(map[string]any{"view_count": v.countOf(found, c)})
}

// countMany counts up to 20 views; unknown ids are left out.
func (v *views) countMany(c *call) *answer.Answer {
	counts, list := []any{}, v.all(c)
	for text := range strings.SplitSeq(c.URL.Query().Get("ids"), ",") {
		id, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil {
			return answer.InvalidID()
		}
		if i := slices.IndexFunc(list, func(v *record.View) bool { return v.ID == id }); i >= 0 {
			counts = append(counts, v.countOf(list[i], c))
		}
	}
	if len(counts) > 20 {
		return answer.TooManyValues()
	}
	return answer.OK(map[string]any{"view_counts": counts})
}

func (v *views) countOf(counted *record.View, c *call) map[string]any {
	count := map[string]any{
		"url": record.URL("views/%d/count", counted.ID), "view_id": counted.ID, "value": nil, "pretty": "...", "fresh": false,
	}
	asked, before := v.counted[counted.ID]
	if !before {
		v.counted[counted.ID] = c.now
	}
	if before && c.now.Sub(asked) >= countDelay {
		n := len(c.world.Sorted(counted, c.now, "", ""))
		count["value"], count["pretty"], count["fresh"] = n, strconv.Itoa(n), true
	}
	return count
}
