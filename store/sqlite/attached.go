package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"net/url"

	"storydesk/store/attached"
	"storydesk/store/fault"
	"storydesk/store/files"
	"storydesk/store/place"
	"storydesk/tracker"
)

// FilesOf returns the folder with the files of the attachments of the database at path.
func FilesOf(path string) (files.Folder, error) {
	found, err := place.Locate(path)
	return files.Beside(found), err
}

// Files lists the attachments of the database at path, those that were removed and can
// come back included.
func Files(ctx context.Context, path string) (list []tracker.StoryFile, err error) {
	if path, err = existing(path); err != nil {
		return nil, err
	}
	db, err := Connect(path, backupPatience, url.Values{"mode": {"ro"}})
	if err != nil {
		return nil, fault.Explain(path, "opening the database", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	list, err = FilesIn(ctx, db)
	return list, fault.Explain(path, "reading the attachments", err)
}

// CopyFiles copies the files of attachments from the folder beside one database to that
// beside another.
func CopyFiles(ctx context.Context, path, to string, list []tracker.StoryFile) error {
	from, err := FilesOf(path)
	if err != nil {
		return err
	}
	target, err := FilesOf(to)
	if err != nil {
		return err
	}
	return from.CopyTo(ctx, target, list)
}

// FilesIn lists all attachments of a database, those that were removed included; none of
// one whose schema knows none.
func FilesIn(ctx context.Context, db *sql.DB) ([]tracker.StoryFile, error) {
	var known int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name IN ('story_file', 'epic_file')").Scan(&known); err != nil {
		return nil, err
	}
	switch known {
	case 0:
		return nil, nil
	case 1:
		return attached.OfStories(ctx, db)
	}
	return attached.List(ctx, db)
}
