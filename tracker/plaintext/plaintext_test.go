package plaintext_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"storydesk/tracker/plaintext"
)

func TestLine(t *testing.T) {
	long := strings.Repeat("x", plaintext.MaxLine)
	for name, test := range map[string]struct{ in, want string }{
		"empty":                       {"", ""},
		"ascii":                       {"Login loops on SSO", "Login loops on SSO"},
		"other scripts":               {"Zażółć 日本語 العربية नमस्ते", "Zażółć 日本語 العربية नमस्ते"},
		"breaks":                      {"a\nb\r\nc\vd\fe\u0085f\u2028g\u2029h\ti", "a b c d e f g h i"},
		"spaces around a break":       {"a \n   b", "a b"},
		"breaks at both ends":         {"\n\na\n", "a"},
		"spaces stay":                 {"  a  b ", "  a  b "},
		"colours":                     {"\x1b[1;31mred\x1b[0m", "red"},
		"colon parameters":            {"\x1b[38:2::1:2:3mred", "red"},
		"private mode":                {"\x1b[?1049lx", "x"},
		"intermediate bytes":          {"\x1b[0 qx\x1b[!px", "xx"},
		"unterminated CSI":            {"a\x1b[12", "a"},
		"CSI broken by a letter":      {"\x1b[1é", "é"},
		"8-bit CSI":                   {"\u009b31mred", "red"},
		"raw 8-bit CSI":               {"\x9b31mred", "red"},
		"title with BEL":              {"\x1b]0;owned\x07x", "x"},
		"clipboard with ST":           {"\x1b]52;c;aGk=\x1b\\x", "x"},
		"clipboard with 8-bit ST":     {"\u009d52;c;aGk=\u009cx", "x"},
		"hyperlink":                   {"\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\", "here"},
		"unterminated OSC":            {"a\x1b]0;owned", "a"},
		"unterminated OSC, next line": {"a\x1b]0;owned\nb", "a b"},
		"OSC cut by CSI":              {"\x1b]0;owned\x1b[31mred", "red"},
		"OSC cancelled":               {"\x1b]0;owned\x18x", "x"},
		"DCS":                         {"\x1bP+q544e\x1b\\x", "x"},
		"DCS is not ended by BEL":     {"\x1bP+q\x07544e\x1b\\x", "x"},
		"tmux passthrough":            {"\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\x", "x"},
		"APC":                         {"\x1b_Gf=100;AAAA\x1b\\x", "x"},
		"PM and SOS":                  {"\x1b^a\x1b\\x\x1bXb\x1b\\y\u009ec\u009cz", "xyz"},
		"charset and reset":           {"\x1b(0a\x1bcb\x1b#8c\x1b7d", "abcd"},
		"stray escapes":               {"a\x1b\x1b\x1b[0mb\x1bé\x1b", "abé"},
		"controls":                    {"a\x00b\x08c\x7fd\x0ee", "abcde"},
		"C1":                          {"a\u0084b\u009cc", "abc"},
		"bidi":                        {"a\u202eb\u2066c\u2069d\u200ee\u200ff\u061cg", "abcdefg"},
		"invisible":                   {"a\u200bb\u2060c\ufeffd\u00ade", "abcde"},
		"tags":                        {"a\U000e0001\U000e0062\U000e007fb", "ab"},
		"joined emoji":                {"👩‍👩‍👧 🧑🏽‍💻 ❤️‍🔥 🙂‍↔️", "👩‍👩‍👧 🧑🏽‍💻 ❤️‍🔥 🙂‍↔️"},
		"joiner elsewhere":            {"a\u200db 👩\u200d c\u200d👩 👩\u200d", "ab 👩 c👩 👩"},
		"joiner across dropped":       {"👩\u200d\u200b👧", "👩\u200d👧"},
		"non-joiner":                  {"می\u200cخواهم", "می\u200cخواهم"},
		"joiner in Hindi":             {"क्\u200dष क्\u200d", "क्\u200dष क्\u200d"},
		"joiner in Sinhala":           {"ශ්\u200dරී", "ශ්\u200dරී"},
		"joiner in Arabic":            {"ه\u200d هـ\u200d", "ه\u200d هـ\u200d"},
		"joiners one after another":   {"क" + strings.Repeat("\u200d", 9), "क" + strings.Repeat("\u200d", plaintext.MaxMarks)},
		"joiner at a line's start":    {"\u200dक", "क"},
		"marks":                       {"Z" + strings.Repeat("\u0334", 9) + "a", "Z\u0334\u0334\u0334\u0334a"},
		"mark without base":           {"\u0301a\n\u0301b", "a b"},
		"invalid bytes":               {"a\xff\xfeb\xc0", "a\ufffdb\ufffd"},
		"cut character":               {"a\xf0\x9f\x98 b", "a\ufffd b"},
		"private use, unassigned":     {"\ue000\U000f0000\u0378", "\ufffd\ufffd\ufffd"},
		"longest":                     {long, long},
		"too long":                    {long + "y", long[1:] + "…"},
		"too long by dropped":         {long + "\x1b[0m\n", long},
	} {
		t.Run(name, func(t *testing.T) {
			if got := plaintext.Line(test.in); got != test.want {
				t.Errorf("Line(%q)\n got %q\nwant %q", test.in, got, test.want)
			}
		})
	}
}

func TestBlock(t *testing.T) {
	for name, test := range map[string]struct{ in, want string }{
		"breaks":          {"a\nb\r\nc\rd\u2028e\u0085f", "a\nb\nc\nd\ne\nf"},
		"empty lines":     {"\n\na\n\n", "\n\na\n\n"},
		"tabs":            {"\ta\n12\tb\n1234\tc", "    a\n12  b\n1234    c"},
		"tab after marks": {"e\u0301\tb", "e\u0301   b"},
		"escapes":         {"\x1b[2Ja\x1b]0;x\nb", "a\nb"},
		"mark on a line":  {"a\n\u0301b", "a\nb"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := plaintext.Block(test.in); got != test.want {
				t.Errorf("Block(%q)\n got %q\nwant %q", test.in, got, test.want)
			}
		})
	}
}

