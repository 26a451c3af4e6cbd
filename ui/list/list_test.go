package list_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"storydesk/ui/list"
)

// items makes rows whose keys are the words; a word that starts with "#" is a
// caption.
func items(words string) []list.Item[string] {
	var rows []list.Item[string]
	for _, word := range strings.Fields(words) {
		rows = append(rows, list.Item[string]{Key: word, Caption: strings.HasPrefix(word, "#")})
	}
	return rows
}

// drawn draws the list five rows high and returns what it shows, the cursor in
// brackets and marked rows with a star.
func drawn(l *list.List[string], rows []list.Item[string]) string {
	lines := l.Draw(list.Frame{Width: 4, Height: 5}, func(dst []byte, i int, flags list.Flags) []byte {
		s := rows[i].Key
		if flags&list.Marked != 0 {
			s = "*" + s
		}
		if flags&list.Selected != 0 {
			s = "[" + s + "]"
		}
		return append(dst, s...)
	})
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}

func TestMoves(t *testing.T) {
	rows := items("a b c d e f g h i j")
	for name, test := range map[string]struct {
		do   func(l *list.List[string])
		want string
	}{
		"first":           {func(*list.List[string]) {}, "[a] b c d e"},
		"down":            {func(l *list.List[string]) { l.Move(2) }, "a b [c] d e"},
		"down with spare": {func(l *list.List[string]) { l.Move(3) }, "b c [d] e f"},
		"back keeps view": {func(l *list.List[string]) { l.Move(5); l.Move(-1) }, "c d [e] f g"},
		"past the end":    {func(l *list.List[string]) { l.Move(99) }, "f g h i [j]"},
		"past the start":  {func(l *list.List[string]) { l.Bottom(); l.Move(-99) }, "[a] b c d e"},
		"page":            {func(l *list.List[string]) { l.Page(1) }, "c d [e] f g"},
		"half":            {func(l *list.List[string]) { l.Half(1) }, "a b [c] d e"},
		"pages":           {func(l *list.List[string]) { l.Page(9); l.Page(-1) }, "d e [f] g h"},
		"bottom":          {func(l *list.List[string]) { l.Bottom() }, "f g h i [j]"},
		"top":             {func(l *list.List[string]) { l.Bottom(); l.Top() }, "[a] b c d e"},
		"key":             {func(l *list.List[string]) { l.SelectKey("f") }, "d e [f] g h"},
		"unknown key":     {func(l *list.List[string]) { l.Move(1); l.SelectKey("z") }, "a [b] c d e"},
		"click":           {func(l *list.List[string]) { l.SelectAt(4) }, "a b c d [e]"},
		"click outside":   {func(l *list.List[string]) { l.SelectAt(5); l.SelectAt(-1) }, "[a] b c d e"},
		"wheel":           {func(l *list.List[string]) { l.Wheel(1) }, "d e [f] g h"},
		"wheel to an end": {func(l *list.List[string]) { l.Wheel(9) }, "f g [h] i j"},
		"wheel back":      {func(l *list.List[string]) { l.Wheel(1); l.Wheel(-1) }, "a b [c] d e"},
	} {
		t.Run(name, func(t *testing.T) {
			l := list.New[string]()
			l.SetItems(rows)
			drawn(l, rows)
			test.do(l)
			if got := drawn(l, rows); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestCaptionsAreSkipped(t *testing.T) {
	rows := items("#1 a #2 #3 b #4")
	l := list.New[string]()
	l.SetItems(rows)
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() {}, "#1 [a] #2 #3 b"},
		{func() { l.Move(1) }, "a #2 #3 [b] #4"},
		{func() { l.Move(1) }, "a #2 #3 [b] #4"},
		{func() { l.SelectAt(1) }, "a #2 #3 [b] #4"},
		{func() { l.Move(-1) }, "#1 [a] #2 #3 b"},
		{func() { l.Bottom() }, "a #2 #3 [b] #4"},
		{func() { l.SelectKey("#1") }, "a #2 #3 [b] #4"},
		{func() { l.MarkAll() }, "*a #2 #3 [*b] #4"},
	} {
		step.do()
		if got := drawn(l, rows); got != step.want {
			t.Errorf("got %s, want %s", got, step.want)
		}
	}
}

func TestNothingToSelect(t *testing.T) {
	for _, words := range []string{"", "#1 #2"} {
		rows := items(words)
		l := list.New[string]()
		l.SetItems(rows)
		l.Move(1)
		l.Page(-1)
		l.Wheel(2)
		l.ToggleMark()
		l.MarkRange()
		if got := drawn(l, rows); got != words {
			t.Errorf("got %q, want %q", got, words)
		}
		if key, ok := l.Selected(); ok || key != "" || l.Index() != -1 || l.MarkCount() != 0 {
			t.Errorf("%q: selected %q, %v, %d marks", words, key, ok, l.MarkCount())
		}
	}
}

func TestCursorSurvivesNewRows(t *testing.T) {
	for name, test := range map[string]struct{ now, want string }{
		"unchanged":        {"a b c d e f g h i j", "d e [f] g h"},
		"sorted":           {"j i h g f e d c b a", "h g [f] e d"},
		"more above":       {"x y z a b c d e f g h", "d e [f] g h"},
		"removed":          {"a b c d e g h i j", "d e [g] h i"},
		"many above gone":  {"e g h i j", "e [g] h i j"},
		"many below gone":  {"a b c d e", "a b c d [e]"},
		"all drawn gone":   {"a b c i j", "a b c i [j]"},
		"nothing in sight": {"x", "[x]"},
		"empty":            {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			rows := items("a b c d e f g h i j")
			l := list.New[string]()
			l.SetItems(rows)
			drawn(l, rows)
			l.SelectKey("f")
			drawn(l, rows)
			rows = items(test.now)
			l.SetItems(rows)
			if got := drawn(l, rows); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestMarks(t *testing.T) {
	rows := items("a b c d e")
	l := list.New[string]()
	l.SetItems(rows)
	l.MarkRange()
	l.ClearMarks()
	l.Move(1)
	l.ToggleMark()
	l.Move(2)
	l.MarkRange()
	l.Mark("a", true)
	l.Mark("c", false)
	if got, want := drawn(l, rows), "*a *b c [*d] e"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	rows = items("e d c b")
	l.SetItems(rows)
	if got := l.Marks(); !slices.Equal(got, []string{"d", "b"}) || l.MarkCount() != 2 {
		t.Errorf("after a was removed: %v", got)
	}
	l.SetItems(items("a b"))
	if got := l.Marks(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("a came back: %v", got)
	}
	l.KeepMarks(func(key string) bool { return key != "a" })
	l.SetItems(items("a b d"))
	if got := l.Marks(); !slices.Equal(got, []string{"b", "d"}) || l.MarkCount() != 2 {
		t.Errorf("a is gone for good: %v", got)
	}
}

func TestDrawsOnlyWhatChanged(t *testing.T) {
	rows := items("a b c d e f g h")
	l := list.New[string]()
	l.SetItems(rows)
	var calls []string
	draw := func(f list.Frame) string {
		calls = nil
		l.Draw(f, func(dst []byte, i int, _ list.Flags) []byte {
			calls = append(calls, rows[i].Key)
			return append(dst, "    "...)
		})
		return strings.Join(calls, " ")
	}
	frame := list.Frame{Width: 4, Height: 5}
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"first", func() {}, "a b c d e"},
		{"again", func() {}, ""},
		{"cursor", func() { l.Move(1) }, "a b"},
		{"cursor back", func() { l.Move(-1) }, ""},
		{"version", func() { rows[2].Version++ }, "c"},
		{"mark", func() { l.Mark("d", true) }, "d"},
		{"scroll", func() { l.SelectKey("d") }, "d f"},
		{"width", func() { frame.Width = 6 }, "b c d e f"},
		{"focus", func() { frame.Focused = true }, "b c d e f"},
		{"theme", func() { frame.Generation++ }, "b c d e f"},
	} {
		step.do()
		if got := draw(frame); got != step.want {
			t.Errorf("%s: drew %q, want %q", step.name, got, step.want)
		}
	}
}

// Whatever is done, the cursor is valid, visible and on a selectable row, and
// the frame is as high as asked.
func TestInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := list.New[int]()
		var rows []list.Item[int]
		actions := map[string]func(*rapid.T){
			"rows": func(t *rapid.T) {
				rows = nil
				for _, key := range rapid.SliceOfNDistinct(rapid.IntRange(1, 60), 0, 40, rapid.ID[int]).Draw(t, "keys") {
					rows = append(rows, list.Item[int]{Key: key, Caption: key%7 == 0})
				}
				l.SetItems(rows)
			},
			"move":   func(t *rapid.T) { l.Move(rapid.IntRange(-9, 9).Draw(t, "delta")) },
			"page":   func(t *rapid.T) { l.Page(rapid.IntRange(-2, 2).Draw(t, "delta")) },
			"half":   func(t *rapid.T) { l.Half(rapid.IntRange(-2, 2).Draw(t, "delta")) },
			"wheel":  func(t *rapid.T) { l.Wheel(rapid.IntRange(-3, 3).Draw(t, "notches")) },
			"click":  func(t *rapid.T) { l.SelectAt(rapid.IntRange(-1, 20).Draw(t, "y")) },
			"key":    func(t *rapid.T) { l.SelectKey(rapid.IntRange(0, 60).Draw(t, "key")) },
			"top":    func(*rapid.T) { l.Top() },
			"bottom": func(*rapid.T) { l.Bottom() },
			"mark":   func(*rapid.T) { l.ToggleMark() },
			"range":  func(*rapid.T) { l.MarkRange() },
			"": func(t *rapid.T) {
				height := rapid.IntRange(0, 20).Draw(t, "height")
				lines := l.Draw(list.Frame{Width: 2, Height: height}, func(dst []byte, i int, _ list.Flags) []byte {
					return fmt.Appendf(dst, "%2d", rows[i].Key)
				})
				checkDrawn(t, l, rows, lines, height)
			},
		}
		t.Repeat(actions)
	})
}

