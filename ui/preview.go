package ui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/tracker/stories"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// zeroWidthSpace keeps a desk from filling placeholders in. A preview shows it
// as a space.
const zeroWidthSpace = "\u200b"

// previewPane shows the notes that a deed would send, as they would be sent.
type previewPane struct {
	*shell
	// deed is what would be done, such as "start S-14".
	deed string
	ids  []tracker.StoryID
	// do would do it; asked is the generation of the reading of its notes.
	do    func(context.Context, *stories.Service) error
	asked int
	read  *previewRead
	doc   document.Document
}

// previewRead brings the notes that a deed would send.
type previewRead struct {
	asked int
	notes []tracker.Preview
	// unreached are the tickets that it does not reach.
	unreached []tracker.Unreached
	err       error
}

// preview shows the notes that a deed would send.
func (s *shell) preview(deed string, ids []tracker.StoryID, do func(context.Context, *stories.Service) error) tea.Cmd {
	return s.open(&previewPane{shell: s, deed: deed, ids: ids, do: do, asked: s.next()}, placeSide)
}

// Init reads the notes.
func (p *previewPane) Init() tea.Cmd {
	if p.read != nil {
		return nil
	}
	asked, service, do, ids := p.asked, p.service, p.do, p.ids
	return p.shell.do(func(ctx context.Context) tea.Msg {
		read := previewRead{asked: asked}
		if read.notes, read.err = service.Stories.Preview(ctx, do); read.err == nil {
			read.unreached, read.err = service.Stories.Unreached(ctx, ids...)
		}
		return read
	})
}

// Update takes the notes.
func (p *previewPane) Update(msg tea.Msg) tea.Cmd {
	if read, ok := msg.(previewRead); ok && read.asked == p.asked {
		p.read = &read
		p.doc.Changed()
	}
	return nil
}

// Handle scrolls and closes.
func (p *previewPane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	if in == (intent.Act{ID: intent.ActBack}) {
		return p.close(), true
	}
	return nil, false
}

// Draw shows the notes.
func (p *previewPane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	if in := document.Margined(c.Box(r, draw.Box{Title: "Preview: " + p.deed, Facts: "nothing is sent yet", Foot: p.doc.More()})); !in.Empty() {
		p.doc.Draw(c, in, p.write)
	}
}

func (p *previewPane) write(w *document.Writer) {
	switch {
	case p.read == nil:
		return
	case p.read.err != nil:
		w.Paragraph(nil, theme.Danger, draw.Line(p.read.err.Error()))
		return
	case len(p.read.notes) == 0 && len(p.read.unreached) > 0:
		w.Paragraph(nil, theme.Warning, draw.Line("Nothing is sent to "+unreachedWords(p.read.unreached)+"."))
		return
	case len(p.read.notes) == 0:
		w.Paragraph(nil, theme.Muted, "Nothing will be sent: no ticket is linked, or no active integration sends it.")
		return
	}
	for _, n := range p.read.notes {
		tickets := make([]string, len(n.Tickets))
		for i, id := range n.Tickets {
			tickets[i] = id.String()
		}
		w.Rule("To " + strings.Join(tickets, ", ") + " · private comment")
		text := plaintext.FromHTML(strings.ReplaceAll(n.HTML, zeroWidthSpace, " "))
		if text == "" {
			w.Paragraph(nil, theme.Muted, "No text: only the status changes.")
		} else {
			w.Paragraph(nil, theme.Text, text)
		}
		if strings.Contains(n.HTML, zeroWidthSpace) {
			w.Paragraph(nil, theme.Muted, "The space between the braces is an invisible character that stops Zendesk from filling in the placeholder.")
		}
		if n.Opens {
			w.Paragraph(nil, theme.Muted, "A new ticket is opened.")
		}
		w.Blank()
	}
	if len(p.read.unreached) > 0 {
		w.Paragraph(nil, theme.Warning, draw.Line("Nothing is sent to "+unreachedWords(p.read.unreached)+"."))
	}
	w.Paragraph(nil, theme.Muted, fmt.Sprintf("%s becomes the comment's reference when it is sent.", tracker.PreviewReference))
}

// Scopes are those of a text to read.
func (p *previewPane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopePreview, keymap.ScopeList}
}

// Disabled is never.
func (p *previewPane) Disabled(intent.ActionID) string { return "" }

// previewComments shows what a comment on stories would send.
func (s *shell) previewComments(ids []tracker.StoryID, text string) tea.Cmd {
	return s.preview("comment on "+present.SomeOf(ids), ids, func(ctx context.Context, s *stories.Service) error {
		_, err := s.CommentStories(ctx, ids, text)
		return err
	})
}

// previewNext shows what the next state of stories would send. All of them have
// the same one.
func (s *shell) previewNext(cards ...tracker.Card) tea.Cmd {
	return s.previewStep(cards, s.nextStep(cards[0]), "")
}

// previewStep shows what a step of stories along their life would send.
func (s *shell) previewStep(cards []tracker.Card, a tracker.Action, reason string) tea.Cmd {
	seen := present.SeenOf(cards)
	return s.preview(fmt.Sprintf("%s %s", a, present.SomeOf(present.IDsOf(cards))), present.IDsOf(cards), func(ctx context.Context, s *stories.Service) error {
		_, err := s.TransitionStories(ctx, seen, a, reason)
		return err
	})
}
