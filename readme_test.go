package main

import (
	"os"
	"strings"
	"testing"

	"storydesk/ui"
)

// The README's key table is the one that the program acts on. To renew it, put
// what this test prints between the two marks.
func TestREADMEKeysAreTheProgramsKeys(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(readme), "<!-- keys -->\n")
	table, _, ends := strings.Cut(rest, "<!-- end of keys -->")
	if !found || !ends {
		t.Fatal("README.md has no place for the keys")
	}
	if want := ui.KeyTable(); strings.TrimSpace(table) != strings.TrimSpace(want) {
		t.Errorf("README.md lists other keys than the program has; it should say\n\n%s", want)
	}
}
