package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The pictures come out of the real program, each with what it is to show.
func TestPicturesOfTheProgram(t *testing.T) {
	folder := t.TempDir()
	if err := pictures(t.Context(), folder); err != nil {
		t.Fatal(err)
	}
	shows := map[string][]string{
		"board.svg":             {"2 Backlog", "Export CSV is empty", "3 Icebox", "Conversation 6"},
		"board-light.svg":       {"2 Backlog", "Export CSV is empty", "3 Icebox", "Conversation 6"},
		"story.svg":             {"S-8", "Comments 2", "It is the last page only: a fix follows."},
		"deliveries.svg":        {"Deliveries", "#1047"},
		"narrow.svg":            {"2 Backlog", "accepted"},
		"ticket-to-comment.svg": {"Backlog, above S-", "created from #1041", "is started", "1 waiting", "sent · audit"},
	}
	for name, texts := range shows {
		written, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if most := map[bool]int{false: 60_000, true: 300_000}[name == "ticket-to-comment.svg"]; len(written) > most {
			t.Errorf("%s has %d bytes", name, len(written))
		}
		drawn := wellFormed(t, string(written))
		for _, text := range texts {
			if !slices.ContainsFunc(drawn, func(s string) bool { return strings.Contains(s, text) }) {
				t.Errorf("%s does not show %q", name, text)
			}
		}
		if strings.Contains(string(written), os.TempDir()) {
			t.Errorf("%s shows where it was made", name)
		}
	}
}
