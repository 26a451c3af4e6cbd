package ui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/theme"
)

// actPreview shows the notes that a deed would send.
const actPreview actionID = "preview"

// zeroWidthSpace keeps a desk from filling placeholders in. A preview shows it
// as a space.
const zeroWidthSpace = "\u200b"

// previewPane shows the notes that a deed would send, as they would be sent.
type previewPane struct {
	*shell
	// deed is what would be done, such as "start S-14".
	deed string
	// ask reads the notes; asked is the generation of that.
	ask   func(context.Context) ([]tracker.Preview, error)
	asked int
	read  *previewRead
	doc   document
}

// previewRead brings the notes that a deed would send.
type previewRead struct {
	asked int
	notes []tracker.Preview
	err   error
}

func newPreviewPane(s *shell, deed string, ask func(context.Context) ([]tracker.Preview, error)) *previewPane {
	return &previewPane{shell: s, deed: deed, ask: ask, asked: s.next()}
}

// Init reads the notes.
func (p *previewPane) Init() tea.Cmd {
	asked, ask := p.asked, p.ask
	return p.do(func(ctx context.Context) tea.Msg {
		notes, err := ask(ctx)
		return previewRead{asked, notes, err}
	})
}

// Update takes the notes.
func (p *previewPane) Update(msg tea.Msg) tea.Cmd {
	if read, ok := msg.(previewRead); ok && read.asked == p.asked {
		p.read = &read
		p.doc.changed()
	}
	return nil
}

// Handle scrolls and closes.
func (p *previewPane) Handle(in intent) (tea.Cmd, bool) {
	if p.doc.handle(in) {
		return nil, true
	}
	if in == (act{actBack}) {
		return p.close(), true
	}
	return nil, false
}

// Draw shows the notes.
func (p *previewPane) Draw(c *canvas, r rect) {
	c.fill(r)
	if in := margined(c.box(r, box{title: "Preview: " + p.deed, facts: "nothing is sent yet", foot: p.doc.more()})); !in.empty() {
		p.doc.draw(c, in, p.write)
	}
}

func (p *previewPane) write(w *docWriter) {
	switch {
	case p.read == nil:
		return
	case p.read.err != nil:
		w.paragraph(nil, theme.Danger, line(p.read.err.Error()))
		return
	case len(p.read.notes) == 0:
		w.paragraph(nil, theme.Muted, "This would send nothing: no ticket is linked, or no integration that is on sends it.")
		return
	}
	for _, n := range p.read.notes {
		tickets := make([]string, len(n.Tickets))
		for i, id := range n.Tickets {
			tickets[i] = id.String()
		}
		w.rule("To " + strings.Join(tickets, ", ") + " · a private note")
		text := plaintext.FromHTML(strings.ReplaceAll(n.HTML, zeroWidthSpace, " "))
		if text == "" {
			w.paragraph(nil, theme.Muted, "No text: only the status changes.")
		} else {
			w.paragraph(nil, theme.Text, text)
		}
		if strings.Contains(n.HTML, zeroWidthSpace) {
			w.paragraph(nil, theme.Muted, "Between its braces, where a space is shown, an invisible sign keeps Zendesk from filling a placeholder in.")
		}
		if n.Opens {
			w.paragraph(nil, theme.Muted, "A ticket that is new is opened.")
		}
		w.blank()
	}
	w.paragraph(nil, theme.Muted, fmt.Sprintf("The six signs at the end, here %s, are given when the note is made.", tracker.PreviewReference))
}

// Scopes are those of a text to read.
func (p *previewPane) Scopes() []scope { return []scope{scopePreview, scopeList} }

// Disabled is never.
func (p *previewPane) Disabled(actionID) string { return "" }

// previewComment shows what the comment that is being written would send.
func (p *storyPane) previewComment() tea.Cmd {
	id, text, service := p.id, p.comment.editor.Value(), p.service
	return p.open(newPreviewPane(p.shell, fmt.Sprintf("comment on %s", id), func(ctx context.Context) ([]tracker.Preview, error) {
		return service.PreviewComment(ctx, id, text)
	}), placeSide)
}

// previewAdvance shows what the next state would send.
func (p *storyPane) previewAdvance() tea.Cmd {
	c := cardOf(*p.detail)
	next := tracker.Actions(c.Type, c.State, c.Estimate, p.project)
	id, service := p.id, p.service
	return p.open(newPreviewPane(p.shell, fmt.Sprintf("%s %s", next[0], id), func(ctx context.Context) ([]tracker.Preview, error) {
		return service.PreviewTransition(ctx, id, next[0], "")
	}), placeSide)
}
