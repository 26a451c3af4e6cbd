package board

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// storyActions do what is asked of the marked stories, else of the selected one.
type storyActions struct {
	*host
	selection columns.Selection
	panel     *panel
	viewer    *viewer
	unfolder  *unfolder
}

// open opens the selected story, whatever is marked.
func (a *storyActions) open([]tracker.Card) tea.Cmd {
	c, ok := a.selection.Story()
	if !ok {
		return nil
	}
	return a.GoTo(intent.OpenStory{ID: c.ID})
}

// unfold opens the selected story under its row, or the only one where it stands.
func (a *storyActions) unfold(cards []tracker.Card) tea.Cmd {
	if _, ok := a.selection.Story(); ok {
		return a.unfolder.unfold()
	}
	c := a.selection.SelectStory(cards[0].ID)
	if c == nil {
		return a.GoTo(intent.OpenStory{ID: cards[0].ID})
	}
	return tea.Batch(a.viewer.focus(c.Name), a.unfolder.unfold())
}

// advance takes stories to their next state.
func (a *storyActions) advance(cards []tracker.Card) tea.Cmd {
	if len(cards) == 1 {
		return command.Advance(a.Commands, cards[0])
	}
	return command.AskStoriesChange(a.Commands, command.TransitionOf(cards, command.NextStep(a.Host, cards[0]), ""))
}

// reject asks for a reason and rejects stories.
func (a *storyActions) reject(cards []tracker.Card) tea.Cmd {
	if len(cards) == 1 {
		return command.Reject(a.Commands, cards[0])
	}
	ask := fmt.Sprintf("Why are %s rejected?", present.StoryCount(len(cards)))
	return command.AskReason(a.Commands, ask, cards, func(reason string) tea.Cmd {
		return command.AskStoriesChange(a.Commands, command.TransitionOf(cards, tracker.Reject, reason))
	})
}

// preview shows what the next state of stories would send.
func (a *storyActions) preview(cards []tracker.Card) tea.Cmd {
	return command.PreviewNext(a.Commands, cards...)
}

// link finds a ticket for stories.
func (a *storyActions) link(cards []tracker.Card) tea.Cmd {
	return command.LinkStories(a.Commands, cards...)
}

// cannot says why an action cannot be done to stories.
func (a *storyActions) cannot(do tracker.Action, cards []tracker.Card) string {
	return command.Cannot(a.Host, do, cards...)
}

// cannotLink says why no story can be linked to a ticket.
func (a *storyActions) cannotLink([]tracker.Card) string { return a.panel.cannotLink() }

// estimate asks for the points of those stories that carry points; the others stay
// marked. The answer is the consent: nothing goes to tickets.
func (a *storyActions) estimate(cards []tracker.Card) tea.Cmd {
	if len(cards) == 1 {
		return command.Estimate(a.Commands, cards[0])
	}
	carry := slices.DeleteFunc(slices.Clone(cards), func(c tracker.Card) bool { return a.cannot(tracker.Estimate, []tracker.Card{c}) != "" })
	seen, ids := present.SeenOf(carry), present.IDsOf(carry)
	of := present.StoryCount(len(ids))
	if len(carry) < len(cards) {
		of = fmt.Sprintf("%d of %s", len(carry), present.StoryCount(len(cards)))
	}
	return command.AskPoints(a.Host, of, func(answer string) tea.Cmd {
		points, err := command.AnsweredPoints(answer)
		if err != nil {
			return a.Fail(err)
		}
		said := present.StoryCount(len(ids)) + " have no estimate"
		if points != nil {
			said = fmt.Sprintf("%s: %s", present.StoryCount(len(ids)), present.PointCount(*points))
		}
		return command.CarryOut(a.Commands, command.StoriesChange{Stories: ids, Said: said, Do: func(ctx context.Context, s tracker.StoryUseCases) error {
			_, err := s.Estimate(ctx, seen, points)
			return err
		}})
	})
}

// cannotEstimate says why none of some stories can be estimated.
func (a *storyActions) cannotEstimate(cards []tracker.Card) string {
	if slices.ContainsFunc(cards, func(c tracker.Card) bool { return a.cannot(tracker.Estimate, []tracker.Card{c}) == "" }) {
		return ""
	}
	return a.cannot(tracker.Estimate, cards)
}

