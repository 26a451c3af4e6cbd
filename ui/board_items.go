package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// onStory does what is asked of the selected story.
func (b *board) onStory(id actionID) (tea.Cmd, bool) {
	cards := b.subjects()
	if len(cards) > 1 {
		if cmd, ok := b.onMarked(id, cards); ok {
			return cmd, true
		}
	}
	if len(cards) == 0 {
		return nil, false
	}
	switch c := cards[0]; id {
	case actOpen:
		return b.openSelected(), true
	case actUnfold:
		return b.unfold(), true
	case actMark, actMarkRange, actMarkAll:
		return nil, b.mark(id)
	case actComment, actEdit, actWrite, actUnlink:
		return b.inDetail(c.ID, id), true
	case actLink:
		return b.linkStories(c), true
	case actAdvance:
		return b.advance(c), true
	case actReject:
		return b.reject(c), true
	case actPreview:
		return b.previewNext(c), true
	case actEstimate:
		return b.estimate(c), true
	case actDelete:
		return b.deleteStory(c), true
	case actBacklog:
		return b.toColumn(c.ID, tracker.Backlog), true
	case actIcebox:
		return b.toColumn(c.ID, tracker.Icebox), true
	case actMove:
		selected, _ := b.story()
		return nil, b.pick(grab{row: selectRow{b.view.focus, selected.ID}}) == ""
	case actMoveDown:
		return b.reorder(1), true
	case actMoveUp:
		return b.reorder(-1), true
	case actBrowse:
		return b.browseStory(c.ID), true
	case actCopyID:
		return b.copyText(c.ID.String()), true
	case actCopyURL:
		return b.copyStoryURL(c.ID), true
	}
	return nil, false
}

// openSelected opens the selected story, whatever is marked.
func (b *board) openSelected() tea.Cmd {
	c, ok := b.story()
	if !ok {
		return nil
	}
	return b.open(newStoryPane(b.shell, c.ID), placeSide)
}

// inDetail opens a story and does there what is asked.
func (b *board) inDetail(story tracker.StoryID, id actionID) tea.Cmd {
	detail := newStoryPane(b.shell, story)
	opened := b.open(detail, placeSide)
	cmd, _ := detail.Handle(act{id})
	return tea.Batch(opened, cmd)
}

// addStory asks for the name of a new story and says where it goes.
func (b *board) addStory() tea.Cmd {
	to, where := b.newPlace()
	service, project, part := b.service, b.project.ID, partOf(to.Column)
	return b.open(newPrompt(b.shell, "New story "+where, "", func(name string) tea.Cmd {
		if strings.TrimSpace(name) == "" {
			return nil
		}
		return tea.Batch(b.focus(part), b.changeNamed(func(ctx context.Context) done {
			n := tracker.NewStory{ProjectID: project, Name: name, Place: to}
			st, err := service.Stories.AddStory(ctx, n)
			if code := tracker.CodeOf(err); to.Before != 0 && (code == tracker.CodeRefused || code == tracker.CodeNotFound) {
				// The story that it was to stand above has gone elsewhere.
				n.Place = tracker.Place{Column: to.Column}
				st, err = service.Stories.AddStory(ctx, n)
			}
			return done{said: fmt.Sprintf("Story %s created", st.ID), err: err, story: st.ID, reveal: true}
		}))
	}), placeLine)
}

// newPlace is where a new story goes: above the selected story where that is in the
// Icebox or not started yet in the Backlog, else to the top of what is not started,
// and from all other panes to the top of the Icebox.
func (b *board) newPlace() (to tracker.Place, where string) {
	to.Column = tracker.Icebox
	if b.view.focus == paneBacklog && !b.empty() {
		to.Column = tracker.Backlog
	}
	where = "in the " + partTitle(partOf(to.Column))
	c, ok := b.story()
	if group := c.State.Group(); ok && b.dropColumn(b.view.focus) != nil && (group == tracker.GroupIcebox || group == tracker.GroupUnstarted) {
		to.Before = c.ID
		where += ", above " + c.ID.String()
	}
	return to, where
}

// estimateAs gives a story the points that were clicked.
func (b *board) estimateAs(in estimateAs) tea.Cmd {
	selected := b.selectRow(in.row)
	c, ok := b.story()
	if !ok {
		return selected
	}
	return tea.Batch(selected, b.saveEstimate(c, tracker.FormatPoints(in.points)))
}

// reorder moves the marked stories by one row as a block, else the selected
// one. The rows change places at once, so that a key held down moves them on
// and on.
func (b *board) reorder(by int) tea.Cmd {
	c, cards := b.column(), b.subjects()
	low, high, beside := besides(c, cards, by)
	if beside == nil {
		return nil
	}
	to := tracker.Place{After: beside.ID}
	if by < 0 {
		to = tracker.Place{Before: beside.ID}
	}
	ids := idsOf(cards)
	if firstReason(cards, func(c tracker.Card) string { return outOfGroup(c, *beside) }) == "" {
		gather(c, low, high, ids, by)
	}
	if len(ids) == 1 {
		return b.moveStory(ids[0], to, "")
	}
	service := b.service
	return b.changeNamed(func(ctx context.Context) done {
		_, err := service.Stories.MoveStories(ctx, ids, to)
		return done{err: err, story: ids[0]}
	})
}

// besides finds the rows among which stories that move by one row stand: from
// low to high, the row that they pass by included. Its card is nil at an end.
func besides(c *storyColumn, cards []tracker.Card, by int) (low, high int, beside *tracker.Card) {
	if len(cards) == 0 {
		return 0, 0, nil
	}
	low, high = c.indexOf(cards[0].ID), c.indexOf(cards[len(cards)-1].ID)
	if by < 0 {
		low--
		return low, high, neighbour(c, low)
	}
	high++
	return low, high, neighbour(c, high)
}

