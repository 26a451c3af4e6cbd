package tests

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// Sequences that the program may send: moving the cursor, drawing and erasing,
// colours, its own modes and questions about the terminal, its own title. What
// a ticket could smuggle in is not among them: clipboard, hyperlinks, device
// control, other titles.
var permitted = []*regexp.Regexp{
	regexp.MustCompile(`\x1b\[[0-9;]*[ABCDEFGHJKLMPSTXZ@\x60abdefgm]`),
	regexp.MustCompile(`\x1b\[[0-9;]*r`),
	regexp.MustCompile(`\x1b\[\?(7|25|1000|1002|1003|1004|1006|1049|2004|2026|2027|2031)(;[0-9]+)*[hl]`),
	regexp.MustCompile(`\x1b\[\?[0-9]+\$p`),
	regexp.MustCompile(`\x1b\[[=<>?][0-9;]*u`),
	regexp.MustCompile(`\x1b\[>[0-9;]*[mq]`),
	regexp.MustCompile(`\x1b\[[0-9]* q`),
	regexp.MustCompile(`\x1b\[(c|\?5W)`),
	regexp.MustCompile(`\x1b\]1[01];\?(\x07|\x1b\\)`),
	regexp.MustCompile(`\x1b\][02];([^\x00-\x1f]*storydesk[^\x00-\x1f]*)?(\x07|\x1b\\)`),
	regexp.MustCompile(`\x1b\]11[012](\x07|\x1b\\)`),
	regexp.MustCompile(`\x1b[=>78M]`),
	regexp.MustCompile(`\x1b\]9;4;0(\x07|\x1b\\)`),
}

// forbidden are characters that must not reach a terminal at all.
const forbidden = "\x00\x05\x07\x0b\x0c\x0e\x0f\x7f\u0080\u0084\u0085\u0090\u009b\u009d\u009e\u009f" +
	"\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"

// A ticket full of escape sequences, controls and bidi overrides changes
// nothing but its own cells, in the list, in its detail, in a story and in the
// title.
func TestAHostileTicketStaysInItsCells(t *testing.T) {
	x := start(t, 120, 40, t.TempDir(), "demo")
	x.sees("#1034", "#1033")
	x.press("/", "1034", "enter")
	x.sees("1 of 53")
	x.press("enter")
	x.sees("alone at a line's end")
	// An escape and what follows at once would be one key.
	x.press("esc")
	x.sees("b backlog  i icebox  m move")
	x.Rest()
	x.press("b")
	x.sees("S-1 created from #1034")
	x.press("2", "enter")
	x.sees("requested by Ada Lovelace")
	x.press("d")
	x.sees("Deliveries")
	x.press("q")
	if code := x.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	rest := x.Raw()
	for _, p := range permitted {
		rest = p.ReplaceAllString(rest, "")
	}
	if i := strings.IndexByte(rest, '\x1b'); i >= 0 {
		t.Errorf("sent a sequence that is not permitted: %q", rest[i:min(i+60, len(rest))])
	}
	if i := strings.IndexAny(rest, forbidden); i >= 0 {
		t.Errorf("sent a character that is not permitted: %q", rest[max(i-20, 0):min(i+20, len(rest))])
	}
	if !utf8.ValidString(rest) {
		t.Error("sent what is no UTF-8")
	}
}
