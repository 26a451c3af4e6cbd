package store

import (
	"fmt"
	"slices"
	"time"

	"storydesk/store/query"
	"storydesk/tracker"
)

const storyColumns = `project_id, name, type, state, estimate, requester, owners, labels, rank,
	deadline, accepted_at, created_at, updated_at, description`

func storyFields(s *tracker.Story) []any {
	return []any{
		&s.ProjectID, &s.Name, &s.Type, &s.State, &s.Estimate, &s.Requester,
		array[string]{&s.Owners}, array[string]{&s.Labels}, &s.Rank, optionalInstant{&s.Deadline},
		optionalInstant{&s.AcceptedAt}, instant{&s.CreatedAt}, instant{&s.UpdatedAt}, &s.Description,
	}
}

const (
	// storyLinks is a story's links as JSON: one query for stories and links.
	storyLinks = `(SELECT json_group_array(json_array(l.host, l.ticket_id, l.url, l.created_at, l.integration_id, i.name) ORDER BY l.id)
		FROM link AS l LEFT JOIN integration AS i ON i.id = l.integration_id WHERE l.story_id = story.id)`

	// storyTasks is a story's tasks as JSON, likewise.
	storyTasks = `(SELECT json_group_array(json_array(t.id, t.text, CASE WHEN t.done THEN 1 ELSE 0 END, t.created_at) ORDER BY t.position)
		FROM story_task AS t WHERE t.story_id = story.id)`

	// boardOrder sorts stories as they stand on the board.
	boardOrder = " ORDER BY board_group, board_order, id"

	// notDeleted leaves the deleted stories out. It reads the index of those, not
	// the rows of all others.
	notDeleted = "story.id NOT IN (SELECT gone.id FROM story AS gone WHERE gone.deleted_at <> 0)"

	selectStory = "SELECT id, version, " + storyLinks + ", " + storyTasks + ", deleted_at, " + storyColumns + " FROM story "
)

func storyRow(s *tracker.Story) []any {
	return append([]any{&s.ID, &s.Version, links{&s.ID, &s.Tickets}, tasks{&s.Tasks}, instant{&s.DeletedAt}}, storyFields(s)...)
}

// Stories implements tracker.Reader.
func (r *reader) Stories(project tracker.ProjectID, ids ...tracker.StoryID) ([]tracker.Story, error) {
	if err := lockProject(r, project); err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return query.All(r.Session, "the stories", storyRow, selectStory+"WHERE project_id = ? AND "+notDeleted+boardOrder, project)
	}
	return query.All(r.Session, "the stories", storyRow,
		selectStory+"WHERE project_id = ? AND id IN (SELECT value FROM json_each(?)) AND "+notDeleted+boardOrder,
		project, array[tracker.StoryID]{&ids})
}

// Story implements tracker.Reader.
func (r *reader) Story(id tracker.StoryID) (tracker.Story, error) {
	s, err := storyOrDeleted(r, id)
	if err == nil && !s.DeletedAt.IsZero() {
		return tracker.Story{}, tracker.Errorf(tracker.CodeNotFound, "%s was deleted; `storydesk story restore %s` restores it", id, id)
	}
	return s, err
}

func storyOrDeleted(r *reader, id tracker.StoryID) (tracker.Story, error) {
	if r.held != nil {
		return lockStory(r, id)
	}
	return query.One(r.Session, storyName(id), storyRow, selectStory+"WHERE id = ?", id)
}

// DeletedStories implements tracker.Reader.
func (r *reader) DeletedStories(project tracker.ProjectID) ([]tracker.Story, error) {
	if err := lockProject(r, project); err != nil {
		return nil, err
	}
	return query.All(r.Session, "the deleted stories", storyRow,
		selectStory+"WHERE project_id = ? AND deleted_at <> 0 ORDER BY deleted_at DESC, id DESC", project)
}

// AddStory implements tracker.Writer.
func (w *storyWriter) AddStory(s *tracker.Story) error {
	id, err := w.Insert("a story", "story", storyColumns+boardColumns, append(storyFields(s), boardFields(s)...))
	if err != nil {
		return err
	}
	s.ID, s.Version = tracker.StoryID(id), 1
	if err := w.addTasks(s); err != nil {
		return err
	}
	return w.writeText(s, "")
}

// DeleteStory implements tracker.Writer.
func (w *storyWriter) DeleteStory(id tracker.StoryID, at time.Time) error {
	return w.mark(id, "deleting", "UPDATE story SET deleted_at = ? WHERE id = ? AND deleted_at = 0", millis(at), id)
}

// RestoreStory implements tracker.Writer.
func (w *storyWriter) RestoreStory(id tracker.StoryID) error {
	if err := w.mark(id, "restoring", "UPDATE story SET deleted_at = 0 WHERE id = ? AND deleted_at <> 0", id); err != nil {
		return err
	}
	_, err := w.Exec("restoring the links of "+storyName(id), `
		UPDATE link SET integration_id = (SELECT i.id FROM integration AS i WHERE i.id = link.integration_id AND i.host = link.host)
		WHERE story_id = ?`, id)
	return err
}

// mark changes whether a story counts as deleted. It fails with CodeNotFound
// where that is so already.
func (w *storyWriter) mark(id tracker.StoryID, doing, statement string, args ...any) error {
	marked, err := w.Exec(doing+" "+storyName(id), statement, args...)
	if err == nil && marked == 0 {
		return query.NotFound(storyName(id))
	}
	return err
}

// SaveStory implements tracker.Writer.
func (w *storyWriter) SaveStory(s *tracker.Story) error {
	comments, err := w.commentTexts(s.ID)
	if err != nil {
		return err
	}
	saved, err := w.Saving(storyName(s.ID), "story", int64(s.ID), &s.Version,
		storyColumns+boardColumns, append(storyFields(s), boardFields(s)...))
	if err != nil {
		return err
	}
	if err := w.Turn.Check(saved); err != nil {
		return err
	}
	if err := w.saveTasks(s); err != nil {
		return err
	}
	return w.writeText(s, comments)
}

// RemoveStory implements tracker.Writer. What hangs on the story goes with it.
func (w *storyWriter) RemoveStory(id tracker.StoryID) error {
	removed, err := w.Exec("removing "+storyName(id), "DELETE FROM story WHERE id = ?", id)
	if err == nil && removed == 0 {
		return query.NotFound(storyName(id))
	}
	return err
}

// boardColumns say where a story stands on the board; they follow from its fields.
const boardColumns = ", board_group, board_order"

func boardFields(s *tracker.Story) []any {
	group, order := s.State.Group(), s.Rank
	if group == tracker.GroupAccepted && s.AcceptedAt != nil {
		order = millis(*s.AcceptedAt)
	}
	return []any{boardGroup(group), order}
}

// boardGroup counts the groups from the top of the board.
func boardGroup(g tracker.Group) int {
	return slices.Index([]tracker.Group{
		tracker.GroupAccepted, tracker.GroupInProgress, tracker.GroupUnstarted, tracker.GroupIcebox,
	}, g)
}

func storyName(id tracker.StoryID) string { return fmt.Sprintf("story %s", id) }