func checkDrawn(t *rapid.T, l *list.List[int], rows []list.Item[int], lines []string, height int) {
	if len(lines) != height {
		t.Fatalf("%d lines, want %d", len(lines), height)
	}
	first, end := l.Visible()
	if len(rows) >= height && end-first != height {
		t.Fatalf("%d of %d rows in a window of %d", end-first, len(rows), height)
	}
	for y, line := range lines {
		want := "  "
		if first+y < end {
			want = fmt.Sprintf("%2d", rows[first+y].Key)
		}
		if line != want {
			t.Fatalf("line %d is %q, want %q", y, line, want)
		}
	}
	key, ok := l.Selected()
	selectable := slices.ContainsFunc(rows, func(r list.Item[int]) bool { return !r.Caption })
	if ok != selectable {
		t.Fatalf("selected is %v, with %v", ok, rows)
	}
	if !ok {
		return
	}
	if i := l.Index(); rows[i].Key != key || rows[i].Caption || height > 0 && (i < first || i >= end) {
		t.Fatalf("the cursor is on %d, row %v, window %d to %d", i, rows[i], first, end)
	}
	for _, marked := range l.Marks() {
		if !slices.ContainsFunc(rows, func(r list.Item[int]) bool { return r.Key == marked && !r.Caption }) {
			t.Fatalf("%d is marked but not shown", marked)
		}
	}
}

