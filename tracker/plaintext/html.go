package plaintext

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxDepth is how many levels of quotes and of lists are told apart; deeper
// ones look like the last, so that nesting cannot blow a text up.
const maxDepth = 6

// FromHTML turns HTML, which may be hostile or broken, into text to be read: a
// Block of paragraphs, list items behind their marks, "> " before what is
// quoted, links as "text <address>", code between marks and preformatted text as
// it stands, set in. Nothing
// is fetched, and scripts and styles are left out.
func FromHTML(source string) string {
	return read(&page{}, source)
}

// Read is FromHTML for a place where links can be followed: each is written as
// "text [n]", numbered from first on, and so is each image. The addresses, in
// the order of their numbers, are of http and https only; they are as the source
// has them, and not plain.
func Read(source string, first int) (text string, addresses []string) {
	p := page{first: first}
	text = read(&p, source)
	return text, p.addresses
}

func read(p *page, source string) string {
	tokens := html.NewTokenizer(strings.NewReader(source))
	for {
		switch tokens.Next() {
		case html.ErrorToken: // the end: a string cannot fail otherwise
			return Block(p.out.String())
		case html.TextToken:
			p.text(string(tokens.Text()))
		case html.StartTagToken:
			p.start(tokens.Token())
		case html.SelfClosingTagToken:
			t := tokens.Token()
			p.start(t)
			p.end(t.DataAtom)
		case html.EndTagToken:
			p.end(tokens.Token().DataAtom)
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// page is the text so far, with what is owed before more of it.
type page struct {
	out strings.Builder
	// breaks are the line breaks owed, at most 2; space is true when a blank is.
	breaks int
	space  bool
	// marker is that of a list item whose text has not begun.
	marker string
	// hidden, quoted and literal count the open elements of their kind.
	hidden, quoted, literal int
	// above is how deeply the text so far ends in quotes.
	above int
	// lists hold the next number of each open list, 0 for bullets.
	lists []int
	links []link
	// first is the number of the first of the addresses, 0 where links are not
	// numbered.
	first     int
	addresses []string
}

// link is an open link: where it leads, and where its text starts.
type link struct {
	address string
	start   int
}

// text adds the text of a token.
func (p *page) text(s string) {
	switch {
	case p.hidden > 0:
	case p.literal > 0:
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				p.breaks++
			}
			if line != "" {
				p.write(line)
			}
		}
	case s != "":
		for i, word := range strings.FieldsFunc(s, blank) {
			p.space = p.space || i > 0 || blank(rune(s[0]))
			p.write(word)
		}
		p.space = p.space || blank(rune(s[len(s)-1]))
	}
}

// blank reports whether HTML takes r for white space; a no-break space is none.
func blank(r rune) bool { return strings.ContainsRune(" \t\r\n\f", r) }

// write adds a piece of a line behind what is owed.
func (p *page) write(s string) {
	switch {
	case p.out.Len() == 0:
		p.indent()
	case p.breaks > 0:
		for range p.breaks - 1 {
			p.out.WriteString("\n" + strings.TrimRight(quote(min(p.above, p.quoted)), " "))
		}
		p.out.WriteByte('\n')
		p.indent()
	case p.space:
		p.out.WriteByte(' ')
	}
	p.out.WriteString(s)
	p.breaks, p.space, p.above = 0, false, p.quoted
}

// indent begins a line.
func (p *page) indent() {
	p.out.WriteString(quote(p.quoted))
	if depth := min(len(p.lists), maxDepth); depth > 0 {
		p.out.WriteString(strings.Repeat("  ", depth-1))
		if p.marker == "" {
			p.marker = "  "
		}
	}
	p.out.WriteString(p.marker)
	p.marker = ""
	if p.literal > 0 {
		p.out.WriteString("    ")
	}
}

func quote(depth int) string { return strings.Repeat("> ", min(depth, maxDepth)) }

// gap owes at least n line breaks: 1 ends a line, 2 a paragraph.
func (p *page) gap(n int) { p.breaks = max(p.breaks, n) }

// start opens an element.
func (p *page) start(t html.Token) {
	p.gap(breaksAround(t.DataAtom, len(p.lists)))
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Title:
		p.hidden++
	case atom.Blockquote:
		p.quoted++
	case atom.Pre:
		p.literal++
	case atom.Code:
		p.tick(p.space)
	case atom.Ul:
		p.lists = append(p.lists, 0)
	case atom.Ol:
		p.lists = append(p.lists, 1)
	case atom.Li:
		p.item()
	case atom.Br:
		p.breaks = min(p.breaks+1, 2)
	case atom.Hr:
		p.write("----")
		p.gap(2)
	case atom.Td, atom.Th:
		if p.breaks == 0 && p.out.Len() > 0 {
			p.write(" | ")
		}
	case atom.Img:
		p.image(attribute(t, "alt"), attribute(t, "src"))
	case atom.A:
		p.links = append(p.links, link{attribute(t, "href"), p.out.Len()})
	default:
	}
}

