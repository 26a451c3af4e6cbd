package account_test

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/zendesk/sandbox/account"
	"storydesk/zendesk/sandbox/world"
)

func start() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }

func open(t *testing.T, path string) *account.Account {
	t.Helper()
	a, err := account.Open(path, start, 2)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// shown is a record as clients see it.
func shown(t *testing.T, record any) string {
	t.Helper()
	text, err := json.MarshalIndent(record, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAnAccountIsTheSameWhenOpenedAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state")
	a := open(t, path)
	if err := a.Edit(world.Edit{Ticket: world.FirstGenerated, Status: "solved", Comment: "Solved"}); err != nil {
		t.Fatal(err)
	}
	if err := a.Generate(1); err != nil {
		t.Fatal(err)
	}
	if err := a.RememberPort(4711); err != nil {
		t.Fatal(err)
	}
	if _, err := account.Open(path, start, 2); err == nil {
		t.Error("opened twice at a time")
	}
	ticket, _ := a.Ticket(world.FirstGenerated)
	comments := a.Comments(world.FirstGenerated)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open(t, path)
	again, found := a.Ticket(world.FirstGenerated)
	if diff := cmp.Diff(shown(t, ticket), shown(t, again)); diff != "" || !found || again.Status != "solved" {
		t.Errorf("another ticket:\n%s", diff)
	}
	if diff := cmp.Diff(shown(t, comments), shown(t, a.Comments(world.FirstGenerated))); diff != "" {
		t.Errorf("other comments:\n%s", diff)
	}
	if _, found := a.Ticket(world.FirstGenerated + 2); !found || a.LastPort() != 4711 {
		t.Errorf("generated %v, port %d", found, a.LastPort())
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// What cannot be saved does not happen.
func TestAChangeThatCannotBeSavedIsNotMade(t *testing.T) {
	t.Parallel()
	a := open(t, filepath.Join(t.TempDir(), "state"))
	before, _ := a.Ticket(world.FirstGenerated)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if a.Edit(world.Edit{Ticket: world.FirstGenerated, Status: "solved"}) == nil || a.Generate(1) == nil {
		t.Error("saved in a closed file")
	}
	if after, _ := a.Ticket(world.FirstGenerated); after.Status != before.Status {
		t.Errorf("the ticket is %s", after.Status)
	}
	if _, found := a.Ticket(world.FirstGenerated + 2); found {
		t.Error("a ticket was generated")
	}
}
