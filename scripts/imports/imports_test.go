package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docs/architecture.md shows the packages as they are; `go run ./scripts/imports` writes it.
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
	_, rest, found := strings.Cut(string(text), begins)
	shown, _, whole := strings.Cut(rest, ends)
	if want := render(all); !found || !whole {
		t.Error("docs/architecture.md has no place for the packages")
	} else if strings.TrimSpace(shown) != strings.TrimSpace(want) {
		t.Errorf("docs/architecture.md shows other packages than there are; `go run ./scripts/imports` writes them. They are\n\n%s", want)
	}
}

// A rule of the linter that begins anywhere (`**/ui/**`) takes the whole program for
// ui in a checkout that stands in a folder ui, and one of a folder that is not there
// holds nothing.
func TestRulesOfTheLinterNameFoldersOfTheProgram(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../.golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	anchored := regexp.MustCompile(`^!?\$\{config-path\}/([a-z/]+)/(\*\*|\*\.go)$`)
	n := 0
	for line := range strings.SplitSeq(string(text), "\n") {
		patterns, found := strings.CutPrefix(strings.TrimSpace(line), "files: [")
		if !found {
			continue
		}
		for pattern := range strings.SplitSeq(strings.TrimSuffix(patterns, "]"), ", ") {
			pattern = strings.Trim(pattern, `"`)
			if n++; pattern == "!$test" {
				continue
			}
			m := anchored.FindStringSubmatch(pattern)
			if m == nil {
				t.Errorf("%s does not begin at the program's own folder, as ${config-path}/ui/** does", pattern)
				continue
			}
			if _, err := os.Stat(filepath.Join("../..", m[1])); err != nil {
				t.Errorf("%s: %v", pattern, err)
			}
		}
	}
	if n == 0 {
		t.Error(".golangci.yml has no rules")
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
