package wire

import (
	"html"
	"strings"
	"unicode"
)

const (
	// maxComment is the most bytes of html that a comment gets. Zendesk cuts at 64 kB
	// without a word (https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/).
	maxComment = 64_000
	// maxReference is the most bytes of a last line that survives a cut.
	maxReference = 1_000

	paragraphStart = "<p>"
	paragraphEnd   = "</p>"
	lineBreak      = "<br>"
	cutMark        = "… (cut here: the comment is longer than Zendesk accepts)"
	// zeroWidthSpace parts braces that would start a placeholder or a tag of
	// Liquid, which Zendesk would run.
	zeroWidthSpace = "\u200b"
	tabWidth       = 4
)

// CommentHTML renders a plain text so that it shows as it was written: escaped,
// with its line breaks and runs of spaces, and without control characters or
// placeholders. A text that is too long is cut and says so, but keeps its last
// line, which is the reference it is found by. It is empty for a blank text.
func CommentHTML(text string) string {
	text = clean(text)
	if strings.TrimSpace(text) == "" {
		return ""
	}
	const most = maxComment - len(paragraphStart) - len(paragraphEnd)
	body, whole := escape(text, most)
	if !whole {
		ending := lineBreak + cutMark
		last, whole := escape(text[strings.LastIndexByte(text, '\n')+1:], maxReference)
		if whole {
			ending += lineBreak + last
		}
		body, _ = escape(text, most-len(ending))
		body += ending
	}
	return paragraphStart + body + paragraphEnd
}

// clean leaves lines separated by \n, without control characters. Map also
// repairs broken UTF-8.
func clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", strings.Repeat(" ", tabWidth)).Replace(text)
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, text)
	return strings.TrimRight(text, "\n ")
}

// escape renders as much of a clean text as fits into most bytes; whole is
// false when something was left out.
func escape(text string, most int) (body string, whole bool) {
	var b strings.Builder
	before := '\n'
	for _, r := range text {
		piece := escapeRune(before, r)
		if b.Len()+len(piece) > most {
			return b.String(), false
		}
		b.WriteString(piece)
		before = r
	}
	return b.String(), true
}

func escapeRune(before, r rune) string {
	switch {
	case r == '\n':
		return lineBreak
	case r == ' ' && (before == ' ' || before == '\n'):
		return "&nbsp;"
	case before == '{' && (r == '{' || r == '%'):
		return zeroWidthSpace + string(r)
	}
	return html.EscapeString(string(r))
}
