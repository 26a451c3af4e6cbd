package tests

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// decisions are the keys for the n-th ticket of a morning: most go to the top of the
// Backlog or the Icebox, some to the end, some are dismissed, a few snoozed.
func decisions(n int) []string {
	switch {
	case n%13 == 12:
		return []string{"Z", "t"}
	case n%10 == 9:
		return []string{"B"}
	case n%10 == 4:
		return []string{"I"}
	case n%7 == 3:
		return []string{"x"}
	case n%3 == 1:
		return []string{"i"}
	}
	return []string{"b"}
}

var cursorAt = regexp.MustCompile(`(?m)^┃▌[^#│┃]*#(\d+)`)

// cursor is the number of the ticket that the cursor is on, empty for none.
func cursor(screen string) string {
	if found := cursorAt.FindStringSubmatch(screen); found != nil {
		return found[1]
	}
	return ""
}

// firstWord is the first word of a text that stands on one line however it is wrapped,
// empty where it has none.
func firstWord(text string) string {
	return regexp.MustCompile(`\b[A-Za-z]{4,12}\b`).FindString(text)
}

// Fifty tickets are decided with one key each, two where they are snoozed, and the first
// comment of each is on the screen before that.
func TestFiftyTicketsAreDecided(t *testing.T) {
	const tickets, most = 50, 75
	for _, size := range [][2]int{{120, 32}, {200, 60}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			db := filepath.Join(home, "demo.db")
			x := start(t, size[0], size[1], home, "demo", "--db", db)
			x.sees("1 Tickets ━", "▌ N #1048")
			pressed, before := 0, ""
			kinds := make(map[string]int)
			for n := range tickets {
				var id string
				x.until("the cursor on the next ticket", func(screen string) bool { id = cursor(screen); return id != "" && id != before })
				var shown struct{ Description string }
				twin(t, home, &shown, "ticket", "show", id, "--db", db)
				word := firstWord(shown.Description)
				x.until("the first comment of #"+id, func(screen string) bool {
					_, preview, found := strings.Cut(screen, " Conversation ")
					return found && strings.Contains(screen, "─ #"+id+" ─") && strings.Contains(preview, word)
				})
				for _, key := range decisions(n) {
					x.press(key)
					pressed++
				}
				kinds[decisions(n)[0]]++
				before = id
			}
			if pressed > most {
				t.Errorf("%d keys were pressed", pressed)
			}
			t.Logf("%d keys: %v", pressed, kinds)
			for flag, want := range map[string]int{"--dismissed": kinds["x"], "--snoozed": kinds["Z"]} {
				x.until("the tickets that are "+flag, func(string) bool {
					var aside []ticketJSON
					twin(t, home, &aside, "ticket", "list", flag, "--db", db)
					return len(aside) == want
				})
			}
			var backlog, icebox []storyJSON
			x.until("all stories", func(string) bool {
				twin(t, home, &backlog, "story", "list", "--column", "backlog", "--db", db)
				twin(t, home, &icebox, "story", "list", "--column", "icebox", "--db", db)
				return len(backlog) == kinds["b"]+kinds["B"] && len(icebox) == kinds["i"]+kinds["I"]
			})
			// Those at the top stand in the order of deciding, those at the end below them.
			for i, s := range backlog[1:] {
				if s.ID < backlog[i].ID && i+1 != kinds["b"] {
					t.Errorf("%v stands below %v", s.ID, backlog[i].ID)
				}
			}
		})
	}
}
