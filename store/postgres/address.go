package postgres

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"storydesk/tracker"
)

// form is what an address looks like.
const form = "postgres://USER@HOST/DATABASE"

func malformed() error {
	return tracker.Invalid("db", "the address of the database cannot be read: write it as %s", form)
}

// config is where a database is and how to connect to it.
type config struct {
	connect *pgx.ConnConfig
	name    string
	// listen is true where commits are announced and heard of.
	listen bool
}

// listenOption, "off" in an address, leaves programs to poll for changes: where the server or
// a pooler before it announces none.
const listenOption = "listen"

// parse reads an address. Failures never repeat it, for it may hold a password.
func parse(address string) (config, error) {
	u, err := url.Parse(address)
	if err != nil {
		return config{}, malformed()
	}
	modes := []string{"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}
	if mode := u.Query().Get("sslmode"); mode != "" && !slices.Contains(modes, mode) {
		return config{}, tracker.Invalid("db", "there is no sslmode %q: use verify-full, or one of %s", mode, strings.Join(modes, ", "))
	}
	query := u.Query()
	listen := cmp.Or(query.Get(listenOption), "on")
	if listen != "on" && listen != "off" {
		return config{}, tracker.Invalid("db", "there is no listen %q: use on, or off to poll for changes", listen)
	}
	if query.Has(listenOption) {
		query.Del(listenOption)
		u.RawQuery = query.Encode()
		address = u.String()
	}
	c, err := pgx.ParseConfig(address)
	if err != nil {
		return config{}, &tracker.Error{
			Code: tracker.CodeInvalid, Field: "db",
			Message: "the address of the database, its service file or the files of its certificates cannot be read: check them, and write the address as " + form,
		}
	}
	if c.RuntimeParams["application_name"] == "" {
		c.RuntimeParams["application_name"] = "storydesk"
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = connectTime
	}
	return config{connect: c, name: name(c), listen: listen == "on"}, nil
}

// name is DATABASE on HOST.
func name(c *pgx.ConnConfig) string {
	host := c.Host
	if strings.HasPrefix(host, "/") {
		host = "this computer"
	}
	return c.Database + " on " + host
}
