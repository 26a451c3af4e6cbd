package tests

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// pasted is what a terminal sends for a paste (bracketed, mode 2004).
func pasted(text string) string {
	return "\x1b[200~" + strings.ReplaceAll(text, "\n", "\r") + "\x1b[201~"
}

// A comment is previewed before it is sent. Pasted text keeps its lines in a comment
// and loses them in a line. A link of the conversation opens in the browser.
func TestCommentsArePreviewedAndTheirLinksOpened(t *testing.T) {
	t.Parallel()
	env, opened := recordingBrowser(t)
	home := t.TempDir()
	db := filepath.Join(home, "demo.db")
	x := startWith(t, env, 140, 40, home, "demo", "--db", db)
	x.sees("#1047 Export fails")
	x.press("W") // the detail alone shows what is looked for
	x.press("g", "j", "b")
	x.sees("S-1 created from #1047")
	x.press("2", "enter")
	x.sees("Comments 0")
	x.press("V")
	x.sees("Preview: start S-1", "nothing is sent yet", "To #1047 · private comment", "Ada Lovelace started story S-1", "A new ticket is opened.")
	x.press("esc")
	x.loses("nothing is sent yet")

	x.press("c")
	x.sees("Write a comment.")
	x.press(pasted("Found it.\nSee https://docs.example.com/export, and wait."))
	x.sees("and wait.")
	x.press("ctrl+y")
	x.sees("Preview: comment on S-1", "Ada Lovelace on story S-1", "Found it.", "See https://docs.example.com/export")
	x.press("esc")
	x.loses("nothing is sent yet")
	x.press("ctrl+s")
	x.sees("Comments 1")
	var deliveries []deliveryJSON
	twin(t, home, &deliveries, "--db", db, "delivery", "list")
	if len(deliveries) != 1 || !strings.Contains(deliveries[0].Text, "Found it.\nSee https://docs.example.com/export, and wait.\n") {
		t.Errorf("%+v", deliveries)
	}

	x.sees("✓ #1047") // nothing moves any more
	x.over("N #1047 Export fails over 10,000 rows   ").click()
	x.sees("The manual [1]")
	x.press("f")
	x.sees("Open which link or file?")
	x.press("limits", "enter")
	x.until("the browser opened", func(string) bool {
		address, err := os.ReadFile(opened)
		return err == nil && string(address) == "https://docs.brightwharf.example/api/exports#limits"
	})
	x.press("esc")
	x.sees("Comments 1")
	x.press("esc")
	x.loses("Comments 1")
	x.press("3", "n")
	x.sees("New story in the Icebox")
	x.press(pasted("Export\nwith a\tcolumn"), "enter")
	x.sees("S-2 created")
	var stories []storyJSON
	twin(t, home, &stories, "--db", db, "story", "list", "--column", "icebox")
	if names(stories) != "Export with a column" {
		t.Errorf("the Icebox holds %q", names(stories))
	}
}

// A ticket is linked to the story that a few letters find, and a story that
// looks like an older one leads there instead.
func TestLinksByWords(t *testing.T) {
	t.Parallel()
	x, list := withStories(t, 140)
	x.press("1", "g", "L")
	x.sees("Link #1048 to a story", "Cherry", "Walnut")
	x.press("ban")
	x.until("one story", func(screen string) bool {
		_, dialogue, _ := strings.Cut(screen, "Link #1048")
		return strings.Contains(dialogue, "Banana") && !strings.Contains(dialogue, "Cherry")
	})
	x.press("enter")
	x.sees("#1048 linked to S-2")
	x.press("/", "csv is empty", "enter")
	x.sees("1 of 53")
	x.press("n", "Export CSV is empty again", "enter")
	x.sees("S-5 created")
	x.press("1", "i")
	x.sees("S-6 created · L links to S-5")
	x.press("L")
	x.sees("instead of S-6", "Export CSV is empty again")
	x.press("enter")
	x.sees("Linked to S-5; S-6 removed")
	var linked []string
	for _, s := range list("icebox") {
		for _, ticket := range s.Tickets {
			linked = append(linked, fmt.Sprintf("%s #%d", s.Name, ticket.TicketID))
		}
	}
	if got := strings.Join(linked, ", "); got != "Export CSV is empty again #1042, Banana #1048" {
		t.Errorf("linked are %s", got)
	}
}
