package session

import (
	"strings"
	"testing"

	"storydesk/tracker"
)

// A password in an argument is refused without repeating it, and with where it belongs.
func TestPasswordsInArguments(t *testing.T) {
	for address, refused := range map[string]bool{
		"postgres://db/x": false, "postgres://ada@db/x?sslmode=verify-full": false, "postgresql:///x?host=/run&user=ada": false,
		"postgres://ada:hunter2@db/x": true, "postgres://ada:@db/x": true, "postgres://db/x?password=hunter2": true, "postgres://ada:hunter2@db:no/x": true,
	} {
		if !IsServer(address) {
			t.Errorf("%s is taken for a path", address)
		}
		err := CheckLocation(flag, address)
		if refused != (tracker.CodeOf(err) == tracker.CodeInvalid) {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil && (strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "PGPASSWORD") && !strings.Contains(err.Error(), "postgres://USER@HOST/DATABASE")) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, path := range []string{"", "storydesk.db", "/postgres:/x", "postgres", "file:///x"} {
		if IsServer(path) {
			t.Errorf("%q is taken for a server", path)
		}
	}
}
