package query

import "storydesk/store/postgres"

// Engine is what differs between the databases that statements are run on.
type Engine struct {
	// Name is what people call the database: a file's path, or DATABASE on HOST.
	Name string
	// Dialect is PostgreSQL's, nil on SQLite, whose SQL the statements are written in.
	Dialect *postgres.Dialect
}

// Server reports whether several programs change the database at the same time, so that
// rows must be locked.
func (e *Engine) Server() bool { return e.Dialect != nil }

// translate returns a statement and its arguments as the engine takes them.
func (e *Engine) translate(statement string, args []any) (string, []any) {
	if e.Dialect == nil {
		return statement, args
	}
	return e.Dialect.Translate(statement, args)
}

// targets are where a row's columns go as the engine gives them.
func (e *Engine) targets(into []any) []any {
	if e.Dialect == nil {
		return into
	}
	return postgres.Targets(into)
}
