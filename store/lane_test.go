package store

import (
	"strings"
	"testing"
)

// plan returns how SQLite would run a statement.
func plan(t *testing.T, db *DB, statement string, args ...any) string {
	t.Helper()
	rows, err := db.writer.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+statement, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(step + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan.String()
}

// What the courier asks in a loop must not read all lanes or all deliveries.
func TestPlans(t *testing.T) {
	db := mustOpen(t, testPath(t))
	const ready = "SEARCH lane USING INDEX lane_ready (integration_id=? AND host=? AND ready_at<?)"
	for name, c := range map[string]struct {
		plan string
		uses string
	}{
		"claim":  {plan(t, db, claimLane, 1, 2, "[]"), ready},
		"due":    {plan(t, db, nextDue, 1, "[]"), ready},
		"last":   {plan(t, db, latestDue), "SEARCH lane USING INDEX lane_ready (integration_id=? AND host=?"},
		"sent":   {plan(t, db, selectSent, "h", 1, 1), "SEARCH delivery USING COVERING INDEX delivery_sent (host=? AND sent_at>?)"},
		"outage": {plan(t, db, bringForward+endOutage, 1, 1, "h"), "SEARCH delivery USING INDEX delivery_unreachable (host=?)"},
		"follow": {plan(t, db, followLanes+"host = ? AND ticket_id = ?", "h", 1), "USING INDEX delivery_lane (host=? AND ticket_id=?)"},
		"board":  {plan(t, db, selectCards, 1), "SEARCH story USING COVERING INDEX story_board (project_id=?)"},
		"due by": {plan(t, db, selectDeadlines, 1), "SEARCH story USING COVERING INDEX story_deadline (project_id=?)"},
		"counts": {plan(t, db, countDeliveries, "[]"), "SEARCH delivery USING COVERING INDEX delivery_state (state=?)"},
	} {
		if !strings.Contains(c.plan, c.uses) {
			t.Errorf("%s does not use %q:\n%s", name, c.uses, c.plan)
		}
		for _, table := range []string{"lane", "ready", "delivery", "d", "story"} {
			if strings.Contains(c.plan, "SCAN "+table+"\n") || strings.Contains(c.plan, "SCAN "+table+" ") {
				t.Errorf("%s reads all of %s:\n%s", name, table, c.plan)
			}
		}
	}
}