func TestBlockIsCut(t *testing.T) {
	whole := strings.Repeat("é", plaintext.MaxBlock/2)
	if got := plaintext.Block(whole); got != whole {
		t.Error("a block of exactly the limit was changed")
	}
	got := plaintext.Block(whole + "é")
	if len(got) > plaintext.MaxBlock || !strings.HasSuffix(got, "é…") {
		t.Errorf("got %d bytes that end in %q", len(got), got[len(got)-8:])
	}
}

// The joiner before the last symbol must go with it, or a second pass would
// change the text again.
func TestCutJoinedEmoji(t *testing.T) {
	in := strings.Repeat("x", plaintext.MaxLine-3) + "👩\u200d👧y"
	got := plaintext.Line(in)
	if want := strings.Repeat("x", plaintext.MaxLine-3) + "👩…"; got != want {
		t.Errorf("got …%q", got[len(got)-20:])
	}
	if again := plaintext.Line(got); again != got {
		t.Errorf("second pass: …%q", again[len(again)-20:])
	}
}

func TestCleanTextCostsNothing(t *testing.T) {
	for _, s := range []string{"Export CSV is empty", "日本語のチケット", "नमस्ते", "👩‍👩‍👧 done", "trailing break\n"} {
		if n := testing.AllocsPerRun(100, func() { plaintext.Line(s) }); n != 0 {
			t.Errorf("Line(%q) allocates %v times", s, n)
		}
	}
	if n := testing.AllocsPerRun(100, func() { plaintext.Block("two\nlines of 日本語") }); n != 0 {
		t.Errorf("Block allocates %v times", n)
	}
}

// A hostile megabyte is read in one pass, however its sequences nest.
func TestHostileLengthIsLinear(t *testing.T) {
	for _, unit := range []string{"\x1b]", "\u009d", "\x1bP\n", "\x1b[", "\u0301", "\u200d", "\x1b]\n"} {
		if got := plaintext.Block(strings.Repeat(unit, plaintext.MaxBlock)); strings.Trim(got, "\n…") != "" {
			t.Errorf("%q leaves %.40q", unit, got)
		}
	}
}

func FuzzLine(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		got := plaintext.Line(s)
		check(t, s, got, plaintext.Line(got))
		if strings.Contains(got, "\n") {
			t.Errorf("line break in %q", got)
		}
		if n := utf8.RuneCountInString(got); n > min(plaintext.MaxLine, utf8.RuneCountInString(s)) {
			t.Errorf("%q grew to %d characters", s, n)
		}
	})
}

func FuzzBlock(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		got := plaintext.Block(s)
		check(t, s, got, plaintext.Block(got))
		grown := (plaintext.TabWidth - 1) * strings.Count(s, "\t")
		if n := utf8.RuneCountInString(got); n > utf8.RuneCountInString(s)+grown || len(got) > plaintext.MaxBlock {
			t.Errorf("%q grew to %d characters", s, n)
		}
	})
}

func seed(f *testing.F) {
	for _, s := range []string{
		"", "plain", "a\tb\nc\r\nd", "\x1b[31mred\x1b[0m", "\x1b]52;c;aGk=\x07x", "\x1bPtmux;\x1b\x1b]0;x\x07\x1b\\",
		"\u009b31m\u009d0;x\u009c", "\x9b31m\xff\xf0\x9f", "\u202eabc\u2069", "👩‍👩‍👧 ❤️", "Z\u0334\u0334\u0334\u0334\u0334",
		"\x1b_G\x1b\\\x1b^\x1b\\\x1bX", "\ue000\U000e0041\ufeff",
	} {
		f.Add(s)
	}
}

// check asserts what holds for every result, whatever went in.
func check(t *testing.T, in, got, again string) {
	t.Helper()
	if again != got {
		t.Errorf("not idempotent: %q\n first %q\nsecond %q", in, got, again)
	}
	if !utf8.ValidString(got) {
		t.Errorf("invalid UTF-8: %q", got)
	}
	marks := 0
	for _, r := range got {
		switch {
		case r == '\n' || r == '\u200d':
		case r == '\u200c' || unicode.Is(unicode.M, r):
			if marks++; marks > plaintext.MaxMarks {
				t.Errorf("too many marks in %q", got)
			}
			continue
		case !unicode.IsGraphic(r):
			t.Errorf("%U in %q", r, got)
		}
		marks = 0
	}
}

func BenchmarkLine(b *testing.B) {
	for name, s := range map[string]string{
		"ascii": "Export CSV is empty since the last release",
		"cjk":   "先週のリリース以降エクスポートが空になります",
		"dirty": "\x1b[31mExport\x1b[0m CSV\tis\u200b empty",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				plaintext.Line(s)
			}
		})
	}
}
