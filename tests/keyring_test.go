package tests

import (
	"bytes"
	"encoding/base64"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"storydesk/store"
	"storydesk/store/keyring"
	"storydesk/store/keyring/keyringtest"
	"storydesk/ui/cli"
	"storydesk/usecases"
)

// desktop is a user's machine with a keyring.
type desktop struct {
	t    *testing.T
	home string
	ring keyring.Ring
}

func newDesktop(t *testing.T, ring keyring.Ring) *desktop {
	for name, value := range map[string]string{"STORYDESK_DB": "", "STORYDESK_SECRET": "", "STORYDESK_USER": "Ada"} {
		t.Setenv(name, value)
	}
	return &desktop{t: t, home: t.TempDir(), ring: ring}
}

func (d *desktop) database() string { return filepath.Join(d.home, "storydesk.db") }

// run runs a command with the secret on standard input, and returns what it
// prints on either stream. It must end well.
func (d *desktop) run(secret string, args ...string) string {
	d.t.Helper()
	var out bytes.Buffer
	program := parts(d.ring)
	program.Args = append([]string{"--debug"}, args...)
	program.In, program.Out, program.Err = strings.NewReader(secret), &out, &out
	program.DatabasePath, program.LogPath = d.database(), filepath.Join(d.home, "storydesk.log")
	if code := cli.Run(d.t.Context(), program, usecases.New); code != 0 {
		d.t.Fatalf("%q ended with %d:\n%s", args, code, &out)
	}
	return out.String()
}

// found lists the files with a secret in any of its encodings.
func (d *desktop) found(secret string) (names []string) {
	d.t.Helper()
	err := filepath.WalkDir(d.home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if shows(string(content), secret) {
			names = append(names, entry.Name())
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return names
}

func shows(text, secret string) bool {
	return strings.Contains(text, secret) || strings.Contains(text, strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(secret)), "="))
}

// place checks where a secret is reported to be saved.
func (d *desktop) place(want string) {
	d.t.Helper()
	if sheet := d.run("", "integration", "show", "Support"); !regexp.MustCompile(`(?m)^ +secret +` + want + `$`).MatchString(sheet) {
		d.t.Errorf("the secret is not reported in %q:\n%s", want, sheet)
	}
}

func TestSecretsAreOnlyWhereTheyBelong(t *testing.T) {
	const first, second = "sekret-4711", "sekret-4712"
	ring := keyringtest.New()
	d := newDesktop(t, ring)
	// Another process keeps the files beside the database alive.
	db, err := store.Open(t.Context(), d.database())
	if err != nil {
		t.Fatal(err)
	}
	printed := d.run(first, "integration", "add", "--name", "Support", "--url", "acme", "--email", "ada@acme.com",
		"--view", "1", "--password-stdin", "--no-test")
	d.place("keyring")
	if saved := ring.Secrets(); !slices.Equal(saved, []string{first}) {
		t.Errorf("the keyring holds %q", saved)
	}
	if names := d.found(first); len(names) > 0 {
		t.Errorf("the secret of the keyring is in %q", names)
	}

	printed += d.run(second, "integration", "edit", "Support", "--password-stdin")
	printed += d.run("", "integration", "edit", "Support", "--store-secret-in-db", "--json")
	d.place("database")
	if saved := ring.Secrets(); len(saved) > 0 {
		t.Errorf("the keyring holds %q", saved)
	}
	names := d.found(second)
	if len(names) == 0 || slices.ContainsFunc(names, func(name string) bool { return !strings.HasPrefix(name, "storydesk.db") }) {
		t.Errorf("the secret of the database is in %q", names)
	}

	printed += d.run(first, "integration", "edit", "Support", "--password-stdin")
	d.place("keyring")
	printed += d.run("", "integration", "remove", "Support", "--yes")
	if saved := ring.Secrets(); len(saved) > 0 {
		t.Errorf("the keyring holds %q of a removed integration", saved)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if names := append(d.found(first), d.found(second)...); len(names) > 0 {
		t.Errorf("the secret of a removed integration is in %q", names)
	}
	if shows(printed, first) || shows(printed, second) {
		t.Errorf("a secret was printed:\n%s", printed)
	}
}

// Commands that need no secret ask no keyring.
func TestTheKeyringIsAskedForSecretsOnly(t *testing.T) {
	ring := keyringtest.New()
	d := newDesktop(t, ring)
	d.run("sekret", "integration", "add", "--name", "Support", "--url", "acme", "--email", "ada@acme.com", "--view", "1", "--password-stdin", "--no-test")
	asked := ring.Calls()
	for _, args := range [][]string{
		{"story", "add", "--name", "A story"}, {"integration", "list"}, {"integration", "show", "Support"},
		{"integration", "edit", "Support", "--name", "Desk"}, {"integration", "disable", "Desk"}, {"version"},
	} {
		d.run("", args...)
	}
	if n := ring.Calls() - asked; n > 0 {
		t.Errorf("the keyring was asked %d times", n)
	}
}
