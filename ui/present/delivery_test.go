package present_test

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/present"
)

func TestDeliveryWords(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 41, 0, 0, time.UTC)
	yesterday, earlier := now.Add(-24*time.Hour), now.Add(-38*time.Minute)
	public := true
	for _, c := range []struct {
		want string
		d    tracker.Delivery
		held string
	}{
		{"sending in 3 s", tracker.Delivery{State: tracker.DeliveryWaiting, NotBefore: now.Add(2100 * time.Millisecond)}, ""},
		{"waiting", tracker.Delivery{State: tracker.DeliveryWaiting, NotBefore: now}, ""},
		{"waiting: Old desk is off", tracker.Delivery{State: tracker.DeliveryWaiting, NotBefore: now.Add(time.Second)}, "Old desk is off"},
		{"next try in 40 s: Zendesk asks to wait", tracker.Delivery{State: tracker.DeliveryWaiting, Attempts: 1, NotBefore: now.Add(40 * time.Second), Reason: "Zendesk asks to wait"}, ""},
		{"next try in 9 min", tracker.Delivery{State: tracker.DeliveryWaiting, Attempts: 4, NotBefore: now.Add(8*time.Minute + time.Second)}, ""},
		{"waiting for an earlier comment", tracker.Delivery{State: tracker.DeliveryWaiting, Behind: 12, NotBefore: now.Add(time.Second)}, ""},
		{"sending", tracker.Delivery{State: tracker.DeliverySending}, ""},
		{"unconfirmed, checking again in 5 s: no answer", tracker.Delivery{State: tracker.DeliveryUnconfirmed, NotBefore: now.Add(5 * time.Second), Reason: "no answer"}, ""},
		{"12:03 audit 4920", tracker.Delivery{State: tracker.DeliverySent, AuditID: 4920, DeliveredAt: &earlier}, ""},
		{"19 Nov 12:41 not opened: forbidden", tracker.Delivery{State: tracker.DeliverySent, DeliveredAt: &yesterday, Reason: "not opened: forbidden"}, ""},
		{"12:03 audit 7 · PUBLIC", tracker.Delivery{State: tracker.DeliverySent, AuditID: 7, DeliveredAt: &earlier, Public: &public}, ""},
		{"parked: the ticket is closed", tracker.Delivery{State: tracker.DeliveryParked, Reason: "the ticket is closed"}, ""},
		{"dropped by the user", tracker.Delivery{State: tracker.DeliveryDropped, Reason: "dropped by the user"}, ""},
	} {
		if got := present.DeliveryWords(c.d, c.held, now); got != c.want {
			t.Errorf("deliveryWords(%s) = %q, want %q", c.d.State, got, c.want)
		}
	}
}

// Where no glyph is beside it, a delivery's text names its state.
func TestDeliveryTextNamesTheState(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 41, 0, 0, time.UTC)
	on := []tracker.Integration{{ID: 1, Active: true}}
	for want, d := range map[string]tracker.Delivery{
		"sent 12:41 audit 7":                   {State: tracker.DeliverySent, AuditID: 7, DeliveredAt: &now},
		"sent":                                 {State: tracker.DeliverySent},
		"dropped: the story was deleted":       {State: tracker.DeliveryDropped, Reason: "the story was deleted"},
		"dropped by the user":                  {State: tracker.DeliveryDropped, Reason: "dropped by the user"},
		"parked: the ticket is closed":         {State: tracker.DeliveryParked, Reason: "the ticket is closed"},
		"waiting: the integration was removed": {State: tracker.DeliveryWaiting, IntegrationID: 2},
	} {
		if d.IntegrationID == 0 {
			d.IntegrationID = 1
		}
		if got := present.DeliveryText(d, on, now); got != want {
			t.Errorf("DeliveryText(%s) = %q, want %q", d.State, got, want)
		}
	}
}

func TestCommentGoes(t *testing.T) {
	t.Parallel()
	link := func(in tracker.IntegrationID, ticket tracker.TicketID) tracker.Link {
		return tracker.Link{IntegrationID: in, Ticket: tracker.TicketKey{Host: "acme.zendesk.com", ID: ticket}}
	}
	c := present.CarriersOf([]tracker.Integration{
		{ID: 1, Name: "EU", Active: true, UpdateComments: true},
		{ID: 2, Name: "US", Active: true, UpdateComments: true, PausedReason: "sign in again"},
		{ID: 3, Name: "Old", UpdateComments: true},
		{ID: 4, Name: "Quiet", Active: true},
	})
	for _, k := range []struct {
		want  string
		links []tracker.Link
	}{
		{"stays in storydesk: no ticket is linked", nil},
		{"sends a private comment to #1039, #1017", []tracker.Link{link(1, 1039), link(1, 1017)}},
		{"sends a private comment to #7 (held: sign in again)", []tracker.Link{link(2, 7)}},
		{"sends a private comment to #1 · not to #2: Old is off", []tracker.Link{link(1, 1), link(3, 2)}},
		{"stays in storydesk · #1: Quiet sends no comments, #2: the integration was removed", []tracker.Link{link(4, 1), link(0, 2)}},
	} {
		if got := present.CommentGoes(k.links, c); got != k.want {
			t.Errorf("commentGoes = %q, want %q", got, k.want)
		}
	}
}

func TestCounting(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	soon := tracker.Delivery{State: tracker.DeliveryWaiting, NotBefore: now.Add(time.Second)}
	for _, c := range []struct {
		want bool
		d    tracker.Delivery
		held string
	}{
		{true, soon, ""},
		{false, soon, "off"},
		{false, tracker.Delivery{State: tracker.DeliveryWaiting, NotBefore: now}, ""},
		{true, tracker.Delivery{State: tracker.DeliveryUnconfirmed, NotBefore: now.Add(time.Second)}, "off"},
		{false, tracker.Delivery{State: tracker.DeliveryParked, NotBefore: now.Add(time.Second)}, ""},
	} {
		if got := present.Counting(c.d, c.held, now); got != c.want {
			t.Errorf("counting(%s, %q) = %v, want %v", c.d.State, c.held, got, c.want)
		}
	}
}
