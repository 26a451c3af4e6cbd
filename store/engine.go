package store

import "storydesk/store/postgres"

// engine is what differs between the databases that statements are run on.
type engine struct {
	// name is what people call the database: a file's path, or DATABASE on HOST.
	name string
	// dialect is PostgreSQL's, nil on SQLite, whose SQL the statements of this package are.
	dialect *postgres.Dialect
}

// server reports whether several programs change the database at the same time, so that
// rows must be locked.
func (e *engine) server() bool { return e.dialect != nil }

// translate returns a statement and its arguments as the engine takes them.
func (e *engine) translate(statement string, args []any) (string, []any) {
	if e.dialect == nil {
		return statement, args
	}
	return e.dialect.Translate(statement, args)
}

// targets are where a row's columns go as the engine gives them.
func (e *engine) targets(into []any) []any {
	if e.dialect == nil {
		return into
	}
	return postgres.Targets(into)
}
