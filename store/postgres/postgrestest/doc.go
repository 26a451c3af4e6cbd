// Package postgrestest starts PostgreSQL for tests: one server for a test binary, in a
// temporary folder and on a Unix socket, with a database for each test. Where PostgreSQL is not
// installed such tests pass without running, and one line says so; with
// STORYDESK_TEST_POSTGRES=required they fail.
package postgrestest
