package store

import (
	"storydesk/store/query"
	"storydesk/tracker"
)

// Deleted stories count among ranks: they keep their places, and stand there
// again when they are restored.

// Ranks implements tracker.Reader.
func (r *reader) Ranks(project tracker.ProjectID, g tracker.Group) (lowest, highest int64, ok bool, err error) {
	if err := lockProject(r, project); err != nil {
		return 0, 0, false, err
	}
	type ends struct{ lowest, highest *int64 }
	// Two searches of the index; min and max together would read the group.
	found, err := query.One(r.Session, "ranks", func(e *ends) []any { return []any{&e.lowest, &e.highest} }, `
		SELECT (SELECT min(rank) FROM story WHERE project_id = ?1 AND board_group = ?2),
			(SELECT max(rank) FROM story WHERE project_id = ?1 AND board_group = ?2)`, project, boardGroup(g))
	if err != nil || found.lowest == nil || found.highest == nil {
		return 0, 0, false, err
	}
	return *found.lowest, *found.highest, true, nil
}

// RankBeside implements tracker.Reader.
func (r *reader) RankBeside(project tracker.ProjectID, g tracker.Group, rank int64, above bool) (beside int64, ok bool, err error) {
	if err := lockProject(r, project); err != nil {
		return 0, false, err
	}
	statement := "SELECT min(rank) FROM story WHERE project_id = ? AND board_group = ? AND rank > ?"
	if above {
		statement = "SELECT max(rank) FROM story WHERE project_id = ? AND board_group = ? AND rank < ?"
	}
	found, err := query.One(r.Session, "ranks", query.Itself[*int64], statement, project, boardGroup(g), rank)
	if err != nil || found == nil {
		return 0, false, err
	}
	return *found, true, nil
}

// LastPlanned implements tracker.Reader.
func (r *reader) LastPlanned(project tracker.ProjectID, but tracker.StoryID) (tracker.StoryID, error) {
	id, err := query.One(r.Session, "the last planned story", query.Itself[tracker.StoryID], `
		SELECT id FROM story WHERE project_id = ? AND board_group = ? AND state = ? AND deleted_at = 0 AND id <> ?
		ORDER BY rank DESC, id DESC LIMIT 1`, project, boardGroup(tracker.GroupUnstarted), tracker.Planned, but)
	if tracker.CodeOf(err) == tracker.CodeNotFound {
		return 0, nil
	}
	return id, err
}

// SpaceRanks implements tracker.Writer. The stories keep their order and their
// versions: a rank is the board's, and who edits a story meanwhile is not in conflict.
func (w *storyWriter) SpaceRanks(project tracker.ProjectID, g tracker.Group) error {
	if err := lockProject(&w.reader, project); err != nil {
		return err
	}
	_, err := w.Exec("renumbering positions", `
		UPDATE story SET rank = spaced.rank, board_order = CASE board_group WHEN 0 THEN board_order ELSE spaced.rank END
		FROM (SELECT id, ? * row_number() OVER (ORDER BY rank, id) AS rank FROM story
			WHERE project_id = ? AND board_group = ?) AS spaced
		WHERE story.id = spaced.id`, tracker.RankStep, project, boardGroup(g))
	return err
}
