package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"storydesk/tracker"
)

// connectTime is how long to wait for a server to answer.
const connectTime = 10 * time.Second

// oldest is the first version of PostgreSQL that works, as the server counts.
const oldest = 150000

// versionTable is where the versions of the schema stand.
func versionTable() (database.Store, error) {
	return database.NewStore(goose.DialectPostgres, "goose_db_version")
}

// migrate brings the schema up to date and returns its version.
func migrate(ctx context.Context, s *Server, newest int64, read func() ([]Step, error)) (version int64, err error) {
	versions, err := versionTable()
	if err != nil {
		return 0, err
	}
	current, err := schemaVersion(ctx, s, versions)
	if err != nil {
		return 0, err
	}
	if current > newest {
		return 0, tracker.Errorf(tracker.CodeRefused,
			"a newer storydesk made the database %s (schema %d, this program knows %d): update storydesk, or choose another database with --db",
			s.Name, current, newest)
	}
	if current == newest {
		return newest, nil
	}
	steps, err := read()
	if err != nil {
		return 0, err
	}
	for try := 0; current < newest; try++ {
		err := upgrade(ctx, s, versions, steps)
		if err == nil {
			break
		}
		// Programs that start at once make the first table at once, of which one fails.
		if try == tries || !Again(err) && current > 0 {
			return 0, fmt.Errorf("upgrading the schema from %d to %d: %w", current, newest, err)
		}
		if current, err = schemaVersion(ctx, s, versions); err != nil {
			return 0, err
		}
	}
	return newest, nil
}

// tries is how often an upgrade is tried again that another program's kept from its end.
const tries = 5

// schemaVersion is 0 for a database that has no tables yet. It fails with CodeRefused for
// a server that is too old, and for another program's tables.
func schemaVersion(ctx context.Context, s *Server, versions database.Store) (int64, error) {
	var server, tables, ours int64
	var encoding string
	// The table of tables is asked, for the standard's view of it takes longer than all else here.
	err := s.Writers.QueryRowContext(ctx, `
		SELECT CAST(current_setting('server_version_num') AS BIGINT), current_setting('server_encoding'), count(*),
			count(CASE WHEN tablename IN ('goose_db_version', 'revision', 'lane') THEN 1 END)
		FROM pg_catalog.pg_tables WHERE schemaname = current_schema()`).Scan(&server, &encoding, &tables, &ours)
	switch {
	case err != nil:
		return 0, fmt.Errorf("reading the schema's version: %w", err)
	case server < oldest:
		return 0, tracker.Errorf(tracker.CodeRefused, "the server of the database %s is PostgreSQL %d: storydesk needs 15 or newer", s.Name, server/10000)
	case encoding != "UTF8":
		return 0, tracker.Errorf(tracker.CodeRefused,
			"the database %s stores text as %s: create one with ENCODING 'UTF8' and choose it with --db", s.Name, encoding)
	case tables == 0:
		return 0, nil
	case ours < 3:
		return 0, tracker.Errorf(tracker.CodeRefused,
			"the database %s belongs to another program: create a database for storydesk alone, and choose it with --db", s.Name)
	}
	version, err := versions.GetLatestVersion(ctx, s.Writers)
	if err != nil {
		return 0, fmt.Errorf("reading the schema's version: %w", err)
	}
	return version, nil
}

// upgrade applies the steps that the schema lacks, in one transaction. Until it ends, who
// upgrades too waits for the first row of the table revision, and who changes rows for the
// row of its own; from then on a program that knows an older schema changes nothing. When a
// row was changed stays: its handle may have to find out by that whether its last commit was made.
func upgrade(ctx context.Context, s *Server, versions database.Store, steps []Step) (err error) {
	tx, err := s.Writers.BeginTx(ctx, change())
	if err != nil {
		return err
	}
	defer func() {
		if undo := tx.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			err = errors.Join(err, undo)
		}
	}()
	newest := steps[len(steps)-1].Version
	for _, statement := range []string{
		`CREATE TABLE IF NOT EXISTS revision (
			writer TEXT PRIMARY KEY, value BIGINT NOT NULL, schema BIGINT NOT NULL, changed_at BIGINT NOT NULL)`,
		"INSERT INTO revision (writer, value, schema, changed_at) VALUES ('', 0, 0, 0) ON CONFLICT (writer) DO NOTHING",
		"SELECT writer FROM revision WHERE writer = '' FOR UPDATE",
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("locking the schema: %w", err)
		}
	}
	if _, err := tx.ExecContext(ctx, "UPDATE revision SET schema = $1, value = value + 1", newest); err != nil {
		return fmt.Errorf("locking the schema: %w", err)
	}
	current, err := beginVersions(ctx, tx, versions)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if step.Version <= current {
			continue
		}
		if _, err := tx.ExecContext(ctx, step.Text); err != nil {
			return fmt.Errorf("%s: %w", step.Name, err)
		}
		if err := versions.Insert(ctx, tx, database.InsertRequest{Version: step.Version}); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// beginVersions returns the schema's version, and makes the table of versions where there
// is none.
func beginVersions(ctx context.Context, tx *sql.Tx, versions database.Store) (int64, error) {
	var there bool
	const table = `SELECT EXISTS (SELECT 1 FROM information_schema.tables
		WHERE table_schema = current_schema() AND table_name = 'goose_db_version')`
	if err := tx.QueryRowContext(ctx, table).Scan(&there); err != nil {
		return 0, err
	}
	if there {
		return versions.GetLatestVersion(ctx, tx)
	}
	if err := versions.CreateVersionTable(ctx, tx); err != nil {
		return 0, err
	}
	return 0, versions.Insert(ctx, tx, database.InsertRequest{})
}
