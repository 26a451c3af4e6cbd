// Package migrations holds the steps that make the schema, in files of SQL named by
// version. SQLite runs those in this folder; PostgreSQL begins with the one in folder
// postgres, and runs those that come after it as package postgres translates them.
package migrations

import (
	"embed"
	"errors"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed *.sql postgres/*.sql
var embedded embed.FS

// Files are the steps.
func Files() fs.FS { return embedded }

// Newest is the version of the last step.
func Newest() (int64, error) { return NewestOf(embedded) }

// NewestOf is the version of the last of some steps.
func NewestOf(steps fs.FS) (newest int64, err error) {
	names, err := fs.Glob(steps, "*.sql")
	for _, name := range names {
		version, bad := goose.NumericComponent(name)
		newest, err = max(newest, version), errors.Join(err, bad)
	}
	return newest, err
}
