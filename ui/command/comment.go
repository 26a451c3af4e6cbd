package command

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// MarkedCommentKey names the draft of a comment on marked stories, whichever
// these are.
const MarkedCommentKey = "comment/marked"

// CommentPane writes one comment on several stories, which stand above it with
// the tickets that it is sent to.
type CommentPane struct {
	*Commands
	actions pane.Actions[*CommentPane]
	comment Composer
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

// NewCommentPane writes a comment on several stories, to be opened with [pane.Side].
func NewCommentPane(h *Commands, ids []tracker.StoryID) *CommentPane {
	p := &CommentPane{Commands: h, actions: commentActions(), ids: ids, comment: NewComposer(h, MarkedCommentKey)}
	p.comment.Open = true
	return p
}

func commentActions() pane.Actions[*CommentPane] {
	return Composing[*CommentPane]{
		Composer: func(p *CommentPane) *Composer { return &p.comment },
		Cannot:   (*CommentPane).cannotSend,
		Send:     (*CommentPane).send,
		Preview:  func(p *CommentPane) tea.Cmd { return PreviewComments(p.Commands, p.ids, p.comment.Editor.Value()) },
		Leave:    (*CommentPane).leave,
	}.Actions()
}

// Init reads the stories and the comment that was begun.
func (p *CommentPane) Init() tea.Cmd { return tea.Batch(p.reload(), p.comment.Ask()) }

// Settled reports whether the stories and the comment that was begun on them have
// been read: what is typed now goes on with it.
func (p *CommentPane) Settled() bool { return p.comment.Known() && p.stories != nil }

func (p *CommentPane) reload() tea.Cmd {
	p.asked = p.Next()
	asked, ids, service := p.asked, p.ids, p.Service
	return p.Do(func(ctx context.Context) tea.Msg {
		stories, err := StoriesThere(ctx, service, ids)
		if err != nil {
			return commentedRead{asked: asked, err: err}
		}
		list, err := service.Accounts.Integrations(ctx, 0) // a link may go through another project's
		return commentedRead{asked, stories, present.CarriersOf(list), err}
	})
}

// Update follows the changes of the stories, and types the comment.
func (p *CommentPane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintStories | tracker.HintIntegrations) {
			return p.reload()
		}
	case commentedRead:
		if msg.asked == p.asked {
			return p.show(msg)
		}
	case dialog.DraftRead, dialog.DraftDue, dialog.TextEdited:
		return p.comment.Update(msg)
	case pane.Done:
		if msg.Draft == p.comment.Key && p.comment.Sending {
			return p.sent(msg.Err)
		}
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		if p.Top() == pane.Pane(p) {
			return p.comment.Write(msg)
		}
	}
	return nil
}

func (p *CommentPane) show(read commentedRead) tea.Cmd {
	if read.err != nil {
		return p.Fail(read.err)
	}
	p.stories, p.links, p.carriers = read.stories, LinksOf(read.stories), read.carriers
	p.doc.Changed()
	here := present.Each(read.stories, func(st tracker.Story) tracker.StoryID { return st.ID })
	gone := slices.DeleteFunc(slices.Clone(p.ids), func(id tracker.StoryID) bool { return slices.Contains(here, id) })
	p.ids = here
	if len(gone) > 0 {
		return p.Warn("left out because deleted: " + present.SomeOf(gone))
	}
	return nil
}

// sent closes the pane, or goes on writing when the comment was not saved.
func (p *CommentPane) sent(err error) tea.Cmd {
	p.comment.Sent(err)
	if err != nil {
		return nil
	}
	return p.CloseTo(slices.IndexFunc(p.Layers, func(l pane.Layer) bool { return l.Pane == pane.Pane(p) }))
}

// Handle does what is asked while the comment is being written.
func (p *CommentPane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if s, ok := in.(intent.Scroll); ok {
		return nil, p.doc.Handle(s)
	}
	return p.actions.Handle(p, in)
}

// leave closes the pane, which saves what was written.
func (p *CommentPane) leave() tea.Cmd {
	if strings.TrimSpace(p.comment.Editor.Value()) == "" {
		return p.Close()
	}
	return tea.Batch(p.Close(), p.Say("Draft saved · "+p.Keys.Key(keymap.ScopeItem, intent.ActComment)+" on marked stories continues it"))
}

// send asks whether to send the comment to so many tickets, and does.
func (p *CommentPane) send() tea.Cmd {
	ids, text, count := p.ids, p.comment.Editor.Value(), present.StoryCount(len(p.ids))
	return askFirst(p.Commands, StoriesChange{Ask: "Comment on " + count, Do: commentOn(ids, text)}, func() tea.Cmd {
		return p.comment.Send(ids, count+" have the comment")
	})
}

// Draw shows the stories and, below them, the comment.
func (p *CommentPane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	frame := draw.Box{Title: "Comment on " + present.StoryCount(len(p.ids))}
	if n := len(p.links); n > 0 {
		frame.Facts = present.TicketCount(n)
	}
	p.doc.Framed(c, r, frame, p.write, func(in draw.Rect) draw.Rect { return p.comment.Draw(c, in, p.goes()) })
}

// goes says where the comment is sent, empty while that is not known.
func (p *CommentPane) goes() string {
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
	return goes + setting.When(stay > 0, fmt.Sprintf(" · not to %d", stay))
}

// write lists the stories with their tickets, and names the tickets that are left out.
func (p *CommentPane) write(w *document.Writer) {
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
func (p *CommentPane) Scopes() []keymap.Scope { return []keymap.Scope{keymap.ScopeComposer} }

// Waits until the comment is saved.
func (p *CommentPane) Waits(keymap.Action) bool { return p.comment.Sending }

// Disabled says why an action cannot be done now.
func (p *CommentPane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

// cannotSend says why the comment cannot be sent now, empty when it can.
func (p *CommentPane) cannotSend() string {
	if len(p.ids) == 0 {
		return "the stories have been deleted"
	}
	return p.comment.CannotSend()
}

// Closed saves what was written.
func (p *CommentPane) Closed() tea.Cmd {
	p.comment.Save()
	return nil
}
