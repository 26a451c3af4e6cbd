package outbox_test

import (
	"strconv"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/tracker/trackertest"
)

// A page of deliveries is read, not all of them, and what is rare is found among many.
func TestDeliveriesAreFoundPageByPage(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	const all = 1203
	err := w.Engine.Store.Write(t.Context(), func(tx tracker.Writer) error {
		for i := range all {
			d := tracker.Delivery{
				Operation: "op" + strconv.Itoa(i), StoryID: 1, Ticket: tracker.TicketKey{Host: "acme.zendesk.com", ID: 1039},
				Kind: tracker.KindComment, Text: "Number " + strconv.Itoa(i), State: tracker.DeliverySent,
			}
			if err := tx.AddDelivery(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	find := func(text string, of tracker.DeliveryQuery) search.DeliveryPage {
		t.Helper()
		q, err := search.Parse(search.Deliveries, text, nil)
		if err != nil {
			t.Fatal(err)
		}
		page, err := w.Engine.Outbox.Find(t.Context(), q, of)
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	for _, c := range []struct {
		text  string
		of    tracker.DeliveryQuery
		found int
		more  bool
		total int
	}{
		{"", tracker.DeliveryQuery{Limit: 200}, 200, true, all},
		{"", tracker.DeliveryQuery{}, all, false, all},
		{"", tracker.DeliveryQuery{Limit: all}, all, false, all},
		{`"number 7"`, tracker.DeliveryQuery{Limit: 200}, 111, false, all},
		{"ticket:1039", tracker.DeliveryQuery{Limit: 600}, 600, true, all},
		{"ticket:7", tracker.DeliveryQuery{Limit: 600}, 0, false, all},
		{"", tracker.DeliveryQuery{States: []tracker.DeliveryState{tracker.DeliveryParked}}, 0, false, 0},
	} {
		page := find(c.text, c.of)
		if len(page.Deliveries) != c.found || page.More != c.more || page.All != c.total {
			t.Errorf("%q finds %d of %d, more %v; want %d of %d, more %v", c.text, len(page.Deliveries), page.All, page.More, c.found, c.total, c.more)
		}
	}
}