// end closes an element; one that is not open is passed over.
func (p *page) end(a atom.Atom) {
	switch a {
	case atom.Script, atom.Style, atom.Title:
		p.hidden = max(0, p.hidden-1)
	case atom.Blockquote:
		p.quoted = max(0, p.quoted-1)
	case atom.Pre:
		p.literal = max(0, p.literal-1)
	case atom.Code:
		p.tick(false)
	case atom.Ul, atom.Ol:
		p.lists = p.lists[:max(0, len(p.lists)-1)]
	case atom.A:
		p.endLink()
	default:
	}
	p.gap(breaksAround(a, len(p.lists)))
}

// breaksAround returns how many line breaks stand before and after an element.
func breaksAround(a atom.Atom, lists int) int {
	switch a {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Blockquote, atom.Pre, atom.Dl, atom.Hr:
		return 2
	case atom.Ul, atom.Ol:
		if lists == 0 {
			return 2
		}
		return 1
	case atom.Div, atom.Li, atom.Tr, atom.Dt, atom.Dd, atom.Section, atom.Article, atom.Header, atom.Footer:
		return 1
	default:
		return 0
	}
}

// item begins an item of the innermost list.
func (p *page) item() {
	p.marker = "- "
	if last := len(p.lists) - 1; last >= 0 && p.lists[last] > 0 {
		p.marker = strconv.Itoa(p.lists[last]) + ". "
		p.lists[last]++
	}
}

func (p *page) image(alt, source string) {
	if alt = strings.TrimSpace(alt); alt == "" {
		p.text("[image]")
	} else {
		p.text("[image: " + alt + "]")
	}
	if p.first > 0 && Followable(source) {
		p.number(source)
	}
}

// tick writes the mark around code within a line, behind a blank if one is due.
func (p *page) tick(space bool) {
	if p.literal > 0 || p.hidden > 0 {
		return
	}
	after := p.space && !space
	p.space = space
	p.write("`")
	p.space = after
}

// number writes the number of an address.
func (p *page) number(address string) {
	p.addresses = append(p.addresses, address)
	p.space = true
	p.write("[" + strconv.Itoa(p.first+len(p.addresses)-1) + "]")
}

// Followable tells whether an address leads to a page of the web: http or https,
// and a host.
func Followable(address string) bool {
	at, err := url.Parse(address)
	return err == nil && (at.Scheme == "https" || at.Scheme == "http") && at.Host != ""
}

// endLink writes where a link leads, unless its text says so.
func (p *page) endLink() {
	last := len(p.links) - 1
	if last < 0 {
		return
	}
	l := p.links[last]
	p.links = p.links[:last]
	if p.hidden > 0 {
		return
	}
	said := strings.TrimSpace(p.out.String()[l.start:])
	if p.first > 0 && Followable(l.address) {
		if said == "" {
			p.write(l.address)
		}
		p.number(l.address)
		return
	}
	if at, err := url.Parse(l.address); err != nil || at.Scheme != "https" && at.Scheme != "http" && at.Scheme != "mailto" {
		return
	}
	if said == strings.TrimPrefix(l.address, "mailto:") || said == strings.TrimSuffix(l.address, "/") {
		return
	}
	p.space = p.space || said != ""
	p.write("<" + l.address + ">")
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
