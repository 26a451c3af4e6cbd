package world

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"storydesk/zendesk/sandbox/record"
)

// accountViews are the account's views in the order of its menu.
func accountViews(created time.Time) []*record.View {
	unresolved := record.Condition{Field: "status", Operator: "less_than", Value: "solved"}
	views := []*record.View{
		newView(record.ViewUnresolved, "All unresolved tickets", "created", "desc", record.Conditions{All: []record.Condition{unresolved}}),
		newView(record.ViewNew, "New tickets", "created", "desc", record.Conditions{All: []record.Condition{{Field: "status", Operator: "is", Value: "new"}}}),
		newView(record.ViewBugs, "Bugs and incidents", "priority", "desc", record.Conditions{
			All: []record.Condition{unresolved},
			Any: []record.Condition{{Field: "type", Operator: "is", Value: "problem"}, {Field: "type", Operator: "is", Value: "incident"}},
		}),
		newView(record.ViewPending, "Waiting for the customer", "updated", "asc",
			record.Conditions{All: []record.Condition{{Field: "status", Operator: "is", Value: "pending"}}}),
		newView(record.ViewRecent, "Recently updated", "updated", "desc", record.Conditions{All: []record.Condition{unresolved}}),
		newView(record.ViewResolved, "Solved and closed", "updated", "desc",
			record.Conditions{All: []record.Condition{{Field: "status", Operator: "greater_than", Value: "hold"}}}),
		newView(record.ViewEmpty, "Escalated to legal", "created", "asc",
			record.Conditions{All: []record.Condition{{Field: "current_tags", Operator: "includes", Value: "legal_hold"}}}),
		newView(record.ViewInactive, "Old inbox (2024)", "created", "asc", record.Conditions{All: []record.Condition{unresolved}}),
	}
	for i, v := range views {
		v.Position = i + 1
		v.Default = v.ID == record.ViewUnresolved
		v.Active = v.ID != record.ViewInactive
		v.CreatedAt, v.UpdatedAt = created, created
	}
	return views
}

func newView(id int64, title, sortBy, order string, when record.Conditions) *record.View {
	columns := []record.Column{
		{ID: "nice_id", Title: "ID"}, {ID: "subject", Title: "Subject"}, {ID: "requester", Title: "Requester"},
		{ID: "status", Title: "Status"}, {ID: "priority", Title: "Priority"}, {ID: "created", Title: "Requested"}, {ID: "updated", Title: "Updated"},
	}
	when.All, when.Any = append([]record.Condition{}, when.All...), append([]record.Condition{}, when.Any...)
	return &record.View{
		URL: record.URL("views/%d", id), ID: id, Title: title, RawTitle: title,
		Execution: record.Execution{
			SortBy: sortBy, SortOrder: order, Sort: record.Sorting{ID: sortBy, Title: strings.ToUpper(sortBy[:1]) + sortBy[1:], Order: order},
			Columns: columns, Fields: columns, CustomFields: []record.Column{},
		},
		Conditions: when,
	}
}

// sortTickets lists a view's tickets in its order, or in another if sortBy is a
// column by which Zendesk sorts.
func (w *World) sortTickets(v *record.View, now time.Time, sortBy, order string) []*record.Ticket {
	var list []*record.Ticket
	for _, id := range w.ticketIDs {
		if rec := w.records[id]; !rec.Deleted && !rec.Hidden && !rec.Ticket.Archived(now) && v.Conditions.Hold(&rec.Ticket) {
			list = append(list, &rec.Ticket)
		}
	}
	compare := columnOrder(w, sortBy)
	if compare == nil {
		sortBy, order = v.Execution.SortBy, v.Execution.SortOrder
		compare = columnOrder(w, sortBy)
	}
	slices.SortFunc(list, func(a, b *record.Ticket) int {
		if order == "desc" {
			a, b = b, a
		}
		return cmp.Or(compare(a, b), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// columnOrder compares tickets by a view's column; nil when Zendesk does not
// sort by it (subject and submitter) or does not know it.
func columnOrder(w *World, name string) func(a, b *record.Ticket) int {
	switch name {
	case "created", "created_at":
		return func(a, b *record.Ticket) int { return a.CreatedAt.Compare(b.CreatedAt) }
	case "updated", "updated_at":
		return func(a, b *record.Ticket) int { return a.UpdatedAt.Compare(b.UpdatedAt) }
	case "nice_id", "id":
		return func(a, b *record.Ticket) int { return cmp.Compare(a.ID, b.ID) }
	case "status":
		return func(a, b *record.Ticket) int {
			return cmp.Compare(record.StatusRank(a.Status), record.StatusRank(b.Status))
		}
	case "priority":
		return func(a, b *record.Ticket) int {
			return cmp.Compare(slices.Index(record.Priorities(), string(a.Priority)), slices.Index(record.Priorities(), string(b.Priority)))
		}
	case "type":
		return func(a, b *record.Ticket) int { return cmp.Compare(a.Type, b.Type) }
	case "requester":
		return func(a, b *record.Ticket) int { return cmp.Compare(w.Name(a.RequesterID), w.Name(b.RequesterID)) }
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
	tickets []*record.Ticket
}

// sortedLife is how long tickets stay sorted in a world that does not change:
// in time some are archived.
const sortedLife = time.Minute

// Sorted lists a view's tickets, sorted again only when something has changed.
// The list is not to be changed.
func (w *World) Sorted(v *record.View, now time.Time, sortBy, order string) []*record.Ticket {
	key := viewOrder{v.ID, sortBy, order}
	last, ok := w.sortedViews[key]
	if age := now.Sub(last.at); !ok || last.version != w.version || age < 0 || age > sortedLife {
		last = sortedView{w.version, now, w.sortTickets(v, now, sortBy, order)}
		w.sortedViews[key] = last
	}
	return last.tickets
}
