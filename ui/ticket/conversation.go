package ticket

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// openLink asks to show an address of a comment in the browser.
type openLink struct {
	Comment int64
	N       int
	URL     string
}

// fold asks to expand a long quote, or to collapse it again.
type fold struct {
	Comment int64
	Line    int
}

// IsIntent marks an intent.
func (openLink) IsIntent() {}

// IsIntent marks an intent.
func (fold) IsIntent() {}

const (
	// foldOver is the longest quote that is shown whole, in lines.
	foldOver = 5
	// linkLines is how many links are listed below a comment.
	linkLines = 8
)

// conversationTime is how long reading a conversation may take.
const conversationTime = 60 * time.Second

// thread is the conversation of a ticket, as far as it was read.
type thread struct {
	tracker.Conversation
	// asked is the generation of the last reading; loading is true while that is
	// under way, and cancel ends it.
	asked   int
	loading bool
	cancel  context.CancelFunc
	// waits is true while a preview leaves what the account allows to others.
	waits bool
	// failure is the sentence of the error that the last reading ended with.
	failure string
	// read is true once Zendesk has answered; of is the ticket's last update that was
	// known when a preview asked.
	read bool
	of   time.Time
	// pages is how many pages are wanted.
	pages int
	// unfolded are the quotes that are expanded, or those that are not where all is true.
	unfolded map[fold]bool
	all      bool
	// links are those of all comments, by number from 1.
	links []link
	// unfoldKey shows a quote whole, linksKey lists all links.
	unfoldKey, linksKey string
}

// link is a link or a file of a comment.
type link struct {
	openLink
	// name is a file's name and size, empty for a link.
	name string
}

// shown is what people read of it.
func (l link) shown() string {
	if l.name != "" {
		return l.name
	}
	return draw.Line(l.URL)
}

func newThread() thread { return thread{pages: 1, cancel: func() {}} }

// stop ends the reading that is under way; its answer is not waited for any more.
func (c *thread) stop() {
	c.cancel()
	if c.loading {
		c.loading, c.waits, c.asked, c.of = false, false, 0, time.Time{}
	}
}

// load asks Zendesk for the conversation, instead of what it was asked before.
func (c *thread) load(h *host, in tracker.IntegrationID, id tracker.TicketID) tea.Cmd {
	read := c.reading(h, in, id)
	return h.Do(func(context.Context) tea.Msg { return read() })
}

// loadInTurn is load for a preview, which waits until it is its turn.
func (c *thread) loadInTurn(h *host, in tracker.IntegrationID, id tracker.TicketID) tea.Cmd {
	read := c.reading(h, in, id)
	asked, service := c.asked, h.Service
	return h.Do(func(ctx context.Context) tea.Msg {
		wait, err := service.Conversation.Turn(ctx, in, id)
		if err != nil || wait > 0 {
			return conversationRead{asked: asked, err: err, wait: wait}
		}
		return read()
	})
}

// reading is what asks Zendesk for the conversation.
func (c *thread) reading(h *host, in tracker.IntegrationID, id tracker.TicketID) func() conversationRead {
	c.cancel()
	ctx, cancel := context.WithCancel(h.Context())
	c.cancel, c.loading, c.waits, c.asked = cancel, true, false, h.Next()
	asked, pages, service := c.asked, c.pages, h.Service
	return func() conversationRead {
		defer cancel()
		ctx, end := context.WithTimeout(ctx, conversationTime)
		defer end()
		read, err := service.Conversation.Read(ctx, in, id, pages)
		return conversationRead{asked: asked, conversation: read, err: err}
	}
}

// take takes what was read, and reports whether there are more comments than before.
func (c *thread) take(msg conversationRead) (grown bool) {
	c.loading, c.failure = false, ""
	if msg.err != nil {
		c.failure, c.of = draw.Line(msg.err.Error()), time.Time{}
		return false
	}
	grown = c.read && len(msg.conversation.Comments) > len(c.Comments)
	c.Conversation, c.read = msg.conversation, true
	return grown
}

