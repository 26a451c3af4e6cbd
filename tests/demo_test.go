package tests

import (
	"path/filepath"
	"strings"
	"testing"

	"storydesk/store/postgres/postgrestest"
)

// The main job by keyboard: triage tickets into both columns, estimate, start,
// comment; all of it proven on the ticket, and there again after the program
// was left and after it was killed.
func TestDemoFromTicketToPrivateComment(t *testing.T) {
	home := t.TempDir()
	db := filepath.Join(home, "demo.db")
	x := start(t, 140, 40, home, "demo", "--db", db)
	x.sees("1 Tickets", "2 Backlog", "3 Icebox", "Login loops on SSO")
	x.press("W") // the columns have the whole screen

	// Move to the ticket by filtering for it, then into the Backlog.
	x.press("/", "Login loops", "enter")
	x.sees("1 of 53")
	x.press("b")
	x.sees("S-1 created from #1044", "● ")
	x.press("esc")
	x.sees("#1042 Export CSV is empty")

	x.press("g", "j", "i")
	x.sees("S-2 created from #1047")

	var icebox []storyJSON
	twin(t, home, &icebox, "--db", db, "story", "list", "--column", "icebox")
	if len(icebox) != 1 || icebox[0].Name != "Export fails over 10,000 rows" || icebox[0].State != "unscheduled" {
		t.Fatalf("%+v", icebox)
	}

	// Start the story of the new ticket and comment on it.
	x.press("2", "s")
	x.sees("Finish")
	x.press("enter")
	x.sees("S-1", "started", "Comments 0")
	x.press("c")
	x.sees("New comment · sends a private comment to #1044")
	x.press("The clock of the identity provider is off.")
	x.sees("The clock of the identity provider is off.")
	x.press("ctrl+s")
	x.sees("Comments 1", "audit ")
	x.until("both comments delivered", func(screen string) bool { return strings.Count(screen, "✓ #1044") == 2 })

	var deliveries []deliveryJSON
	twin(t, home, &deliveries, "--db", db, "delivery", "list")
	if len(deliveries) != 2 {
		t.Fatalf("%+v", deliveries)
	}
	for _, d := range deliveries {
		if d.State != "sent" || d.AuditID == 0 || d.Public == nil || *d.Public {
			t.Errorf("not proven private: %+v", d)
		}
	}
	var ticket ticketJSON
	twin(t, home, &ticket, "--db", db, "ticket", "show", "1044")
	if ticket.Status != "open" || len(ticket.Stories) != 1 {
		t.Errorf("%+v", ticket)
	}

	// Any place: below the Icebox's story, then a feature's points and its start.
	x.press("esc")
	x.sees("b backlog  i icebox  m move")
	x.press("1", "g", "m")
	x.sees("enter drops")
	x.press("l", "G")
	x.sees("#1048 → Icebox, at the end")
	x.press("enter")
	x.sees("S-3 created from #1048")
	x.press("3", "p", "2")
	x.until("the points and the start", func(screen string) bool { return strings.Contains(screen, "★  2") })
	x.press("s")
	x.sees("S-3 is started")
	var moved storyJSON
	twin(t, home, &moved, "--db", db, "story", "show", "3")
	if moved.State != "started" || moved.Column != "backlog" || moved.Estimate != 2 || moved.Tickets[0].TicketID != 1048 {
		t.Errorf("%+v", moved)
	}

	// A command's change shows on the running board.
	var added storyJSON
	twin(t, home, &added, "--db", db, "story", "add", "--name", "By a command", "--to", "backlog")
	x.sees("By a command")

	x.press("q")
	if code := x.ends(); code != 0 {
		t.Errorf("left with exit code %d", code)
	}
	again := start(t, 140, 40, home, "demo", "--db", db)
	again.sees("Login loops on SSO", "By a command", "S-1")
	again.kill()
	third := start(t, 90, 30, home, "demo", "--db", db)
	third.sees("2 Backlog", "By a command")
	third.press("q")
	if code := third.ends(); code != 0 {
		t.Errorf("left with exit code %d", code)
	}
}

