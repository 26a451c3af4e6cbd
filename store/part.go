package store

import (
	"fmt"
	"strings"

	"storydesk/store/query"
	"storydesk/tracker"
)

// partReader reads what hangs on stories.
type partReader struct{ of *reader }

// partWriter changes what hangs on stories.
type partWriter struct{ *statements }

const (
	// blockerOver is whether the story that a blocker names is waited for no longer.
	blockerOver = `(blocker.by_id IS NOT NULL AND NOT EXISTS (
		SELECT 1 FROM story AS other WHERE other.id = blocker.by_id AND other.state <> 'accepted' AND other.deleted_at = 0))`

	// blockerOpen chooses the blockers that are not resolved.
	blockerOpen = "blocker.resolved_at = 0 AND NOT " + blockerOver

	// countBlockers counts the open ones of a story.
	countBlockers = "(SELECT count(*) FROM blocker WHERE blocker.story_id = story.id AND " + blockerOpen + ")"

	// blockedStory joins the stories that have a blocker and are not done.
	blockedStory = "JOIN story ON story.id = blocker.story_id AND story.deleted_at = 0 AND story.state <> 'accepted'"

	selectBlocker = `SELECT blocker.id, blocker.story_id, blocker.by_id, blocker.author, blocker.created_at, blocker.resolved_at,
		blocker.text, ` + blockerOver

	// blockerName is the name of the story that a blocker names, empty for none.
	blockerName = "coalesce((SELECT other.name FROM story AS other WHERE other.id = blocker.by_id), '')"
)

func blockerRow(b *tracker.Blocker) []any {
	return []any{&b.ID, &b.StoryID, reference[tracker.StoryID]{&b.By}, &b.Author, instant{&b.CreatedAt}, instant{&b.ResolvedAt}, &b.Text, &b.Over, &b.Other}
}

// Blockers implements tracker.Reader.
func (r partReader) Blockers(story tracker.StoryID) ([]tracker.Blocker, error) {
	return query.All(r.of.Session, "the blockers", blockerRow, selectBlocker+", "+blockerName+" FROM blocker WHERE blocker.story_id = ? ORDER BY blocker.id", story)
}

// Blocking implements tracker.Reader.
func (r partReader) Blocking(story tracker.StoryID) ([]tracker.Blocker, error) {
	return query.All(r.of.Session, "what waits for "+storyName(story), blockerRow, selectBlocker+", story.name FROM blocker "+
		blockedStory+" WHERE blocker.by_id = ? AND "+blockerOpen+" ORDER BY blocker.id", story)
}

// Reviews implements tracker.Reader.
func (r partReader) Reviews(story tracker.StoryID) ([]tracker.Review, error) {
	return query.All(r.of.Session, "the reviews", func(v *tracker.Review) []any {
		return []any{&v.ID, &v.StoryID, &v.Type, &v.Reviewer, &v.Status, instant{&v.CreatedAt}, instant{&v.UpdatedAt}}
	}, "SELECT id, story_id, type, reviewer, status, created_at, updated_at FROM review WHERE story_id = ? ORDER BY id", story)
}

// Followers implements tracker.Reader.
func (r partReader) Followers(story tracker.StoryID) ([]string, error) {
	return query.All(r.of.Session, "the followers", query.Itself[string], "SELECT person FROM follower WHERE story_id = ? ORDER BY position", story)
}

// SaveBlocker implements tracker.Writer.
func (w partWriter) SaveBlocker(b *tracker.Blocker) error {
	id, err := w.Put("blocker", "blocker", int64(b.ID), "story_id, by_id, author, created_at, resolved_at, text",
		"(by_id, resolved_at, text) = (excluded.by_id, excluded.resolved_at, excluded.text)",
		b.StoryID, reference[tracker.StoryID]{&b.By}, b.Author, millis(b.CreatedAt), millis(b.ResolvedAt), b.Text)
	if err == nil {
		b.ID = tracker.BlockerID(id)
	}
	return err
}

