package store

import (
	"fmt"

	"storydesk/store/query"
	"storydesk/tracker"
)

// Comments implements tracker.Reader.
func (r *reader) Comments(story tracker.StoryID) ([]tracker.Comment, error) {
	return query.All(r.Session, "the comments", func(c *tracker.Comment) []any {
		return []any{&c.ID, &c.StoryID, &c.Author, &c.Text, instant{&c.CreatedAt}}
	}, "SELECT id, story_id, author, text, created_at FROM comment WHERE story_id = ? ORDER BY id", story)
}

// AddComment implements tracker.Writer.
func (w *storyWriter) AddComment(c *tracker.Comment) error {
	id, err := w.Insert("a comment", "comment", "story_id, author, text, created_at",
		[]any{c.StoryID, c.Author, c.Text, millis(c.CreatedAt)})
	if err != nil {
		return err
	}
	c.ID = tracker.CommentID(id)
	return w.appendText(c.StoryID, c.Text)
}

// RemoveComment implements tracker.Writer.
func (w *storyWriter) RemoveComment(id tracker.CommentID) error {
	name := fmt.Sprintf("comment %d", id)
	story, err := query.One(w.Session, name, query.Itself[tracker.StoryID], "DELETE FROM comment WHERE id = ? RETURNING story_id", id)
	if err != nil {
		return err
	}
	w.held.takeComments(story)
	s, err := storyOrDeleted(&w.reader, story)
	if err != nil {
		return err
	}
	comments, err := w.commentTexts(story)
	if err != nil {
		return err
	}
	return w.writeText(&s, comments)
}

// Activities implements tracker.Reader.
func (r *reader) Activities(story tracker.StoryID) ([]tracker.Activity, error) {
	return query.All(r.Session, "the history", func(a *tracker.Activity) []any {
		return []any{&a.ID, &a.StoryID, &a.Actor, &a.Verb, array[tracker.FieldChange]{&a.Changes}, instant{&a.At}}
	}, "SELECT id, story_id, actor, verb, changes, at FROM activity WHERE story_id = ? ORDER BY id DESC", story)
}

// AddActivity implements tracker.Writer.
func (w *storyWriter) AddActivity(a *tracker.Activity) error {
	id, err := w.Insert("an activity", "activity", "story_id, actor, verb, changes, at",
		[]any{a.StoryID, a.Actor, a.Verb, array[tracker.FieldChange]{&a.Changes}, millis(a.At)})
	a.ID = tracker.ActivityID(id)
	return err
}
