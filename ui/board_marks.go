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
	if c == nil || c.list.MarkCount() == 0 {
		return nil
	}
	cards := make([]tracker.Card, 0, c.list.MarkCount())
	for _, at := range c.shown {
		if r := &c.all[at]; c.list.Marked(r.card.ID) {
			cards = append(cards, r.card)
		}
	}
	return cards
}

// unmark takes the marks away of what something was done to.
func (b *board) unmark(msg done) {
	for _, id := range msg.tickets {
		b.tickets.list.Mark(id, false)
	}
	for _, c := range b.stories {
		for _, id := range msg.stories {
			c.list.Mark(id, false)
		}
	}
}

// mark marks rows of the focused part.
func (b *board) mark(id actionID) bool {
	if c := b.column(); c != nil {
		return c.mark(id)
	}
	return b.tickets.mark(id)
}

// mark does an action that marks rows; false for all others.
func (c *column[K, R]) mark(id actionID) bool {
	switch id {
	case actMark:
		c.list.ToggleMark()
		c.list.Move(1)
	case actMarkRange:
		c.list.MarkRange()
	case actMarkAll:
		c.list.MarkAll()
	default:
		return false
	}
	return true
}

// each is what of says of each thing in a list.
func each[T, R any](list []T, of func(T) R) []R {
	all := make([]R, len(list))
	for i, thing := range list {
		all[i] = of(thing)
	}
	return all
}

func idsOf(cards []tracker.Card) []tracker.StoryID {
	return each(cards, func(c tracker.Card) tracker.StoryID { return c.ID })
}

func seenOf(cards []tracker.Card) []tracker.Seen {
	return each(cards, func(c tracker.Card) tracker.Seen { return tracker.Seen{ID: c.ID, Version: c.Version} })
}

func namesOf[ID fmt.Stringer](ids []ID) []string { return each(ids, ID.String) }

func ticketsIn(links []tracker.Link) []tracker.TicketID {
	return each(links, func(l tracker.Link) tracker.TicketID { return l.Ticket.ID })
}

// onMarked does what is asked of several marked stories.
func (b *board) onMarked(id actionID, cards []tracker.Card) (tea.Cmd, bool) {
	switch id {
	case actBacklog:
		return b.askBulk(moveDeed(cards, tracker.Place{Column: tracker.Backlog}, "are in the Backlog")), true
	case actIcebox:
		return b.askBulk(moveDeed(cards, tracker.Place{Column: tracker.Icebox}, "are in the Icebox")), true
	case actAdvance:
		return b.stepMarked(cards, b.nextStep(cards[0]), ""), true
	case actPreview:
		return b.previewNext(cards...), true
	case actReject:
		ask := fmt.Sprintf("Why are %s rejected?", storyCount(len(cards)))
		return b.askReason(ask, cards, func(reason string) tea.Cmd { return b.stepMarked(cards, tracker.Reject, reason) }), true
	case actEstimate:
		return b.estimateMarked(cards), true
	case actComment:
		return b.open(newCommentPane(b.shell, idsOf(cards)), placeSide), true
	case actDelete:
		return b.deleteMarked(cards), true
	case actLink:
		return b.linkStories(cards...), true
	case actBrowse, actCopyURL, actUnlink:
		return b.readMarkedLinks(cards, id), true
	case actCopyID:
		return b.copyLines(namesOf(idsOf(cards))), true
	}
	return nil, false
}

// partOf is the part of the board that shows a column.
func partOf(c tracker.Column) paneName {
	if c == tracker.Icebox {
		return paneIcebox
	}
	return paneBacklog
}

// stepMarked takes stories one step along their life.
func (b *board) stepMarked(cards []tracker.Card, a tracker.Action, reason string) tea.Cmd {
	return b.askBulk(b.stepDeed(cards, a, reason))
}

