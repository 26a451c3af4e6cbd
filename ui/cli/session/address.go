package session

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"storydesk/tracker"
)

// IsServer reports whether a database is named by the URL of a PostgreSQL server, such as
// postgres://user@host/database, and not by the path of a file.
func IsServer(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

// CheckLocation fails with CodeInvalid, field field, for the path or address of a database that is
// given as an argument and cannot be meant: in a folder that is not there, or with a password.
func CheckLocation(field, name string) error {
	if IsServer(name) {
		return checkAddress(field, name)
	}
	return inFolder(field, name)
}

// flag is the field of what --db names.
const flag = "db"

// inFolder refuses a path that somebody chose whose folder is not there: it is
// more likely misspelt than wanted.
func inFolder(field, path string) error {
	with := ""
	if field == flag {
		with = " with --db"
	}
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) { //nolint:gosec // the path is the user's own
		return tracker.Invalid(field, "there is no folder %s: create it first, or choose another path%s", folder, with)
	}
	return nil
}

// checkAddress fails with CodeInvalid for an address with a password: whoever lists the
// machine's processes can read it, and the shell's history has it.
func checkAddress(field, address string) error {
	where := "this address"
	if field == flag {
		where = "--db"
	}
	u, err := url.Parse(address)
	if err != nil {
		return tracker.Invalid(field, "the address of the database cannot be read: write it as postgres://USER@HOST/DATABASE")
	}
	_, secret := u.User.Password()
	if secret || u.Query().Has("password") || u.Query().Has("sslpassword") {
		return tracker.Invalid(field, "others on this machine can read the password in %s: "+
			"leave it out, and put it into PGPASSWORD, ~/.pgpass or a service file", where)
	}
	return nil
}