// comment opens what is to be written to stories.
func (a *storyActions) comment(cards []tracker.Card) tea.Cmd {
	if len(cards) == 1 {
		return a.inDetail(intent.ActComment, cards)
	}
	return a.Open(command.NewCommentPane(a.Commands, present.IDsOf(cards)), pane.Side)
}

// inDetail opens a story and does an action there.
func (a *storyActions) inDetail(id intent.ActionID, cards []tracker.Card) tea.Cmd {
	return a.GoTo(intent.OpenStory{ID: cards[0].ID, Then: id})
}

// oneAtATime says that several stories cannot be edited at once.
func (a *storyActions) oneAtATime(cards []tracker.Card) string {
	if n := len(cards); n > 1 {
		return fmt.Sprintf("Edit one story at a time; %d are marked, %s clears the marks", n, a.Keys.Key(keymap.ScopeBoard, intent.ActBack))
	}
	return ""
}

// remove asks whether to delete stories. Private comments that have not been sent
// need a second answer.
func (a *storyActions) remove(cards []tracker.Card) tea.Cmd {
	if len(cards) == 1 {
		return command.DeleteStory(a.Commands, cards[0])
	}
	ids, service := present.IDsOf(cards), a.Service
	what := "delete " + present.StoryCount(len(ids))
	comments := command.DeliveriesOf(ids, tracker.TicketKey{})
	said := fmt.Sprintf("%s deleted · %s undo", present.StoryCount(len(ids)), a.Keys.Key(keymap.ScopeGlobal, intent.ActUndo))
	do := func(ctx context.Context, drop bool) pane.Done {
		return pane.Done{Said: said, Err: service.Stories.DeleteStories(ctx, ids, drop), What: command.Outcome{Stories: ids, Deleted: true}}
	}
	ask := fmt.Sprintf("Delete %s: %s?", present.StoryCount(len(ids)), present.SomeOf(ids))
	return a.Open(dialog.NewQuestion(a.Host, ask, func() tea.Cmd { return command.Settle(a.Commands, what, do, comments...) }), pane.Line)
}

// copyNumbers puts the numbers of stories on the clipboard.
func (a *storyActions) copyNumbers(cards []tracker.Card) tea.Cmd {
	return copyLines(a.Host, present.NamesOf(present.IDsOf(cards)))
}

// toColumn puts stories at the top or the end of a column.
func (a *storyActions) toColumn(cards []tracker.Card, to tracker.Place) tea.Cmd {
	if len(cards) == 1 {
		return command.ToColumn(a.Commands, cards[0].ID, to)
	}
	return command.AskStoriesChange(a.Commands, moveAll(cards, to, "are "+command.InColumn(to)))
}

// moveTo puts stories at a place. Several whose tickets get private comments of it
// are asked about first.
func (a *storyActions) moveTo(cards []tracker.Card, to tracker.Place) tea.Cmd {
	if len(cards) == 1 {
		return command.MoveStory(a.Commands, cards[0].ID, to, fmt.Sprintf("%s moved", cards[0].ID))
	}
	all := moveAll(cards, to, "moved")
	sends := func(c tracker.Card) bool {
		return c.Tickets > 0 && (c.State == tracker.Unscheduled) != (to.Column == tracker.Icebox)
	}
	if slices.ContainsFunc(cards, sends) {
		return command.AskStoriesChange(a.Commands, all)
	}
	return command.CarryOut(a.Commands, all)
}

// moveAll puts several stories at a place; said is what they did then.
func moveAll(cards []tracker.Card, to tracker.Place, said string) command.StoriesChange {
	ids := present.IDsOf(cards)
	count := present.StoryCount(len(ids))
	return command.StoriesChange{
		Stories: ids, Reveal: true,
		Ask:  fmt.Sprintf("Move %s to the %s", count, layout.Title(intent.PartOf(to.Column))),
		Said: count + " " + said,
		Do: func(ctx context.Context, s tracker.StoryUseCases) error {
			_, err := s.MoveStories(ctx, ids, to)
			return err
		},
	}
}
