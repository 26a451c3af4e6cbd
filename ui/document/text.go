package document

import (
	"strings"

	"storydesk/tracker/plaintext"
	"storydesk/ui/draw"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// WriteText writes a long text of strangers, or what to say when there is none.
func WriteText(w *Writer, s, none string) {
	if s = strings.TrimSpace(plaintext.Block(s)); s == "" {
		w.Line([]draw.Run{{Role: theme.Muted, Text: none}})
		return
	}
	w.Paragraph(nil, theme.Text, strings.Join(text.Align(strings.Split(s, "\n"), w.Width), "\n"))
}
