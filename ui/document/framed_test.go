package document

import (
	"strings"
	"testing"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/theme"
)

// framed draws a document of so many lines on an area of 40×10, below which something
// else takes some lines.
func framed(d *Document, lines, taken int) string {
	var c draw.Canvas
	c.Reset(theme.New(theme.Options{NoColor: true}), 40, 10)
	write := func(w *Writer) {
		for range lines {
			w.Line([]draw.Run{{Role: theme.Text, Text: "line"}})
		}
	}
	d.Framed(&c, draw.Rect{W: 40, H: 10}, draw.Box{Title: "Text"}, write, func(room draw.Rect) draw.Rect {
		room.H -= taken
		return room
	})
	return c.String()
}

func TestFrameSaysAtOnceWhereThereIsMore(t *testing.T) {
	for _, test := range []struct {
		name         string
		lines, taken int
		act          intent.ActionID
		want         string
	}{
		{"a text that fits", 8, 0, "", ""},
		{"a text that does not fit", 9, 0, "", "more below"},
		{"a text that does not fit beside what takes room", 8, 1, "", "more below"},
		{"the end of a text", 20, 0, intent.ActBottom, "more above"},
		{"the middle of a text", 20, 0, intent.ActHalfDown, "more above and below"},
	} {
		var d Document
		if test.act != "" {
			framed(&d, test.lines, test.taken)
			d.Handle(intent.Act{ID: test.act})
		}
		first := framed(&d, test.lines, test.taken)
		foot := strings.Trim(first[strings.LastIndex(first, "\n")+1:], "╰─╯ ")
		if foot != test.want {
			t.Errorf("%s: %q, want %q:\n%s", test.name, foot, test.want, first)
		}
		if framed(&d, test.lines, test.taken) != first {
			t.Errorf("%s: drawn again it is another frame", test.name)
		}
	}
}
