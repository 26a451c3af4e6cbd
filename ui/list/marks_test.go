package list

import (
	"slices"
	"testing"
)

func letters(caption int, keys ...string) Items[string] {
	var items Items[string]
	for i, key := range keys {
		items = append(items, Item[string]{Key: key, Caption: i == caption})
	}
	return items
}

func TestMarksExtendOverCaptions(t *testing.T) {
	m := newMarks[string](letters(2, "a", "b", "c", "d", "e"))
	m.extend(1) // no range was begun: it begins here
	m.extend(3)
	if got, want := m.Marks(), []string{"b", "d"}; !slices.Equal(got, want) {
		t.Errorf("marked %q, want %q", got, want)
	}
	m.toggle("b")
	m.extend(0)
	if got, want := m.Marks(), []string{"a", "b", "d"}; !slices.Equal(got, want) {
		t.Errorf("marked %q, want %q", got, want)
	}
}

func TestMarksOutsideTheSourceCountAgainWhenTheyComeBack(t *testing.T) {
	all := letters(-1, "a", "b", "c")
	m := newMarks[string](all)
	m.MarkAll()
	m.over(all[1:])
	if got := m.Marks(); !slices.Equal(got, []string{"b", "c"}) || m.MarkCount() != 2 || m.AllMarks() != 3 || !m.Marked("a") {
		t.Errorf("marked %q, %d of %d", got, m.MarkCount(), m.AllMarks())
	}
	m.over(all)
	if got := m.MarkCount(); got != 3 {
		t.Errorf("%d marks count, want 3", got)
	}
}
