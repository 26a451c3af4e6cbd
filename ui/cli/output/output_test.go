package output

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"storydesk/ui/text"
)

func decoded(t *rapid.T, line string) string {
	var got string
	if err := json.Unmarshal([]byte(line), &got); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return got
}

func TestTableAlignsCellsOfEveryWidth(t *testing.T) {
	var out bytes.Buffer
	p := Printer{Out: &out}
	err := p.Table([]string{"ID", "NAME", "STATE"}, [][]string{
		{"1", "plain", "new"}, {"22", "日本語", "open"}, {"3", "e\u0301\x1b[31mred\nline", ""}, {"4", "👩‍🚀", "hold"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"ID  NAME       STATE", "1   plain      new", "22  日本語     open", "3   e\u0301red line", "4   👩‍🚀       hold", "",
	}, "\n")
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
	for line := range strings.Lines(out.String()) {
		if head, _, ok := strings.Cut(line, "open"); ok && text.Width(head) != 15 {
			t.Errorf("%q starts its last column at %d", line, text.Width(head))
		}
	}
}

func TestSheetLeavesOutWhatIsEmpty(t *testing.T) {
	got := Sheet{
		Title:    "S-1 Name\x1b]0;owned\x07",
		Fields:   []Field{{"state", "started"}, {"a longer field", ""}, {"type", "bug"}},
		Sections: []Field{{"Description", ""}, {"Comments", "Ada:\n\n  text\x9b2J\n\n"}},
	}
	var out bytes.Buffer
	p := Printer{Out: &out}
	if err := p.Text(got.String()); err != nil {
		t.Fatal(err)
	}
	want := "S-1 Name\n  state  started\n  type   bug\n\nComments\n  Ada:\n\n    text\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

// Whatever is printed as JSON says the same after its controls are escaped,
// and holds nothing that a terminal obeys.
func TestEscapeControls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(
			rapid.Rune(), rapid.SampledFrom([]rune("\x1b\u009b\u202e\u200d\U000e0041\x00\x7f\"\\")),
		)).Draw(t, "text")
		var out bytes.Buffer
		p := Printer{Out: &out}
		if err := p.JSON(text); err != nil {
			t.Fatal(err)
		}
		line := strings.TrimSuffix(out.String(), "\n")
		if i := strings.IndexFunc(line, func(r rune) bool { return hidden(r) || r == '\n' }); i >= 0 {
			t.Fatalf("%q has a control at %d", line, i)
		}
		if got := decoded(t, line); got != strings.ToValidUTF8(text, "\uFFFD") {
			t.Fatalf("%q came back as %q", text, got)
		}
	})
}
