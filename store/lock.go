package store

import (
	"strings"

	"storydesk/tracker"
)

// A transaction that changes rows on a server locks, before it reads them, those that it may
// decide by; see doc.go for the order. On SQLite there is one writer, and none of this runs.

const (
	// forChange ends a query whose rows stay as they are until the transaction ends. Rows that
	// name them in a foreign key can still be added.
	forChange = " FOR NO KEY UPDATE"

	selectLanes = "SELECT id FROM lane WHERE "
)

// holding returns how a query of one row of a table ends.
func (t *turn) holding(table string) string {
	if t == nil {
		return ""
	}
	return forChange + " OF " + table
}

// lockProject locks a project's row: it stands for its stories, their order and its plan.
func lockProject(r *reader, id tracker.ProjectID) error {
	if r.turn == nil || r.turn.projects[id] {
		return nil
	}
	_, err := all(r, projectName(id), itself[tracker.ProjectID], "SELECT id FROM project WHERE id = ?"+forChange, id)
	r.turn.projects[id] = err == nil
	return err
}

// lockLanes locks lanes, and with them the deliveries in them.
func lockLanes(r *reader, where string, args ...any) error {
	if r.turn == nil {
		return nil
	}
	_, err := all(r, "lanes", itself[int64], selectLanes+where+" ORDER BY id FOR UPDATE", args...)
	return err
}

// note remembers that a statement touched rows.
func (t *turn) note(statement string) {
	if t != nil && !strings.HasPrefix(strings.TrimSpace(statement), "SELECT") {
		t.changed = true
	}
}
