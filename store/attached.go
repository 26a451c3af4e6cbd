package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"storydesk/store/fault"
	"storydesk/store/files"
	"storydesk/store/place"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

// FilesOf returns the folder with the files of the attachments of the database at path.
func FilesOf(path string) (files.Folder, error) {
	found, err := place.Locate(path)
	return files.Beside(found), err
}

// Files returns the folder with the files of the database's attachments.
func (db *DB) Files() files.Folder { return files.Beside(db.path) }

// Files lists the attachments of the database at path, those that were removed and can
// come back included.
func Files(ctx context.Context, path string) (list []tracker.StoryFile, err error) {
	if path, err = existing(path); err != nil {
		return nil, err
	}
	db, err := connect(path, backupPatience, url.Values{"mode": {"ro"}})
	if err != nil {
		return nil, fault.Explain(path, "opening the database", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	list, err = filesOf(ctx, db)
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

// filesOf lists all attachments of a database, those that were removed included; none of
// one whose schema knows none.
func filesOf(ctx context.Context, db *sql.DB) (list []tracker.StoryFile, err error) {
	var known bool
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = 'story_file'").Scan(&known); err != nil || !known {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT story_id, name, content, size, sum FROM story_file ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var f tracker.StoryFile
		if err := rows.Scan(&f.StoryID, &f.Name, &f.Content, &f.Size, &f.Sum); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// checkFiles looks for the files of a database's attachments; nothing is said of one
// without attachments.
func checkFiles(ctx context.Context, f facts) []verdict.Check {
	if len(f.files) == 0 {
		return nil
	}
	folder := files.Beside(f.path)
	var missing, altered []string
	var size int64
	for _, of := range f.files {
		size += of.Size
		name := of.StoryID.String() + " " + of.Name
		switch state, err := folder.Check(ctx, of); {
		case err != nil:
			return []verdict.Check{verdict.FailedCheck("attachments", fmt.Errorf("%s cannot be read: %w", folder.Path(), err))}
		case state == files.Missing && !slices.Contains(missing, name):
			missing = append(missing, name)
		case state == files.Altered && !slices.Contains(altered, name):
			altered = append(altered, name)
		}
	}
	if len(missing)+len(altered) == 0 {
		return []verdict.Check{{Name: "attachments", Level: verdict.LevelOK, Text: fmt.Sprintf("%s, %s, in %s",
			tracker.Counted(len(f.files), "file", "files"), bytesText(size), folder.Path())}}
	}
	said := func(what string, names []string) string {
		if len(names) == 0 {
			return ""
		}
		more := ""
		if n := len(names) - damageTold; n > 0 {
			more = fmt.Sprintf(" and %d more", n)
		}
		return what + " " + strings.Join(names[:min(len(names), damageTold)], ", ") + more
	}
	both := slices.DeleteFunc([]string{said("missing:", missing), said("altered:", altered)}, func(s string) bool { return s == "" })
	return []verdict.Check{{
		Name: "attachments", Level: verdict.LevelFailed, Text: "files in " + folder.Path() + " are not as they were attached; " + strings.Join(both, "; "),
		Causes: []string{"the database was copied or moved without that folder", "another program changed or removed files in it"},
		Steps:  []string{"copy the folder of a backup, whose name ends in " + files.Ending + ", to that place", "or remove the attachments and add them again"},
	}}
}
