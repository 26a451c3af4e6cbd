package present

import (
	"strings"

	"storydesk/tracker"
)

// OpenWords counts what is not done about a story, such as "2 open tasks and 1 blocker";
// empty for nothing.
func OpenWords(o tracker.Open) string {
	var parts []string
	add := func(n int, one, more string) {
		if n > 0 {
			parts = append(parts, Counted(n, one, more))
		}
	}
	add(o.Tasks, "open task", "open tasks")
	add(o.Blockers, "blocker", "blockers")
	add(o.Reviews, "unfinished review", "unfinished reviews")
	if last := len(parts) - 1; last > 0 {
		return strings.Join(parts[:last], ", ") + " and " + parts[last]
	}
	return strings.Join(parts, "")
}
