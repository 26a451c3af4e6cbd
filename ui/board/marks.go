package board

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/stories"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// subjects are the stories that an action is done to: the marked ones, else the
// selected one. None on the tickets.
func (b *Board) subjects() []tracker.Card {
	if cards := b.shownMarks(); len(cards) > 0 {
		return cards
	}
	if c, ok := b.story(); ok {
		return []tracker.Card{c}
	}
	return nil
}

// shownMarks are the marked stories of the focused column from top to bottom.
// What a filter hides is not acted on.
func (b *Board) shownMarks() []tracker.Card {
	c := b.column()
	if c == nil || c.List.MarkCount() == 0 {
		return nil
	}
	cards := make([]tracker.Card, 0, c.List.MarkCount())
	for _, at := range c.Shown {
		if r := &c.All[at]; c.List.Marked(r.Card.ID) {
			cards = append(cards, r.Card)
		}
	}
	return cards
}

// NextStep is what the key for the next state does to the first of the stories.
func (b *Board) NextStep() tracker.Action {
	if cards := b.subjects(); len(cards) > 0 {
		return command.NextStep(b.Host, cards[0])
	}
	return ""
}

// unmark takes the marks away of what something was done to.
func (b *Board) unmark(msg command.Outcome) {
	for _, id := range msg.Tickets {
		b.tickets.List.Mark(id, false)
	}
	for _, c := range b.stories {
		for _, id := range msg.Stories {
			c.List.Mark(id, false)
		}
	}
}

// mark marks rows of the focused part.
func (b *Board) mark(id intent.ActionID) bool {
	if c := b.column(); c != nil {
		return c.Mark(id)
	}
	return b.tickets.Mark(id)
}

// onMarked does what is asked of several marked stories.
func (b *Board) onMarked(id intent.ActionID, cards []tracker.Card) (tea.Cmd, bool) {
	switch id {
	case intent.ActBacklog:
		return command.AskBulk(b.Host, moveDeed(cards, tracker.Place{Column: tracker.Backlog}, "are in the Backlog")), true
	case intent.ActIcebox:
		return command.AskBulk(b.Host, moveDeed(cards, tracker.Place{Column: tracker.Icebox}, "are in the Icebox")), true
	case intent.ActAdvance:
		return b.stepMarked(cards, command.NextStep(b.Host, cards[0]), ""), true
	case intent.ActPreview:
		return command.PreviewNext(b.Host, cards...), true
	case intent.ActReject:
		ask := fmt.Sprintf("Why are %s rejected?", present.StoryCount(len(cards)))
		return command.AskReason(b.Host, ask, cards, func(reason string) tea.Cmd { return b.stepMarked(cards, tracker.Reject, reason) }), true
	case intent.ActEstimate:
		return b.estimateMarked(cards), true
	case intent.ActComment:
		return b.Open(command.NewCommentPane(b.Host, present.IDsOf(cards)), pane.Side), true
	case intent.ActDelete:
		return b.deleteMarked(cards), true
	case intent.ActLink:
		return command.LinkStories(b.Host, cards...), true
	case intent.ActBrowse, intent.ActCopyURL, intent.ActUnlink:
		return b.readMarkedLinks(cards, id), true
	case intent.ActCopyID:
		return b.copyLines(present.NamesOf(present.IDsOf(cards))), true
	}
	return nil, false
}

// stepMarked takes stories one step along their life.
func (b *Board) stepMarked(cards []tracker.Card, a tracker.Action, reason string) tea.Cmd {
	return command.AskBulk(b.Host, command.StepDeed(cards, a, reason))
}

// estimateMarked asks for the points of those stories that carry points; the
// others stay marked. The answer is the consent: nothing goes to tickets.
func (b *Board) estimateMarked(cards []tracker.Card) tea.Cmd {
	carry := slices.DeleteFunc(slices.Clone(cards), func(c tracker.Card) bool { return command.Cannot(b.Host, tracker.Estimate, c) != "" })
	seen, ids := present.SeenOf(carry), present.IDsOf(carry)
	of := present.StoryCount(len(ids))
	if len(carry) < len(cards) {
		of = fmt.Sprintf("%d of %s", len(carry), present.StoryCount(len(cards)))
	}
	return command.AskPoints(b.Host, of, func(answer string) tea.Cmd {
		points, err := command.AnsweredPoints(answer)
		if err != nil {
			return b.Fail(err)
		}
		said := present.StoryCount(len(ids)) + " have no estimate"
		if points != nil {
			said = fmt.Sprintf("%s: %s", present.StoryCount(len(ids)), present.PointCount(*points))
		}
		return command.CarryOut(b.Host, command.Bulk{Stories: ids, Said: said, Do: func(ctx context.Context, s *stories.Service) error {
			_, err := s.EstimateStories(ctx, seen, points)
			return err
		}})
	})
}

// deleteMarked asks whether to delete several stories. Notes that have not left
// need a second word.
func (b *Board) deleteMarked(cards []tracker.Card) tea.Cmd {
	ids, service := present.IDsOf(cards), b.Service
	deed := "delete " + present.StoryCount(len(ids))
	notes := command.NotesOf(ids, tracker.TicketKey{})
	said := fmt.Sprintf("%s deleted · %s undo", present.StoryCount(len(ids)), b.Keys.Key(keymap.ScopeGlobal, intent.ActUndo))
	remove := func(ctx context.Context, drop bool) pane.Done {
		return pane.Done{Said: said, Err: service.Stories.DeleteStories(ctx, ids, drop), What: command.Outcome{Stories: ids, Deleted: true}}
	}
	ask := fmt.Sprintf("Delete %s: %s?", present.StoryCount(len(ids)), present.SomeOf(ids))
	return b.Open(dialog.NewQuestion(b.Host, ask, func() tea.Cmd { return command.Settle(b.Host, deed, remove, notes...) }), pane.Line)
}

