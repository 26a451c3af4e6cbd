package store

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"storydesk/store/fault"
	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
)

// told fails the test unless err is one sentence with a way out that holds no secret.
func told(t *testing.T, err error, code tracker.Code, parts ...string) {
	t.Helper()
	refused(t, err, code, parts...)
	for _, secret := range []string{"hunter2", "SQLSTATE", "goroutine", "\n"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%q tells %q", err, secret)
		}
	}
}

func executeIn(t *testing.T, address, statement string) {
	t.Helper()
	if err := run(address, statement); err != nil {
		t.Fatal(err)
	}
}

// run runs a statement on a server, on a connection of its own.
func run(address, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

// What is wrong with an address is said before anything is asked for.
func TestServerAddresses(t *testing.T) {
	for address, parts := range map[string][]string{
		"postgres://u:hunter2@h/d?sslmode=verify_full": {"sslmode", "verify-full"},
		"postgres://u:hunter2@h:port/d":                {"cannot be read", "postgres://USER@HOST/DATABASE"},
		"postgres://u:hunter2@h/d?sslrootcert=/no/ca":  {"certificates"},
		"postgres://u:hunter2@h/d?connect_timeout=x":   {"cannot be read"},
		"postgres://u:hunter2@h/d?listen=never":        {"listen", "off"},
	} {
		_, err := OpenServer(t.Context(), address)
		told(t, err, tracker.CodeInvalid, parts...)
	}
	_, err := OpenServer(t.Context(), "postgres://u:hunter2@127.0.0.1:1/d")
	told(t, err, tracker.CodeUnavailable, "d on 127.0.0.1", "check host and port")
}

// What no test provokes on a server is told by what it would fail with.
func TestServerFailures(t *testing.T) {
	for part, failed := range map[string]error{
		"check the addr": fmt.Errorf("connecting: %w", &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "db", IsNotFound: true}}),
		"is full":        &pgconn.PgError{Code: "53100", Message: "hunter2"},
		"out of memory":  &pgconn.PgError{Code: "53200"},
		"starting":       &pgconn.PgError{Code: "57P03"},
		"try again":      &pgconn.PgError{Code: "40001"},
		"for another ho": fmt.Errorf("connecting: %w", x509.HostnameError{Certificate: &x509.Certificate{}, Host: "db"}),
		"sslrootcert":    fmt.Errorf("connecting: %w", x509.UnknownAuthorityError{}),
		"doctor":         &pgconn.PgError{Code: "XX000", Message: "hunter2"},
	} {
		told := fault.Explain("d on h", "saving", failed)
		if sentence := told.Error(); !strings.Contains(sentence, part) || !strings.Contains(sentence, "d on h") || strings.Contains(sentence, "hunter2") {
			t.Errorf("%v is told as %q", failed, sentence)
		}
	}
}

// A server must prove its name, and that somebody trusted vouches for it.
func TestServerCertificates(t *testing.T) {
	authority, other := newAuthority(t), newAuthority(t)
	for name, tt := range map[string]struct {
		server     string
		trusted    string
		mode, told string
	}{
		"another name":      {authority.server(t, "db.example"), authority.file, "verify-full", "is for another host"},
		"another authority": {authority.server(t, "127.0.0.1"), other.file, "verify-full", "sslrootcert"},
		"no certificate":    {plainServer(t), authority.file, "verify-full", "does not use TLS"},
	} {
		address := "postgres://u:hunter2@" + tt.server + "/d?sslmode=" + tt.mode + "&sslrootcert=" + url.QueryEscape(tt.trusted)
		t.Run(name, func(t *testing.T) {
			_, err := OpenServer(t.Context(), address)
			told(t, err, tracker.CodeUnavailable, "d on 127.0.0.1", tt.told)
		})
	}
}

func TestServerRefusals(t *testing.T) {
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	open := func(address string) error {
		t.Helper()
		s, err := OpenServer(t.Context(), address)
		if err == nil {
			t.Fatalf("%s was opened; closing it: %v", address, s.Close())
		}
		return err
	}
	empty := func(options string) string {
		address, _ := postgrestest.Empty(t, options)
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(u.Path, "/")
	told(t, open(strings.Replace(address, name, "elsewhere", 1)), tracker.CodeInternal, "no database elsewhere", "createdb")

	for _, role := range []string{"guest", "locked", "crowd"} {
		postgrestest.Execute(t, "CREATE ROLE "+role+" LOGIN PASSWORD 'correct'")
	}
	postgrestest.Execute(t, "ALTER ROLE crowd CONNECTION LIMIT 0")
	told(t, open(postgrestest.As(empty(""), "guest")), tracker.CodeInternal, "lacks rights", "GRANT")
	// Who may not even look into the schema is told the same.
	shut := empty("")
	executeIn(t, shut, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
	told(t, open(postgrestest.As(shut, "guest")), tracker.CodeInternal, "lacks rights", "GRANT")
	told(t, open(postgrestest.As(address, "crowd")), tracker.CodeUnavailable, "max_connections")
	t.Run("password", func(t *testing.T) {
		told(t, open(postgrestest.As(address, "locked")+"&password=hunter2"), tracker.CodeRefused, "rejected the password", "PGPASSWORD")
	})
	told(t, open(postgrestest.As(address, "stranger")), tracker.CodeRefused, "check the user")

	told(t, open(empty(" ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0")), tracker.CodeRefused, "LATIN1", "UTF8")

	foreign := empty("")
	executeIn(t, foreign, "CREATE TABLE customer (id int)")
	told(t, open(foreign), tracker.CodeRefused, "another program", "--db")

	// An extension's view, such as pg_stat_statements, is no program's table.
	extended := empty("")
	executeIn(t, extended, "CREATE VIEW statistics AS SELECT 1 AS n")
	if err := prepareServer(extended); err != nil {
		t.Error(err)
	}

	executeIn(t, address, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, true)")
	told(t, open(address), tracker.CodeRefused, "newer storydesk", "999", "update storydesk")

	replica := empty("")
	executeIn(t, replica, "ALTER DATABASE "+path(t, replica)+" SET default_transaction_read_only = on")
	told(t, open(replica), tracker.CodeInternal, "read-only", "primary")
}

func path(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(u.Path, "/")
}

// A terminal that an upgrade leaves behind changes nothing any more, and says why.
func TestServerUpgradedMeanwhile(t *testing.T) {
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	before, fresh := mustOpenServer(t, address), mustOpenServer(t, address)
	save := func(s *Server, value string) error {
		return s.Write(t.Context(), func(w tracker.Writer) error { return w.SaveSetting("k", value) })
	}
	if err := save(before, "1"); err != nil {
		t.Fatal(err)
	}
	executeIn(t, address, "UPDATE revision SET schema = 999")
	for name, s := range map[string]*Server{"with its row": before, "without": fresh} {
		err := save(s, name)
		told(t, err, tracker.CodeRefused, "newer storydesk", "999", "start it again")
	}
	err := before.Read(t.Context(), func(r tracker.Reader) error {
		if value, err := r.Setting("k"); value != "1" || err != nil {
			t.Errorf("saved: %q, %v", value, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// Programs that start at once on an empty database make its schema once.
func TestServerStartsAtOnce(t *testing.T) {
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	const programs = 6
	ended := make(chan error, programs)
	for range programs {
		go func() { ended <- prepareServer(address) }()
	}
	for range programs {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
