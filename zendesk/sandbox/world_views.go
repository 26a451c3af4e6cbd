package sandbox

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

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

// sortTickets lists a view's tickets in its order, or in another if sortBy is a
// column by which Zendesk sorts.
func (w *world) sortTickets(v *view, now time.Time, sortBy, order string) []*Ticket {
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
// The list is not to be changed.
func (w *world) sorted(v *view, now time.Time, sortBy, order string) []*Ticket {
	key := viewOrder{v.ID, sortBy, order}
	kept, ok := w.sortedViews[key]
	if age := now.Sub(kept.at); !ok || kept.version != w.version || age < 0 || age > sortedLife {
		kept = sortedView{w.version, now, w.sortTickets(v, now, sortBy, order)}
		w.sortedViews[key] = kept
	}
	return kept.tickets
}
