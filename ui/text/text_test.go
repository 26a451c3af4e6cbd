package text_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"storydesk/tracker/plaintext"
	"storydesk/ui/text"
)

func TestTruncate(t *testing.T) {
	for _, test := range []struct {
		in    string
		width int
		want  string
	}{
		{"Login loops", 20, "Login loops"},
		{"Login loops", 11, "Login loops"},
		{"Login loops", 10, "Login loo…"},
		{"Login loops", 1, "…"},
		{"Login loops", 0, ""},
		{"Login loops", -3, ""},
		{"", 5, ""},
		{"日本語", 6, "日本語"},
		{"日本語", 5, "日本…"},
		{"日本語", 4, "日…"},
		{"日本語", 2, "…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
	} {
		if got := text.Truncate(test.in, test.width); got != test.want {
			t.Errorf("Truncate(%q, %d) = %q, want %q", test.in, test.width, got, test.want)
		}
	}
}

func TestPad(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{text.Pad("日本", 6), "日本  "},
		{text.Pad("abc", 2), "abc"},
		{text.PadLeft("42", 5), "   42"},
		{text.Fit("日本語", 4), "日… "},
		{text.Spaces(-1), ""},
		{text.Spaces(100), strings.Repeat(" ", 100)},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestRow(t *testing.T) {
	for name, test := range map[string]struct{ in, want string }{
		"latin":           {"Café – “ok” …", "Café – “ok” …"},
		"decomposed":      {"e\u0301", "e\u0301"},
		"chinese":         {"日本語 ガ", "日本語 ガ"},
		"arabic":          {"السلام", "السلام"},
		"simple emoji":    {"✅ 🚀", "✅ 🚀"},
		"variation":       {"⚠️ ❤️", "⚠ ❤"},
		"keycap":          {"1️⃣", "1"},
		"joined":          {"👩‍👩‍👧 🧑🏽‍💻", "👩 🧑"},
		"skin":            {"👍🏽", "👍"},
		"flag":            {"🇩🇪🇫🇷", "DEFR"},
		"half-width kana": {"ｶﾞｷﾞ", "ガギ"},
		"sara am":         {"น้ำ", "น\u0e49\u0e4d\u0e32"},
		"conjunct":        {"नमस्ते", "नमस्\u200cते"},
		"spacing sign":    {"भाषा", "भआषआ"},
		"hindi":           {"हिन्दी", "हइन्\u200cदई"},
		"bengali":         {"কাজ দিন", "কআজ দইন"},
		"tamil":           {"தமிழ்", "தமஇழ்"},
		"malayalam":       {"മലയാളം", "മലയആള·"},
		"visarga":         {"दुःख", "दु:ख"},
		"other scripts":   {"ကောင်း", "က·ာင်း"},
		"stray joiners":   {"👩\u200d\u200d👧", "👩👧"},
		"leading mark":    {"\u0301a", "a"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := text.Row(test.in); got != test.want {
				t.Errorf("Row(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestWrap(t *testing.T) {
	for name, test := range map[string]struct {
		in    string
		width int
		want  []string
	}{
		"empty":            {"", 10, []string{""}},
		"fits":             {"one two", 7, []string{"one two"}},
		"words":            {"one two three", 7, []string{"one two", "three"}},
		"spaces at breaks": {"one   two  ", 5, []string{"one", "two"}},
		"line feeds":       {"a\n\nb\n", 5, []string{"a", "", "b", ""}},
		"indentation":      {"  ab cd", 5, []string{"  ab", "cd"}},
		"indented word":    {"  abcdef", 5, []string{"  abc", "def"}},
		"long word":        {"abcdefgh ij", 3, []string{"abc", "def", "gh", "ij"}},
		"long after short": {"ab cdefgh", 5, []string{"ab", "cdefg", "h"}},
		"wide":             {"日本語です", 5, []string{"日本", "語で", "す"}},
		"wide after word":  {"ab日本", 4, []string{"ab日", "本"}},
		"too wide":         {"日a", 1, []string{"·", "a"}},
		"no width":         {"ab", 0, []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := text.Wrap(test.in, test.width); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAge(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	const day = 24 * time.Hour
	for d, want := range map[time.Duration]string{
		-time.Hour: "now", 0: "now", 59 * time.Second: "now", time.Minute: "1m", 59 * time.Minute: "59m",
		time.Hour: "1h", 23 * time.Hour: "23h", day: "1d", 7*day - 1: "6d", 7 * day: "1w",
		364 * day: "52w", 365 * day: "1y", 800 * day: "2y",
	} {
		if got := text.Age(now, now.Add(-d)); got != want {
			t.Errorf("%v ago is %q, want %q", d, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{
		0: "0", 42: "42", 9999: "9999", 10_000: "10\u202f000", 1_234_567: "1\u202f234\u202f567",
		-9999: "-9999", -10_000: "-10\u202f000", -123_456: "-123\u202f456",
	} {
		if got := text.Count(n); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}

// anyText draws text such as people write, with the clusters that are hard to
// measure among it.
func anyText() *rapid.Generator[string] {
	part := rapid.OneOf(
		rapid.SampledFrom([]string{
			" ", " ", "word", "日本", "한국", "⚠️", "👩‍👩‍👧", "🇩🇪", "1️⃣", "👍🏽", "ｶﾞ", "नमस्ते", "भाषा", "น้ำ", "e\u0301", "…",
		}),
		rapid.String(),
	)
	return rapid.Map(rapid.SliceOfN(part, 0, 12), func(parts []string) string {
		return plaintext.Line(strings.Join(parts, ""))
	})
}

func TestFitIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, width := anyText().Draw(t, "text"), rapid.IntRange(0, 40).Draw(t, "width")
		if got := text.Width(text.Fit(s, width)); got != width {
			t.Fatalf("Fit(%q, %d) takes %d cells", s, width, got)
		}
		head, cells := text.Cut(s, width)
		if !strings.HasPrefix(s, head) || cells > width || text.Width(head) != cells {
			t.Fatalf("Cut(%q, %d) = %q, %d", s, width, head, cells)
		}
	})
}

func TestWrapKeepsTextAndWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, width := anyText().Draw(t, "text"), rapid.IntRange(12, 60).Draw(t, "width")
		lines := text.Wrap(s, width)
		for _, line := range lines {
			if text.Width(line) > width || ansi.StringWidthWc(line) > width {
				t.Fatalf("Wrap(%q, %d): %q is too wide", s, width, line)
			}
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := squeeze(strings.Join(lines, "")); got != squeeze(s) && !strings.Contains(got, "·") {
			t.Fatalf("Wrap(%q, %d) lost text: %q", s, width, lines)
		}
	})
}

func FuzzRow(f *testing.F) {
	for _, s := range []string{"plain", "👩‍👩‍👧 ⚠️ 🇩🇪", "नमस्ते भाषा", "ｶﾞ น้ำ", "\u0d4ex", "\u1112\u1161\u11ab"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = plaintext.Line(s)
		row := text.Row(s)
		if g, wc := text.Width(row), ansi.StringWidthWc(row); g != wc {
			t.Errorf("Row(%q) = %q is %d cells by cluster, %d by code point", s, row, g, wc)
		}
		if got := text.Width(row + "│"); got != text.Width(row)+1 {
			t.Errorf("Row(%q) = %q joins what follows it", s, row)
		}
		if got := text.Width("│" + row); got != text.Width(row)+1 {
			t.Errorf("Row(%q) = %q joins what precedes it", s, row)
		}
		if again := text.Row(row); again != row {
			t.Errorf("Row(%q) = %q, then %q", s, row, again)
		}
		if plain := plaintext.Line(row); plain != row && len(s) < plaintext.MaxLine {
			t.Errorf("Row(%q) = %q is not plain: %q", s, row, plain)
		}
	})
}

func FuzzWrap(f *testing.F) {
	f.Add("one two\n  three", 5)
	f.Add("日本語 👩‍👩‍👧", 1)
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = max(1, width%100)
		for _, line := range text.Wrap(plaintext.Block(s), width) {
			if strings.Contains(line, "\n") || text.Width(line) > width || text.Width(text.Row(line)) > width {
				t.Errorf("Wrap(%q, %d) has the line %q", s, width, line)
			}
		}
	})
}

func BenchmarkWidth(b *testing.B) {
	for name, s := range map[string]string{
		"ascii": "Export CSV is empty since the last release",
		"cjk":   "先週のリリース以降エクスポートが空になります",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Width(s)
			}
		})
	}
}
