package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/stories"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
)

// maxBrowsed is how many tickets are opened in the browser at once.
const maxBrowsed = 10

// subjects are the stories that an action is done to: the marked ones, else the
// selected one. None on the tickets.
func (b *board) subjects() []tracker.Card {
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
func (b *board) shownMarks() []tracker.Card {
	c := b.column()
	if c == nil || c.List.MarkCount() == 0 {
		return nil
	}
	cards := make([]tracker.Card, 0, c.List.MarkCount())
	for _, at := range c.Shown {
		if r := &c.All[at]; c.List.Marked(r.card.ID) {
			cards = append(cards, r.card)
		}
	}
	return cards
}

// unmark takes the marks away of what something was done to.
func (b *board) unmark(msg done) {
	for _, id := range msg.tickets {
		b.tickets.List.Mark(id, false)
	}
	for _, c := range b.stories {
		for _, id := range msg.stories {
			c.List.Mark(id, false)
		}
	}
}

// mark marks rows of the focused part.
func (b *board) mark(id intent.ActionID) bool {
	if c := b.column(); c != nil {
		return c.Mark(id)
	}
	return b.tickets.Mark(id)
}

// onMarked does what is asked of several marked stories.
func (b *board) onMarked(id intent.ActionID, cards []tracker.Card) (tea.Cmd, bool) {
	switch id {
	case intent.ActBacklog:
		return b.askBulk(moveDeed(cards, tracker.Place{Column: tracker.Backlog}, "are in the Backlog")), true
	case intent.ActIcebox:
		return b.askBulk(moveDeed(cards, tracker.Place{Column: tracker.Icebox}, "are in the Icebox")), true
	case intent.ActAdvance:
		return b.stepMarked(cards, b.nextStep(cards[0]), ""), true
	case intent.ActPreview:
		return b.previewNext(cards...), true
	case intent.ActReject:
		ask := fmt.Sprintf("Why are %s rejected?", present.StoryCount(len(cards)))
		return b.askReason(ask, cards, func(reason string) tea.Cmd { return b.stepMarked(cards, tracker.Reject, reason) }), true
	case intent.ActEstimate:
		return b.estimateMarked(cards), true
	case intent.ActComment:
		return b.open(newCommentPane(b.shell, present.IDsOf(cards)), placeSide), true
	case intent.ActDelete:
		return b.deleteMarked(cards), true
	case intent.ActLink:
		return b.linkStories(cards...), true
	case intent.ActBrowse, intent.ActCopyURL, intent.ActUnlink:
		return b.readMarkedLinks(cards, id), true
	case intent.ActCopyID:
		return b.copyLines(present.NamesOf(present.IDsOf(cards))), true
	}
	return nil, false
}

// stepMarked takes stories one step along their life.
func (b *board) stepMarked(cards []tracker.Card, a tracker.Action, reason string) tea.Cmd {
	return b.askBulk(b.stepDeed(cards, a, reason))
}

// estimateMarked asks for the points of those stories that carry points; the
// others stay marked. The answer is the consent: nothing goes to tickets.
func (b *board) estimateMarked(cards []tracker.Card) tea.Cmd {
	carry := slices.DeleteFunc(slices.Clone(cards), func(c tracker.Card) bool { return b.cannot(tracker.Estimate, c) != "" })
	seen, ids := present.SeenOf(carry), present.IDsOf(carry)
	of := present.StoryCount(len(ids))
	if len(carry) < len(cards) {
		of = fmt.Sprintf("%d of %s", len(carry), present.StoryCount(len(cards)))
	}
	return b.askPoints(of, func(answer string) tea.Cmd {
		points, err := answeredPoints(answer)
		if err != nil {
			return b.fail(err)
		}
		said := present.StoryCount(len(ids)) + " have no estimate"
		if points != nil {
			said = fmt.Sprintf("%s: %s", present.StoryCount(len(ids)), present.PointCount(*points))
		}
		return b.carryOut(bulk{stories: ids, said: said, do: func(ctx context.Context, s *stories.Service) error {
			_, err := s.EstimateStories(ctx, seen, points)
			return err
		}})
	})
}

// deleteMarked asks whether to delete several stories. Notes that have not left
// need a second word.
func (b *board) deleteMarked(cards []tracker.Card) tea.Cmd {
	ids, service := present.IDsOf(cards), b.service
	deed := "delete " + present.StoryCount(len(ids))
	notes := notesOf(ids, tracker.TicketKey{})
	said := fmt.Sprintf("%s deleted · %s undo", present.StoryCount(len(ids)), b.keys.Key(keymap.ScopeGlobal, intent.ActUndo))
	remove := func(ctx context.Context, drop bool) done {
		return done{said: said, err: service.Stories.DeleteStories(ctx, ids, drop), stories: ids, deleted: true}
	}
	ask := fmt.Sprintf("Delete %s: %s?", present.StoryCount(len(ids)), present.SomeOf(ids))
	return b.open(newQuestion(b.shell, ask, func() tea.Cmd { return b.settle(deed, remove, notes...) }), placeLine)
}

// notesOf chooses the notes of stories to a ticket, to all of them for none.
func notesOf(ids []tracker.StoryID, ticket tracker.TicketKey) []tracker.DeliveryQuery {
	return present.Each(ids, func(id tracker.StoryID) tracker.DeliveryQuery {
		return tracker.DeliveryQuery{Story: id, Ticket: ticket}
	})
}

// storiesDisabled says why an action cannot be done to stories.
func (b *board) storiesDisabled(id intent.ActionID, cards []tracker.Card) string {
	switch id {
	case intent.ActAdvance, intent.ActPreview:
		return b.cannot(tracker.Advance, cards...)
	case intent.ActReject:
		return b.cannot(tracker.Reject, cards...)
	case intent.ActEstimate:
		if !slices.ContainsFunc(cards, func(c tracker.Card) bool { return b.cannot(tracker.Estimate, c) == "" }) {
			return b.cannot(tracker.Estimate, cards...)
		}
	case intent.ActLink:
		return b.cannotLink()
	case intent.ActMoveDown:
		return b.cannotReorder(1)
	case intent.ActMoveUp:
		return b.cannotReorder(-1)
	case intent.ActEdit, intent.ActWrite:
		if n := len(cards); n > 1 {
			return fmt.Sprintf("Edit one story at a time; %d are marked, %s clears the marks", n, b.keys.Key(keymap.ScopeBoard, intent.ActBack))
		}
	case intent.ActBacklog, intent.ActIcebox, intent.ActMove:
		return b.cannot(tracker.Move, cards...)
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
func (b *board) copyLines(lines []string) tea.Cmd {
	if len(lines) == 1 {
		return b.copyText(lines[0])
	}
	for i := range lines {
		lines[i] = draw.Line(lines[i])
	}
	what := strings.Join(lines, "\n")
	if len(what) > maxCopied {
		return b.refuse(fmt.Sprintf("%d lines are too many for the clipboard; mark fewer", len(lines)))
	}
	return tea.Batch(b.clip(what), b.say("Copied "+present.Counted(len(lines), "line", "lines")))
}

// markedLinks brings the tickets that several stories are linked to, each once.
type markedLinks struct {
	use     intent.ActionID
	stories []tracker.StoryID
	links   []tracker.Link
	err     error
}

// readMarkedLinks reads the tickets of several stories, to open or copy them.
func (b *board) readMarkedLinks(cards []tracker.Card, use intent.ActionID) tea.Cmd {
	service, ids := b.service, present.IDsOf(cards)
	return b.ask(func(ctx context.Context) tea.Msg {
		stories, err := storiesThere(ctx, service, ids)
		return markedLinks{use, ids, linksOf(stories), err}
	})
}

// storiesThere reads stories, without those that were deleted meanwhile.
func storiesThere(ctx context.Context, service *engine.Engine, ids []tracker.StoryID) ([]tracker.Story, error) {
	stories := make([]tracker.Story, 0, len(ids))
	for _, id := range ids {
		d, err := service.Stories.Story(ctx, id)
		switch {
		case err == nil:
			stories = append(stories, d.Story)
		case tracker.CodeOf(err) != tracker.CodeNotFound:
			return nil, err
		}
	}
	return stories, nil
}

// linksOf are the links of stories, each ticket once.
func linksOf(stories []tracker.Story) []tracker.Link {
	var links []tracker.Link
	known := map[tracker.TicketKey]bool{}
	for _, st := range stories {
		for _, l := range st.Tickets {
			if !known[l.Ticket] {
				known[l.Ticket] = true
				links = append(links, l)
			}
		}
	}
	return links
}

func (b *board) useMarkedLinks(msg markedLinks) tea.Cmd {
	urls := present.Each(msg.links, func(l tracker.Link) string { return l.URL })
	switch {
	case msg.err != nil:
		return b.fail(msg.err)
	case msg.use == intent.ActUnlink:
		return b.unlinkMarked(msg.stories, msg.links)
	case msg.use == intent.ActCopyURL:
		return b.copyLines(urls)
	}
	return b.browseAll(urls)
}

// browseAll opens addresses in the browser, unless they are too many.
func (b *board) browseAll(urls []string) tea.Cmd {
	if len(urls) > maxBrowsed {
		return b.refuse(tooManyToBrowse(len(urls)))
	}
	cmds := make([]tea.Cmd, len(urls))
	for i, url := range urls {
		cmds[i] = b.browse(url)
	}
	return tea.Batch(cmds...)
}

// unlinkMarked asks which ticket to untie from several stories.
func (b *board) unlinkMarked(ids []tracker.StoryID, links []tracker.Link) tea.Cmd {
	title := fmt.Sprintf("Unlink which ticket from %s?", present.StoryCount(len(ids)))
	service := b.service
	return b.open(newChooser(b.shell, title, linkChoices(links), func(i int) tea.Cmd {
		ticket := links[i].Ticket
		notes := notesOf(ids, ticket)
		return b.settle(fmt.Sprintf("unlink %s", ticket.ID), func(ctx context.Context, drop bool) done {
			err := service.Stories.UnlinkTicketFrom(ctx, ids, ticket, drop)
			return done{said: fmt.Sprintf("%s unlinked", ticket.ID), err: err, story: ids[0], stories: ids}
		}, notes...)
	}), placeOverlay)
}

func tooManyToBrowse(n int) string {
	return fmt.Sprintf("%d tickets are too many; mark %d or fewer to open them", n, maxBrowsed)
}