// storiesDisabled says why an action cannot be done to stories.
func (b *Board) storiesDisabled(id intent.ActionID, cards []tracker.Card) string {
	switch id {
	case intent.ActAdvance, intent.ActPreview:
		return command.Cannot(b.Host, tracker.Advance, cards...)
	case intent.ActReject:
		return command.Cannot(b.Host, tracker.Reject, cards...)
	case intent.ActEstimate:
		if !slices.ContainsFunc(cards, func(c tracker.Card) bool { return command.Cannot(b.Host, tracker.Estimate, c) == "" }) {
			return command.Cannot(b.Host, tracker.Estimate, cards...)
		}
	case intent.ActLink:
		return b.cannotLink()
	case intent.ActMoveDown:
		return b.cannotReorder(1)
	case intent.ActMoveUp:
		return b.cannotReorder(-1)
	case intent.ActEdit, intent.ActWrite:
		if n := len(cards); n > 1 {
			return fmt.Sprintf("Edit one story at a time; %d are marked, %s clears the marks", n, b.Keys.Key(keymap.ScopeBoard, intent.ActBack))
		}
	case intent.ActBacklog, intent.ActIcebox, intent.ActMove:
		return command.Cannot(b.Host, tracker.Move, cards...)
	case intent.ActBrowse, intent.ActCopyURL, intent.ActUnlink:
		return cannotFollow(cards)
	}
	return b.viewDisabled(id)
}

// cannotFollow says that stories lead to no ticket, empty when one does.
func cannotFollow(cards []tracker.Card) string {
	switch {
	case slices.ContainsFunc(cards, func(c tracker.Card) bool { return c.Tickets > 0 }):
		return ""
	case len(cards) == 1:
		return fmt.Sprintf("%s has no linked ticket", cards[0].ID)
	}
	return "none of the marked stories has a linked ticket"
}

// outOfGroup says why stories cannot change places with another, empty when they can.
func outOfGroup(cards []tracker.Card, beside tracker.Card) string {
	for _, c := range cards {
		if err := tracker.RefusalBeside(c, beside); err != nil {
			return err.Error()
		}
	}
	return ""
}

// copyLines puts lines on the clipboard.
func (b *Board) copyLines(lines []string) tea.Cmd {
	if len(lines) == 1 {
		return b.CopyText(lines[0])
	}
	for i := range lines {
		lines[i] = draw.Line(lines[i])
	}
	what := strings.Join(lines, "\n")
	if len(what) > pane.MaxCopied {
		return b.Refuse(fmt.Sprintf("%d lines are too many for the clipboard; mark fewer", len(lines)))
	}
	return tea.Batch(b.Clip(what), b.Say("Copied "+present.Counted(len(lines), "line", "lines")))
}

// markedLinks brings the tickets that several stories are linked to, each once.
type markedLinks struct {
	use     intent.ActionID
	stories []tracker.StoryID
	links   []tracker.Link
	err     error
}

// readMarkedLinks reads the tickets of several stories, to open or copy them.
func (b *Board) readMarkedLinks(cards []tracker.Card, use intent.ActionID) tea.Cmd {
	service, ids := b.Service, present.IDsOf(cards)
	return b.Ask(func(ctx context.Context) tea.Msg {
		stories, err := command.StoriesThere(ctx, service, ids)
		return markedLinks{use, ids, command.LinksOf(stories), err}
	})
}

func (b *Board) useMarkedLinks(msg markedLinks) tea.Cmd {
	urls := present.Each(msg.links, func(l tracker.Link) string { return l.URL })
	switch {
	case msg.err != nil:
		return b.Fail(msg.err)
	case msg.use == intent.ActUnlink:
		return b.unlinkMarked(msg.stories, msg.links)
	case msg.use == intent.ActCopyURL:
		return b.copyLines(urls)
	}
	return b.browseAll(urls)
}

// browseAll opens addresses in the browser, unless they are too many.
func (b *Board) browseAll(urls []string) tea.Cmd {
	if len(urls) > command.MaxBrowsed {
		return b.Refuse(command.TooManyToBrowse(len(urls)))
	}
	cmds := make([]tea.Cmd, len(urls))
	for i, url := range urls {
		cmds[i] = b.Browse(url)
	}
	return tea.Batch(cmds...)
}

// unlinkMarked asks which ticket to untie from several stories.
func (b *Board) unlinkMarked(ids []tracker.StoryID, links []tracker.Link) tea.Cmd {
	title := fmt.Sprintf("Unlink which ticket from %s?", present.StoryCount(len(ids)))
	service := b.Service
	return b.Open(dialog.NewChooser(b.Host, title, command.LinkChoices(links), func(i int) tea.Cmd {
		ticket := links[i].Ticket
		notes := command.NotesOf(ids, ticket)
		return command.Settle(b.Host, fmt.Sprintf("unlink %s", ticket.ID), func(ctx context.Context, drop bool) pane.Done {
			err := service.Stories.UnlinkTicketFrom(ctx, ids, ticket, drop)
			return pane.Done{Said: fmt.Sprintf("%s unlinked", ticket.ID), Err: err, What: command.Outcome{Story: ids[0], Stories: ids}}
		}, notes...)
	}), pane.Overlay)
}
