package tests

import (
	"flag"
	"os"
	"strings"
	"testing"

	"storydesk/ui"
	"storydesk/ui/setting"
)

var update = flag.Bool("update", false, "write the README's tables")

// The README's tables are those that the program acts on. With -update it writes them.
func TestREADMETablesAreTheProgramsTables(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(readme)
	for name, want := range map[string]string{"keys": ui.KeyTable(), "settings": setting.Table()} {
		before, rest, found := strings.Cut(text, "<!-- "+name+" -->\n")
		table, after, ends := strings.Cut(rest, "<!-- end of "+name+" -->")
		switch {
		case !found || !ends:
			t.Errorf("README.md has no place for the %s", name)
		case strings.TrimSpace(table) == strings.TrimSpace(want):
		case *update:
			text = before + "<!-- " + name + " -->\n" + strings.TrimSpace(want) + "\n<!-- end of " + name + " -->" + after
		default:
			t.Errorf("README.md lists other %s than the program has; `go test ./tests -run README -update` writes them. They are\n\n%s", name, want)
		}
	}
	if text == string(readme) {
		return
	}
	if err := os.WriteFile("../README.md", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
