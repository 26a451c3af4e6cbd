package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
)

// onStory does what is asked of the selected story.
func (b *board) onStory(id intent.ActionID) (tea.Cmd, bool) {
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
	case intent.ActOpen:
		return b.openSelected(), true
	case intent.ActUnfold:
		return b.unfold(), true
	case intent.ActMark, intent.ActMarkRange, intent.ActMarkAll:
		return nil, b.mark(id)
	case intent.ActComment, intent.ActEdit, intent.ActWrite, intent.ActUnlink:
		return b.inDetail(c.ID, id), true
	case intent.ActLink:
		return b.linkStories(c), true
	case intent.ActAdvance:
		return b.advance(c), true
	case intent.ActReject:
		return b.reject(c), true
	case intent.ActPreview:
		return b.previewNext(c), true
	case intent.ActEstimate:
		return b.estimate(c), true
	case intent.ActDelete:
		return b.deleteStory(c), true
	case intent.ActBacklog:
		return b.toColumn(c.ID, tracker.Backlog), true
	case intent.ActIcebox:
		return b.toColumn(c.ID, tracker.Icebox), true
	case intent.ActMove:
		selected, _ := b.story()
		return nil, b.pick(intent.Grab{Row: intent.SelectRow{Part: b.view.focus, Key: selected.ID}}) == ""
	case intent.ActMoveDown:
		return b.reorder(1), true
	case intent.ActMoveUp:
		return b.reorder(-1), true
	case intent.ActBrowse:
		return b.browseStory(c.ID), true
	case intent.ActCopyID:
		return b.copyText(c.ID.String()), true
	case intent.ActCopyURL:
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
func (b *board) inDetail(story tracker.StoryID, id intent.ActionID) tea.Cmd {
	detail := newStoryPane(b.shell, story)
	opened := b.open(detail, placeSide)
	cmd, _ := detail.Handle(intent.Act{ID: id})
	return tea.Batch(opened, cmd)
}

// addStory asks for the name of a new story and says where it goes.
func (b *board) addStory() tea.Cmd {
	to, where := b.newPlace()
	service, project, part := b.service, b.project.ID, intent.PartOf(to.Column)
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
	if b.view.focus == intent.PaneBacklog && !b.empty() {
		to.Column = tracker.Backlog
	}
	where = "in the " + partTitle(intent.PartOf(to.Column))
	c, ok := b.story()
	if group := c.State.Group(); ok && b.dropColumn(b.view.focus) != nil && (group == tracker.GroupIcebox || group == tracker.GroupUnstarted) {
		to.Before = c.ID
		where += ", above " + c.ID.String()
	}
	return to, where
}

// estimateAs gives a story the points that were clicked.
func (b *board) estimateAs(in intent.EstimateAs) tea.Cmd {
	selected := b.selectRow(in.Row)
	c, ok := b.story()
	if !ok {
		return selected
	}
	return tea.Batch(selected, b.saveEstimate(c, tracker.FormatPoints(in.Points)))
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
	ids := present.IDsOf(cards)
	if outOfGroup(cards, *beside) == "" {
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
	low, high = c.IndexOf(cards[0].ID), c.IndexOf(cards[len(cards)-1].ID)
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
	for _, at := range c.Shown[low : high+1] {
		if r := c.All[at]; slices.Contains(ids, r.card.ID) {
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
		c.All[c.Shown[low+i]] = r
	}
	c.Renew()
}

// onTicket does what is asked of the selected ticket.
func (b *board) onTicket(id intent.ActionID) (tea.Cmd, bool) {
	t, ok := b.ticket()
	if !ok {
		return nil, false
	}
	switch id {
	case intent.ActOpen:
		return b.openTicket(t.id), true
	case intent.ActBacklog:
		return b.toStory(b.chosen(t), tracker.Place{Column: tracker.Backlog}), true
	case intent.ActIcebox:
		return b.toStory(b.chosen(t), tracker.Place{Column: tracker.Icebox}), true
	case intent.ActMove:
		return nil, b.pick(intent.Grab{Row: intent.SelectRow{Part: intent.PaneTickets, Key: t.id}}) == ""
	case intent.ActLink:
		in, _ := b.integration()
		chosen := b.chosen(t)
		subjects := present.Each(b.rowsOf(chosen), func(t ticketRow) string { return t.subject })
		return b.linkTickets(in, chosen, subjects), true
	case intent.ActUnlink:
		only := b.rowsOf(b.chosen(t))[0]
		return b.unlinkTicket(only.ticket.TicketKey, only.ticket.Stories), true
	case intent.ActBrowse:
		return b.browseAll(urlsOf(b.rowsOf(b.chosen(t)))), true
	case intent.ActCopyID:
		return b.copyLines(present.NamesOf(b.chosen(t))), true
	case intent.ActCopyURL:
		return b.copyLines(urlsOf(b.rowsOf(b.chosen(t)))), true
	}
	return nil, b.mark(id)
}

// Disabled says why an action cannot be done now.
func (b *board) Disabled(id intent.ActionID) string {
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
	case intent.ActOpen, intent.ActBacklog, intent.ActIcebox, intent.ActMove, intent.ActAdvance, intent.ActPreview, intent.ActReject, intent.ActEstimate, intent.ActComment, intent.ActEdit, intent.ActWrite, intent.ActDelete, intent.ActLink, intent.ActUnlink,
		intent.ActBrowse, intent.ActCopyID, intent.ActCopyURL, intent.ActMoveDown, intent.ActMoveUp, intent.ActMark, intent.ActMarkRange, intent.ActMarkAll, intent.ActUnfold:
		return "nothing is selected here"
	}
	return b.viewDisabled(id)
}

func (b *board) cannotReorder(by int) string {
	c, cards := b.column(), b.subjects()
	if b.dropColumn(c.Name) == nil {
		return fmt.Sprintf("%s is sorted by column; %s moves stories", partTitle(c.Name), b.keys.Key(keymap.ScopeBoard, intent.ActMove))
	}
	if reason := b.cannot(tracker.Move, cards...); reason != "" {
		return reason
	}
	_, _, beside := besides(c, cards, by)
	switch {
	case beside == nil && by > 0:
		return fmt.Sprintf("%s is the last story here", cards[len(cards)-1].ID)
	case beside == nil:
		return fmt.Sprintf("%s is the first story here", cards[0].ID)
	}
	return outOfGroup(cards, *beside)
}

func (b *board) ticketDisabled(id intent.ActionID, t ticketRow) string {
	switch id {
	case intent.ActAdvance, intent.ActPreview, intent.ActReject, intent.ActEstimate, intent.ActComment, intent.ActEdit, intent.ActWrite, intent.ActDelete, intent.ActMoveDown, intent.ActMoveUp, intent.ActUnfold:
		if t.linked.ID != 0 {
			return fmt.Sprintf("This is a ticket. Its story is %s", t.linked.ID)
		}
		return fmt.Sprintf("This is a ticket. Press %s or %s to create a story from it", b.keys.Key(keymap.ScopeItem, intent.ActBacklog), b.keys.Key(keymap.ScopeItem, intent.ActIcebox))
	case intent.ActUnlink:
		if n := len(b.chosen(t)); n > 1 {
			return fmt.Sprintf("Unlink one ticket at a time; %d are marked, %s clears the marks", n, b.keys.Key(keymap.ScopeBoard, intent.ActBack))
		}
		only := b.rowsOf(b.chosen(t))[0]
		return cannotUnlink(only.id, only.ticket.Stories)
	case intent.ActBrowse:
		if n := len(b.chosen(t)); n > maxBrowsed {
			return tooManyToBrowse(n)
		}
	}
	return b.viewDisabled(id)
}

func (b *board) viewDisabled(id intent.ActionID) string {
	switch id {
	case intent.ActNarrower, intent.ActWider, intent.ActEven:
		return b.cannotDivide()
	case intent.ActNextPanel, intent.ActPrevPanel:
		if len(present.ActivePanels(b.integrations)) < 2 {
			return "this project has no other active integration"
		}
	case intent.ActHide:
		return b.cannotHide(b.view.focus)
	case intent.ActHideTickets:
		return b.cannotHide(intent.PaneTickets)
	case intent.ActSort:
		if b.panel == 0 {
			return "no integration is shown"
		}
	case intent.ActContinue:
		return b.cannotContinue()
	}
	return ""
}
