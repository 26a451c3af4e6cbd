package wire

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"storydesk/tracker"
)

func TestLongTextsAreCut(t *testing.T) {
	for name, piece := range map[string]string{"ascii": "abc ", "tags": "<br>", "two bytes": "é", "emoji": "👍", "quotes": `\"\n`, "broken": "\xff"} {
		whole := strings.Repeat(piece, 2*tracker.MaxText/len(piece))
		for form, escape := range map[string]bool{"escaped": true, "plain": false} {
			var text strings.Builder
			enc := json.NewEncoder(&text)
			enc.SetEscapeHTML(escape)
			if err := enc.Encode(whole); err != nil {
				t.Fatal(err)
			}
			var l Long
			if err := json.Unmarshal([]byte(text.String()), &l); err != nil {
				t.Fatalf("%s %s: %v", name, form, err)
			}
			got := string(l.Text)
			if !l.cut || len(got) > tracker.MaxText || len(got) < tracker.MaxText-utf8.UTFMax || !strings.HasPrefix(strings.ToValidUTF8(whole, "\ufffd"), got) && name != "broken" {
				t.Errorf("%s %s: %d bytes, cut %v, ending in %+q", name, form, len(got), l.cut, got[max(0, len(got)-8):])
			}
		}
	}
	var l Long
	if err := json.Unmarshal([]byte(`"`+strings.Repeat("x", tracker.MaxText)+`"`), &l); err != nil || l.cut || len(l.Text) != tracker.MaxText {
		t.Errorf("a text of the longest kind: cut %v, %d bytes, %v", l.cut, len(l.Text), err)
	}
	if err := json.Unmarshal([]byte(`null`), &l); err != nil || l.cut || l.Text != "" {
		t.Errorf("%+v, %v", l, err)
	}
}

// Wherever a text ends, what is left of it is the beginning of what it says.
func TestWhereATextEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.String().Draw(t, "text")
		most := rapid.IntRange(0, len(whole)+1).Draw(t, "most")
		data, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		var got string
		if err := json.Unmarshal(append(data[:endWithin(data, most):endWithin(data, most)], '"'), &got); err != nil {
			t.Fatal(err)
		}
		if whole = strings.ToValidUTF8(whole, "\ufffd"); !strings.HasPrefix(whole, got) || len(got) > most || len(whole)-len(got) >= utf8.UTFMax && len(got) < most-utf8.UTFMax {
			t.Fatalf("%d bytes of %+q are %+q", most, whole, got)
		}
	})
}
