package present

import (
	"time"

	"storydesk/tracker"
	"storydesk/tracker/until"
)

// AsideWords says how a ticket was put aside.
func AsideWords(a tracker.Aside) string {
	if a.Kind == tracker.Snoozed {
		return "snoozed until " + Until(a.Until)
	}
	return string(a.Kind)
}

// Until says until when a ticket is snoozed.
func Until(at time.Time) string {
	if at.IsZero() {
		return until.Changed
	}
	return at.Format("Mon 2 Jan")
}
