package integrations

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/theme"
	"storydesk/ui/theme/themetest"
)

func TestIntegrationStatesAreToldWithoutColour(t *testing.T) {
	var list []themetest.Variant
	add := func(name string, active bool, paused string) {
		row := newIntegrationRow(tracker.Integration{Name: "Support", Host: "acme.zendesk.com", Active: active, PausedReason: paused})
		list = append(list, themetest.Variant{Name: name, Draw: func(w *theme.RowWriter, t *theme.Theme) { drawIntegration(w, t, row) }})
	}
	add("on", true, "")
	add("off", false, "")
	add("paused", true, "sign in again")
	add("paused for another reason", true, "the view is gone")
	themetest.Distinct(t, list)
}
