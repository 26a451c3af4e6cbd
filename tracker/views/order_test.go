package views_test

import (
	"fmt"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/tracker/trackertest"
)

func TestTicketOrderIsRemembered(t *testing.T) {
	w := world{trackertest.New(t)}
	order := func() tracker.TicketOrder {
		o, err := w.Engine.Views.TicketOrder(t.Context(), w.In.ID)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	for _, o := range []tracker.TicketOrder{tracker.OrderPriority, tracker.OrderView} {
		if err := w.Engine.Views.SetTicketOrder(t.Context(), w.In.ID, o); err != nil || order() != o {
			t.Errorf("%s came back as %s, %v", o, order(), err)
		}
	}
	key := fmt.Sprintf("ticket_order_%d", w.In.ID)
	if kept, err := w.Engine.Settings.Setting(t.Context(), key); err != nil || kept != string(tracker.OrderView) {
		t.Errorf("the view's order is saved as %q, %v", kept, err)
	}
	if err := w.Engine.Settings.SaveSetting(t.Context(), key, "by mood"); err != nil || order() != tracker.OrderView {
		t.Errorf("an unknown order is %s, %v", order(), err)
	}
	if _, err := search.ParseTicketOrder("by mood"); trackertest.AsError(t, err).Field != "sort" {
		t.Errorf("by mood: %v", err)
	}
}
