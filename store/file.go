package store

import (
	"database/sql"
	"maps"
	"net/url"
	"path/filepath"
	"strconv"
	"time"

	"github.com/mattn/go-sqlite3"
)

// SQLiteVersion is the version of the SQLite that is part of the program.
func SQLiteVersion() string {
	version, _, _ := sqlite3.Version()
	return version
}

// connect opens a pool on a file; see [sourceName].
func connect(path string, patience time.Duration, more url.Values) (*sql.DB, error) {
	return sql.Open("sqlite3", sourceName(path, patience, more))
}

// sourceName is the data source name of a file. It holds the settings that every
// connection gets; more adds to them.
func sourceName(path string, patience time.Duration, more url.Values) string {
	settings := url.Values{
		"mode":             {"rw"}, // createPrivate makes the file, with its own permissions
		"_synchronous":     {"FULL"},
		"_foreign_keys":    {"on"},
		"_busy_timeout":    {strconv.FormatInt(patience.Milliseconds(), 10)},
		"_stmt_cache_size": {"64"},
	}
	maps.Copy(settings, more)
	// A URL, since a path may hold characters that mean something in one.
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: settings.Encode()}
	return name.String()
}
