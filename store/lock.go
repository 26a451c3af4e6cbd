package store

import (
	"database/sql"
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

	// ofStory chooses a story's project, which is the same for as long as the story lives.
	ofStory = "id = (SELECT project_id FROM story WHERE id = ?)"
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
	r.turn.projects[id] = true
	return r.queue("locking "+projectName(id), "SELECT id FROM project WHERE id = ?"+forChange, id)
}

// lockStory reads a story once its project is locked, all at once. What most who change a story
// read next is asked for with it.
func lockStory(r *reader, id tracker.StoryID) (tracker.Story, error) {
	project := r.ask(selectProject+"WHERE "+ofStory+forChange, id)
	story := r.ask(selectStory+"WHERE id = ?", id)
	r.turn.comments[id] = &commentTexts{asked: r.ask(selectCommentTexts, id)}
	s, err := only(r, storyName(id), storyRow, story)
	if err == nil {
		r.turn.projects[s.ProjectID], r.turn.project[s.ProjectID] = true, project
	}
	return s, err
}

// takeProject returns a project's row that was asked for and not read yet, nil for none, and
// forgets it.
func (t *turn) takeProject(id tracker.ProjectID) *sql.Row {
	if t == nil {
		return nil
	}
	row := t.project[id]
	delete(t.project, id)
	return row
}

// commentTexts is what was asked about a story's comments and not read yet, and the comments that
// were added since.
type commentTexts struct {
	asked *sql.Row
	added string
}

// takeComments is takeProject for a story's comments.
func (t *turn) takeComments(id tracker.StoryID) *commentTexts {
	if t == nil {
		return nil
	}
	texts := t.comments[id]
	delete(t.comments, id)
	return texts
}

// commented notes a comment that was added.
func (t *turn) commented(id tracker.StoryID, text string) {
	if t != nil && t.comments[id] != nil {
		t.comments[id].added += text
	}
}

// integration returns an integration that was read and locked.
func (t *turn) integration(id tracker.IntegrationID) (in tracker.Integration, ok bool) {
	if t != nil {
		in, ok = t.integrations[id]
	}
	return in, ok
}

// forgetIntegrations has all of them read again.
func (t *turn) forgetIntegrations() {
	if t != nil {
		clear(t.integrations)
	}
}

// lockLanes locks lanes, and with them the deliveries in them.
func lockLanes(r *reader, where string, args ...any) error {
	if r.turn == nil {
		return nil
	}
	return r.queue("locking lanes", selectLanes+where+" ORDER BY id FOR UPDATE", args...)
}

// note remembers that a statement touched rows.
func (t *turn) note(statement string) {
	if t != nil && !strings.HasPrefix(strings.TrimSpace(statement), "SELECT") {
		t.changed = true
	}
}

// verify fails where what was to be saved was not.
func (t *turn) verify() error {
	if t == nil {
		return nil
	}
	saved := t.saved
	t.saved = nil
	for _, check := range saved {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// check lets verify check something, or checks it at once where no server is asked.
func (t *turn) check(saved func() error) error {
	if t == nil {
		return saved()
	}
	t.saved = append(t.saved, saved)
	return nil
}
