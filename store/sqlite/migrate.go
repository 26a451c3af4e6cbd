package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"storydesk/store/migrations"
	"storydesk/store/place"
	"storydesk/tracker"
)

// applicationID is what our files carry in their header; see the first migration.
const applicationID = 0x7364736b

// Migrate brings the schema of the file at path up to date by steps, which are files of SQL named
// by version. The caller holds the lock for opening.
func Migrate(ctx context.Context, db *sql.DB, path string, steps fs.FS) error {
	if current, err := isCurrent(ctx, db, steps); err != nil {
		return fmt.Errorf("reading the schema's version: %w", err)
	} else if current {
		return nil
	}
	list, err := gooseMigrations(steps)
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, nil,
		goose.WithGoMigrations(list...), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	current, newest, err := provider.GetVersions(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("reading the schema's version: %w", err)
	case current > newest:
		return tracker.Errorf(tracker.CodeRefused,
			"a newer storydesk made the database %s (schema %d, this program knows %d): update storydesk, or choose another file with --db",
			path, current, newest)
	case current > 0:
		if err := BackUp(ctx, db, fmt.Sprintf("%s.before-%d", path, newest)); err != nil {
			return fmt.Errorf("copying the database before its upgrade: %w", err)
		}
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("upgrading the schema from %d to %d: %w", current, newest, err)
	}
	return nil
}

// isCurrent reports whether the last of the steps is the last that was taken. Every start
// asks this, nearly every one gets yes, and goose would read all steps first.
func isCurrent(ctx context.Context, db *sql.DB, steps fs.FS) (bool, error) {
	newest, err := migrations.NewestOf(steps)
	if err != nil {
		return false, err
	}
	var begun bool
	err = db.QueryRowContext(ctx, "SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'goose_db_version'").Scan(&begun)
	if err != nil || !begun {
		return false, err
	}
	versions, err := database.NewStore(goose.DialectSQLite3, "goose_db_version")
	if err != nil {
		return false, err
	}
	version, err := versions.GetLatestVersion(ctx, db)
	if errors.Is(err, database.ErrVersionNotFound) {
		return false, nil
	}
	return version == newest, err
}

// gooseMigrations makes goose's migrations from files of SQL. SQLite runs each of
// them whole: goose's own reader splits them into statements, for which it takes
// buffers of 4 MiB.
func gooseMigrations(steps fs.FS) ([]*goose.Migration, error) {
	names, err := fs.Glob(steps, "*.sql")
	if err != nil {
		return nil, err
	}
	var list []*goose.Migration
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, err
		}
		text, err := fs.ReadFile(steps, name)
		if err != nil {
			return nil, err
		}
		// What follows would be run too: there is no way down.
		if strings.Contains(string(text), "+goose Down") {
			return nil, fmt.Errorf("%s has a step down", name)
		}
		list = append(list, goose.NewGoMigration(version, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, string(text)); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		}}, nil))
	}
	return list, nil
}

// Adopt turns a file of ours to WAL, which all later connections then find it in, and
// makes it its owner's only. It fails with CodeRefused, and changes nothing, when
// another program made the file.
func Adopt(ctx context.Context, db *sql.DB, path string) error {
	if err := CheckOwner(ctx, db, path); err != nil {
		return err
	}
	if err := place.MakePrivate(path); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return fmt.Errorf("turning the file to WAL: %w", err)
	}
	return nil
}

// CheckOwner fails with CodeRefused when another program made the file.
func CheckOwner(ctx context.Context, db *sql.DB, path string) error {
	var application, tables int64
	// goose's table may stand alone when the first start was cut short.
	err := db.QueryRowContext(ctx, `
		SELECT (SELECT application_id FROM pragma_application_id), count(*) FROM sqlite_schema
		WHERE tbl_name <> 'goose_db_version' AND tbl_name NOT LIKE 'sqlite\_%' ESCAPE '\'`).Scan(&application, &tables)
	if err != nil {
		return fmt.Errorf("reading the schema: %w", err)
	}
	if tables > 0 && application != applicationID {
		return tracker.Errorf(tracker.CodeRefused, "%s belongs to another program: choose another file with --db", path)
	}
	return nil
}

// BackUp writes a whole, synced copy of the database for its owner only. It
// takes the place of an older copy with that name once it is complete.
func BackUp(ctx context.Context, from *sql.DB, to string) error {
	draft := to + ".tmp"
	if err := place.CheckFiles(to, draft); err != nil {
		return err
	}
	if err := os.Remove(draft); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := os.OpenFile(draft, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	// SQLite fills a file that is empty.
	_, err = from.ExecContext(ctx, "VACUUM INTO ?", draft)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(draft, to)
}
