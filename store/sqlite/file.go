package sqlite

import (
	"database/sql"
	"maps"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

// Version is the version of the SQLite that is part of the program.
func Version() string {
	version, _, _ := sqlite3.Version()
	return version
}

// Connect opens a pool on a file; see [SourceName].
func Connect(path string, patience time.Duration, more url.Values) (*sql.DB, error) {
	return sql.Open("sqlite3", SourceName(path, patience, more))
}

// SourceName is the data source name of a file. It holds the settings that every
// connection gets; more adds to them.
func SourceName(path string, patience time.Duration, more url.Values) string {
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

// AddLowered adds the function lowered to a connection, which a migration calls: SQLite's
// lower() knows no letters but A to Z.
func AddLowered(c *sqlite3.SQLiteConn) error { return c.RegisterFunc("lowered", strings.ToLower, true) }
