package plaintext_test

import (
	"strings"
	"testing"

	"storydesk/tracker/plaintext"
)

func TestFromHTML(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"paragraphs":        {"<p>One\n two</p><p>Three<br>four</p>", "One two\n\nThree\nfour"},
		"white space":       {"  <div> a <b>b</b>c </div>\n<div>d</div> ", "a bc\nd"},
		"entities":          {"a &lt;b&gt; &amp;amp; &eacute;", "a <b> &amp; é"},
		"bullets":           {"<p>Do:</p><ul><li>one<li>two<ul><li>deep</li></ul></li></ul><p>Done", "Do:\n\n- one\n- two\n  - deep\n\nDone"},
		"numbers":           {"<ol><li><p>one</p></li><li>two</li></ol>", "1. one\n\n2. two"},
		"quotes":            {"yes<blockquote><p>first</p><p>second</p><blockquote>older</blockquote></blockquote>no", "yes\n\n> first\n>\n> second\n>\n> > older\n\nno"},
		"a link":            {`see <a href="https://acme.com/x?a=1&amp;b=2">the page</a>.`, "see the page <https://acme.com/x?a=1&b=2>."},
		"a plain link":      {`<a href="https://acme.com">https://acme.com</a> <a href="mailto:a@b.c">a@b.c</a>`, "https://acme.com a@b.c"},
		"a link to nothing": {`<a href="javascript:alert(1)">click</a> <a>bare</a></a>`, "click bare"},
		"code":              {"<pre>if a {\n\n\tb()\n}</pre>then <code>x</code>", "    if a {\n\n        b()\n    }\n\nthen `x`"},
		"scripts":           {"a<script>alert('<b>')</script><style>b{}</style>c", "ac"},
		"images":            {`<img src=x alt=" A chart "> <img src="https://evil.example/pixel">`, "[image: A chart] [image]"},
		"tables":            {"<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2"},
		"a rule":            {"a<hr>b", "a\n\n----\n\nb"},
		"escape sequences":  {"&#27;[31mred &#x9b;2J \x1b]0;title\a&#8238;x", "red ›2J x"},
		"broken":            {"</blockquote></ul></pre><p>a<b>b</p></i>c<", "ab\n\nc<"},
		"nothing":           {"<p> </p>", ""},
	}
	for name, test := range tests {
		if got := plaintext.FromHTML(test.in); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// However deep it nests, a text is not blown up.
func TestFromHTMLNestsWithoutEnd(t *testing.T) {
	for _, piece := range []string{"<blockquote>", "<ul><li>", "<a href=https://a.b>", "<pre>\n", "<td>", "</a>"} {
		source := strings.Repeat(piece+"x", 10_000)
		if got := plaintext.FromHTML(source); len(got) > 50*10_000 {
			t.Errorf("%q: %d bytes", piece, len(got))
		}
	}
}

func TestRead(t *testing.T) {
	got, addresses := plaintext.Read(`See <a href="https://acme.com/a">the page</a>, <a href="http://b.c/?x=1&amp;y=2">http://b.c</a>,
		<a href="mailto:a@b.c">a@b.c</a>, <a href="javascript:alert(1)">no</a>, <a href="https:///x">nowhere</a>
		<img src="https://acme.com/i.png" alt="A chart"><img src="data:x"><a href="https://d.e"></a>`, 7)
	want := "See the page [7], http://b.c [8], a@b.c, no, nowhere <https:///x> [image: A chart] [9][image]https://d.e [10]"
	if got != want {
		t.Errorf("text\n%q, want\n%q", got, want)
	}
	if all := strings.Join(addresses, " "); all != "https://acme.com/a http://b.c/?x=1&y=2 https://acme.com/i.png https://d.e" {
		t.Errorf("addresses %q", all)
	}
}

func FuzzFromHTML(f *testing.F) {
	for _, s := range []string{
		"<p>One<br>two", "<ul><li>a<ol><li>b", "<blockquote><pre>x\n\ny", `<a href="https://x">y</a>`, "<td>&#27;[2J", "<script>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		got := plaintext.FromHTML(source)
		if again := plaintext.Block(got); again != got {
			t.Errorf("FromHTML(%q) = %q is not plain", source, got)
		}
		read, addresses := plaintext.Read(source, 1)
		if again := plaintext.Block(read); again != read {
			t.Errorf("Read(%q) = %q is not plain", source, read)
		}
		for _, address := range addresses {
			if !plaintext.Followable(address) {
				t.Errorf("Read(%q) leads to %q", source, address)
			}
		}
	})
}