// The terminal is as before after leaving.
func TestDemoLeavesTheTerminalAsItWas(t *testing.T) {
	x := start(t, 100, 30, t.TempDir(), "demo")
	x.sees("1 Tickets", "s ago") // by the first frame alone it may not listen to resizes yet
	x.resize(60, 20)
	x.sees("2 Backlog 0  3 Icebox 0")
	x.resize(38, 9)
	x.sees("storydesk needs 40×10, this is 38×9")
	x.resize(120, 40)
	x.sees("─ 3 Icebox ─")
	x.press("q")
	if code := x.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	raw := x.Raw()
	for _, mode := range []string{"1049", "2004", "1002", "1006", "1004"} {
		on, off := strings.LastIndex(raw, "\x1b[?"+mode+"h"), strings.LastIndex(raw, "\x1b[?"+mode+"l")
		if on > off {
			t.Errorf("mode %s is left on", mode)
		}
	}
	if strings.LastIndex(raw, "\x1b[?25l") > strings.LastIndex(raw, "\x1b[?25h") {
		t.Error("the cursor is left hidden")
	}
}

// A dumb terminal is refused in a sentence, and is left as it was.
func TestDumbTerminalIsRefused(t *testing.T) {
	x := startWith(t, []string{"TERM=dumb"}, 100, 30, t.TempDir())
	x.ended(1, "cannot be drawn on a dumb terminal")
	if strings.Contains(x.Raw(), "\x1b[?1049") {
		t.Errorf("the screen was taken: %q", x.Raw())
	}
}

// A demo that ends while it is filled is filled to the end at the next start; one that
// was begun empty stays so.
func TestADemoIsFurnishedToTheEnd(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	db := filepath.Join(home, "demo.db")
	x := start(t, 160, 40, home, "demo", "--db", db, furnished)
	x.sees("#1026", "S-1")
	x.kill()
	x = start(t, 160, 40, home, "demo", "--db", db, furnished)
	x.sees("Refund page answers 404", "!1 parked", "velocity 8")
	x.press("q")
	x.ends()
	var stories []storyJSON
	if twin(t, home, &stories, "--db", db, "story", "list"); len(stories) != 30 {
		t.Errorf("%d stories: %q", len(stories), names(stories))
	}

	empty := filepath.Join(home, "empty.db")
	for _, args := range [][]string{{"demo", "--db", empty}, {"demo", "--db", empty, furnished}} {
		x = start(t, 160, 40, home, args...)
		x.sees("#1048", "s ago")
		x.press("q")
		x.ends()
	}
	if twin(t, home, &stories, "--db", empty, "story", "list"); len(stories) != 0 {
		t.Errorf("an empty demo has %q", names(stories))
	}
}

// The demo opens with stories in every state. One comment is parked, because its ticket
// was closed meanwhile, and a customer has answered.
func TestDemoIsFurnished(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	db := filepath.Join(home, "demo.db")
	x := start(t, 160, 40, home, "demo", "--db", db, furnished)
	x.sees("#1048", "Refund page answers 404", "Finish", "Restart", "Deliver", "Reject Accept", "!1 parked")
	x.press("d")
	x.sees("“Which number was it?", "parked: ")
	x.press("q")
	x.ends()
	var stories []storyJSON
	twin(t, home, &stories, "--db", db, "story", "list")
	states := map[string]bool{}
	for _, s := range stories {
		states[s.State] = true
	}
	for _, state := range []string{"unscheduled", "unstarted", "started", "finished", "delivered", "rejected", "accepted"} {
		if !states[state] {
			t.Errorf("no story is %s", state)
		}
	}
	var deliveries []deliveryJSON
	twin(t, home, &deliveries, "--db", db, "delivery", "list", "--state", "parked")
	if len(deliveries) != 1 {
		t.Errorf("parked are %+v", deliveries)
	}

	// It is furnished once: what the user made of it is there again.
	x = start(t, 160, 40, home, "demo", "--db", db, furnished)
	x.sees("#1048", "Refund page answers 404")
	x.press("q")
	x.ends()
	var again []storyJSON
	if twin(t, home, &again, "--db", db, "story", "list"); len(again) != len(stories) {
		t.Errorf("%d stories became %d", len(stories), len(again))
	}
}

// A demo may be on a server, in a database that is nobody's.
func TestDemoOnAServer(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	home := t.TempDir()
	for range 2 {
		x := start(t, 120, 30, home, "demo", "--db", address)
		x.sees("1 Tickets", "s ago")
		x.press("q")
		x.leaves(0)
	}
	// The first project of one's own may be empty, and an integration may have the demo's name.
	own, _ := postgrestest.Empty(t, "")
	var project struct{ Name string }
	twin(t, home, &project, "--db", own, "project", "add", "Acme")
	x := start(t, 120, 30, home, "demo", "--db", own)
	x.ended(2, "is your own database; give the demo an empty one, or none")
}
