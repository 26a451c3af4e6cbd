package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Variable decides whether tests may pass without PostgreSQL.
const Variable = "STORYDESK_TEST_POSTGRES"

// patience is how long a busy machine may take to start a server.
const patience = 2 * time.Minute

// cluster is the server of a test binary.
type cluster struct {
	// program is the path of postgres.
	program, folder string
	process         *exec.Cmd
	count           atomic.Int64
	// template guards that the template is made once, and made tells how that ended.
	template sync.Once
	made     error
}

// shared is the one server, started by the first test that needs it.
var shared struct { //nolint:gochecknoglobals // one for all tests of a binary
	once    sync.Once
	cluster *cluster
	err     error
	mutex   sync.Mutex
	missed  []string
}

// errNone means that PostgreSQL is not installed.
var errNone = errors.New("PostgreSQL is not installed")

// Main runs the tests of a package, stops the server, and says which tests did not run.
// A TestMain calls it and exits with what it returns.
func Main(m *testing.M) int {
	code := m.Run()
	if shared.cluster != nil {
		if err := shared.cluster.stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
	}
	if len(shared.missed) > 0 {
		slices.Sort(shared.missed)
		fmt.Printf("did not run, for PostgreSQL is not installed: %s\n", strings.Join(slices.Compact(shared.missed), ", "))
	}
	return code
}

// Database returns the address of a new database, a copy of one that prepare has worked on
// once for all tests of the binary. ok is false where there is no PostgreSQL: the test ends
// then, having noted that it did not run.
func Database(t testing.TB, prepare func(address string) error) (address string, ok bool) {
	t.Helper()
	c, ok := server(t)
	if !ok {
		return "", false
	}
	const template = "template_of_tests"
	c.template.Do(func() {
		if c.made = c.execute("CREATE DATABASE " + template); c.made == nil {
			c.made = prepare(c.Address(template))
		}
	})
	if c.made != nil {
		t.Fatalf("preparing the template: %v", c.made)
	}
	return c.create(t, " TEMPLATE "+template), true
}

// Empty returns the address of a new database without tables, created with options such as
// ENCODING 'LATIN1'.
func Empty(t testing.TB, options string) (address string, ok bool) {
	t.Helper()
	c, ok := server(t)
	if !ok {
		return "", false
	}
	return c.create(t, options), true
}

// Execute runs a statement as the superuser in the database postgres, such as one that makes
// a role. The role named locked is asked for a password, no other.
func Execute(t testing.TB, statement string) {
	t.Helper()
	if c, ok := server(t); ok {
		if err := c.execute(statement); err != nil {
			t.Fatal(err)
		}
	}
}

// As returns an address with another user.
func As(address, user string) string {
	return strings.Replace(address, "user="+superuser, "user="+user, 1)
}

func (c *cluster) create(t testing.TB, options string) string {
	t.Helper()
	name := fmt.Sprintf("test%d", c.count.Add(1))
	if err := c.execute("CREATE DATABASE " + name + options); err != nil {
		t.Fatalf("creating a database: %v", err)
	}
	return c.Address(name)
}

func server(t testing.TB) (*cluster, bool) {
	t.Helper()
	shared.once.Do(func() { shared.cluster, shared.err = start() })
	switch {
	case shared.err == nil:
		return shared.cluster, true
	case errors.Is(shared.err, errNone) && os.Getenv(Variable) != "required":
		shared.mutex.Lock()
		defer shared.mutex.Unlock()
		shared.missed = append(shared.missed, strings.Split(t.Name(), "/")[0])
		return nil, false
	}
	t.Fatalf("starting PostgreSQL: %v", shared.err)
	return nil, false
}

// Address is the URL of a database of this server.
func (c *cluster) Address(database string) string {
	query := url.Values{"host": {c.folder}, "user": {superuser}}
	return "postgres:///" + database + "?" + query.Encode()
}

const superuser = "storydesk"

// start makes a server and waits until it answers.
func start() (c *cluster, err error) {
	programs, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if path, missing := exec.LookPath("postgres"); missing == nil {
		programs = append(programs, path)
	}
	if err != nil || len(programs) == 0 {
		return nil, errNone
	}
	bin := filepath.Dir(programs[len(programs)-1])
	folder, err := os.MkdirTemp("", "storydesk-pg")
	if err != nil {
		return nil, err
	}
	c = &cluster{folder: folder}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.stop())
		}
	}()
	if err := own(folder); err != nil {
		return c, err
	}
	data := filepath.Join(folder, "data")
	// A collation that is not by bytes, so that an order by the database's own is noticed.
	initdb := exec.CommandContext(context.Background(), filepath.Join(bin, "initdb"), "-D", data, "-U", superuser, "-A", "trust", //nolint:gosec // a program of the system
		"--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")
	if err := asUser(initdb); err != nil {
		return c, err
	}
	if out, err := initdb.CombinedOutput(); err != nil {
		return c, fmt.Errorf("initdb: %w: %s", err, out)
	}
	hba := "local all locked scram-sha-256\nlocal all all trust\n"
	if err := os.WriteFile(filepath.Join(data, "pg_hba.conf"), []byte(hba), 0o600); err != nil {
		return c, err
	}
	c.program = filepath.Join(bin, "postgres")
	return c, c.launch()
}

// launch starts the server and waits until it answers.
func (c *cluster) launch() (err error) {
	log, err := os.OpenFile(filepath.Join(c.folder, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	postgres := exec.CommandContext(context.Background(), c.program, "-D", filepath.Join(c.folder, "data"), "-k", c.folder, "-h", "", //nolint:gosec // a program of the system
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "shared_buffers=64MB")
	postgres.Stdout, postgres.Stderr = log, log
	if err := launch(postgres); err != nil {
		return err
	}
	c.process = postgres
	return c.wait()
}

// wait waits until the server answers.
func (c *cluster) wait() error {
	deadline := time.Now().Add(patience)
	for {
		err := c.execute("SELECT 1")
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			text, _ := os.ReadFile(filepath.Join(c.folder, "log"))
			return fmt.Errorf("the server does not answer: %w\n%s", err, text)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (c *cluster) execute(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.Address("postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

// stop ends the server at once and removes its folder.
func (c *cluster) stop() error { return errors.Join(c.halt(), os.RemoveAll(c.folder)) }

// halt ends the server, which can be launched again.
func (c *cluster) halt() error {
	if c.process == nil {
		return nil
	}
	// Interrupted, it ends without waiting for who is connected.
	if err := c.process.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	if err := c.process.Wait(); err != nil {
		return fmt.Errorf("stopping PostgreSQL: %w", err)
	}
	c.process = nil
	return nil
}

// Separate starts a server of the test's own, which it can stop and start again. ok is false
// where there is no PostgreSQL, as it is for Database.
func Separate(t testing.TB) (address string, halt, launch func() error, ok bool) {
	t.Helper()
	if _, ok := server(t); !ok {
		return "", nil, nil, false
	}
	c, err := start()
	if err != nil {
		t.Fatalf("starting PostgreSQL: %v", err)
	}
	t.Cleanup(func() {
		if err := c.stop(); err != nil {
			t.Error(err)
		}
	})
	return c.create(t, ""), c.halt, c.launch, true
}
