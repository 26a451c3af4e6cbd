package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What only one system has, and what vet has to say there, is found without that system.
func TestWhatOtherSystemsLack(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":           "module example.com/m\n\ngo 1.26\n",
		"session_linux.go": "package m\n\nfunc leads() bool { return true }\n",
		"session.go":       "package m\n\nvar Leads = leads()\n",
		"name_windows.go":  "package m\n\nfunc name() {}\n\nvar Named = name != nil\n",
		"well/well.go":     "package well\n\nconst Well = true\n",
	} {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(folder)
	found := func(pattern, system string) string {
		problems, err := portable(t.Context(), pattern, system)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(problems, "\n")
	}
	if got := found("./...", "linux"); got != "" {
		t.Errorf("on linux: %s", got)
	}
	if got := found("./...", "windows"); !strings.Contains(got, "session.go:3:13: undefined: leads") {
		t.Errorf("on windows: %s", got)
	}
	if err := os.Remove("session.go"); err != nil {
		t.Fatal(err)
	}
	if got := found("./...", "windows"); !strings.Contains(got, "name_windows.go:5:") || !strings.Contains(got, "comparison of function name != nil is always true") {
		t.Errorf("vet on windows: %s", got)
	}
}
