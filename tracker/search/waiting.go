package search

import (
	"slices"
	"strconv"
	"time"

	"storydesk/tracker"
)

// waitedLong reads how long a customer waits, such as >2d or <4h: longer is true for
// what is longer than that.
func waitedLong(text string) (longer bool, than time.Duration, err error) {
	bad := tracker.Invalid("search", "%q is no time: use a form like >2d, <4h or >30m", text)
	if len(text) < len(">1d") || text[0] != '>' && text[0] != '<' {
		return false, 0, bad
	}
	unit, known := map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}[text[len(text)-1]]
	n, err := strconv.ParseUint(text[1:len(text)-1], 10, 16)
	if err != nil || !known {
		return false, 0, bad
	}
	return text[0] == '>', time.Duration(n) * unit, nil
}

func checkWaiting(value string) error {
	if value == searchNone {
		return nil
	}
	_, _, err := waitedLong(value)
	return err
}

// waits returns since when a customer must have waited, as [ticket] writes it.
func waits(wanted []string, now func() time.Time) func(since string) bool {
	return func(since string) bool {
		begun, err := time.Parse(time.RFC3339, since)
		return slices.ContainsFunc(wanted, func(want string) bool {
			if err != nil || want == searchNone {
				return err != nil && want == searchNone
			}
			longer, than, bad := waitedLong(want)
			waited := now().Sub(begun)
			return bad == nil && (longer && waited > than || !longer && waited < than)
		})
	}
}

// hasStory reports whether a ticket has a story in a state for which is answers true. It
// counts as accepted only once all its stories are.
func (t *ticket) hasStory(is func(string) bool) bool {
	if len(t.Stories) == 0 {
		return is(searchNone)
	}
	unfinished := slices.ContainsFunc(t.Stories, func(s tracker.StoryRef) bool { return s.State != tracker.Accepted })
	return slices.ContainsFunc(t.Stories, func(s tracker.StoryRef) bool {
		return is(string(s.State)) && (s.State != tracker.Accepted || !unfinished)
	})
}

// waitingSince is since when the customer waits, as [waits] reads it.
func (t *ticket) waitingSince() string {
	since := t.WaitingSince()
	if since.IsZero() {
		return searchNone
	}
	return since.Format(time.RFC3339)
}
