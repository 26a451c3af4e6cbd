package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestASCII(t *testing.T) {
	for in, want := range map[string]string{
		"plain \x1b[1mbold\x1b[m": "plain \x1b[1mbold\x1b[m",
		"“quoted” · S-1 → …":      `"quoted" - S-1 > ~`,
		"café e\u0301":            "caf? e",
		"界 👩‍👩‍👧":                 "?? ??",
		"":                        "",
	} {
		if got := ASCII(in); got != want {
			t.Errorf("ASCII(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzASCII(f *testing.F) {
	for _, s := range []string{"S-1 · “x”", "नमस्ते ｶﾞ ⚠️", "\x1b[38;2;1;2;3m界\x1b[m", "\xff\u0301a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := ASCII(s)
		if i := strings.IndexFunc(got, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
			t.Errorf("ASCII(%q) = %q", s, got)
		}
	})
}
