package store

import (
	"context"
	"database/sql"
	"io/fs"

	"storydesk/store/files"
	"storydesk/store/migrations"
	"storydesk/store/postgres"
	"storydesk/store/query"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

var _ tracker.Store = (*Server)(nil)

// Server is an open database on a PostgreSQL server, which several people's programs share.
// It is safe for concurrent use.
type Server struct {
	*postgres.Server
	on *query.Engine
}

// OpenServer opens the database at a URL and brings its schema up to date. It fails with
// CodeInvalid for an address that cannot be read, CodeRefused when a newer storydesk or
// another program made the tables or the server is too old, and CodeUnavailable when it
// cannot be reached. The caller closes the Server.
func OpenServer(ctx context.Context, address string) (*Server, error) {
	newest, err := migrations.Newest()
	if err != nil {
		return nil, err
	}
	s, err := postgres.Open(ctx, address, newest, serverSteps)
	if err != nil {
		return nil, err
	}
	return &Server{Server: s, on: &query.Engine{Name: s.Name, Dialect: s.Dialect}}, nil
}

// InspectServer checks whether the database at a URL can be used, without changing it.
func InspectServer(ctx context.Context, address string) verdict.StorageReport {
	newest, err := migrations.Newest()
	if err != nil {
		return verdict.StorageReport{Checks: []verdict.Check{verdict.FailedCheck("database", err)}}
	}
	return postgres.Check(ctx, address, newest)
}

// serverSteps are the migrations of a server: a first one that makes the schema as it was then,
// and those that came later and serve both engines.
func serverSteps() ([]postgres.Step, error) {
	folder, err := fs.Sub(migrations.Files(), "postgres")
	if err != nil {
		return nil, err
	}
	first, err := postgres.ReadSteps(folder, 0)
	if err != nil {
		return nil, err
	}
	later, err := postgres.ReadSteps(migrations.Files(), first[0].Version)
	return append(first, later...), err
}

// Read runs fn on one snapshot; see tracker.Store.
func (s *Server) Read(ctx context.Context, fn func(tracker.Reader) error) error {
	return s.read(ctx, func(r *reader) error { return fn(newReaders(r)) })
}

// Write runs fn in one transaction; see tracker.Store. It runs fn again when another
// transaction kept the first one from its end: fn changes nothing but the store then.
func (s *Server) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	return s.write(ctx, func(w *writer) error { return fn(w) })
}

func (s *Server) read(ctx context.Context, fn func(*reader) error) error {
	tx, err := s.Snapshot(ctx)
	if err != nil {
		s.Missed(err)
		return err
	}
	defer rollBack(tx)
	return fn(&reader{Session: query.In(ctx, tx, s.on, nil)})
}

func (s *Server) write(ctx context.Context, fn func(*writer) error) error {
	err := postgres.Repeat(ctx, func() (again bool, err error) { return s.run(ctx, fn) })
	s.Missed(err)
	return err
}

// run runs fn once. again reports whether it had no effect and may succeed the next time.
func (s *Server) run(ctx context.Context, fn func(*writer) error) (again bool, err error) {
	tx, err := s.Change(ctx)
	if err != nil {
		return false, err
	}
	defer rollBack(tx)
	t := &query.Turn{}
	if err = fn(newWriter(reader{query.In(ctx, tx, s.on, t), newHeld()})); err == nil {
		err = t.Verify()
	}
	if err != nil {
		return t.Again, err
	}
	if !t.Changed {
		if t.Aside {
			return false, s.Conclude(ctx, tx)
		}
		return false, nil
	}
	if err = s.Commit(ctx, tx); err == nil {
		s.Announce() //nolint:contextcheck // it goes on beside the caller
	}
	return postgres.Again(err), err
}

// rollBack ends a transaction that was not committed. A server ends it too when the
// connection is broken.
func rollBack(tx *sql.Tx) { _ = tx.Rollback() }

// Files returns what holds the content of the attachments. The folder is one on this machine
// for what is on its way.
func (s *Server) Files(folder string) files.Shared { return files.In(s, folder) }

// Secrets returns the secrets saved in the database.
func (s *Server) Secrets() *Secrets { return &Secrets{s} }
