package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"golang.org/x/term"

	"storydesk/tracker/plaintext"
	"storydesk/ui/text"
)

// presenter tells how one kind of object is printed. Its texts need not be
// safe; what prints them makes them so.
type presenter[T any] struct {
	// none is said to people instead of an empty listing.
	none string
	// record gives the object's JSON.
	record func(T) any
	// columns and cells make a listing; the last column takes what is left.
	columns []string
	cells   func(T) []string
	// summary says in a line how the object is now.
	summary func(T) string
}

// sheet is one object in full, for people.
type sheet struct {
	title  string
	fields []field
	// sections follow, each a heading and a text of many lines.
	sections []field
}

type field struct{ name, value string }

// printList prints a listing.
func printList[T any](a *app, p presenter[T], list []T) error {
	if a.flags.json {
		return a.printJSON(records(p, list))
	}
	if len(list) == 0 {
		a.complain("%s\n", p.none)
		return nil
	}
	rows := make([][]string, len(list))
	for i, v := range list {
		rows[i] = p.cells(v)
	}
	return a.printTable(p.columns, rows)
}

// printChange prints an object after a change.
func printChange[T any](a *app, p presenter[T], v T) error {
	if a.flags.json {
		return a.printJSON(p.record(v))
	}
	return a.printLine(p.summary(v))
}

// printSheet prints one object in full.
func printSheet[T any](a *app, p presenter[T], v T, s sheet) error {
	if a.flags.json {
		return a.printJSON(p.record(v))
	}
	return a.printText(s.String())
}

func records[T any](p presenter[T], list []T) []any {
	all := make([]any, len(list))
	for i, v := range list {
		all[i] = p.record(v)
	}
	return all
}

func (a *app) printJSON(v any) error {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return a.write(escapeControls(line.String()))
}

// escapeControls writes as \u escapes what a terminal might obey or hide. JSON
// has such characters only inside strings, where the escape means the same.
func escapeControls(line string) string {
	if strings.IndexFunc(line, hidden) < 0 {
		return line
	}
	var out strings.Builder
	for _, r := range line {
		switch {
		case !hidden(r):
			out.WriteRune(r)
		case r > 0xFFFF:
			r -= 0x10000
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}

func hidden(r rune) bool { return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) }

func (a *app) printLine(s string) error { return a.write(plaintext.Line(s) + "\n") }

// printText prints text with styles, which only a terminal gets to see.
func (a *app) printText(s string) error {
	_, err := io.WriteString(colorprofile.NewWriter(a.Out, os.Environ()), s)
	return printed(err)
}

func (a *app) write(s string) error {
	_, err := io.WriteString(a.Out, s)
	return printed(err)
}

func printed(err error) error {
	if err != nil {
		return fmt.Errorf("write to standard output: %w", err)
	}
	return nil
}

// printTable prints aligned columns, on a terminal cut to its width.
func (a *app) printTable(columns []string, rows [][]string) error {
	const gap = "  "
	widths := make([]int, len(columns))
	for i, name := range columns {
		widths[i] = text.Width(name)
	}
	for _, row := range rows {
		for i := range row {
			row[i] = plaintext.Line(row[i])
			widths[i] = max(widths[i], text.Width(row[i]))
		}
	}
	limit := a.terminalWidth()
	line := func(cells []string) string {
		padded := make([]string, len(cells))
		for i, cell := range cells {
			padded[i] = text.Pad(cell, widths[i])
		}
		whole := strings.TrimRight(strings.Join(padded, gap), " ")
		if limit > 0 {
			return text.Truncate(whole, limit)
		}
		return whole
	}
	var out strings.Builder
	out.WriteString(bold(line(columns)) + "\n")
	for _, row := range rows {
		out.WriteString(line(row) + "\n")
	}
	return a.printText(out.String())
}

// String lays the sheet out: a title, aligned fields, sections under headings.
// Fields and sections without a value are left out.
func (s sheet) String() string {
	var out strings.Builder
	out.WriteString(bold(plaintext.Line(s.title)) + "\n")
	width := 0
	for _, f := range s.fields {
		if f.value != "" {
			width = max(width, text.Width(f.name))
		}
	}
	for _, f := range s.fields {
		if f.value != "" {
			fmt.Fprintf(&out, "  %s  %s\n", text.Pad(f.name, width), plaintext.Line(f.value))
		}
	}
	for _, f := range s.sections {
		body := strings.TrimRight(plaintext.Block(f.value), " \n")
		if body == "" {
			continue
		}
		out.WriteString("\n" + bold(f.name) + "\n")
		for line := range strings.SplitSeq(body, "\n") {
			out.WriteString(strings.TrimRight("  "+line, " ") + "\n")
		}
	}
	return out.String()
}

func bold(s string) string { return lipgloss.NewStyle().Bold(true).Render(s) }

// terminalWidth is that of standard output in cells, 0 when it is no terminal.
func (a *app) terminalWidth() int {
	fd, ok := terminal(a.Out)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(fd)
	if err != nil {
		return 0
	}
	return width
}

// terminal returns the descriptor of a stream that is a terminal.
func terminal(stream any) (fd int, ok bool) {
	file, isFile := stream.(*os.File)
	if !isFile {
		return 0, false
	}
	fd = int(file.Fd())
	return fd, term.IsTerminal(fd)
}
