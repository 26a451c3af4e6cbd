package wire

import (
	"html"
	"strings"
	"unicode"
)

const (
	// maxNote is the most bytes of html that a comment gets. Zendesk cuts at 64 kB
	// without a word (https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/).
	maxNote = 64_000
	// maxReference is the most bytes of a last line that survives a cut.
	maxReference = 1_000

	noteStart = "<p>"
	noteEnd   = "</p>"
	lineBreak = "<br>"
	cutMark   = "… (cut here: the comment is longer than Zendesk accepts)"
	// zeroWidthSpace parts braces that would start a placeholder or a tag of
	// Liquid, which Zendesk would run.
	zeroWidthSpace = "\u200b"
	tabWidth       = 4
)

// CommentHTML renders a plain note so that it shows as it was written: escaped,
// with its line breaks and runs of spaces, and without control characters or
// placeholders. A note that is too long is cut and says so, but keeps its last
// line, which is the reference it is found by. It is empty for a blank note.
func CommentHTML(note string) string {
	note = cleanNote(note)
	if strings.TrimSpace(note) == "" {
		return ""
	}
	const most = maxNote - len(noteStart) - len(noteEnd)
	body, whole := escapeNote(note, most)
	if !whole {
		ending := lineBreak + cutMark
		last, whole := escapeNote(note[strings.LastIndexByte(note, '\n')+1:], maxReference)
		if whole {
			ending += lineBreak + last
		}
		body, _ = escapeNote(note, most-len(ending))
		body += ending
	}
	return noteStart + body + noteEnd
}

// cleanNote leaves lines parted by \n, without control characters. Map also
// mends broken UTF-8.
func cleanNote(note string) string {
	note = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", strings.Repeat(" ", tabWidth)).Replace(note)
	note = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, note)
	return strings.TrimRight(note, "\n ")
}

// escapeNote renders as much of a clean note as fits into most bytes; whole is
// false when something was left out.
func escapeNote(note string, most int) (body string, whole bool) {
	var b strings.Builder
	before := '\n'
	for _, r := range note {
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
