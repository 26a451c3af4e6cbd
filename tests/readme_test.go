package tests

import (
	"os"
	"strings"
	"testing"

	"storydesk/ui"
	"storydesk/ui/setting"
)

// The README's tables are those that the program acts on. To renew one, put
// what this test prints between its two marks.
func TestREADMETablesAreTheProgramsTables(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"keys": ui.KeyTable(), "settings": setting.Table()} {
		_, rest, found := strings.Cut(string(readme), "<!-- "+name+" -->\n")
		table, _, ends := strings.Cut(rest, "<!-- end of "+name+" -->")
		if !found || !ends {
			t.Errorf("README.md has no place for the %s", name)
		} else if strings.TrimSpace(table) != strings.TrimSpace(want) {
			t.Errorf("README.md lists other %s than the program has; it should say\n\n%s", name, want)
		}
	}
}
