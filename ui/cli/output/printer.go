package output

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

// Printer prints on standard output, and says on standard error what is no
// result.
type Printer struct {
	Out io.Writer
	Err io.Writer
	// AsJSON prints objects as JSON instead of for people.
	AsJSON bool
}

// JSON prints a value as one line of JSON, whatever AsJSON says.
func (p Printer) JSON(v any) error {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return p.Write(escapeControls(line.String()))
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

// Line prints a line of text from wherever.
func (p Printer) Line(s string) error { return p.Write(plaintext.Line(s) + "\n") }

// Text prints text with styles, which only a terminal gets to see.
func (p Printer) Text(s string) error {
	_, err := io.WriteString(colorprofile.NewWriter(p.Out, os.Environ()), s)
	return Printed(err)
}

// Write prints text that is safe as it is.
func (p Printer) Write(s string) error {
	_, err := io.WriteString(p.Out, s)
	return Printed(err)
}

// Printed makes an error of writing say that standard output failed.
func Printed(err error) error {
	if err != nil {
		return fmt.Errorf("write to standard output: %w", err)
	}
	return nil
}

// Table prints aligned columns, on a terminal cut to its width.
func (p Printer) Table(columns []string, rows [][]string) error {
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
	limit := p.Width()
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
	out.WriteString(Bold(line(columns)) + "\n")
	for _, row := range rows {
		out.WriteString(line(row) + "\n")
	}
	return p.Text(out.String())
}

// Bold makes a text bold.
func Bold(s string) string { return lipgloss.NewStyle().Bold(true).Render(s) }

// Complain writes to standard error. Where that fails nothing more can be done.
func (p Printer) Complain(format string, args ...any) {
	_, _ = fmt.Fprintf(p.Err, format, args...)
}

// Width is that of standard output in cells, 0 when it is no terminal.
func (p Printer) Width() int {
	fd, ok := Terminal(p.Out)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(fd)
	if err != nil {
		return 0
	}
	return width
}

// Terminal returns the descriptor of a stream that is a terminal.
func Terminal(stream any) (fd int, ok bool) {
	file, isFile := stream.(*os.File)
	if !isFile {
		return 0, false
	}
	fd = int(file.Fd())
	return fd, term.IsTerminal(fd)
}
