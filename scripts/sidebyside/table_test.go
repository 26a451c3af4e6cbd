package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTableComparesMediansAndSaysWhereStorydeskNeedsMore(t *testing.T) {
	b := &bench{figures: make(map[measure]map[string][]float64)}
	for _, v := range []float64{30, 10, 20, 40} {
		b.note(rows, "storydesk", v)
		b.note(rows, "vit", 2*v)
		b.note(memory, "storydesk", v)
	}
	for _, v := range []float64{9, 1, 5} {
		b.note(rows, "fzf", v)
	}
	got := b.table()
	for _, want := range []string{
		"| start to the rows, ms | 25 | – | 50 (×2) | 5.0 (×0.2) | – |",
		"| memory once the rows are there, MB | 25 | – | – | – | – |",
		"Where storydesk needs more:\n\n- start to the rows, ms: fzf needs 5.0, storydesk 25.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the table lacks %q:\n%s", want, got)
		}
	}
}

func TestFiguresGoIntoTheirPlace(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(page, []byte("# A\n<!-- figures -->\nold\n<!-- end of figures -->\nB\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := replace(page, "new\n"); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(page)
	if want := "# A\n<!-- figures -->\n\nnew\n\n<!-- end of figures -->\nB\n"; err != nil || string(content) != want {
		t.Errorf("%q, %v", content, err)
	}
	if err := os.WriteFile(page, []byte("# A\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := replace(page, "new"); err == nil {
		t.Error("a page without a place took figures")
	}
}
