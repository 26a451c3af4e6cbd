package board

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
)

// onStory does what is asked of the selected story.
func (b *Board) onStory(id intent.ActionID) (tea.Cmd, bool) {
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
		return b.GoTo(intent.OpenStory{ID: c.ID, Then: id}), true
	case intent.ActLink:
		return command.LinkStories(b.Host, c), true
	case intent.ActAdvance:
		return command.Advance(b.Host, c), true
	case intent.ActReject:
		return command.Reject(b.Host, c), true
	case intent.ActPreview:
		return command.PreviewNext(b.Host, c), true
	case intent.ActEstimate:
		return command.Estimate(b.Host, c), true
	case intent.ActDelete:
		return command.DeleteStory(b.Host, c), true
	case intent.ActBacklog:
		return command.ToColumn(b.Host, c.ID, tracker.Backlog), true
	case intent.ActIcebox:
		return command.ToColumn(b.Host, c.ID, tracker.Icebox), true
	case intent.ActMove:
		selected, _ := b.story()
		return nil, b.pick(intent.Grab{Row: intent.SelectRow{Part: b.view.Focus, Key: selected.ID}}) == ""
	case intent.ActMoveDown:
		return b.reorder(1), true
	case intent.ActMoveUp:
		return b.reorder(-1), true
	case intent.ActBrowse:
		return command.BrowseStory(b.Host, c.ID), true
	case intent.ActCopyID:
		return b.CopyText(c.ID.String()), true
	case intent.ActCopyURL:
		return command.CopyStoryURL(b.Host, c.ID), true
	}
	return nil, false
}

// openSelected opens the selected story, whatever is marked.
func (b *Board) openSelected() tea.Cmd {
	c, ok := b.story()
	if !ok {
		return nil
	}
	return b.GoTo(intent.OpenStory{ID: c.ID})
}

// addStory asks for the name of a new story and says where it goes.
func (b *Board) addStory() tea.Cmd {
	to, where := b.newPlace()
	service, project, part := b.Service, b.Project.ID, intent.PartOf(to.Column)
	return b.Open(dialog.NewPrompt(b.Host, "New story "+where, "", func(name string) tea.Cmd {
		if strings.TrimSpace(name) == "" {
			return nil
		}
		return tea.Batch(b.focus(part), command.ChangeNamed(b.Host, func(ctx context.Context) pane.Done {
			n := tracker.NewStory{ProjectID: project, Name: name, Place: to}
			st, err := service.Stories.AddStory(ctx, n)
			if code := tracker.CodeOf(err); to.Before != 0 && (code == tracker.CodeRefused || code == tracker.CodeNotFound) {
				// The story that it was to stand above has gone elsewhere.
				n.Place = tracker.Place{Column: to.Column}
				st, err = service.Stories.AddStory(ctx, n)
			}
			return pane.Done{Said: fmt.Sprintf("Story %s created", st.ID), Err: err, What: command.Outcome{Story: st.ID, Reveal: true}}
		}))
	}), pane.Line)
}

// newPlace is where a new story goes: above the selected story where that is in the
// Icebox or not started yet in the Backlog, else to the top of what is not started,
// and from all other panes to the top of the Icebox.
func (b *Board) newPlace() (to tracker.Place, where string) {
	to.Column = tracker.Icebox
	if b.view.Focus == intent.PaneBacklog && !b.empty() {
		to.Column = tracker.Backlog
	}
	where = "in the " + layout.Title(intent.PartOf(to.Column))
	c, ok := b.story()
	if group := c.State.Group(); ok && b.dropColumn(b.view.Focus) != nil && (group == tracker.GroupIcebox || group == tracker.GroupUnstarted) {
		to.Before = c.ID
		where += ", above " + c.ID.String()
	}
	return to, where
}

// estimateAs gives a story the points that were clicked.
func (b *Board) estimateAs(in intent.EstimateAs) tea.Cmd {
	selected := b.selectRow(in.Row)
	c, ok := b.story()
	if !ok {
		return selected
	}
	return tea.Batch(selected, command.SaveEstimate(b.Host, c, tracker.FormatPoints(in.Points)))
}

