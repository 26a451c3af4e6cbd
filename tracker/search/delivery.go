package search

import (
	"strconv"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/wording"
)

// delivery is what queries are asked of.
type delivery struct{ of *tracker.Delivery }

// Delivery is a delivery to be searched.
func Delivery(d *tracker.Delivery) Item { return delivery{d} }

// Text is a delivery's text, and what else its row tells.
func (d delivery) Text() Text {
	return newText("", []string{d.of.Ticket.ID.String(), d.of.StoryID.String(), string(d.of.Kind), string(d.of.State), d.of.Actor, d.of.Integration, d.of.Reason, d.of.Text})
}

func (d delivery) has(field string, is func(string) bool) bool {
	switch field {
	case fieldStory:
		return is(d.of.StoryID.String()) || is(strconv.FormatInt(int64(d.of.StoryID), 10))
	case fieldTicket:
		return is(d.of.Ticket.ID.String()) || is(strconv.FormatInt(int64(d.of.Ticket.ID), 10))
	case fieldIntegration:
		return is(orNone(d.of.Integration))
	case fieldState:
		return is(string(d.of.State))
	case fieldBy:
		who, _ := wording.Change(*d.of)
		return is(orNone(who))
	}
	return false
}

// Narrow restricts what is read to deliveries that can answer a query: a store finds
// those of a few stories and tickets faster than they are matched one by one.
func (q Query) Narrow(to tracker.DeliveryQuery) tracker.DeliveryQuery {
	for _, n := range q.root {
		t, ok := n.(term)
		if !ok {
			continue
		}
		// The values were checked when the query was read.
		switch {
		case t.field == fieldStory && to.Stories == nil:
			to.Stories = each(t.values, tracker.ParseStoryID)
		case t.field == fieldTicket && to.TicketIDs == nil:
			to.TicketIDs = each(t.values, tracker.ParseTicketID)
		case t.field == fieldState && to.States == nil:
			to.States = each(t.values, func(s string) (tracker.DeliveryState, error) { return tracker.DeliveryState(s), nil })
		}
	}
	return to
}

func (delivery) at(string) time.Time { return time.Time{} }

func each[T any](values []string, parse func(string) (T, error)) []T {
	var list []T
	for _, v := range values {
		if one, err := parse(v); err == nil {
			list = append(list, one)
		}
	}
	return list
}
