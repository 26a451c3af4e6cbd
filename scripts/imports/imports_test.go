package main

import (
	"os"
	"strings"
	"testing"
)

// docs/architecture.md shows the packages as they are. To renew it, put what
// `go run ./scripts/imports` prints between its two marks.
func TestArchitectureIsCurrent(t *testing.T) {
	t.Parallel()
	all, err := list("../..")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, begins := strings.Cut(string(text), "<!-- packages -->\n")
	shown, _, ends := strings.Cut(rest, "<!-- end of packages -->")
	if want := render(all); !begins || !ends {
		t.Error("docs/architecture.md has no place for the packages")
	} else if strings.TrimSpace(shown) != strings.TrimSpace(want) {
		t.Errorf("docs/architecture.md shows other packages than there are; it should say\n\n%s", want)
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	all, err := list("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.is == "" {
			t.Errorf("%s has no package comment", p.name)
		}
	}
}

func TestDirectLeavesOutWhatIsReachedThroughAnother(t *testing.T) {
	t.Parallel()
	byName := map[string]pkg{
		"top": {name: "top", imports: []string{"middle", "low"}}, "middle": {name: "middle", imports: []string{"low"}}, "low": {name: "low"},
	}
	if got := strings.Join(direct(byName["top"], byName), " "); got != "middle" {
		t.Errorf("top stands on %q, want middle alone", got)
	}
	if got := height("top", byName); got != 2 {
		t.Errorf("top is %d high, want 2", got)
	}
}
