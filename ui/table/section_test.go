package table

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"storydesk/ui/draw"
	"storydesk/ui/theme"
)

// listed writes the lines of a column: captions in brackets, the drop line as >, the
// lines of an inset as +.
func listed(c *Column[string, textRow]) string {
	var b strings.Builder
	for i := range c.Len() {
		item := c.At(i)
		row, ok := c.Row(i)
		_, inset := c.InsetLine(i)
		switch {
		case inset:
			b.WriteString("+")
		case item.Caption:
			b.WriteString("[" + item.Key + "]")
		case ok:
			b.WriteString(string(row))
		default:
			b.WriteString(">")
		}
	}
	return b.String()
}

func sectioned() *Column[string, textRow] {
	c := NewColumn[string, textRow]("rows")
	c.Set([]textRow{"a", "b", "c", "d"},
		Section[string]{From: 0, To: 0, Key: "1"}, Section[string]{From: 0, To: 2, Key: "2"}, Section[string]{From: 2, To: 4, Key: "3"})
	return c
}

func TestSections(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*Column[string, textRow])
		want   string
	}{
		"as they are":                {func(*Column[string, textRow]) {}, "[1][2]ab[3]cd"},
		"narrowed":                   {func(c *Column[string, textRow]) { c.Show(only("bd")) }, "[2]b[3]d"},
		"narrowed to one section":    {func(c *Column[string, textRow]) { c.Show(only("d")) }, "[3]d"},
		"narrowed to nothing":        {func(c *Column[string, textRow]) { c.Show(only("")) }, ""},
		"a drop line":                {func(c *Column[string, textRow]) { c.Line(1) }, "[1][2]a>b[3]cd"},
		"a drop line at a caption":   {func(c *Column[string, textRow]) { c.Line(2) }, "[1][2]ab[3]>cd"},
		"a drop line over a caption": {func(c *Column[string, textRow]) { c.Line(2); c.DropOver = true; c.Renew() }, "[1][2]ab>[3]cd"},
		"a drop line at the top":     {func(c *Column[string, textRow]) { c.Line(0) }, "[1][2]>ab[3]cd"},
		"a drop line at the end":     {func(c *Column[string, textRow]) { c.Line(4) }, "[1][2]ab[3]cd>"},
		"an inset":                   {func(c *Column[string, textRow]) { c.SetInset(under("b")) }, "[1][2]ab++[3]cd"},
		"an inset and a drop line":   {func(c *Column[string, textRow]) { c.SetInset(under("a")); c.Line(3) }, "[1][2]a++b[3]c>d"},
		"other rows without them":    {func(c *Column[string, textRow]) { c.Set([]textRow{"x", "y"}) }, "xy"},
		"a filter taken back again":  {func(c *Column[string, textRow]) { c.Show(only("d")); c.Show(Filter[textRow]{}) }, "[1][2]ab[3]cd"},
	}
	for name, tt := range tests {
		c := sectioned()
		tt.change(c)
		if got := listed(c); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func only(rows string) Filter[textRow] {
	return Filter[textRow]{Query: "q", Keep: func(r *textRow) bool { return rows != "" && strings.Contains(rows, string(*r)) }}
}

func under(row string) *Inset[string] {
	return &Inset[string]{Under: row, Lines: make([][]draw.Run, 2), Key: func(line int) string { return "inset" + strings.Repeat("'", line) }}
}

// The cursor passes captions; the mouse means the row below one.
func TestCaptionsAreNotSelected(t *testing.T) {
	t.Parallel()
	c := sectioned()
	c.List.Top()
	var passed []string
	for range 5 {
		key, _ := c.List.Selected()
		passed = append(passed, key)
		c.List.Move(1)
	}
	if want := []string{"a", "b", "c", "d", "d"}; !slices.Equal(passed, want) {
		t.Errorf("the cursor goes over %v, want %v", passed, want)
	}
	for i, want := range []string{"a", "a", "a", "b", "c", "c", "d"} {
		if got := c.KeyAt(i); got != want {
			t.Errorf("line %d means %q, want %q", i, got, want)
		}
	}
	c.List.MarkAll()
	if got := c.Marks(); len(got) != 4 {
		t.Errorf("marked are %v", got)
	}
}

func TestCaptionIsAsLongAsThereIsRoom(t *testing.T) {
	t.Parallel()
	th := theme.New(theme.Options{NoColor: true})
	s := Section[string]{Captions: func() []string { return []string{"a long caption", "short"} }, Role: theme.Muted}
	for width, want := range map[int]string{24: "── a long caption ──", 20: "── a long caption ──", 19: "── short ──", 9: "── sh… ──"} {
		w := th.Row(nil, width, theme.Plain)
		s.draw(&w, th)
		if got := strings.TrimRight(string(w.End()), " "); !strings.Contains(got, want) {
			t.Errorf("%d cells: %q, want %q", width, got, want)
		}
	}
}

// Whatever stands among the rows, every row and every caption is there once, in order.
func TestSectionsOfAnyColumn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "rows")
		rows := make([]textRow, n)
		for i := range rows {
			rows[i] = textRow(rune('a' + i))
		}
		var all []Section[string]
		from := 0
		for from < n {
			to := min(n, from+rapid.IntRange(0, 5).Draw(t, "length"))
			all = append(all, Section[string]{From: from, To: to, Key: "s" + strings.Repeat("i", len(all))})
			from = max(to, from)
			if len(all) > 40 {
				break
			}
		}
		c := NewColumn[string, textRow]("rows")
		c.Set(rows, all...)
		drop := rapid.IntRange(-1, n).Draw(t, "drop")
		if rapid.Bool().Draw(t, "open") {
			c.SetInset(under(string(rows[rapid.IntRange(0, n-1).Draw(t, "under")])))
		}
		c.Line(drop)
		c.DropOver = rapid.Bool().Draw(t, "over")
		c.Renew()
		order := rapid.SliceOfN(rapid.IntRange(0, c.Len()-1), 1, 50).Draw(t, "order")
		for _, i := range order { // whatever was asked for before
			c.At(i)
		}
		next, captions, lines := 0, 0, 0
		for i := range c.Len() {
			row, ok := c.Row(i)
			switch item := c.At(i); {
			case ok && row != rows[next]:
				t.Fatalf("line %d is %s, want %s", i, row, rows[next])
			case ok:
				next++
			case item.Caption && strings.HasPrefix(item.Key, "s"):
				if all[captions].Key != item.Key || all[captions].From != next {
					t.Fatalf("the caption %s stands above row %d", item.Key, next)
				}
				captions++
			default:
				lines++
			}
		}
		want := 0
		if drop >= 0 {
			want++
		}
		if c.Inset != nil {
			want += 2
		}
		if next != n || captions != len(all) || lines != want {
			t.Fatalf("%d of %d rows, %d of %d captions, %d of %d other lines", next, n, captions, len(all), lines, want)
		}
	})
}
