package store

import (
	"fmt"
	"time"

	"storydesk/store/files"
	"storydesk/store/query"
	"storydesk/tracker"
)

// Files implements tracker.Reader.
func (r partReader) Files(story tracker.StoryID) ([]tracker.StoryFile, error) {
	list, err := query.All(r.of.Session, "the attachments", func(f *tracker.StoryFile) []any {
		return []any{&f.ID, &f.StoryID, &f.Name, &f.Size, &f.Content, &f.Sum, &f.Author, instant{&f.CreatedAt}}
	}, `SELECT id, story_id, name, size, content, sum, author, created_at FROM story_file
		WHERE story_id = ? AND removed_at = 0 ORDER BY id`, story)
	if err != nil || len(list) == 0 {
		return list, err
	}
	type carried struct {
		file    tracker.FileID
		comment tracker.CommentID
	}
	carries, err := query.All(r.of.Session, "the attachments of comments", func(c *carried) []any { return []any{&c.file, &c.comment} },
		`SELECT file_id, comment_id FROM comment_file JOIN story_file ON story_file.id = file_id
			WHERE story_id = ? ORDER BY comment_id`, story)
	for _, c := range carries {
		for i := range list {
			if list[i].ID == c.file {
				list[i].Comments = append(list[i].Comments, c.comment)
			}
		}
	}
	return list, err
}

// SaveFile implements tracker.Writer.
func (w partWriter) SaveFile(f *tracker.StoryFile) error {
	id, err := w.Put("attachment", "story_file", int64(f.ID), "story_id, content, size, sum, author, created_at, removed_at, name",
		"(name, removed_at) = (excluded.name, excluded.removed_at)",
		f.StoryID, f.Content, f.Size, f.Sum, f.Author, millis(f.CreatedAt), 0, f.Name)
	if err == nil {
		f.ID = tracker.FileID(id)
	}
	return err
}

// RemoveFile implements tracker.Writer.
func (w partWriter) RemoveFile(id tracker.FileID, at time.Time) error {
	name := fmt.Sprintf("attachment %d", id)
	removed, err := w.Exec("removing "+name, "UPDATE story_file SET removed_at = ? WHERE id = ? AND removed_at = 0", millis(at), id)
	if err == nil && removed == 0 {
		return query.NotFound(name)
	}
	return err
}

// CarryFile implements tracker.Writer.
func (w partWriter) CarryFile(comment tracker.CommentID, file tracker.FileID) error {
	_, err := w.Exec("attaching to a comment", "INSERT INTO comment_file (comment_id, file_id) VALUES (?, ?) ON CONFLICT (comment_id, file_id) DO NOTHING", comment, file)
	return err
}

// ForgetFiles implements tracker.Writer.
func (w partWriter) ForgetFiles(before time.Time) ([]string, error) {
	if _, err := w.Exec("forgetting attachments", "DELETE FROM story_file WHERE removed_at > 0 AND removed_at < ?", millis(before)); err != nil {
		return nil, err
	}
	return query.All(w.Session, "the contents of attachments", query.Itself[string], "SELECT content FROM story_file UNION SELECT content FROM epic_file")
}

// Files returns the folder with the files of the database's attachments.
func (db *DB) Files() files.Folder { return files.Beside(db.path) }
