package tests

import (
	"fmt"
	"strings"
	"testing"

	feeds "storydesk/feed/sandbox"
	"storydesk/zendesk/sandbox"
)

// On a terminal `integration add` asks for what is missing, asks again where
// an answer cannot work, and never shows the secret.
func TestIntegrationAddAsks(t *testing.T) {
	x := start(t, 100, 30, t.TempDir(), "integration", "add", "--email", "ada@acme.com", "--view", "360001234", "--no-test")
	for _, dialogue := range [][2]string{
		{"Name:", "Support"},
		{"Zendesk URL:", "http://acme.example.com"},
		{"http would show the password", "https:/acme.zendesk.com"},
		{"not clearly an address", "other"},
		{"Sign in to other.zendesk.com? (enter for yes, or another address):", "no"},
		{"Zendesk URL:", "elsewhere"},
		{"Sign in to elsewhere.zendesk.com? (enter for yes, or another address):", "acme"},
		{"Sign in to acme.zendesk.com? (enter for yes, or another address):", "yes"},
		{"API token:", "sekret-4711"},
		{"Save it unencrypted in the database file? [y/N]", "y"},
	} {
		x.sees(dialogue[0])
		x.press(dialogue[1], "enter")
	}
	x.ended(0, "integration Support (acme.zendesk.com, view 360001234) is on")
	if strings.Contains(x.Raw(), "sekret-4711") {
		t.Error("the secret was shown")
	}
}

// A new address of an integration needs the password again, which is asked for
// only after the host was shown.
func TestIntegrationEditShowsTheHost(t *testing.T) {
	home := t.TempDir()
	x := start(t, 100, 30, home, "integration", "add", "--name", "Support", "--url", "acme", "--email", "ada@acme.com", "--view", "360001234", "--no-test")
	for _, dialogue := range [][2]string{
		{"Sign in to acme.zendesk.com?", ""}, {"API token:", "sekret-4711"}, {"Save it unencrypted in the database file? [y/N]", "y"},
	} {
		x.sees(dialogue[0])
		x.press(dialogue[1], "enter")
	}
	x.ended(0, "integration Support")
	x = start(t, 100, 30, home, "integration", "edit", "Support", "--url", "acne")
	for _, dialogue := range [][2]string{
		{"Sign in to acne.zendesk.com?", "no"}, {"Zendesk URL:", "acme"}, {"Sign in to acme.zendesk.com?", ""}, {"Password or token:", "sekret-4712"},
	} {
		x.sees(dialogue[0])
		x.press(dialogue[1], "enter")
	}
	x.ended(0, "integration Support (acme.zendesk.com, view 360001234)")
}

// Without any flag it asks for the method of signing in, and offers the views
// that the user can see; both are chosen by number.
func TestIntegrationAddOffersWhatThereIs(t *testing.T) {
	_, url := openSandbox(t)
	x := start(t, 100, 40, t.TempDir(), "integration", "add")
	for _, dialogue := range [][2]string{
		{"Kind, 1 to 2 (enter: 1):", ""},
		{"Name:", "Support"},
		{"Zendesk URL:", url},
		{"Sign-in, 1 to 4 (enter: 1):", "9"},
		{"enter a number from 1 to 4", "3"},
		{"Sign in to 127.0.0.1:", ""},
		{"User e-mail:", sandbox.Email},
		{"API token:", sandbox.Token},
		{"View, 1 to", "one of them"},
		{"View, 1 to", "1"},
		{"Save it unencrypted in the database file? [y/N]", "y"},
	} {
		x.sees(dialogue[0])
		x.press(dialogue[1], "enter")
	}
	x.ended(0, fmt.Sprintf("view %d) is on", sandbox.ViewUnresolved))
	if raw := x.Raw(); strings.Contains(raw, sandbox.Token) || strings.Contains(raw, "\x1b[?1049") || strings.Contains(raw, "\x1b[2J") {
		t.Errorf("the secret was shown, or the screen was taken:\n%q", raw)
	}
}

