package board

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/position"
	"storydesk/ui/board/columns"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
)

// reorder moves stories by one row as a block, down when by is positive. The rows
// change places at once, so that a key held down moves them on and on.
func (a *storyActions) reorder(cards []tracker.Card, by int) tea.Cmd {
	c := a.selection.Focused()
	low, high, beside := besides(c, cards, by)
	ids := present.IDsOf(cards)
	to, crosses := position.Across(a.Project, cards, beside, by)
	switch {
	case crosses:
		choose(c, ids, to.Current)
	case beside == nil:
		return nil
	case by < 0:
		to = tracker.Place{Before: beside.ID}
	default:
		to = tracker.Place{After: beside.ID}
	}
	if !crosses && outOfGroup(cards, *beside) == "" {
		gather(c, low, high, ids, by)
	}
	if len(ids) == 1 {
		return command.MoveStory(a.Commands, ids[0], to, "")
	}
	service := a.Service
	return command.ChangeNamed(a.Commands, func(ctx context.Context) pane.Done {
		_, err := service.Stories.MoveStories(ctx, ids, to)
		return pane.Done{Err: err, What: command.Outcome{Story: ids[0]}}
	})
}

// cannotReorder says why stories cannot be moved by one row.
func (a *storyActions) cannotReorder(cards []tracker.Card, by int) string {
	c := a.selection.Focused()
	if a.selection.Drop(c.Name) == nil {
		return fmt.Sprintf("%s is sorted by column; %s moves stories", layout.Title(c.Name), a.Keys.Key(keymap.ScopeBoard, intent.ActMove))
	}
	if reason := a.cannot(tracker.Move, cards); reason != "" {
		return reason
	}
	_, _, beside := besides(c, cards, by)
	if _, crosses := position.Across(a.Project, cards, beside, by); crosses {
		return ""
	}
	switch {
	case beside == nil && by > 0:
		return fmt.Sprintf("%s is the last story here", cards[len(cards)-1].ID)
	case beside == nil:
		return fmt.Sprintf("%s is the first story here", cards[0].ID)
	}
	return outOfGroup(cards, *beside)
}

// choose shows stories as chosen for Current, or as not, so that the next step goes on
// from there.
func choose(c *columns.StoryColumn, ids []tracker.StoryID, current bool) {
	for i := range c.All {
		if card := &c.All[i].Card; slices.Contains(ids, card.ID) {
			card.State = position.Unstarted(tracker.Place{Current: current})
		}
	}
}

// besides finds the rows among which stories that move by one row stand: from
// low to high, the row that they pass by included. Its card is nil at an end.
func besides(c *columns.StoryColumn, cards []tracker.Card, by int) (low, high int, beside *tracker.Card) {
	low, high = c.IndexOf(cards[0].ID), c.IndexOf(cards[len(cards)-1].ID)
	if by < 0 {
		low--
		return low, high, columns.CardAt(c, low)
	}
	high++
	return low, high, columns.CardAt(c, high)
}

// outOfGroup says why stories cannot change places with another, empty when they can.
func outOfGroup(cards []tracker.Card, beside tracker.Card) string {
	for _, c := range cards {
		if err := position.RefusalBeside(c, beside); err != nil {
			return err.Error()
		}
	}
	return ""
}

// gather puts rows between low and high together, at the lower end when by is
// positive.
func gather(c *columns.StoryColumn, low, high int, ids []tracker.StoryID, by int) {
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
