package store

import (
	"embed"
	"io/fs"
)

//go:embed migrations/*.sql migrations/postgres/*.sql
var embedded embed.FS

// migrations are the steps that make the schema, in files named by version.
func migrations() fs.FS {
	steps, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err) // a constant that is no path
	}
	return steps
}