// A feed is added in answer to the first question, and asked no more than it needs.
func TestIntegrationAddAsksForTheKind(t *testing.T) {
	box := feeds.New(feeds.Mode{})
	url, err := box.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	x := start(t, 100, 40, t.TempDir(), "integration", "add")
	for _, dialogue := range [][2]string{
		{"Kind, 1 to 2 (enter: 1):", "jira"},
		{"enter a number from 1 to 2", "Other"},
		{"Name:", "Planner"},
		{"Feed URL:", url + feeds.Path},
		{"Base URL:", url + feeds.Pages},
	} {
		x.sees(dialogue[0])
		x.press(dialogue[1], "enter")
	}
	x.ended(0, "5 items")
}

// Without consent nothing is saved.
func TestIntegrationAddIsDeclined(t *testing.T) {
	home := t.TempDir()
	x := start(t, 100, 30, home, "integration", "add", "--name", "Support", "--url", "acme", "--email", "ada@acme.com", "--view", "1")
	x.sees("Sign in to acme.zendesk.com")
	x.press("enter")
	x.sees("API token:")
	x.press("sekret-4711", "enter")
	x.sees("[y/N]")
	x.press("enter")
	x.ended(1, "--store-secret-in-db")
	start(t, 100, 30, home, "integration", "list").ended(0, "no integrations")
}

// ctrl+d where an answer should be is the end of it, and no defect.
func TestIntegrationAddEndsWithItsInput(t *testing.T) {
	x := start(t, 100, 30, t.TempDir(), "integration", "add")
	x.sees("Kind, 1 to 2")
	x.press("enter")
	x.sees("Name:")
	x.press("ctrl+d")
	x.ended(2, "the input ended before the name was given")
}

// What cannot be taken back is asked about on a terminal; only yes does it.
func TestDeletingAsks(t *testing.T) {
	home := t.TempDir()
	start(t, 100, 30, home, "story", "add", "--name", "Kept for now").ended(0, "S-1")
	for _, dialogue := range []struct {
		answer string
		code   int
		last   string
	}{{"", 1, "nothing was changed"}, {"nope", 1, "nothing was changed"}, {"y", 0, "deleted S-1: Kept for now"}} {
		x := start(t, 100, 30, home, "story", "delete", "1")
		x.sees("Delete S-1? “storydesk story restore” brings it back. [y/N]")
		x.press(dialogue.answer, "enter")
		x.ended(dialogue.code, dialogue.last)
	}
}

// ctrl+c at a question ends the program at once, and nothing is done.
func TestQuestionsAreInterrupted(t *testing.T) {
	home := t.TempDir()
	start(t, 100, 30, home, "story", "add", "--name", "Kept for now").ended(0, "S-1")
	account := []string{"integration", "add", "--name", "Support", "--url", "acme", "--email", "ada@acme.com", "--view", "1"}
	for _, c := range []struct {
		name, question, typed string
		args, env             []string
	}{
		{"a line", "Kind, 1 to 2", "", []string{"integration", "add"}, nil},
		{"half a line", "Kind, 1 to 2", "zen", []string{"integration", "add"}, nil},
		{"the host", "Sign in to acme.zendesk.com", "", account, nil},
		{"the consent", "[y/N]", "y", account, []string{"STORYDESK_SECRET=sekret-4711"}},
		{"a deletion", "[y/N]", "y", []string{"story", "delete", "1"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			// An interrupt makes the terminal discard what it has not shown yet,
			// unless it is set not to; the program's last words may be among that.
			shell := []string{"-c", `stty noflsh && exec "$@"`, "sh", program(t)}
			x := startProgram(t, "sh", c.env, 100, 30, home, append(shell, c.args...)...)
			x.sees(c.question)
			x.press(c.typed, "ctrl+c")
			x.ended(1, "\nstorydesk: interrupted")
		})
	}
	start(t, 100, 30, home, "story", "list").ended(0, "Kept for now")
	start(t, 100, 30, home, "integration", "list").ended(0, "no integrations")
}
