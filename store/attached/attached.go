// Package attached lists the attachments of a database, on SQLite or PostgreSQL, those that were
// removed and can come back included.
package attached

import (
	"context"
	"errors"

	"storydesk/store/catalogue"
	"storydesk/tracker"
)

// Those that stories and epics have.
const (
	ofStories = "SELECT story_id, 0, name, content, size, sum, id FROM story_file"
	ofEpics   = "SELECT 0, epic_id, name, content, size, sum, id FROM epic_file"
)

// List lists all attachments of a database with the newest schema.
func List(ctx context.Context, db catalogue.Querier) ([]tracker.StoryFile, error) {
	return list(ctx, db, ofStories+" UNION ALL "+ofEpics)
}

// OfStories is List of a schema in which epics have none.
func OfStories(ctx context.Context, db catalogue.Querier) ([]tracker.StoryFile, error) {
	return list(ctx, db, ofStories)
}

func list(ctx context.Context, db catalogue.Querier, query string) (all []tracker.StoryFile, err error) {
	rows, err := db.QueryContext(ctx, query+" ORDER BY 2, 7")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var f tracker.StoryFile
		if err := rows.Scan(&f.StoryID, &f.EpicID, &f.Name, &f.Content, &f.Size, &f.Sum, &f.ID); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, rows.Err()
}
