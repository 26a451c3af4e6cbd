package store

import (
	"fmt"
	"strings"

	"storydesk/store/query"
	"storydesk/store/searched"
	"storydesk/tracker"
)

// writeText renews what is searched of a story. comments are a line each, each begun by
// the end of the line before it.
func (w *storyWriter) writeText(s *tracker.Story, comments string) error {
	return w.Later("saving the text of "+storyName(s.ID), `
		INSERT INTO story_text (story_id, text) SELECT id, ? FROM story WHERE id = ?
		ON CONFLICT (story_id) DO UPDATE SET text = excluded.text WHERE story_text.text <> excluded.text`, searched.Text(s, comments), s.ID)
}

// selectCommentTexts reads a story's comments as writeText takes them.
const selectCommentTexts = "SELECT coalesce(string_agg('\n' || text, '' ORDER BY id), '') FROM comment WHERE story_id = ?"

// commentTexts reads a story's comments as writeText takes them.
func (w *storyWriter) commentTexts(id tracker.StoryID) (string, error) {
	if texts := w.held.takeComments(id); texts != nil {
		there, err := query.Only(w.Session, "comments", query.Itself[string], texts.asked)
		return there + texts.added, err
	}
	return query.One(w.Session, "comments", query.Itself[string], selectCommentTexts, id)
}

// appendText adds to what is searched of a story.
func (w *storyWriter) appendText(id tracker.StoryID, text string) error {
	w.held.commented(id, "\n"+text)
	return w.Later("saving the text of "+storyName(id),
		"UPDATE story_text SET text = text || ? WHERE story_id = ?", "\n"+strings.ToLower(text), id)
}

// FindStories implements tracker.Reader. What is not asked for is not read: of 10,000
// stories the facts take 15 ms, the names as much again, and the dates 15 ms.
func (r searchReader) FindStories(q tracker.StorySearch) ([]tracker.StoryFound, error) {
	s := searching{columns: []string{"id", "coalesce(board_group = 0 AND accepted_at < ?, false)"}, args: []any{millis(q.Since)}, from: "story"}
	s.read(q.Facts, cardFactColumns, "accepted_at")
	s.read(q.Names, "name")
	s.read(q.Dates, "created_at", "updated_at")
	s.read(q.Links, "(SELECT json_group_array(ticket_id) FROM link WHERE link.story_id = story.id)")
	s.read(q.Blockers, countBlockers)
	if len(q.Must)+len(q.Others) > 0 {
		s.from = "story JOIN story_text ON story_text.story_id = story.id"
	}
	if len(q.Others) > 0 {
		s.columns = append(s.columns, s.said(q.Others))
	}
	s.args = append(s.args, q.Project)
	for _, word := range q.Must {
		s.where += " AND " + s.has(word)
	}
	known := map[string]tracker.Card{}
	return query.All(r.of.Session, "what was searched", func(f *tracker.StoryFound) []any {
		into := []any{(*int64)(&f.ID), &f.InDone}
		add := func(asked bool, fields ...any) {
			if asked {
				into = append(into, fields...)
			}
		}
		add(q.Facts, cardFacts{&f.Card, known}, optionalInstant{&f.AcceptedAt})
		add(q.Names, &f.Name)
		add(q.Dates, instant{&f.CreatedAt}, instant{&f.UpdatedAt})
		add(q.Links, array[tracker.TicketID]{&f.Links})
		add(q.Blockers, &f.Open.Blockers)
		add(len(q.Others) > 0, saidBits{&f.Said})
		return into
	}, "SELECT "+strings.Join(s.columns, ", ")+" FROM "+s.from+" WHERE project_id = ?"+s.where+" AND "+notDeleted+boardOrder, s.args...)
}

// searching is a query while it is made.
type searching struct {
	columns     []string
	from, where string
	args        []any
}

// read adds columns that are asked for.
func (s *searching) read(asked bool, columns ...string) {
	if asked {
		s.columns = append(s.columns, columns...)
	}
}

// has is the condition that a text is written in a story.
func (s *searching) has(text string) string {
	s.args = append(s.args, searched.Pattern(text))
	return "text LIKE ? ESCAPE '" + searched.Escape + "'"
}

// said is the column with a bit for each of some words that is written in a story.
func (s *searching) said(words []string) string {
	bits := make([]string, len(words))
	for i, word := range words {
		bits[i] = fmt.Sprintf("CASE WHEN %s THEN %d ELSE 0 END", s.has(word), 1<<i)
	}
	return strings.Join(bits, " | ")
}

// saidBits reads bits.
type saidBits struct{ of *uint64 }

// Scan implements sql.Scanner.
func (s saidBits) Scan(column any) error {
	n, err := integer(column)
	*s.of = uint64(n) //nolint:gosec // the highest bit is not used
	return err
}

// Writings implements tracker.Reader.
func (r searchReader) Writings(ids []tracker.StoryID) ([]tracker.Writing, error) {
	return query.All(r.of.Session, "what is written in stories", func(w *tracker.Writing) []any {
		return []any{(*int64)(&w.Story), &w.Kind, &w.Author, &w.Text}
	}, `SELECT story, kind, author, text FROM (
			SELECT id AS story, 0 AS part, 0 AS place, 'description' AS kind, '' AS author, description AS text
				FROM story WHERE id IN (SELECT value FROM json_each(?1)) AND description <> ''
			UNION ALL SELECT story_id, 1, id, 'comment', author, text FROM comment WHERE story_id IN (SELECT value FROM json_each(?1))
			UNION ALL SELECT story_id, 2, position, 'task', '', text FROM story_task WHERE story_id IN (SELECT value FROM json_each(?1))
		) AS writing ORDER BY story, part, place`, array[tracker.StoryID]{&ids})
}
