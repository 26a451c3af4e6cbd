package session

import (
	"errors"
	"net/url"
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
	err := CheckArgument(name)
	var told *tracker.Error
	if errors.As(err, &told) {
		told.Field = field
		told.Message = strings.NewReplacer(" with --db", "", "in --db", "in this address").Replace(told.Message)
	}
	return err
}

// CheckArgument fails with CodeInvalid for what --db must not name: a path in a folder that is
// not there, and an address with a password.
func CheckArgument(name string) error {
	if IsServer(name) {
		return checkArgument(name)
	}
	return InFolder(name)
}

// checkArgument fails with CodeInvalid for an address with a password: whoever lists the
// machine's processes can read it, and the shell's history has it.
func checkArgument(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return tracker.Invalid("db", "the address of the database cannot be read: write it as postgres://USER@HOST/DATABASE")
	}
	_, secret := u.User.Password()
	if secret || u.Query().Has("password") || u.Query().Has("sslpassword") {
		return tracker.Invalid("db", "others on this machine can read the password in --db: "+
			"leave it out, and put it into PGPASSWORD, ~/.pgpass or a service file")
	}
	return nil
}
