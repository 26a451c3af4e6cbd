package store

import (
	"slices"
	"strings"
	"testing"

	"storydesk/store/people"
)

// A column for a person's name that a new table has is renamed, too.
func TestAllColumnsOfPeopleAreRenamed(t *testing.T) {
	db := mustOpen(t, testPath(t))
	// Those that hold somebody else's names, and those of stories, which the store saves itself.
	others := []string{"ticket.requester", "ticket_event.author", "ticket_event_seen.person", "ticket_seen.person", "presence.person", "story.requester", "story.owners", "follower.person"}
	want := rowsOf(t, db.writer, `SELECT t.name || '.' || c.name FROM sqlite_schema AS t JOIN pragma_table_xinfo(t.name) AS c
		WHERE t.type = 'table' AND c.name IN ('author', 'actor', 'reviewer', 'person', 'requester', 'owner', 'owners', 'by', 'who')`)
	for _, other := range others {
		if !slices.Contains(want, other) {
			t.Errorf("there is no column %s", other)
		}
	}
	want = slices.DeleteFunc(want, func(column string) bool { return slices.Contains(others, column) })
	got := people.Columns()
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("renamed are %s of %s", strings.Join(got, " "), strings.Join(want, " "))
	}
}
