package postgres

import (
	"context"
	"errors"
	"fmt"

	"storydesk/tracker/verdict"
)

// found is what is found on a server without changing it: the server's version and that of
// the schema, 0 where there are no tables yet.
type found struct {
	name, version string
	schema        int64
}

// Check looks at the database at an address without changing it. newest is the latest schema
// that this program knows.
func Check(ctx context.Context, address string, newest int64) verdict.StorageReport {
	f, err := inspect(ctx, address)
	if err != nil {
		return verdict.StorageReport{Checks: []verdict.Check{verdict.FailedCheck("database", err)}}
	}
	check := verdict.Check{Name: "database", Level: verdict.LevelOK, Text: fmt.Sprintf("%s, PostgreSQL %s, schema %d", f.name, f.version, f.schema)}
	switch {
	case f.schema > newest:
		check.Level = verdict.LevelFailed
		check.Text += fmt.Sprintf("; a newer storydesk made it, this one knows schema %d", newest)
		check.Steps = []string{"update storydesk, or choose another database with --db"}
	case f.schema == 0:
		check.Text += "; opening it makes its tables"
	case f.schema < newest:
		check.Text += fmt.Sprintf("; opening it upgrades it to %d: back it up first with pg_dump", newest)
	}
	return verdict.StorageReport{Usable: f.schema <= newest, Checks: []verdict.Check{check}}
}

func inspect(ctx context.Context, address string) (f found, err error) {
	s, err := connect(address)
	if err != nil {
		return found{}, err
	}
	defer func() { err = errors.Join(err, s.Close()) }() //nolint:contextcheck // closing must not end with ctx
	f.name = s.Name
	versions, err := versionTable()
	if err == nil {
		f.schema, err = schemaVersion(ctx, s, versions)
	}
	if err == nil {
		err = s.Readers.QueryRowContext(ctx, "SELECT current_setting('server_version')").Scan(&f.version)
	}
	return f, s.fault(ctx, "looking at the database", err)
}
