package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"golang.org/x/time/rate"

	"storydesk/store/fault"
	"storydesk/tracker"
)

// connections is how many transactions of a kind run at once. A team's programs share what
// the server allows.
const connections = 4

// idleTime is how long a connection that nobody uses stays.
const idleTime = time.Minute

// Server is a database on a PostgreSQL server.
type Server struct {
	// Name is what people call the database.
	Name    string
	Dialect *Dialect
	// Writers take part in transactions that change something, Readers in snapshots.
	Writers, Readers *sql.DB
	// me names this handle among those that change the database.
	me     string
	schema int64
	// rows are this handle's in the table revision, opened is the revision when it was opened: what
	// others commit from then on is a change.
	rows   rows
	opened int64
	// connection is how to connect, for what needs a connection of its own.
	connection *pgx.ConnConfig
	// lost is why the server could not be reached when it was looked for changes last, and
	// missed holds a token when a transaction could not reach it either.
	lost   atomic.Pointer[tracker.Error]
	missed chan struct{}
	// every is how often Watch looks while the server answers.
	every time.Duration
	// listens is true where commits are announced and heard of, notices limits how many
	// are, and announcing are those under way.
	listens    atomic.Bool
	notices    *rate.Limiter
	announcing sync.WaitGroup
	presence   presence
}

// Open connects to the server at an address, a URL such as
// postgres://user@host/database. Where its schema is older than newest it brings it up to
// date by steps, which are asked for then. It fails with CodeRefused when a newer storydesk or
// another program made the tables, with CodeInvalid for an address that is not one, and
// with CodeUnavailable when the server cannot be reached.
func Open(ctx context.Context, address string, newest int64, steps func() ([]Step, error)) (*Server, error) {
	s, err := connect(address)
	if err != nil {
		return nil, err
	}
	if s.schema, err = migrate(ctx, s, newest, steps); err == nil {
		err = s.Readers.QueryRowContext(ctx, "SELECT "+othersRaised, s.me).Scan(&s.opened)
	}
	if err != nil {
		return nil, errors.Join(s.fault(ctx, "opening the database", err), s.Close()) //nolint:contextcheck // closing must not end with ctx
	}
	return s, nil
}

// connect makes the pools of connections, which are opened when they are needed.
func connect(address string) (*Server, error) {
	c, err := parse(address)
	if err != nil {
		return nil, err
	}
	pool := func(from driver.Connector) *sql.DB {
		p := sql.OpenDB(from)
		p.SetMaxOpenConns(connections)
		p.SetMaxIdleConns(connections)
		p.SetConnMaxIdleTime(idleTime)
		return p
	}
	s := &Server{
		Name: c.name, Dialect: &Dialect{}, Writers: pool(connecting(c.connect)), Readers: pool(stdlib.GetConnector(*c.connect)),
		me: uuid.NewString(), connection: c.connect, missed: make(chan struct{}, 1), every: watchEvery, notices: noticeLimit(),
	}
	s.listens.Store(c.listen)
	return s, nil
}

// Key tells this database from any other, by its server and name; it is no secret.
func (s *Server) Key() string {
	return fmt.Sprintf("%s:%d/%s", s.connection.Host, s.connection.Port, s.connection.Database)
}

// Close waits for what is under way and closes the connections.
func (s *Server) Close() error {
	s.leave()
	s.announcing.Wait()
	// A connection that is broken cannot be taken leave of, and nothing is lost by that.
	_, _ = s.Readers.Close(), s.Writers.Close()
	return nil
}

func (s *Server) fault(ctx context.Context, doing string, err error) error {
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return s.unanswered(doing, err)
	}
	return fault.Within(ctx, s.Name, doing, err)
}

// unanswered is the failure of what the server was given time for.
func (s *Server) unanswered(doing string, err error) error {
	return &tracker.Error{
		Code: tracker.CodeUnavailable, Reason: tracker.ReasonOffline, Err: fmt.Errorf("%s: %w", doing, err),
		Message: fmt.Sprintf("the server of the database %s does not answer: check the network, or ask whoever runs it", s.Name),
	}
}

// lookTime is how long a server may take to say whether something has changed.
const lookTime = 5 * time.Second

// othersRaised ends a query of the revision, where $1 is the handle.
const othersRaised = "CAST(coalesce(sum(value), 0) AS BIGINT) FROM revision WHERE split_part(writer, ' ', 1) <> $1"

// Revision counts the changes that other handles committed. It fails with CodeUnavailable
// where no answer comes in time, as when packets vanish on the way.
func (s *Server) Revision(ctx context.Context) (revision int64, err error) {
	revision, _, err = s.news(ctx)
	return revision, err
}

// news is Revision with what others have open.
func (s *Server) news(ctx context.Context) (revision int64, others string, err error) {
	const sum = "SELECT " + othersSaid + ", " + othersRaised
	looking, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	err = s.Readers.QueryRowContext(looking, sum, s.me).Scan(&others, &revision)
	if err != nil && ctx.Err() == nil && looking.Err() != nil {
		return 0, "", s.unanswered("looking for changes", err)
	}
	return revision, others, s.fault(ctx, "looking for changes", err)
}

// What a snapshot sees does not change; what changes rows sees what was committed before
// each statement.
func snapshot() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}
func change() *sql.TxOptions { return &sql.TxOptions{Isolation: sql.LevelReadCommitted} }

// Snapshot begins a transaction that reads.
func (s *Server) Snapshot(ctx context.Context) (*sql.Tx, error) {
	return s.begin(ctx, s.Readers, snapshot())
}

// Change begins a transaction that changes rows. Its statements are sent when the rows or the
// number of rows of one are asked for, or at the commit, and may fail then. That a connection
// broke while nobody used it is found out then too.
func (s *Server) Change(ctx context.Context) (*sql.Tx, error) {
	return s.begin(context.WithValue(ctx, pipelined{}, true), s.Writers, change())
}

// begin begins a transaction. Where the server is asked to, that a connection broke while nobody
// used it is found out here: another one is taken then, and in the end a new one.
func (s *Server) begin(ctx context.Context, pool *sql.DB, as *sql.TxOptions) (tx *sql.Tx, err error) {
	for range connections + 1 {
		if tx, err = pool.BeginTx(ctx, as); err == nil || ctx.Err() != nil || !fault.Broke(err) {
			break
		}
	}
	return tx, s.fault(ctx, "beginning a transaction", err)
}
