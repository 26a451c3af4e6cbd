package table

import (
	"testing"

	"storydesk/ui/theme"
)

// textRow is a row that shows one text; the text is its key, too.
type textRow string

func (r textRow) RowKey() string     { return string(r) }
func (r textRow) RowVersion() uint64 { return Version([...]uint64{Text(string(r))}) }

// A row is drawn again only when its version changes: what lies under it and what
// the filter highlights count, and are undone.
func TestVersionChangesWithTheLook(t *testing.T) {
	c := NewColumn[string, textRow]("rows")
	c.Set([]textRow{"a", "b"})
	plain := c.At(0).Version
	seen := map[uint64]string{plain: "plain", c.At(1).Version: "another row"}
	for _, look := range []struct {
		name     string
		do, undo func()
	}{
		{"dimmed", func() { c.Dimmed = []string{"a"} }, func() { c.Dimmed = nil }},
		{"tinted", func() { c.Tinted = "a" }, func() { c.Tinted = "" }},
		{"another minute", func() { c.Look++ }, func() { c.Look-- }},
		{"highlighted", func() { c.Show(Filter[textRow]{Query: "a", Highlights: func(string) []int { return []int{0} }}) }, func() { c.Show(Filter[textRow]{}) }},
	} {
		look.do()
		version := c.At(0).Version
		if other, ok := seen[version]; ok {
			t.Errorf("a row that is %s looks like one that is %s", look.name, other)
		}
		seen[version] = look.name
		if look.undo(); c.At(0).Version != plain || c.Ground("a") != theme.Plain {
			t.Errorf("a row does not look as before when it is no longer %s", look.name)
		}
	}
}
