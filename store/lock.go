package store

import (
	"database/sql"

	"storydesk/store/query"
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

// held is what one run of a transaction that changes rows on a server has locked, with what it read
// or asked for then. The methods of a nil one are for any other transaction.
type held struct {
	// looked is true once who looks has marks of their own.
	looked bool
	// projects are those whose rows are locked.
	projects map[tracker.ProjectID]bool
	// project and comments were asked for and not read yet: a project, and the texts of a
	// story's comments.
	project  map[tracker.ProjectID]*sql.Row
	comments map[tracker.StoryID]*commentTexts
	// stories are those that were read, and are so until the transaction changes something.
	stories map[tracker.StoryID]tracker.Story
	// integrations are those that were read, and so locked.
	integrations map[tracker.IntegrationID]tracker.Integration
}

func newHeld() *held {
	return &held{
		projects: map[tracker.ProjectID]bool{}, project: map[tracker.ProjectID]*sql.Row{},
		comments: map[tracker.StoryID]*commentTexts{}, stories: map[tracker.StoryID]tracker.Story{}, integrations: map[tracker.IntegrationID]tracker.Integration{},
	}
}

// holding returns how a query of one row of a table ends.
func (h *held) holding(table string) string {
	if h == nil {
		return ""
	}
	return forChange + " OF " + table
}

// lockProject locks a project's row: it stands for its stories, their order and its plan.
func lockProject(r *reader, id tracker.ProjectID) error {
	if r.held == nil || r.held.projects[id] {
		return nil
	}
	r.held.projects[id] = true
	return r.Queue("locking "+projectName(id), "SELECT id FROM project WHERE id = ?"+forChange, id)
}

// lockStory reads a story once its project is locked, all at once. What most who change a story
// read next is asked for with it.
func lockStory(r *reader, id tracker.StoryID) (tracker.Story, error) {
	if s, ok := r.held.stories[id]; ok && !r.Turn.Changed {
		return s.Clone(), nil
	}
	project := r.Ask(selectProject+"WHERE "+ofStory+forChange, id)
	story := r.Ask(selectStory+"WHERE id = ?", id)
	r.held.comments[id] = &commentTexts{asked: r.Ask(selectCommentTexts, id)}
	s, err := query.Only(r.Session, storyName(id), storyRow, story)
	if err == nil {
		r.held.projects[s.ProjectID], r.held.project[s.ProjectID], r.held.stories[id] = true, project, s.Clone()
	}
	return s, err
}

// takeProject returns a project's row that was asked for and not read yet, nil for none, and
// forgets it.
func (h *held) takeProject(id tracker.ProjectID) *sql.Row {
	if h == nil {
		return nil
	}
	row := h.project[id]
	delete(h.project, id)
	return row
}

// commentTexts is what was asked about a story's comments and not read yet, and the comments that
// were added since.
type commentTexts struct {
	asked *sql.Row
	added string
}

// takeComments is takeProject for a story's comments.
func (h *held) takeComments(id tracker.StoryID) *commentTexts {
	if h == nil {
		return nil
	}
	texts := h.comments[id]
	delete(h.comments, id)
	return texts
}

// commented notes a comment that was added.
func (h *held) commented(id tracker.StoryID, text string) {
	if h != nil && h.comments[id] != nil {
		h.comments[id].added += text
	}
}

// integration returns an integration that was read and locked.
func (h *held) integration(id tracker.IntegrationID) (in tracker.Integration, ok bool) {
	if h != nil {
		in, ok = h.integrations[id]
	}
	return in, ok
}

// forgetIntegrations has all of them read again.
func (h *held) forgetIntegrations() {
	if h != nil {
		clear(h.integrations)
	}
}

// lockLanes locks lanes, and with them the deliveries in them.
func lockLanes(r *reader, where string, args ...any) error {
	if r.held == nil {
		return nil
	}
	return r.Queue("locking lanes", selectLanes+where+" ORDER BY id FOR UPDATE", args...)
}
