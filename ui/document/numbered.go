package document

import (
	"fmt"

	"storydesk/ui/draw"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Lead begins the lines of a list: the first with a caption, the others below it.
func Lead(i int, caption string) string {
	if i > 0 {
		caption = ""
	}
	return text.Fit("  "+caption, 10) + "- "
}

// Numbered writes what to do, in order.
func (w *Writer) Numbered(steps []string) {
	for i, s := range steps {
		caption := ""
		if i == 0 {
			caption = "to do: "
		}
		w.Paragraph([]draw.Run{{Role: theme.Muted, Text: text.Fit("  "+caption, 10)}, {Role: theme.Text, Text: fmt.Sprintf("%d. ", i+1)}}, theme.Text, s)
	}
}