func (p *Pane) writeConversation(w *document.Writer) {
	c := &p.thread
	c.links, c.unfoldKey, c.linksKey = nil, p.Keys.Key(keymap.ScopeStops, intent.ActOpen), p.Keys.Key(keymap.ScopeConversation, actLinks)
	switch {
	case c.waits:
		w.Rule("Conversation")
		w.Paragraph(nil, theme.Muted, "Previews leave most of what the account allows to others. "+
			p.Keys.Key(keymap.ScopeBoard, intent.ActOpen)+" reads this one now.")
	case !c.read && c.failure == "":
		w.Rule("Conversation")
		w.Line([]draw.Run{{Role: theme.Muted, Text: setting.When(p.Slow(), "Loading the conversation…")}})
	case c.read && len(c.Comments) == 0:
		w.Rule("Conversation")
		w.Line([]draw.Run{{Role: theme.Muted, Text: "No comments yet."}})
	case c.Older:
		w.Rule(fmt.Sprintf("Conversation · the newest %d", len(c.Comments)))
		w.Line([]draw.Run{{Role: theme.Accent, Text: setting.When(c.loading, "Loading older comments…") + setting.When(!c.loading, p.Keys.Key(keymap.ScopeConversation, actOlder)+" loads older comments")}})
		w.Link(intent.Act{ID: actOlder})
	default:
		w.Rule(fmt.Sprintf("Conversation %d", len(c.Comments)))
	}
	p.writeProblem(w)
	for i, comment := range c.Comments {
		if i > 0 {
			w.Blank()
		}
		c.writeComment(w, comment, p.Now())
	}
	if c.failure != "" {
		w.Paragraph(nil, theme.Danger, c.failure)
		w.Line([]draw.Run{{Role: theme.Muted, Text: p.Keys.Key(keymap.ScopeDetail, intent.ActRefresh) + " tries again."}})
	}
}

// writeProblem says why the messages of a chat are missing, and where they are.
func (p *Pane) writeProblem(w *document.Writer) {
	if p.thread.Problem == "" {
		return
	}
	w.Paragraph(nil, theme.Danger, draw.Line(p.thread.Problem))
	if p.detail != nil {
		w.Paragraph(nil, theme.Accent, "Open the ticket in Zendesk: "+draw.Line(p.detail.Ticket.URL))
		w.Link(intent.Act{ID: intent.ActBrowse})
	}
	w.Blank()
}

// writeComment writes one comment; a private one has a bar and says so.
func (c *thread) writeComment(w *document.Writer, comment tracker.TicketComment, now time.Time) {
	var bar []draw.Run
	visibility := draw.Run{Role: theme.Muted, Text: " public"}
	if !comment.Public {
		bar = []draw.Run{{Role: theme.Private, Text: w.Theme.Glyph(theme.GlyphBar) + " "}}
		visibility = draw.Run{Role: theme.Private, Text: " private"}
	}
	w.Line(append(bar[:len(bar):len(bar)],
		draw.Run{Role: theme.Text | theme.Bold, Text: byName(comment)}, draw.Run{Role: theme.Muted, Text: roleWords(comment.Role) + " " + text.Age(now, comment.CreatedAt)}, visibility))
	said, addresses := plaintext.Read(comment.HTML, len(c.links)+1)
	if strings.TrimSpace(said) == "" {
		said, addresses = plaintext.Block(comment.Text), nil
	}
	c.writeSaid(w, bar, comment.ID, strings.TrimSpace(said))
	if comment.Cut {
		w.Line(append(bar[:len(bar):len(bar)], draw.Run{Role: theme.Muted, Text: "… cut here; open the ticket in the browser to read the rest"}))
		w.Link(intent.Act{ID: intent.ActBrowse})
	}
	from := len(c.links)
	for _, url := range addresses {
		c.links = append(c.links, link{openLink: openLink{comment.ID, len(c.links) + 1, url}})
	}
	for _, a := range comment.Attachments {
		name := draw.JoinFacts(" · ", draw.Line(a.Name), present.FileSize(a.Size))
		c.links = append(c.links, link{openLink{comment.ID, len(c.links) + 1, a.URL}, name})
	}
	c.writeLinks(w, bar, c.links[from:])
}

// byName is who wrote a comment.
func byName(c tracker.TicketComment) string {
	if name := draw.Line(c.Author); name != "" {
		return name
	}
	return "somebody"
}

