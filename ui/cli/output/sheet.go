package output

import (
	"fmt"
	"strings"

	"storydesk/tracker/plaintext"
	"storydesk/ui/text"
)

// Sheet is one object in full, for people. Its texts need not be safe.
type Sheet struct {
	Title  string
	Fields []Field
	// Sections follow, each a heading and a text of many lines.
	Sections []Field
}

// Field is a name and its value.
type Field [2]string

// String lays the sheet out: a title, aligned fields, sections under headings.
// Fields and sections without a value are left out.
func (s Sheet) String() string {
	var out strings.Builder
	out.WriteString(Bold(plaintext.Line(s.Title)) + "\n")
	width := 0
	for _, f := range s.Fields {
		if f[1] != "" {
			width = max(width, text.Width(f[0]))
		}
	}
	for _, f := range s.Fields {
		if f[1] != "" {
			fmt.Fprintf(&out, "  %s  %s\n", text.Pad(f[0], width), plaintext.Line(f[1]))
		}
	}
	for _, f := range s.Sections {
		body := strings.TrimRight(plaintext.Block(f[1]), " \n")
		if body == "" {
			continue
		}
		out.WriteString("\n" + Bold(f[0]) + "\n")
		for line := range strings.SplitSeq(body, "\n") {
			out.WriteString(strings.TrimRight("  "+line, " ") + "\n")
		}
	}
	return out.String()
}
