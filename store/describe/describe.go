package describe

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"storydesk/store/catalogue"
	"storydesk/store/fault"
	"storydesk/store/files"
	"storydesk/store/migrations"
	"storydesk/store/place"
	"storydesk/store/postgres"
	"storydesk/store/sqlite"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

// patience is how long to wait for another program's write.
const patience = 10 * time.Second

// OnServer is where the content of attachments is for a database on a server.
const OnServer = "in the database"

// Describe tells what the database at a path or the URL of a server is. CodeInvalid, field
// "db", for a file that is not there.
func Describe(ctx context.Context, name string) (i verdict.StorageInfo, err error) {
	if i.Newest, err = migrations.Newest(); err != nil {
		return i, err
	}
	if strings.Contains(name, "://") {
		err = server(ctx, name, &i)
	} else {
		err = file(ctx, name, &i)
	}
	return i, err // after what fills it
}

func server(ctx context.Context, address string, i *verdict.StorageInfo) (err error) {
	s, schema, err := postgres.Look(ctx, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }() //nolint:contextcheck // closing must not end with ctx
	tx, err := s.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	i.Name, i.Engine, i.Schema, i.Attachments = s.Name, "PostgreSQL", schema, OnServer
	const facts = "SELECT current_setting('server_version'), pg_database_size(current_database())"
	err = tx.QueryRowContext(ctx, facts).Scan(&i.Version, &i.Size)
	i.Version, _, _ = strings.Cut(i.Version, " ") // the distribution's own name for it follows
	if err == nil {
		err = count(ctx, tx, true, i)
	}
	return fault.Explain(s.Name, "describing the database", err)
}

func file(ctx context.Context, path string, i *verdict.StorageInfo) (err error) {
	full, err := place.Locate(path)
	if err != nil {
		return err
	}
	_, err = os.Stat(full)
	if errors.Is(err, fs.ErrNotExist) {
		return tracker.Invalid("db", "there is no database %s yet: storydesk makes it when it starts", path)
	}
	if err != nil {
		return fault.Explain(path, "looking at the database", err)
	}
	i.Name, i.Engine, i.Version = full, "SQLite", sqlite.Version()
	i.Attachments = files.Beside(full).Path()
	db, err := sqlite.Connect(full, patience, url.Values{"mode": {"ro"}})
	if err != nil {
		return fault.Explain(path, "opening the database", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := sqlite.CheckOwner(ctx, db, full); err != nil {
		return fault.Explain(path, "opening the database", err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fault.Explain(path, "opening the database", err)
	}
	defer func() { _ = tx.Rollback() }()
	if err = count(ctx, tx, false, i); err == nil {
		// What was written last may not be in the file itself yet.
		err = tx.QueryRowContext(ctx, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()").Scan(&i.Size)
	}
	if err == nil {
		err = tx.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&i.Schema)
	}
	return fault.Explain(path, "describing the database", err)
}

// count counts the rows of each table.
func count(ctx context.Context, tx *sql.Tx, server bool, i *verdict.StorageInfo) error {
	tables, err := catalogue.Tables(ctx, tx, server)
	if err != nil {
		return err
	}
	for _, t := range tables {
		c := verdict.TableRows{Name: t.Name}
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+catalogue.Quote(t.Name)).Scan(&c.Rows); err != nil {
			return err
		}
		i.Tables = append(i.Tables, c)
	}
	slices.SortFunc(i.Tables, func(a, b verdict.TableRows) int { return strings.Compare(a.Name, b.Name) })
	return nil
}