// roleWords says what somebody is in Zendesk.
func roleWords(role string) string {
	switch role {
	case "end-user":
		return " · customer"
	case "agent", "admin":
		return " · agent"
	case "bot":
		return " · bot"
	}
	return ""
}

// writeSaid writes the text of a comment, with long quotes collapsed.
func (c *thread) writeSaid(w *document.Writer, bar []draw.Run, comment int64, said string) {
	lines := text.Align(strings.Split(said, "\n"), besideBar(w, bar))
	for i := 0; i < len(lines); i++ {
		n := quotedLines(lines[i:])
		if n <= foldOver {
			writeSaidLine(w, bar, lines[i])
			continue
		}
		want := fold{comment, i}
		first := len(w.Lines)
		if c.unfolded[want] == c.all {
			w.Line(append(bar[:len(bar):len(bar)], draw.Run{Role: theme.Muted, Text: fmt.Sprintf("> … %d quoted lines, %s expands them", n, c.unfoldKey)}))
			w.LinkFrom(first, want)
		} else {
			writeSaidLine(w, bar, lines[i])
			w.LinkFrom(first, want)
			for _, l := range lines[i+1 : i+n] {
				writeSaidLine(w, bar, l)
			}
		}
		i += n - 1
	}
}

// besideBar is the width that a bar leaves of a line.
func besideBar(w *document.Writer, bar []draw.Run) int {
	width := w.Width
	for _, b := range bar {
		width -= text.Width(b.Text)
	}
	return width
}

// quotedLines counts the quoted lines that a text begins with.
func quotedLines(lines []string) int {
	n := 0
	for n < len(lines) && strings.HasPrefix(lines[n], ">") {
		n++
	}
	return n
}

// writeSaidLine writes a line of a comment, wrapped; what is quoted stays so.
func writeSaidLine(w *document.Writer, bar []draw.Run, said string) {
	rest := strings.TrimLeft(said, "> ")
	quote, role := "", theme.Text
	if strings.HasPrefix(said, ">") {
		quote, role = said[:len(said)-len(rest)], theme.Muted
	} else {
		rest = said
	}
	for _, l := range text.Wrap(rest, max(1, besideBar(w, bar)-text.Width(quote))) {
		w.Line(append(bar[:len(bar):len(bar)], draw.Run{Role: theme.Muted, Text: quote}, draw.Run{Role: role, Text: l}))
	}
}

// writeLinks lists links and files below their comment, the first of them where there
// are many.
func (c *thread) writeLinks(w *document.Writer, bar []draw.Run, links []link) {
	for i, l := range links {
		if i == linkLines {
			w.Line(append(bar[:len(bar):len(bar)], draw.Run{Role: theme.Muted, Text: fmt.Sprintf("… and %d more, %s lists them", len(links)-i, c.linksKey)}))
			w.Link(intent.Act{ID: actLinks})
			return
		}
		w.Line(append(bar[:len(bar):len(bar)], draw.Run{Role: theme.Muted, Text: fmt.Sprintf("[%d] ", l.N)}, draw.Run{Role: theme.Accent, Text: l.shown()}))
		w.Link(l.openLink)
	}
}

// chooseLink asks which link or file to open.
func (p *Pane) chooseLink() tea.Cmd {
	links := p.thread.links
	rows := make([]dialog.Choice, len(links))
	for i, l := range links {
		rows[i] = dialog.Choice{Key: fmt.Sprintf("[%d]", l.N), Text: present.Cell(l.shown())}
	}
	return p.Open(dialog.NewChooser(p.Host, "Open which link or file?", rows, func(i int) tea.Cmd {
		return p.openLink(links[i].openLink)
	}), pane.Overlay)
}

// openLink shows an address that strangers wrote in the browser, if it is one of the web.
func (p *Pane) openLink(l openLink) tea.Cmd {
	if !plaintext.Followable(l.URL) {
		return p.Refuse("this is not a web address: " + draw.Line(l.URL))
	}
	return p.Browse(l.URL)
}

// toggleFold expands a quote, or collapses it.
func (c *thread) toggleFold(f fold) {
	if c.unfolded == nil {
		c.unfolded = make(map[fold]bool)
	}
	c.unfolded[f] = !c.unfolded[f]
}

// toggleFolds expands all quotes, or collapses them.
func (c *thread) toggleFolds() { c.all, c.unfolded = !c.all, nil }