// gather puts rows between low and high together, at the lower end when by is
// positive.
func gather(c *storyColumn, low, high int, ids []tracker.StoryID, by int) {
	var moved, others []storyRow
	for _, at := range c.shown[low : high+1] {
		if r := c.all[at]; slices.Contains(ids, r.card.ID) {
			moved = append(moved, r)
		} else {
			others = append(others, r)
		}
	}
	rows := append(moved, others...)
	if by > 0 {
		rows = append(others, moved...)
	}
	for i, r := range rows {
		c.all[c.shown[low+i]] = r
	}
	c.renew()
}

// onTicket does what is asked of the selected ticket.
func (b *board) onTicket(id actionID) (tea.Cmd, bool) {
	t, ok := b.ticket()
	if !ok {
		return nil, false
	}
	switch id {
	case actOpen:
		return b.openTicket(t.id), true
	case actBacklog:
		return b.toStory(b.chosen(t), tracker.Place{Column: tracker.Backlog}), true
	case actIcebox:
		return b.toStory(b.chosen(t), tracker.Place{Column: tracker.Icebox}), true
	case actMove:
		return nil, b.pick(grab{row: selectRow{paneTickets, t.id}}) == ""
	case actLink:
		in, _ := b.integration()
		chosen := b.chosen(t)
		subjects := each(b.rowsOf(chosen), func(t ticketRow) string { return t.subject })
		return b.linkTickets(in, chosen, subjects), true
	case actUnlink:
		only := b.rowsOf(b.chosen(t))[0]
		return b.unlinkTicket(only.ticket.TicketKey, only.ticket.Stories), true
	case actBrowse:
		return b.browseAll(urlsOf(b.rowsOf(b.chosen(t)))), true
	case actCopyID:
		return b.copyLines(namesOf(b.chosen(t))), true
	case actCopyURL:
		return b.copyLines(urlsOf(b.rowsOf(b.chosen(t)))), true
	}
	return nil, b.mark(id)
}

// Disabled says why an action cannot be done now.
func (b *board) Disabled(id actionID) string {
	if b.moving != nil {
		return ""
	}
	if cards := b.subjects(); len(cards) > 0 {
		return b.storiesDisabled(id, cards)
	}
	if t, ok := b.ticket(); ok {
		return b.ticketDisabled(id, t)
	}
	switch id {
	case actOpen, actBacklog, actIcebox, actMove, actAdvance, actPreview, actReject, actEstimate, actComment, actEdit, actWrite, actDelete, actLink, actUnlink,
		actBrowse, actCopyID, actCopyURL, actMoveDown, actMoveUp, actMark, actMarkRange, actMarkAll, actUnfold:
		return "nothing is selected here"
	}
	return b.viewDisabled(id)
}

func (b *board) cannotReorder(by int) string {
	c, cards := b.column(), b.subjects()
	if b.dropColumn(c.name) == nil {
		return fmt.Sprintf("%s is sorted by column; %s moves stories", partTitle(c.name), b.keys.key(scopeBoard, actMove))
	}
	if reason := firstReason(cards, b.cannotMove); reason != "" {
		return reason
	}
	_, _, beside := besides(c, cards, by)
	switch {
	case beside == nil && by > 0:
		return fmt.Sprintf("%s is the last story here", cards[len(cards)-1].ID)
	case beside == nil:
		return fmt.Sprintf("%s is the first story here", cards[0].ID)
	}
	return firstReason(cards, func(c tracker.Card) string { return outOfGroup(c, *beside) })
}

// outOfGroup says why a story cannot change places with another.
func outOfGroup(c, beside tracker.Card) string {
	if c.State.Group() == beside.State.Group() {
		return ""
	}
	return fmt.Sprintf("%s is %s and %s is %s: started stories stay above unstarted ones", c.ID, c.State, beside.ID, beside.State)
}

func (b *board) ticketDisabled(id actionID, t ticketRow) string {
	switch id {
	case actAdvance, actPreview, actReject, actEstimate, actComment, actEdit, actWrite, actDelete, actMoveDown, actMoveUp, actUnfold:
		if t.linked.ID != 0 {
			return fmt.Sprintf("This is a ticket. Its story is %s", t.linked.ID)
		}
		return fmt.Sprintf("This is a ticket. Press %s or %s to create a story from it", b.keys.key(scopeItem, actBacklog), b.keys.key(scopeItem, actIcebox))
	case actUnlink:
		if n := len(b.chosen(t)); n > 1 {
			return fmt.Sprintf("Unlink one ticket at a time; %d are marked, %s clears the marks", n, b.keys.key(scopeBoard, actBack))
		}
		only := b.rowsOf(b.chosen(t))[0]
		return cannotUnlink(only.id, only.ticket.Stories)
	case actBrowse:
		if n := len(b.chosen(t)); n > maxBrowsed {
			return tooManyToBrowse(n)
		}
	}
	return b.viewDisabled(id)
}

func (b *board) viewDisabled(id actionID) string {
	switch id {
	case actNarrower, actWider, actEven:
		return b.cannotDivide()
	case actNextPanel, actPrevPanel:
		if len(activePanels(b.integrations)) < 2 {
			return "this project has no other active integration"
		}
	case actHide:
		return b.cannotHide(b.view.focus)
	case actHideTickets:
		return b.cannotHide(paneTickets)
	case actSort:
		if b.panel == 0 {
			return "no integration is shown"
		}
	case actContinue:
		return b.cannotContinue()
	}
	return ""
}
