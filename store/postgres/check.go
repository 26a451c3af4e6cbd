package postgres

import (
	"context"
	"crypto/tls"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/stdlib"

	"storydesk/store/attached"
	"storydesk/store/files"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

// found is what is found on a server without changing it.
type found struct {
	name, version string
	// schema is the version of the tables, 0 where there are none yet, newest the latest that
	// this program knows.
	schema, newest int64
	// local is true for a server on this machine, encrypted where a connection to it is, and
	// verified where it must prove its name.
	local, encrypted, verified bool
	// protocol is that of the encryption.
	protocol string
	// readOnly is true for a server that takes no changes.
	readOnly bool
	// creates is true for a user who may add tables; lacks are the tables that it cannot use.
	creates bool
	lacks   []string
	// ahead is by how much this machine's clock is ahead of the server's.
	ahead time.Duration
	// attached is the state of the attachments, empty where their tables are not the newest or
	// cannot be read.
	attached files.Survey
}

// Check looks at the database at an address without changing it. newest is the latest schema
// that this program knows.
func Check(ctx context.Context, address string, newest int64) verdict.StorageReport {
	f, err := inspect(ctx, address, newest)
	if err != nil {
		return verdict.StorageReport{Checks: []verdict.Check{verdict.FailedCheck("database", err)}}
	}
	checks := append([]verdict.Check{f.checkSchema(), f.checkEncryption(), f.checkRights(), f.checkClock()}, f.attached.Check("the database",
		[]string{"another program removed rows of the table file_part", "a backup was restored without that table"},
		[]string{"restore the table from a backup", "or remove the attachments and add them again"})...)
	usable := true
	for _, c := range checks {
		usable = usable && c.Level != verdict.LevelFailed
	}
	return verdict.StorageReport{Usable: usable, Checks: checks}
}

func (f *found) checkSchema() verdict.Check {
	check := verdict.Check{Name: "database", Level: verdict.LevelOK, Text: fmt.Sprintf("%s, PostgreSQL %s, schema %d", f.name, f.version, f.schema)}
	switch {
	case f.schema > f.newest:
		check.Level = verdict.LevelFailed
		check.Text += fmt.Sprintf("; a newer storydesk made it, this one knows schema %d", f.newest)
		check.Steps = []string{"update storydesk, or choose another database with --db"}
	case f.schema == 0:
		check.Text += "; opening it makes its tables"
	case f.schema < f.newest:
		check.Text += fmt.Sprintf("; opening it upgrades it to %d: back it up first with pg_dump", f.newest)
	}
	return check
}

func (f *found) checkEncryption() verdict.Check {
	check := verdict.Check{Name: "encryption", Level: verdict.LevelOK}
	switch {
	case f.local && !f.encrypted:
		check.Text = "the server is on this computer"
	case !f.encrypted:
		check.Level, check.Text = verdict.LevelWarning, "the connection is not encrypted: others on the network can read and change what is sent"
		check.Steps = []string{"turn TLS on in the server, and add sslmode=verify-full to the address"}
	case !f.verified:
		check.Level, check.Text = verdict.LevelWarning, "the connection is encrypted ("+f.protocol+"), but any server could answer in place of yours"
		check.Steps = []string{"add sslmode=verify-full to the address, and sslrootcert=FILE if your own authority signed the certificate"}
	default:
		check.Text = "the connection is encrypted (" + f.protocol + "), and the server has proved its name"
	}
	return check
}

func (f *found) checkRights() verdict.Check {
	check := verdict.Check{Name: "rights", Level: verdict.LevelOK, Text: "this user may read and change everything, and upgrade the database"}
	switch {
	case f.readOnly:
		check.Level, check.Text = verdict.LevelFailed, "the server is read-only, such as a replica is: nothing can be saved"
		check.Steps = []string{"choose the primary server with --db"}
	case len(f.lacks) > 0:
		check.Level, check.Text = verdict.LevelFailed, fmt.Sprintf("this user may not read or change %s (such as %s)", tracker.Counted(len(f.lacks), "table", "tables"), f.lacks[0])
		check.Steps = []string{"let the database's owner run the grants in docs/team.md"}
	case !f.creates && f.schema < f.newest:
		check.Level, check.Text = verdict.LevelFailed, "this user may not make tables, and the database has to be upgraded"
		check.Steps = []string{"start storydesk once as the database's owner, or let the owner run the grants in docs/team.md"}
	case !f.creates:
		check.Text = "this user may read and change everything; only the database's owner can upgrade it"
	}
	return check
}

// clockSlack is how far two clocks may be apart, clockLimit how far before one program takes
// over what another still does.
const (
	clockSlack = 2 * time.Second
	clockLimit = 30 * time.Second
)

func (f *found) checkClock() verdict.Check {
	apart := f.ahead.Abs()
	if apart <= clockSlack {
		return verdict.Check{Name: "clock", Level: verdict.LevelOK, Text: "this computer's clock and the server's agree"}
	}
	where := "ahead of"
	if f.ahead < 0 {
		where = "behind"
	}
	check := verdict.Check{
		Name: "clock", Level: verdict.LevelWarning, Text: fmt.Sprintf("this computer's clock is %s %s the server's", apart.Round(time.Second), where),
		Causes: []string{"one of the two is not set by a time server"}, Steps: []string{"turn on time synchronisation on both"},
	}
	if apart >= clockLimit {
		check.Level = verdict.LevelFailed
		check.Text += ": programs may take over comments that others are still sending"
	}
	return check
}

// Look connects to the database at an address without changing it, and returns the version of
// its schema, 0 where it has no tables yet. It fails as [Open] does, but not for a newer schema.
// The caller closes the Server.
func Look(ctx context.Context, address string) (s *Server, schema int64, err error) {
	if s, err = connect(address); err != nil {
		return nil, 0, err
	}
	versions, err := versionTable()
	if err == nil {
		schema, err = schemaVersion(ctx, s, versions)
	}
	if err != nil {
		return nil, 0, errors.Join(s.fault(ctx, "looking at the database", err), s.Close()) //nolint:contextcheck // closing must not end with ctx
	}
	return s, schema, nil
}

func inspect(ctx context.Context, address string, newest int64) (f *found, err error) {
	c, err := parse(address)
	if err != nil {
		return nil, err
	}
	s, schema, err := Look(ctx, address)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }() //nolint:contextcheck // closing must not end with ctx
	f = &found{name: s.Name, schema: schema, newest: newest}
	f.local = strings.HasPrefix(c.connect.Host, "/")
	f.verified = c.connect.TLSConfig != nil && c.connect.TLSConfig.ServerName != "" && !c.connect.TLSConfig.InsecureSkipVerify
	if err = f.ask(ctx, s.Readers); err == nil && schema == newest && len(f.lacks) == 0 {
		err = f.survey(ctx, s.Readers)
	}
	return f, s.fault(ctx, "looking at the database", err)
}

