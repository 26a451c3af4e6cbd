// Package themetest checks how rows are drawn with a theme. It is for tests.
package themetest

import (
	"testing"

	"github.com/charmbracelet/x/ansi"

	"storydesk/ui/theme"
)

// width is how wide the rows are, in cells.
const width = 100

// Variant is a row in one state.
type Variant struct {
	Name string
	Draw func(w *theme.RowWriter, t *theme.Theme)
}

// Distinct fails where two of the rows have the same text: rows that differ in
// their state must differ in more than colour, weight and underline, with ASCII
// characters, too.
func Distinct(t *testing.T, rows []Variant) {
	t.Helper()
	for _, ascii := range []bool{false, true} {
		th := theme.New(theme.Options{NoColor: true, ASCII: ascii})
		seen := make(map[string]string)
		for _, v := range rows {
			w := th.Row(nil, width, theme.Plain)
			v.Draw(&w, th)
			row := ansi.Strip(string(w.End()))
			if other, ok := seen[row]; ok {
				t.Errorf("ASCII %t: %s looks like %s: %q", ascii, v.Name, other, row)
			}
			seen[row] = v.Name
		}
	}
}
