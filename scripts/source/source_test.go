package source_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"storydesk/scripts/source"
)

func TestWalk(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for name, text := range map[string]string{
		"main.go": "package main\n", "ui/board.go": "package ui\n\nfunc Draw() {}\n", "ui/board_test.go": "not Go",
		"ui/testdata/a.go": "not Go", "scripts/tool/main.go": "not Go", ".hidden/a.go": "not Go", "README.md": "not Go",
	} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var names []string
	line := 0
	err := source.Walk(root, func(f source.File) {
		names = append(names, f.Name)
		if len(f.Tree.Decls) > 0 {
			line = f.Line(f.Tree.Decls[0].Pos())
		}
	})
	if want := []string{"main.go", "ui/board.go"}; err != nil || !slices.Equal(names, want) || line != 3 {
		t.Errorf("%v, line %d, %v; want %v, line 3", names, line, err, want)
	}
	if err := os.WriteFile(filepath.Join(root, "ui", "broken.go"), []byte("package"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := source.Walk(root, func(source.File) {}); err == nil {
		t.Error("a file that cannot be read is passed over")
	}
}
