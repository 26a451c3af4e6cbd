package ticket

import (
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/alike"
	"storydesk/tracker/kind"
	"storydesk/ui/cli/output"
)

// columnName names a column of the list of tickets.
type columnName string

// The columns.
const (
	colStatus       columnName = "status"
	colNumber       columnName = "number"
	colSubject      columnName = "subject"
	colPriority     columnName = "priority"
	colRequester    columnName = "requester"
	colOrganization columnName = "organisation"
	colSLA          columnName = "sla"
	colWaiting      columnName = "waiting"
	colAge          columnName = "age"
	colStories      columnName = "stories"
	colType         columnName = "type"
	colUpdated      columnName = "updated"
	colAside        columnName = "aside"
)

// columnNames lists the columns as people choose among them.
func columnNames() []columnName {
	return []columnName{
		colStatus, colNumber, colSubject, colPriority, colRequester, colOrganization, colSLA, colWaiting, colAge, colStories, colType, colUpdated, colAside,
	}
}

// columnOf is the column that shows what an order goes by, empty for the view's.
func columnOf(o tracker.TicketOrder) columnName {
	switch o {
	case tracker.OrderNewest, tracker.OrderOldest:
		return colAge
	case tracker.OrderView:
		return ""
	case tracker.OrderUpdated, tracker.OrderPriority, tracker.OrderSLA, tracker.OrderWaiting,
		tracker.OrderRequester, tracker.OrderOrganization, tracker.OrderStatus:
	}
	return columnName(o) // they are called alike
}

// parseColumns reads the names of columns; none are the usual ones. The column by
// which the tickets are sorted is always among them. CodeInvalid, field "columns".
func parseColumns(names []string, order tracker.TicketOrder) ([]columnName, error) {
	list := []columnName{colNumber, colStatus, colType, colUpdated, colStories, colSubject}
	if len(names) > 0 {
		list = nil
	}
	for _, name := range names {
		c := columnName(strings.ToLower(strings.TrimSpace(name)))
		if !slices.Contains(columnNames(), c) {
			return nil, tracker.Invalid("columns", "%q is not a column of tickets: use %s%s", name, tracker.OneOf(columnNames()), alike.DidYouMean(string(c), columnNames()))
		}
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	sorted := columnOf(order)
	if sorted == "" || slices.Contains(list, sorted) {
		return list, nil
	}
	at := len(list)
	if list[at-1] == colSubject {
		at-- // the longest stays last
	}
	return slices.Insert(list, at, sorted), nil
}

// header is what stands above a column.
func (c columnName) header() string {
	if c == colNumber {
		return "TICKET"
	}
	return strings.ToUpper(string(c))
}

// cell is what a column says of a ticket.
func (c columnName) cell(t shownTicket, now time.Time) string {
	switch c {
	case colStatus:
		if t.CustomStatus != "" {
			return t.CustomStatus
		}
		return string(t.Status)
	case colNumber:
		return kind.TicketLabel(t.Ticket)
	case colSubject:
		return t.Subject
	case colPriority:
		return t.Priority
	case colRequester:
		return t.Requester
	case colOrganization:
		return t.Organization
	case colSLA:
		return slaWords(t.SLA, now)
	case colWaiting:
		return output.Age(now, t.WaitingSince())
	case colAge:
		return output.Age(now, t.CreatedAt)
	case colStories:
		return refs(t.Stories)
	case colType:
		return t.Type
	case colUpdated:
		return output.Day(kind.Updated(t.Ticket))
	case colAside:
		return asideWords(t.Aside)
	}
	return ""
}

// slaWords says how a ticket's target stands.
func slaWords(s tracker.SLA, now time.Time) string {
	switch s.State(now) {
	case tracker.SLARunning:
		return output.Age(s.BreachAt, now) + " left"
	case tracker.SLABreached:
		return "breached " + output.Age(now, s.BreachAt)
	case tracker.SLAPaused:
		return "paused"
	case tracker.SLANone:
	}
	return ""
}