// look looks at a connection: what stands between this computer and the server, such as a pool of
// connections, may use another kind with that.
func (f *found) look(ctx context.Context, db *sql.DB) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return conn.Raw(func(raw any) error {
		own, ok := raw.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("the driver's connection is a %T", raw)
		}
		var encrypted *tls.Conn
		if encrypted, f.encrypted = own.Conn().PgConn().Conn().(*tls.Conn); f.encrypted {
			f.protocol = tls.VersionName(encrypted.ConnectionState().Version)
		}
		return nil
	})
}

// ask asks the server about itself and this user.
func (f *found) ask(ctx context.Context, db *sql.DB) error {
	// The first query of a connection takes longer than those after it.
	const facts = `SELECT current_setting('server_version'), pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on',
		coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)`
	if err := db.QueryRowContext(ctx, facts).Scan(&f.version, &f.readOnly, &f.creates); err != nil {
		return err
	}
	if err := f.look(ctx, db); err != nil {
		return err
	}
	f.version, _, _ = strings.Cut(f.version, " ") // the distribution's own name for it follows
	before := time.Now()
	var seconds float64
	if err := db.QueryRowContext(ctx, "SELECT CAST(extract(epoch FROM clock_timestamp()) AS DOUBLE PRECISION)").Scan(&seconds); err != nil {
		return err
	}
	after := time.Now()
	// Somewhere between the two the server looked at its clock.
	there := time.UnixMicro(int64(seconds * 1e6))
	switch {
	case there.Before(before):
		f.ahead = before.Sub(there)
	case there.After(after):
		f.ahead = after.Sub(there)
	}
	rows, err := db.QueryContext(ctx, `SELECT relname FROM pg_class
		WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND relkind = 'r' AND NOT (
			has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT') AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE'))
		ORDER BY relname`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		f.lacks = append(f.lacks, name)
	}
	return rows.Err()
}

// survey compares the attachments with what is saved of them, by sizes.
func (f *found) survey(ctx context.Context, db *sql.DB) error {
	list, err := attached.List(ctx, db)
	if err != nil {
		return err
	}
	sizes, err := ContentSizes(ctx, db)
	for _, of := range list {
		is := files.Altered
		switch size, saved := sizes[of.Content]; {
		case !saved:
			is = files.Missing
		case size == of.Size:
			is = files.Whole
		}
		f.attached.Add(of, is)
	}
	return err
}
