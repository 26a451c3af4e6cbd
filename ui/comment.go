package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/stories"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// markedCommentKey names the draft of a comment on marked stories, whichever
// these are.
const markedCommentKey = "comment/marked"

// commentPane writes one comment on several stories, which stand above it with
// the tickets that it goes to.
type commentPane struct {
	*shell
	comment composer
	// ids are the stories that were chosen, without those that were deleted since.
	ids []tracker.StoryID
	// asked is the generation of the last reading; stories, nil before the first,
	// are what it brought, with their links, each ticket once.
	asked    int
	stories  []tracker.Story
	links    []tracker.Link
	carriers present.Carriers
	doc      document.Document
}

// commentedRead brings the stories that are commented on.
type commentedRead struct {
	asked    int
	stories  []tracker.Story
	carriers present.Carriers
	err      error
}

func newCommentPane(s *shell, ids []tracker.StoryID) *commentPane {
	p := &commentPane{shell: s, ids: ids, comment: newComposer(s, markedCommentKey)}
	p.comment.open = true
	return p
}

// Init reads the stories and the comment that was begun.
func (p *commentPane) Init() tea.Cmd { return tea.Batch(p.reload(), p.comment.ask()) }

func (p *commentPane) reload() tea.Cmd {
	p.asked = p.next()
	asked, ids, service := p.asked, p.ids, p.service
	return p.do(func(ctx context.Context) tea.Msg {
		stories, err := storiesThere(ctx, service, ids)
		if err != nil {
			return commentedRead{asked: asked, err: err}
		}
		list, err := service.Accounts.Integrations(ctx, 0) // a link may go through another project's
		return commentedRead{asked, stories, present.CarriersOf(list), err}
	})
}

// Update follows what becomes of the stories, and types the comment.
func (p *commentPane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case changed:
		if msg.hint.Has(tracker.HintStories | tracker.HintIntegrations) {
			return p.reload()
		}
	case commentedRead:
		if msg.asked == p.asked {
			return p.show(msg)
		}
	case draftRead:
		if msg.key == p.comment.key {
			return p.comment.found(msg)
		}
	case draftDue:
		if p.comment.fell(msg) {
			return p.comment.save()
		}
	case textEdited:
		if msg.key == p.comment.key {
			return p.comment.edited(msg)
		}
	case done:
		if msg.draft == p.comment.key && p.comment.sending {
			return p.sent(msg.err)
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		if p.top() == pane(p) {
			return p.comment.write(msg)
		}
	}
	return nil
}

func (p *commentPane) show(read commentedRead) tea.Cmd {
	if read.err != nil {
		return p.fail(read.err)
	}
	p.stories, p.links, p.carriers = read.stories, linksOf(read.stories), read.carriers
	p.doc.Changed()
	here := present.Each(read.stories, func(st tracker.Story) tracker.StoryID { return st.ID })
	gone := slices.DeleteFunc(slices.Clone(p.ids), func(id tracker.StoryID) bool { return slices.Contains(here, id) })
	p.ids = here
	if len(gone) > 0 {
		return p.warn("left out because deleted: " + present.SomeOf(gone))
	}
	return nil
}

// sent closes the pane, or goes on writing when the comment was not saved.
func (p *commentPane) sent(err error) tea.Cmd {
	p.comment.sent(err)
	if err != nil {
		return nil
	}
	return p.closeTo(slices.IndexFunc(p.layers, func(l layer) bool { return l.pane == pane(p) }))
}

// Handle does what is asked while the comment is being written.
func (p *commentPane) Handle(in intent.Intent) (tea.Cmd, bool) {
	switch in {
	case intent.Act{ID: intent.ActSend}:
		return p.send(), true
	case intent.Act{ID: intent.ActPreview}:
		return p.previewComments(p.ids, p.comment.editor.Value()), true
	case intent.Act{ID: intent.ActEditor}:
		return p.comment.openEditor(), true
	case intent.Act{ID: intent.ActBack}:
		if strings.TrimSpace(p.comment.editor.Value()) == "" {
			return p.close(), true
		}
		return tea.Batch(p.close(), p.say("Draft saved · "+p.keys.Key(keymap.ScopeItem, intent.ActComment)+" on marked stories continues it")), true
	}
	if s, ok := in.(intent.Scroll); ok {
		return nil, p.doc.Handle(s)
	}
	return nil, false
}

// send asks whether to send the comment to so many tickets, and does.
func (p *commentPane) send() tea.Cmd {
	ids, text, count := p.ids, p.comment.editor.Value(), present.StoryCount(len(p.ids))
	comment := func(ctx context.Context, s *stories.Service) error {
		_, err := s.CommentStories(ctx, ids, text)
		return err
	}
	return p.askFirst(bulk{ask: "Comment on " + count, do: comment}, func() tea.Cmd {
		return p.comment.send(ids, count+" have the comment")
	})
}

// Draw shows the stories and, below them, the comment.
func (p *commentPane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	frame := draw.Box{Title: "Comment on " + present.StoryCount(len(p.ids)), Foot: p.doc.More()}
	if n := len(p.links); n > 0 {
		frame.Facts = present.TicketCount(n)
	}
	if in := document.Margined(c.Box(r, frame)); !in.Empty() {
		p.doc.Draw(c, p.comment.draw(c, in, p.goes()), p.write)
	}
}

// goes says where the comment goes, empty while that is not known.
func (p *commentPane) goes() string {
	switch {
	case p.stories == nil:
		return ""
	case len(p.links) <= present.MaxNamed:
		return present.Cell(present.CommentGoes(p.links, p.carriers))
	}
	stay := 0
	for _, l := range p.links {
		if present.CommentHeld(l, p.carriers) != "" {
			stay++
		}
	}
	if stay == len(p.links) {
		return "stays in storydesk · no integration sends it"
	}
	goes := "sends a private comment to " + present.TicketCount(len(p.links)-stay)
	return goes + when(stay > 0, fmt.Sprintf(" · not to %d", stay))
}

// write lists the stories with their tickets, and tells of tickets that are left out.
func (p *commentPane) write(w *document.Writer) {
	for _, st := range p.stories {
		tickets := "no ticket"
		if len(st.Tickets) > 0 {
			tickets = present.SomeOf(present.TicketsIn(st.Tickets))
		}
		w.Facts([]draw.Run{{Role: theme.Accent, Text: st.ID.String() + " "}, {Role: theme.Text, Text: present.Cell(st.Name)}}, draw.Run{Role: theme.Muted, Text: tickets})
		if slices.ContainsFunc(st.Tickets, func(l tracker.Link) bool { return present.CommentHeld(l, p.carriers) != "" }) {
			w.Paragraph([]draw.Run{{Role: theme.Text, Text: "  "}}, theme.Warning, present.Cell(present.CommentGoes(st.Tickets, p.carriers)))
		}
	}
}

// Scopes has no letters: they are text.
func (p *commentPane) Scopes() []keymap.Scope { return []keymap.Scope{keymap.ScopeComposer} }

// Waits until the comment is saved.
func (p *commentPane) Waits(keymap.Action) bool { return p.comment.sending }

// Disabled says why the comment cannot be sent now.
func (p *commentPane) Disabled(id intent.ActionID) string {
	if len(p.ids) == 0 && (id == intent.ActSend || id == intent.ActPreview) {
		return "the stories have been deleted"
	}
	return p.comment.disabled(id)
}

// Close keeps what was written.
func (p *commentPane) Close() tea.Cmd { return p.comment.save() }
