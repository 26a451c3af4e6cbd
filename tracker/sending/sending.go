// Package sending says who sends private comments for an integration that the user of this
// terminal is not signed in to.
package sending

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
)

// Fresh is how long after it was there last a program counts as still there.
const Fresh = 60 * time.Second

// Skew is how far the clocks of two machines may differ.
const Skew = time.Minute

// Last is who was there last for each integration, of a list that names one for each.
func Last(all []tracker.Sender) map[tracker.IntegrationID]tracker.Sender {
	last := make(map[tracker.IntegrationID]tracker.Sender, len(all))
	for _, s := range all {
		last[s.IntegrationID] = s
	}
	return last
}

// There reports whether a sender counts as still there.
func There(s tracker.Sender, now time.Time) bool {
	gone := now.Sub(s.SeenAt)
	return s.Holder != "" && gone < Fresh && gone > -Skew
}

// Who names a sender, such as “worker on build1, 12 s ago”.
func Who(s tracker.Sender, now time.Time) string {
	return fmt.Sprintf("%s on %s, %d s ago", s.Name, s.Machine, max(0, int(now.Sub(s.SeenAt)/time.Second)))
}

// Line says who sends for an integration that one is not signed in to here; key is the one
// that signs in, empty where there is none.
func Line(integration string, s tracker.Sender, now time.Time, key string) string {
	if There(s, now) {
		return "comments are sent by others (last: " + Who(s, now) + ")"
	}
	line := "nobody here can send for " + integration + "; sign in"
	if key != "" {
		line += " (" + key + ")"
	}
	return line
}

// Lines is Line for several integrations by name, those first for which nobody is there.
func Lines(absent map[string]tracker.Sender, now time.Time, key string) string {
	var nobody []string
	var last tracker.Sender
	for name, s := range absent {
		if !There(s, now) {
			nobody = append(nobody, name)
		} else if s.SeenAt.After(last.SeenAt) {
			last = s
		}
	}
	switch len(nobody) {
	case 0:
		return Line("", last, now, key)
	case 1:
		return Line(nobody[0], tracker.Sender{}, now, key)
	}
	slices.Sort(nobody)
	return Line(strings.Join(nobody, ", "), tracker.Sender{}, now, key)
}