func benchmarkList() (*list.List[int], list.Frame, func([]byte, int, list.Flags) []byte) {
	rows := make([]list.Item[int], 10_000)
	for i := range rows {
		rows[i] = list.Item[int]{Key: i, Caption: i%50 == 0}
	}
	l := list.New[int]()
	l.SetItems(rows)
	row := []byte(strings.Repeat("x", 60))
	return l, list.Frame{Width: 60, Height: 60}, func(dst []byte, _ int, _ list.Flags) []byte {
		return append(dst, row...)
	}
}

func TestCachedRedrawAllocatesNothing(t *testing.T) {
	l, frame, row := benchmarkList()
	l.Draw(frame, row)
	if n := testing.AllocsPerRun(50, func() { l.Draw(frame, row) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkRedraw(b *testing.B) {
	l, frame, row := benchmarkList()
	b.ReportAllocs()
	for b.Loop() {
		l.Draw(frame, row)
	}
}

func BenchmarkMoveAndDraw(b *testing.B) {
	l, frame, row := benchmarkList()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%9_000 == 0 {
			l.Top()
		}
		l.Move(1)
		l.Draw(frame, row)
	}
}

func BenchmarkRefresh(b *testing.B) {
	l, frame, row := benchmarkList()
	rows := make([]list.Item[int], 10_000)
	for i := range rows {
		rows[i].Key = len(rows) - i
	}
	l.SelectKey(5_001)
	b.ReportAllocs()
	for b.Loop() {
		l.SetItems(rows)
		l.Draw(frame, row)
	}
}
