package store

import (
	"fmt"

	"storydesk/store/fault"
	"storydesk/store/query"
	"storydesk/tracker"
)

// epicReader reads epics.
type epicReader struct{ of *reader }

// epicWriter changes epics.
type epicWriter struct{ *statements }

// Epics implements tracker.Reader.
func (r epicReader) Epics(project tracker.ProjectID) ([]tracker.Epic, error) {
	return query.All(r.of.Session, "the epics", func(e *tracker.Epic) []any {
		return []any{&e.ID, &e.ProjectID, &e.Name, &e.Label, &e.Description, &e.Position, instant{&e.CreatedAt}, instant{&e.UpdatedAt}}
	}, `SELECT id, project_id, name, label, description, position, created_at, updated_at FROM epic
		WHERE project_id = ? AND removed = false ORDER BY position, id`, project)
}

// EpicComments implements tracker.Reader.
func (r epicReader) EpicComments(epic tracker.EpicID) ([]tracker.Comment, error) {
	return query.All(r.of.Session, "the comments", func(c *tracker.Comment) []any {
		return []any{&c.ID, &c.Author, instant{&c.CreatedAt}, &c.Text}
	}, "SELECT id, author, created_at, text FROM epic_comment WHERE epic_id = ? ORDER BY id", epic)
}

// EpicFiles implements tracker.Reader.
func (r epicReader) EpicFiles(epic tracker.EpicID) ([]tracker.StoryFile, error) {
	return query.All(r.of.Session, "the attachments", func(f *tracker.StoryFile) []any {
		return []any{&f.ID, &f.EpicID, &f.Name, &f.Size, &f.Content, &f.Sum, &f.Author, instant{&f.CreatedAt}}
	}, "SELECT id, epic_id, name, size, content, sum, author, created_at FROM epic_file WHERE epic_id = ? ORDER BY id", epic)
}

// SaveEpic implements tracker.Writer.
func (w epicWriter) SaveEpic(e *tracker.Epic) error {
	id, err := w.Put("epic", "epic", int64(e.ID), "project_id, name, label, description, position, created_at, updated_at, removed",
		"(name, label, description, position, updated_at, removed) = "+
			"(excluded.name, excluded.label, excluded.description, excluded.position, excluded.updated_at, excluded.removed)",
		e.ProjectID, e.Name, e.Label, e.Description, e.Position, millis(e.CreatedAt), millis(e.UpdatedAt), false)
	if fault.Unique(err) {
		return &tracker.Error{
			Code: tracker.CodeInvalid, Field: "label", Err: err,
			Message: fmt.Sprintf("another epic has the label %q: choose another label", e.Label),
		}
	}
	if err == nil {
		e.ID = tracker.EpicID(id)
	}
	return err
}

// RemoveEpic implements tracker.Writer.
func (w epicWriter) RemoveEpic(id tracker.EpicID) error {
	name := fmt.Sprintf("epic %s", id)
	removed, err := w.Exec("removing "+name, "UPDATE epic SET removed = true WHERE id = ? AND removed = false", id)
	if err == nil && removed == 0 {
		return query.NotFound(name)
	}
	return err
}

// AddEpicComment implements tracker.Writer.
func (w epicWriter) AddEpicComment(epic tracker.EpicID, c *tracker.Comment) error {
	id, err := w.Insert("a comment", "epic_comment", "epic_id, author, created_at, text", []any{epic, c.Author, millis(c.CreatedAt), c.Text})
	c.ID = tracker.CommentID(id)
	return err
}

// AddEpicFile implements tracker.Writer.
func (w epicWriter) AddEpicFile(f *tracker.StoryFile) error {
	id, err := w.Insert("an attachment", "epic_file", "epic_id, content, size, sum, author, created_at, name",
		[]any{f.EpicID, f.Content, f.Size, f.Sum, f.Author, millis(f.CreatedAt), f.Name})
	f.ID = tracker.FileID(id)
	return err
}