// reorder moves the marked stories by one row as a block, else the selected
// one. The rows change places at once, so that a key held down moves them on
// and on.
func (b *Board) reorder(by int) tea.Cmd {
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
		return command.MoveStory(b.Host, ids[0], to, "")
	}
	service := b.Service
	return command.ChangeNamed(b.Host, func(ctx context.Context) pane.Done {
		_, err := service.Stories.MoveStories(ctx, ids, to)
		return pane.Done{Err: err, What: command.Outcome{Story: ids[0]}}
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
	var moved, others []row.Story
	for _, at := range c.Shown[low : high+1] {
		if r := c.All[at]; slices.Contains(ids, r.Card.ID) {
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
func (b *Board) onTicket(id intent.ActionID) (tea.Cmd, bool) {
	t, ok := b.ticket()
	if !ok {
		return nil, false
	}
	switch id {
	case intent.ActOpen:
		return b.openTicket(t.ID), true
	case intent.ActBacklog:
		return b.toStory(b.chosen(t), tracker.Place{Column: tracker.Backlog}), true
	case intent.ActIcebox:
		return b.toStory(b.chosen(t), tracker.Place{Column: tracker.Icebox}), true
	case intent.ActMove:
		return nil, b.pick(intent.Grab{Row: intent.SelectRow{Part: intent.PaneTickets, Key: t.ID}}) == ""
	case intent.ActLink:
		in, _ := b.integration()
		chosen := b.chosen(t)
		subjects := present.Each(b.rowsOf(chosen), func(t row.Ticket) string { return t.Subject })
		return command.LinkTickets(b.Host, in, chosen, subjects), true
	case intent.ActUnlink:
		only := b.rowsOf(b.chosen(t))[0]
		return command.UnlinkTicket(b.Host, only.Ticket.TicketKey, only.Ticket.Stories), true
	case intent.ActBrowse:
		return b.browseAll(row.URLsOf(b.rowsOf(b.chosen(t)))), true
	case intent.ActCopyID:
		return b.copyLines(present.NamesOf(b.chosen(t))), true
	case intent.ActCopyURL:
		return b.copyLines(row.URLsOf(b.rowsOf(b.chosen(t)))), true
	}
	return nil, b.mark(id)
}

// Disabled says why an action cannot be done now.
func (b *Board) Disabled(id intent.ActionID) string {
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

func (b *Board) cannotReorder(by int) string {
	c, cards := b.column(), b.subjects()
	if b.dropColumn(c.Name) == nil {
		return fmt.Sprintf("%s is sorted by column; %s moves stories", layout.Title(c.Name), b.Keys.Key(keymap.ScopeBoard, intent.ActMove))
	}
	if reason := command.Cannot(b.Host, tracker.Move, cards...); reason != "" {
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

func (b *Board) ticketDisabled(id intent.ActionID, t row.Ticket) string {
	switch id {
	case intent.ActAdvance, intent.ActPreview, intent.ActReject, intent.ActEstimate, intent.ActComment, intent.ActEdit, intent.ActWrite, intent.ActDelete, intent.ActMoveDown, intent.ActMoveUp, intent.ActUnfold:
		if t.Linked.ID != 0 {
			return fmt.Sprintf("This is a ticket. Its story is %s", t.Linked.ID)
		}
		return fmt.Sprintf("This is a ticket. Press %s or %s to create a story from it", b.Keys.Key(keymap.ScopeItem, intent.ActBacklog), b.Keys.Key(keymap.ScopeItem, intent.ActIcebox))
	case intent.ActUnlink:
		if n := len(b.chosen(t)); n > 1 {
			return fmt.Sprintf("Unlink one ticket at a time; %d are marked, %s clears the marks", n, b.Keys.Key(keymap.ScopeBoard, intent.ActBack))
		}
		only := b.rowsOf(b.chosen(t))[0]
		return command.CannotUnlink(only.ID, only.Ticket.Stories)
	case intent.ActBrowse:
		if n := len(b.chosen(t)); n > command.MaxBrowsed {
			return command.TooManyToBrowse(n)
		}
	}
	return b.viewDisabled(id)
}

func (b *Board) viewDisabled(id intent.ActionID) string {
	switch id {
	case intent.ActNarrower, intent.ActWider, intent.ActEven:
		return b.cannotDivide()
	case intent.ActNextPanel, intent.ActPrevPanel:
		if len(present.ActivePanels(b.integrations)) < 2 {
			return "this project has no other active integration"
		}
	case intent.ActHide:
		return b.cannotHide(b.view.Focus)
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
