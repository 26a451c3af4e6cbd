package fault

import (
	"crypto/tls"
	"crypto/x509"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"syscall"

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
	lockNotAvailable     = "55P03"
	readOnlyTransaction  = "25006"
	wrongPassword        = "28P01"
	notAuthorized        = "28000"
	noDatabase           = "3D000"
	insufficientRights   = "42501"
	noSchema             = "3F000"
	diskFull             = "53100"
	outOfMemory          = "53200"
	tooManyConnections   = "53300"
	queryCancelled       = "57014"
	adminShutdown        = "57P01"
	crashShutdown        = "57P02"
	cannotConnectNow     = "57P03"
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
// is known. A server that ends a connection while it works on a commit does not know it itself.
func FromServer(err error) bool { return sqlState(err) != "" && !ended(err) }

// ended reports whether a server ended the connection with a failure; see
// https://www.postgresql.org/docs/current/protocol-error-fields.html.
func ended(err error) bool {
	var failed *pgconn.PgError
	return errors.As(err, &failed) && slices.Contains([]string{"FATAL", "PANIC"}, failed.SeverityUnlocalized)
}

// Transient reports whether a transaction was called off because of another one, so that
// it may succeed when it is done again.
func Transient(err error) bool {
	state := sqlState(err)
	return state == serializationFailure || state == deadlockDetected
}

// diagnoseServer returns the code and the sentence for a failure of a PostgreSQL server; ok is
// false for any other. What the server says is told only where it holds nothing secret.
func diagnoseServer(name string, err error) (code tracker.Code, sentence string, ok bool) {
	var failed *pgconn.PgError
	if errors.As(err, &failed) {
		code, sentence = diagnoseState(name, failed)
		return code, sentence, true
	}
	if unreached(err) {
		return tracker.CodeUnavailable, diagnoseConnection(name, err), true
	}
	return "", "", false
}

// Broke reports whether a connection that was made ended.
func Broke(err error) bool {
	if err == nil {
		return false
	}
	var connecting *pgconn.ConnectError
	return !errors.As(err, &connecting) && (ended(err) || sqlState(err) == "" && unreached(err))
}

// unreached reports whether no server answered.
func unreached(err error) bool {
	var connecting *pgconn.ConnectError
	return errors.As(err, &connecting) || pgconn.SafeToRetry(err) || broken(err)
}

// offline reports whether there is no server to work with for now.
func offline(err error) bool {
	if state := sqlState(err); state != "" {
		return slices.Contains([]string{adminShutdown, crashShutdown, cannotConnectNow, tooManyConnections}, state)
	}
	return unreached(err)
}

// broken reports whether a connection was not made, or ended in the middle.
func broken(err error) bool {
	var network *net.OpError
	var wrongName x509.HostnameError
	var unknownAuthority x509.UnknownAuthorityError
	return errors.Is(err, driver.ErrBadConn) || errors.As(err, &network) || errors.As(err, &wrongName) || errors.As(err, &unknownAuthority) || strings.Contains(err.Error(), "unexpected EOF") || strings.Contains(err.Error(), "conn closed")
}

func diagnoseState(name string, failed *pgconn.PgError) (tracker.Code, string) {
	switch failed.Code {
	case foreignKeyViolation:
		return tracker.CodeNotFound, removed
	case serializationFailure, deadlockDetected:
		return tracker.CodeUnavailable, fmt.Sprintf("others keep changing the same rows of the database %s: try again", name)
	case lockNotAvailable, queryCancelled:
		return tracker.CodeUnavailable, fmt.Sprintf("another program keeps the database %s locked: wait for it or close it, then try again", name)
	case readOnlyTransaction:
		return tracker.CodeInternal, fmt.Sprintf("the database %s is read-only, such as a replica is: choose the primary server with --db", name)
	case wrongPassword:
		return tracker.CodeRefused, fmt.Sprintf("the server rejected the password for the database %s: set PGPASSWORD, or correct ~/.pgpass", name)
	case notAuthorized:
		return tracker.CodeRefused, fmt.Sprintf("the server does not let this user or this computer connect to the database %s: "+
			"check the user in its address, or ask for a line in the server's pg_hba.conf", name)
	case noDatabase:
		return tracker.CodeInternal, fmt.Sprintf("there is no database %s: create it with createdb, or choose another with --db", name)
	case insufficientRights, noSchema:
		return tracker.CodeInternal, fmt.Sprintf("this user lacks rights in the database %s: "+
			"let its owner run GRANT ALL ON SCHEMA public TO this user, or start storydesk once as the owner", name)
	case diskFull:
		return tracker.CodeInternal, full(name)
	case outOfMemory:
		return tracker.CodeUnavailable, fmt.Sprintf("the server of the database %s is out of memory: try again later", name)
	case tooManyConnections:
		return tracker.CodeUnavailable, fmt.Sprintf("the server of the database %s takes no more connections: "+
			"close a program that uses it, or raise its max_connections", name)
	case adminShutdown, crashShutdown, cannotConnectNow:
		return tracker.CodeUnavailable, fmt.Sprintf("the server of the database %s is starting or stopping: try again in a moment", name)
	}
	return tracker.CodeInternal, fmt.Sprintf("the database %s failed (%s). Run storydesk doctor to check it", name, failed.Code)
}

// diagnoseConnection is the sentence for a server that was not reached, or not any more.
func diagnoseConnection(name string, err error) string {
	var unknownHost *net.DNSError
	var wrongName x509.HostnameError
	var unknownAuthority x509.UnknownAuthorityError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &unknownHost):
		return fmt.Sprintf("there is no host for the database %s: check the address, or whether this computer is online", name)
	case errors.As(err, &wrongName):
		return fmt.Sprintf("the certificate of the server of the database %s is for another host: use the name that it has, or ask for another certificate", name)
	case errors.As(err, &unknownAuthority), errors.As(err, &certificate):
		return fmt.Sprintf("the certificate of the server of the database %s is not trusted: name the authority's file with sslrootcert", name)
	case strings.Contains(err.Error(), "refused TLS connection"):
		return fmt.Sprintf("the server of the database %s does not use TLS: turn it on there, or choose another sslmode", name)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT):
		return fmt.Sprintf("no server answers for the database %s: check host and port of the address, or start the server", name)
	}
	return fmt.Sprintf("the server of the database %s cannot be reached: check the network, or try again", name)
}
