package finding

import (
	"fmt"
	"strings"

	"storydesk/tracker/plaintext"
	"storydesk/tracker/verdict"
	"storydesk/ui/text"
)

// Mark is the sign of a level; the level's name stands beside it.
func Mark(level verdict.Level, ascii bool) string {
	switch {
	case level == verdict.LevelOK && ascii:
		return "+"
	case level == verdict.LevelOK:
		return "✓"
	case level == verdict.LevelWarning:
		return "!"
	case level == verdict.LevelFailed && ascii:
		return "x"
	case level == verdict.LevelFailed:
		return "✗"
	case level == verdict.LevelInfo && !ascii:
		return "·"
	}
	return "-"
}

// Lines lays a check out for people: its outcome, and below it what may be
// behind it and how to fix it. width wraps it, 0 does not.
func Lines(c verdict.Check, ascii bool, width int) string {
	head := fmt.Sprintf("%s %-8s %-12s ", Mark(c.Level, ascii), c.Level, c.Name)
	body := []string{c.Text}
	for _, cause := range c.Causes {
		body = append(body, "perhaps: "+cause)
	}
	for i, step := range c.Steps {
		body = append(body, fmt.Sprintf("%d. %s", i+1, step))
	}
	indent := strings.Repeat(" ", text.Width(head))
	room := 0
	if width > 0 {
		room = max(20, width-len(indent)-len("1. "))
	}
	var out strings.Builder
	for i, line := range body {
		hang := ""
		for _, part := range wrapped(plaintext.Line(line), room) {
			out.WriteString(head + hang + part + "\n")
			head = indent
			if i > 0 {
				hang = "   "
			}
		}
	}
	if ascii {
		return text.ASCII(out.String())
	}
	return out.String()
}

// wrapped breaks a line at width cells, not at all for 0.
func wrapped(line string, width int) []string {
	if width == 0 {
		return []string{line}
	}
	return text.Wrap(line, width)
}

// Advice lays out what may be behind an error or a warning, and what to do,
// each on a line of its own; empty where its sentence is complete.
func Advice(causes, steps []string) string {
	var b strings.Builder
	for i, cause := range causes {
		if i == 0 {
			b.WriteString("\n  Likely causes:")
		}
		b.WriteString("\n  - " + plaintext.Line(cause))
	}
	for i, step := range steps {
		if i == 0 {
			b.WriteString("\n  What to do:")
		}
		fmt.Fprintf(&b, "\n  %d. %s", i+1, plaintext.Line(step))
	}
	return b.String()
}
