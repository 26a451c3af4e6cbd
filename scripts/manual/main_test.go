package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// There is a page for each command, which is the same on every machine.
func TestPagesOfTheManual(t *testing.T) {
	t.Setenv("HOME", "/home/somebody")
	folder := filepath.Join(t.TempDir(), "man")
	if err := write(folder, "v1.2.0", "2026-11-28"); err != nil {
		t.Fatal(err)
	}
	for page, want := range map[string]string{
		"storydesk.1":           `storydesk v1.2.0`,
		"storydesk-story-add.1": `--from-ticket`,
		"storydesk-sync.1":      `Refresh the views`,
		"storydesk-search.7":    `includedone:`,
		"storydesk-config.7":    `Settings, files and own commands`,
	} {
		text, err := os.ReadFile(filepath.Join(folder, page))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), want) {
			t.Errorf("%s does not say %q", page, want)
		}
		if strings.Contains(string(text), "/home/somebody") {
			t.Errorf("%s names a place on this machine", page)
		}
	}
}

func TestADayThatIsNone(t *testing.T) {
	if err := write(t.TempDir(), "v1.2.0", "yesterday"); err == nil || !strings.Contains(err.Error(), "-date") {
		t.Errorf("error %v", err)
	}
}