// RemoveBlocker implements tracker.Writer.
func (w partWriter) RemoveBlocker(id tracker.BlockerID) error {
	return w.remove("blocker", int64(id))
}

// SaveReview implements tracker.Writer.
func (w partWriter) SaveReview(v *tracker.Review) error {
	id, err := w.Put("review", "review", int64(v.ID), "story_id, type, reviewer, status, created_at, updated_at",
		"(type, reviewer, status, updated_at) = (excluded.type, excluded.reviewer, excluded.status, excluded.updated_at)",
		v.StoryID, v.Type, v.Reviewer, v.Status, millis(v.CreatedAt), millis(v.UpdatedAt))
	if err == nil {
		v.ID = tracker.ReviewID(id)
	}
	return err
}

// RemoveReview implements tracker.Writer.
func (w partWriter) RemoveReview(id tracker.ReviewID) error { return w.remove("review", int64(id)) }

// SaveFollowers implements tracker.Writer.
func (w partWriter) SaveFollowers(story tracker.StoryID, people []string) error {
	_, err := w.Exec("removing followers", "DELETE FROM follower WHERE story_id = ?", story)
	for i, person := range people {
		if err != nil {
			return err
		}
		_, err = w.Exec("adding a follower", "INSERT INTO follower (story_id, position, person) VALUES (?, ?, ?)", story, i, person)
	}
	return err
}

// remove removes a row of a table by its id. It fails with CodeNotFound.
func (w partWriter) remove(table string, id int64) error {
	name := fmt.Sprintf("%s %d", table, id)
	removed, err := w.Exec("removing "+name, "DELETE FROM "+table+" WHERE id = ?", id)
	if err == nil && removed == 0 {
		return query.NotFound(name)
	}
	return err
}

// selectOpen counts what is open of stories that have something open, by story. Of tasks
// only those of stories that are accepted next are counted, for the others there may be
// many.
func selectOpen() string {
	return `
	SELECT story_id,
		count(CASE WHEN kind = 'task' THEN 1 END), count(CASE WHEN kind = 'blocker' THEN 1 END),
		count(CASE WHEN kind = 'review' THEN 1 END), count(CASE WHEN kind = 'blocks' THEN 1 END)
	FROM (
		SELECT story_id, 'task' AS kind FROM story_task WHERE done = false AND story_id IN (
			SELECT id FROM story WHERE project_id = ? AND ` + acceptedNext() + `)
		UNION ALL SELECT story_id, 'review' FROM review WHERE status <> 'pass'
		UNION ALL SELECT blocker.story_id, 'blocker' FROM blocker WHERE ` + blockerOpen + `
		UNION ALL SELECT blocker.by_id, 'blocks' FROM blocker ` + blockedStory + `
			WHERE blocker.by_id IS NOT NULL AND ` + blockerOpen + ` GROUP BY blocker.by_id, blocker.story_id
	) AS part GROUP BY story_id`
}

// acceptedNext is the condition that the next step of a story accepts it, which is the
// domain's to say.
func acceptedNext() string {
	points := 0.0
	var cases []string
	for _, s := range tracker.States() {
		for _, t := range tracker.StoryTypes() {
			if offered := tracker.Actions(t, s, &points, tracker.Project{}); len(offered) > 0 && tracker.AcceptedBy(offered[0], t) {
				cases = append(cases, fmt.Sprintf("story.state = '%s' AND story.type = '%s'", s, t))
			}
		}
	}
	return "(" + strings.Join(cases, " OR ") + ")"
}

// countOpen are the columns that count what is open of a story: tasks where it is accepted
// next, blockers and reviews.
func countOpen() string {
	return "CASE WHEN " + acceptedNext() + " THEN (SELECT count(*) FROM story_task WHERE story_task.story_id = story.id AND story_task.done = false) ELSE 0 END, " +
		countBlockers + ", (SELECT count(*) FROM review WHERE review.story_id = story.id AND review.status <> 'pass')"
}
