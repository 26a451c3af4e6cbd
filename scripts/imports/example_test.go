package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The worked example of docs/architecture.md fits the code as it is, and what it makes
// of it compiles. To renew it, make the change and put in what `git diff` prints.
func TestTheExampleFitsTheCode(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := examplesIn(string(text))
	if len(examples) == 0 {
		t.Fatal("docs/architecture.md has no example")
	}
	changed := make(map[string]string)
	for _, example := range examples {
		for name, hunks := range hunksOf(example) {
			path, err := filepath.Abs(filepath.Join("../..", name))
			if err != nil {
				t.Fatal(err)
			}
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			after, err := apply(string(before), hunks)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			changed[path] = filepath.Join(t.TempDir(), filepath.Base(name))
			if err := os.WriteFile(changed[path], []byte(after), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(changed) == 0 {
		t.Fatal("the example changes no file")
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": changed})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(file, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	for path := range changed {
		cmd := exec.CommandContext(t.Context(), "go", "build", "-overlay", file, ".")
		cmd.Dir = filepath.Dir(path)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("with the example it does not compile: %v\n%s", err, out)
		}
	}
}

func TestAnExampleThatDoesNotFitIsRefused(t *testing.T) {
	t.Parallel()
	const file = "one\ntwo\nthree\ntwo\nfour\n"
	for diff, want := range map[string]string{
		"--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n":                                   "one\n2\nthree\ntwo\nfour\n",
		"--- a/f\n+++ b/f\n@@ -9,2 +9,3 @@ func\n three\n+3\n two\n@@ -1 +1 @@\n-four\n+4\n":    "one\ntwo\nthree\n3\ntwo\n4\n",
		"--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n one\n-too\n+2\n":                                   "",
		"--- a/f\n+++ b/f\n@@ -1 +1 @@\n-two\n+2\n":                                             "",
		"--- a/f\n+++ b/f\n@@ -4,2 +4,2 @@\n two\n-four\n+4\n@@ -1,2 +1,2 @@\n-one\n+1\n two\n": "",
	} {
		got, err := apply(file, hunksOf(diff)["f"])
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", diff, got, err)
		}
	}
}

// examplesIn are the blocks of a text in Markdown that are differences.
func examplesIn(text string) []string {
	var blocks []string
	for {
		_, rest, found := strings.Cut(text, "\n```diff\n")
		if !found {
			return blocks
		}
		block, after, _ := strings.Cut(rest, "\n```\n")
		blocks, text = append(blocks, block+"\n"), after
	}
}

// hunk is what stands in a file before and after a change.
type hunk struct{ before, after string }

// hunksOf are the hunks of a difference by the names of their files.
func hunksOf(diff string) map[string][]hunk {
	hunks := make(map[string][]hunk)
	name := ""
	for line := range strings.Lines(diff) {
		list := hunks[name]
		switch {
		case strings.HasPrefix(line, "--- "):
		case strings.HasPrefix(line, "+++ b/"):
			name = strings.TrimSpace(strings.TrimPrefix(line, "+++ b/"))
		case strings.HasPrefix(line, "@@"):
			hunks[name] = append(list, hunk{})
		case len(list) > 0:
			h := &list[len(list)-1]
			switch line[0] {
			case '-':
				h.before += line[1:]
			case '+':
				h.after += line[1:]
			default:
				h.before, h.after = h.before+strings.TrimPrefix(line, " "), h.after+strings.TrimPrefix(line, " ")
			}
		}
	}
	return hunks
}

// apply makes the changes of hunks, one behind the other. What stands before a change
// must be found once, wherever the lines have moved to.
func apply(file string, hunks []hunk) (string, error) {
	done, rest := "", "\n"+file
	for _, h := range hunks {
		switch strings.Count(rest, "\n"+h.before) {
		case 0:
			return "", fmt.Errorf("these lines are not there, or not behind those of the hunk before:\n%s", h.before)
		case 1:
		default:
			return "", fmt.Errorf("these lines are there several times:\n%s", h.before)
		}
		before, after, _ := strings.Cut(rest, "\n"+h.before)
		done, rest = done+before+"\n"+strings.TrimSuffix(h.after, "\n"), "\n"+after
	}
	return strings.TrimPrefix(done+rest, "\n"), nil
}
