package deliveries

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/pane"
	"storydesk/ui/theme"
	"storydesk/ui/theme/themetest"
)

func TestDeliveryStatesAreToldWithoutColour(t *testing.T) {
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	p := New(&pane.Host{Now: func() time.Time { return now }}, UseCases{})
	var list []themetest.Variant
	for _, s := range tracker.DeliveryStates() {
		row := deliveryRow{Delivery: tracker.Delivery{State: s, StoryID: 1, Kind: tracker.KindComment, CreatedAt: now}}
		list = append(list, themetest.Variant{Name: string(s), Draw: func(w *theme.RowWriter, t *theme.Theme) { p.drawRow(w, t, row) }})
	}
	themetest.Distinct(t, list)
}
