package text_test

import (
	"strings"
	"testing"
	"unicode"

	"storydesk/ui/text"
)

func TestASCII(t *testing.T) {
	for in, want := range map[string]string{
		"plain \x1b[1mbold\x1b[m": "plain \x1b[1mbold\x1b[m",
		"“quoted” · S-1 → …":      `"quoted" - S-1 > ~`,
		"Rückerstattung":          "Rückerstattung",
		"café e\u0301":            "café e\u0301",
		"界 👩‍👩‍👧 जीएसटी":          "界 👩‍👩‍👧 जीएसटी",
		"": "",
	} {
		if got := text.ASCII(in); got != want {
			t.Errorf("ASCII(%q) = %q, want %q", in, got, want)
		}
	}
}

// Letters and digits are words, and words stay.
func FuzzASCII(f *testing.F) {
	for _, s := range []string{"S-1 · “x”", "नमस्ते ｶﾞ ⚠️", "\x1b[38;2;1;2;3m界\x1b[m", "\xff\u0301a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		words := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r > unicode.MaxASCII && unicode.In(r, unicode.L, unicode.M, unicode.N) {
					return r
				}
				return -1
			}, s)
		}
		if got := text.ASCII(s); words(got) != words(s) {
			t.Errorf("ASCII(%q) = %q", s, got)
		}
	})
}
