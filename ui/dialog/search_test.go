package dialog

import (
	"slices"
	"strings"
	"testing"
)

// The log is searched by what it says, and stays in its order.
func TestLogIsSearchedInItsOrder(t *testing.T) {
	rows := []Choice{{Text: "saved S-2"}, {Text: "S-1 was not saved"}, {Text: "other"}, {Text: "saved S-1"}}
	var got []int
	for _, f := range search(rows, []string{"saved", "s-1"}) {
		got = append(got, f.Row)
	}
	if !slices.Equal(got, []int{1, 3}) {
		t.Errorf("found rows %v", got)
	}
}

// indexFold finds what a search of the texts in lower case finds.
func TestIndexFold(t *testing.T) {
	texts := []string{"", "a", "Export", "export CSV", "EXPORT csv Export", "Größe ÄNDERN", "ÄÖ export", "eXpoexport", "İstanbul", "日本 Export"}
	for _, text := range texts {
		for _, part := range []string{"a", "e", "export", "port", "csv", "größe", "ändern", "x", "日本", "stan", "t c"} {
			want := strings.Index(strings.ToLower(text), part)
			if len(strings.ToLower(text)) != len(text) {
				want = strings.Index(text, part)
			}
			if got := indexFold(text, part); got != want {
				t.Errorf("indexFold(%q, %q) = %d, want %d", text, part, got, want)
			}
		}
	}
}

// Ten thousand rows are looked through with every key: one that does not answer
// costs nothing but time.
func TestRowThatDoesNotAnswerAllocatesNothing(t *testing.T) {
	row := Choice{Key: "S-12", Text: "Export over 10,000 rows fails", Note: "started · 1 ticket"}
	words := []string{"zz"}
	if n := testing.AllocsPerRun(100, func() {
		if _, ok := row.answers(words, words); ok {
			t.Fatal("it answers")
		}
	}); n != 0 {
		t.Errorf("a row that does not answer allocates %v times", n)
	}
}