// estimateMarked asks for the points of those stories that carry points; the
// others stay marked. The answer is the consent: nothing goes to tickets.
func (b *board) estimateMarked(cards []tracker.Card) tea.Cmd {
	carry := slices.DeleteFunc(slices.Clone(cards), func(c tracker.Card) bool { return b.cannotEstimate(c) != "" })
	seen, ids := seenOf(carry), idsOf(carry)
	of := storyCount(len(ids))
	if len(carry) < len(cards) {
		of = fmt.Sprintf("%d of %s", len(carry), storyCount(len(cards)))
	}
	return b.askPoints(of, func(answer string) tea.Cmd {
		points, err := answeredPoints(answer)
		if err != nil {
			return b.fail(err)
		}
		said := storyCount(len(ids)) + " have no estimate"
		if points != nil {
			said = fmt.Sprintf("%s: %s", storyCount(len(ids)), pointCount(*points))
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
	ids, service := idsOf(cards), b.service
	deed := "delete " + storyCount(len(ids))
	notes := notesOf(ids, tracker.TicketKey{})
	said := fmt.Sprintf("%s deleted · %s undo", storyCount(len(ids)), b.keys.key(scopeGlobal, actUndo))
	remove := func(ctx context.Context, drop bool) done {
		return done{said: said, err: service.Stories.DeleteStories(ctx, ids, drop), stories: ids, deleted: true}
	}
	ask := fmt.Sprintf("Delete %s: %s?", storyCount(len(ids)), someOf(ids))
	return b.open(newQuestion(b.shell, ask, func() tea.Cmd { return b.settle(deed, remove, notes...) }), placeLine)
}

// notesOf chooses the notes of stories to a ticket, to all of them for none.
func notesOf(ids []tracker.StoryID, ticket tracker.TicketKey) []tracker.DeliveryQuery {
	return each(ids, func(id tracker.StoryID) tracker.DeliveryQuery {
		return tracker.DeliveryQuery{Story: id, Ticket: ticket}
	})
}

// storiesDisabled says why an action cannot be done to stories.
func (b *board) storiesDisabled(id actionID, cards []tracker.Card) string {
	switch id {
	case actAdvance, actPreview:
		return b.cannotStep(cards)
	case actReject:
		return firstReason(cards, b.cannotReject)
	case actEstimate:
		if !slices.ContainsFunc(cards, func(c tracker.Card) bool { return b.cannotEstimate(c) == "" }) {
			return firstReason(cards, b.cannotEstimate)
		}
	case actLink:
		return b.cannotLink()
	case actMoveDown:
		return b.cannotReorder(1)
	case actMoveUp:
		return b.cannotReorder(-1)
	case actEdit, actWrite:
		if n := len(cards); n > 1 {
			return fmt.Sprintf("Edit one story at a time; %d are marked, %s clears the marks", n, b.keys.key(scopeBoard, actBack))
		}
	case actBacklog, actIcebox, actMove:
		return firstReason(cards, b.cannotMove)
	case actBrowse, actCopyURL, actUnlink:
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

func firstReason(cards []tracker.Card, cannot func(tracker.Card) string) string {
	for _, c := range cards {
		if reason := cannot(c); reason != "" {
			return reason
		}
	}
	return ""
}

// cannotStep says why several stories cannot take their next step together:
// one has none, or they would take different ones.
func (b *board) cannotStep(cards []tracker.Card) string {
	if reason := firstReason(cards, b.cannotAdvance); reason != "" {
		return reason
	}
	for _, c := range cards[1:] {
		if b.nextStep(c) != b.nextStep(cards[0]) {
			return fmt.Sprintf("%s can %s, but %s can %s: mark stories with the same next state",
				cards[0].ID, b.nextStep(cards[0]), c.ID, b.nextStep(c))
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
		lines[i] = line(lines[i])
	}
	what := strings.Join(lines, "\n")
	if len(what) > maxCopied {
		return b.refuse(fmt.Sprintf("%d lines are too many for the clipboard; mark fewer", len(lines)))
	}
	return tea.Batch(b.clip(what), b.say("Copied "+counted(len(lines), "line", "lines")))
}

// markedLinks brings the tickets that several stories are linked to, each once.
type markedLinks struct {
	use     actionID
	stories []tracker.StoryID
	links   []tracker.Link
	err     error
}

// readMarkedLinks reads the tickets of several stories, to open or copy them.
func (b *board) readMarkedLinks(cards []tracker.Card, use actionID) tea.Cmd {
	service, ids := b.service, idsOf(cards)
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
	urls := each(msg.links, func(l tracker.Link) string { return l.URL })
	switch {
	case msg.err != nil:
		return b.fail(msg.err)
	case msg.use == actUnlink:
		return b.unlinkMarked(msg.stories, msg.links)
	case msg.use == actCopyURL:
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
	title := fmt.Sprintf("Unlink which ticket from %s?", storyCount(len(ids)))
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
