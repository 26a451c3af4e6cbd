package wire

import (
	"encoding/json"
	"html"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCommentHTML(t *testing.T) {
	tests := map[string]string{
		"":                          "",
		" \n\t\x07":                 "",
		"one":                       "<p>one</p>",
		"a\nb\n\nc\n":               "<p>a<br>b<br><br>c</p>",
		"a\r\nb\rc":                 "<p>a<br>b<br>c</p>",
		"a  b   c":                  "<p>a &nbsp;b &nbsp;&nbsp;c</p>",
		"  indented":                "<p>&nbsp;&nbsp;indented</p>",
		"a\tb":                      "<p>a &nbsp;&nbsp;&nbsp;b</p>",
		"<b>&\"'</b>":               "<p>&lt;b&gt;&amp;&#34;&#39;&lt;/b&gt;</p>",
		"&lt;b&gt;":                 "<p>&amp;lt;b&amp;gt;</p>",
		"{{ticket.id}}":             "<p>{\u200b{ticket.id}}</p>",
		"{{{x":                      "<p>{\u200b{\u200b{x</p>",
		"{\x00{x":                   "<p>{\u200b{x</p>",
		"{% if x %}":                "<p>{\u200b% if x %}</p>",
		"bell\a esc\x1b[31m \u009b": "<p>bell esc[31m</p>",
		"broken \xff":               "<p>broken \ufffd</p>",
		"日本 👩‍👧 עברית":              "<p>日本 👩‍👧 עברית</p>",
	}
	for text, want := range tests {
		if got := CommentHTML(text); got != want {
			t.Errorf("CommentHTML(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestCommentHTMLCutsAndSaysSo(t *testing.T) {
	const reference = "S-14·a1b2c3"
	tests := map[string]string{
		"plain":      strings.Repeat("x", 80_000),
		"escaped":    strings.Repeat("\"", 20_000),
		"four bytes": strings.Repeat("😀", 20_000),
		"lines":      strings.Repeat("\n.", 20_000),
	}
	for name, text := range tests {
		got := CommentHTML("Ada on story S-14:\n\n" + text + "\n\n" + reference)
		if len(got) > maxComment || len(got) < maxComment-10 || !utf8.ValidString(got) {
			t.Errorf("%s: %d bytes", name, len(got))
		}
		if want := cutMark + "<br>" + reference + "</p>"; !strings.HasSuffix(got, want) {
			t.Errorf("%s: ends with %q, want %q", name, got[len(got)-100:], want)
		}
	}
	if got := CommentHTML(strings.Repeat("x", 80_000)); !strings.HasSuffix(got, cutMark+"</p>") {
		t.Errorf("one long line ends with %q", got[len(got)-100:])
	}
}

func FuzzCommentHTML(f *testing.F) {
	for _, seed := range []string{"a\n\nb", "{{x}}", "{\r{", "<script>", "&lt;", "\xff{\xff{", strings.Repeat("<", 30_000), "  x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := CommentHTML(text)
		if len(got) > maxComment || !utf8.ValidString(got) {
			t.Fatalf("%d bytes, valid UTF-8: %v", len(got), utf8.ValidString(got))
		}
		if got == "" {
			return
		}
		inner, started := strings.CutPrefix(got, "<p>")
		inner, ended := strings.CutSuffix(inner, "</p>")
		inner = strings.ReplaceAll(inner, "<br>", "\n")
		if !started || !ended || strings.ContainsAny(inner, "<>\x00\x1b") || strings.Contains(inner, "{{") || strings.Contains(inner, "{%") {
			t.Fatalf("%q gave %q", text, got)
		}
		if len(text) > maxComment/8 {
			return // it may have been cut
		}
		shown := strings.NewReplacer("\u200b", "", "\u00a0", " ").Replace(html.UnescapeString(inner))
		if want := strings.NewReplacer("\u200b", "", "\u00a0", " ").Replace(clean(text)); shown != want {
			t.Fatalf("%q shows as %q", want, shown)
		}
	})
}

func TestPrivateCommentIsNeverPublic(t *testing.T) {
	for uploads, want := range map[string]string{
		"":  `{"html_body":"\u003cp\u003ex\u003c/p\u003e","public":false}`,
		"t": `{"html_body":"\u003cp\u003ex\u003c/p\u003e","public":false,"uploads":["t"]}`,
	} {
		c := privateComment{html: "<p>x</p>"}
		if uploads != "" {
			c.uploads = []string{uploads}
		}
		if got, err := json.Marshal(c); err != nil || string(got) != want {
			t.Errorf("got %s, %v; want %s", got, err, want)
		}
	}
}
