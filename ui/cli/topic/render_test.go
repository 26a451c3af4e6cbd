package topic

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"storydesk/docs"
	"storydesk/ui/text"
)

const page = `# A page

Words in **bold** and *italics* with ` + "`*code* [x](y)`" + `, [another page](search.md#terms), a
[picture](story.svg), and [a place](https://acme.com/x).

<!-- a comment -->

- one that is long enough to be broken at this width
- two

1. first

` + "```sh\nstorydesk *\n```" + `

## A table

| a | b |
|---|---|
| ` + "`x` `y`" + ` | left \| right, and so on until it breaks |

| name | values | default | meaning |
|---|---|---|---|
| ` + "`theme`" + ` | auto | | colours of the whole screen and of all |
`

const rendered = `A PAGE

Words in bold and italics with ` + "`*code*\n[x](y)`, another page (`storydesk help\nsearch`)" + `, a picture, and a place
(https://acme.com/x).

- one that is long enough to be broken
  at this width
- two

1. first

    storydesk *

A TABLE

a    b
────────────────────────────────────────
x y  left | right, and so on until it
     breaks

theme
    values: auto
    meaning: colours of the whole
      screen and of all
`

func TestRender(t *testing.T) {
	if diff := cmp.Diff(rendered, Render(page, 40)); diff != "" {
		t.Error(diff)
	}
}

// No line of any page is wider than the terminal, but for code that is, and no mark of
// Markdown is left.
func TestPagesFit(t *testing.T) {
	for _, about := range docs.Topics() {
		for _, width := range []int{40, 80, 200} {
			for line := range strings.Lines(Render(about.Page, width)) {
				line = strings.TrimRight(line, "\n")
				if text.Width(line) > min(width, widest) && !strings.HasPrefix(line, indent) {
					t.Errorf("%s at %d: %q", about.Name, width, line)
				}
				if strings.Contains(line, "](") || strings.HasPrefix(line, "##") || strings.Contains(line, "<!--") {
					t.Errorf("%s has marks: %q", about.Name, line)
				}
			}
		}
	}
}
