package links

import (
	"storydesk/tracker"
	"storydesk/tracker/linkcheck"
	"storydesk/ui/table"
)

// findingKey names a problem: a story and a ticket have each kind of problem once,
// and those of a private comment once for each.
type findingKey struct {
	kind        linkcheck.Kind
	story       tracker.StoryID
	ticket      tracker.TicketKey
	integration tracker.IntegrationID
	delivery    tracker.DeliveryID
}

func keyOf(d linkcheck.Drift) findingKey {
	return findingKey{d.Kind, d.Story.ID, d.Link.Ticket, d.Link.IntegrationID, d.Delivery}
}

// finding is a problem as the list shows it. Its texts are sanitised.
type finding struct{ linkcheck.Drift }

// RowKey implements table.Row.
func (f finding) RowKey() findingKey { return keyOf(f.Drift) }

// RowVersion implements table.Row.
func (f finding) RowVersion() uint64 {
	return table.Version([...]uint64{table.Text(f.Text), table.Text(string(f.Repair))})
}

// unfixable says that there is nothing to fix, empty when there is.
func (f finding) unfixable() string {
	if f.Repair == linkcheck.RepairNone {
		return "nothing to fix here"
	}
	return ""
}

// withoutTicket says that there is no ticket to show, empty when there is.
func (f finding) withoutTicket() string {
	if f.Link.URL == "" {
		return "no ticket belongs to this problem"
	}
	return ""
}
