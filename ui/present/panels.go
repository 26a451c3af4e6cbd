package present

import "storydesk/tracker"

// ActivePanels lists the integrations whose tickets are shown.
func ActivePanels(list []tracker.Integration) []tracker.IntegrationID {
	var panels []tracker.IntegrationID
	for _, in := range list {
		if in.Active {
			panels = append(panels, in.ID)
		}
	}
	return panels
}
