package pane

import (
	"fmt"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// Reason is an error's sentence with the key that helps; empty for nil.
func (h *Host) Reason(err error) string {
	if err == nil {
		return ""
	}
	switch tracker.ReasonOf(err) {
	case tracker.ReasonNeedsEstimate:
		return err.Error() + ": " + h.Keys.Key(keymap.ScopeItem, intent.ActEstimate)
	case tracker.ReasonAccepted:
		return fmt.Sprintf("%s; %s restarts it", err, h.Keys.Key(keymap.ScopeItem, intent.ActAdvance))
	case tracker.ReasonDifferentSteps:
		return err.Error() + ": mark stories with the same next state"
	case tracker.ReasonSignedOut:
		return fmt.Sprintf("%s; sign in again in the integrations: %s", err, h.Keys.Key(keymap.ScopeGlobal, intent.ActIntegrations))
	default:
		return err.Error()
	}
}
