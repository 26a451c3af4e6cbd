package fault

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"storydesk/tracker"
)

// The states that decide something, as
// https://www.postgresql.org/docs/current/errcodes-appendix.html names them.
const (
	uniqueViolation      = "23505"
	foreignKeyViolation  = "23503"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
)

// sqlState is the state that a PostgreSQL server failed with, empty for any other failure.
func sqlState(err error) string {
	var failed *pgconn.PgError
	if errors.As(err, &failed) {
		return failed.Code
	}
	return ""
}

// FromServer reports whether a PostgreSQL server answered with a failure, so that its outcome
// is known.
func FromServer(err error) bool { return sqlState(err) != "" }

// Transient reports whether a transaction was called off because of another one, so that
// it may succeed when it is done again.
func Transient(err error) bool {
	state := sqlState(err)
	return state == serializationFailure || state == deadlockDetected
}

// diagnoseServer returns the code and the sentence for a failure of a PostgreSQL server.
func diagnoseServer(_ string, err error) (tracker.Code, string, bool) {
	if sqlState(err) == foreignKeyViolation {
		return tracker.CodeNotFound, removed, true
	}
	return "", "", false
}
