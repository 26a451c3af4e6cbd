package command

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/tracker/wording"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// zeroWidthSpace stops Zendesk from filling placeholders in. A preview shows it as a
// space.
const zeroWidthSpace = "\u200b"

// PreviewPane shows the private comments that a change would send, as they would be
// sent.
type PreviewPane struct {
	*Commands
	// Title is what would be done, such as "start S-14".
	Title string
	ids   []tracker.StoryID
	// do would do it; asked is the generation of the reading of its comments.
	do    useCase
	asked int
	Read  *PreviewRead
	Doc   document.Document
}

// PreviewRead brings the private comments that a change would send.
type PreviewRead struct {
	asked int
	Notes []tracker.Preview
	// unreached are the tickets that it does not reach.
	unreached []tracker.Unreached
	err       error
}

// preview shows the private comments that a change would send.
func preview(h *Commands, change string, ids []tracker.StoryID, do useCase) tea.Cmd {
	return h.Open(&PreviewPane{Commands: h, Title: change, ids: ids, do: do, asked: h.Next()}, pane.Side)
}

// Init reads the comments.
func (p *PreviewPane) Init() tea.Cmd {
	if p.Read != nil {
		return nil
	}
	asked, service, do, ids := p.asked, p.Service, p.do, p.ids
	return p.Do(func(ctx context.Context) tea.Msg {
		read := PreviewRead{asked: asked}
		if read.Notes, read.err = service.Stories.Preview(ctx, do); read.err == nil {
			read.unreached, read.err = service.Stories.Unreached(ctx, ids...)
		}
		return read
	})
}

// Update takes the comments.
func (p *PreviewPane) Update(msg tea.Msg) tea.Cmd {
	if read, ok := msg.(PreviewRead); ok && read.asked == p.asked {
		p.Read = &read
		p.Doc.Changed()
	}
	return nil
}

// Handle scrolls and closes.
func (p *PreviewPane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.Doc.Handle(in) {
		return nil, true
	}
	return previewActions().Handle(p, in)
}

func previewActions() pane.Actions[*PreviewPane] {
	return pane.Actions[*PreviewPane]{pane.On(closePreview(), func(p *PreviewPane) tea.Cmd { return p.Close() })}
}

// Draw shows the comments.
func (p *PreviewPane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	p.Doc.Framed(c, r, draw.Box{Title: "Preview: " + p.Title, Facts: "nothing is sent yet"}, p.write, nil)
}

func (p *PreviewPane) write(w *document.Writer) {
	switch {
	case p.Read == nil:
		return
	case p.Read.err != nil:
		w.Paragraph(nil, theme.Danger, draw.Line(p.Read.err.Error()))
		return
	case len(p.Read.Notes) == 0 && len(p.Read.unreached) > 0:
		w.Paragraph(nil, theme.Warning, draw.Line("Nothing is sent to "+unreachedWords(p.Read.unreached)+"."))
		return
	case len(p.Read.Notes) == 0:
		w.Paragraph(nil, theme.Muted, "Nothing will be sent: no ticket is linked, or no active integration sends it.")
		return
	}
	for _, n := range p.Read.Notes {
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
	if len(p.Read.unreached) > 0 {
		w.Paragraph(nil, theme.Warning, draw.Line("Nothing is sent to "+unreachedWords(p.Read.unreached)+"."))
	}
	w.Paragraph(nil, theme.Muted, fmt.Sprintf("%s becomes the comment's reference when it is sent.", wording.PreviewReference))
}

// Scopes are those of a text to read.
func (p *PreviewPane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopePreview, keymap.ScopeList}
}

// Disabled is never.
func (p *PreviewPane) Disabled(intent.ActionID) string { return "" }

// PreviewComments shows what a comment on stories would send.
func PreviewComments(h *Commands, ids []tracker.StoryID, text string) tea.Cmd {
	return preview(h, "comment on "+present.SomeOf(ids), ids, commentOn(ids, text))
}

// commentOn comments on stories.
func commentOn(ids []tracker.StoryID, text string) useCase {
	return func(ctx context.Context, s tracker.StoryUseCases) error {
		_, err := s.Comment(ctx, ids, text, "")
		return err
	}
}

// PreviewNext shows what the next state of stories would send. All of them have
// the same one.
func PreviewNext(h *Commands, cards ...tracker.Card) tea.Cmd {
	return previewStep(h, cards, NextStep(h.Host, cards[0]), "")
}

// previewStep shows what would be sent where stories go to their next state.
func previewStep(h *Commands, cards []tracker.Card, a tracker.Action, reason string) tea.Cmd {
	ids := present.IDsOf(cards)
	return preview(h, fmt.Sprintf("%s %s", a, present.SomeOf(ids)), ids, transitions(cards, a, reason))
}
