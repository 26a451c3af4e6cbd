package ui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/stories"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/text"
)

// What is done to a story is the same on the board and in its detail. The card
// is the story as the user sees it; a change meanwhile is a conflict.

// nextStep is what the key for the next state does to a story. An accepted one shows
// no next action, but can be restarted.
func (s *shell) nextStep(c tracker.Card) tracker.Action {
	return tracker.NextAction(c, s.project)
}

// cannot says why an action cannot be done to stories, empty when it can.
func (s *shell) cannot(a tracker.Action, cards ...tracker.Card) string {
	return s.reason(tracker.Refusal(a, s.project, cards...))
}

// reason is an error's sentence with the key that helps; empty for nil.
func (s *shell) reason(err error) string {
	if err == nil {
		return ""
	}
	switch tracker.ReasonOf(err) {
	case tracker.ReasonNeedsEstimate:
		return err.Error() + ": " + s.keys.Key(keymap.ScopeItem, intent.ActEstimate)
	case tracker.ReasonAccepted:
		return fmt.Sprintf("%s; %s restarts it", err, s.keys.Key(keymap.ScopeItem, intent.ActAdvance))
	case tracker.ReasonDifferentSteps:
		return err.Error() + ": mark stories with the same next state"
	default:
		return err.Error()
	}
}

// advance takes a story to its next state. What was accepted is restarted only
// after a question.
func (s *shell) advance(c tracker.Card) tea.Cmd {
	if c.State == tracker.Accepted {
		return s.askBulk(s.stepDeed([]tracker.Card{c}, tracker.Restart, ""))
	}
	return s.transition(c, s.nextStep(c), "")
}

// stepDeed takes stories one step along their life.
func (s *shell) stepDeed(cards []tracker.Card, a tracker.Action, reason string) bulk {
	seen, of := present.SeenOf(cards), present.StoryCount(len(cards))
	if len(cards) == 1 {
		of = cards[0].ID.String()
	}
	return bulk{
		stories: present.IDsOf(cards),
		ask:     fmt.Sprintf("%s%s %s", strings.ToUpper(string(a[:1])), a[1:], of),
		said:    fmt.Sprintf("%s %sed", of, a),
		reveal:  a == tracker.Start || a == tracker.Restart,
		tells:   true,
		do: func(ctx context.Context, s *stories.Service) error {
			_, err := s.TransitionStories(ctx, seen, a, reason)
			return err
		},
	}
}

// reject asks for a reason and rejects a story.
func (s *shell) reject(c tracker.Card) tea.Cmd {
	ask := fmt.Sprintf("Why is %s rejected?", c.ID)
	return s.askReason(ask, []tracker.Card{c}, func(reason string) tea.Cmd { return s.transition(c, tracker.Reject, reason) })
}

// askReason asks why stories are rejected.
func (s *shell) askReason(ask string, cards []tracker.Card, reject func(reason string) tea.Cmd) tea.Cmd {
	p := newPrompt(s, ask, "", reject)
	p.preview = func(reason string) tea.Cmd { return s.previewStep(cards, tracker.Reject, reason) }
	return s.open(p, placeLine)
}

func (s *shell) transition(c tracker.Card, a tracker.Action, reason string) tea.Cmd {
	service := s.service
	return s.changeNamed(func(ctx context.Context) done {
		st, err := service.Stories.Transition(ctx, c.ID, c.Version, a, reason)
		return done{
			said: fmt.Sprintf("%s is %s", c.ID, st.State), err: err, story: c.ID, stories: []tracker.StoryID{c.ID}, tells: true,
			reveal: a == tracker.Start, // it goes to the started ones, from the Icebox too
		}
	})
}

// estimate asks for a story's points.
func (s *shell) estimate(c tracker.Card) tea.Cmd {
	return s.askPoints(c.ID.String(), func(answer string) tea.Cmd { return s.saveEstimate(c, answer) })
}

// askPoints asks for points. A digit that can only mean one estimate is taken
// at once.
func (s *shell) askPoints(of string, save func(answer string) tea.Cmd) tea.Cmd {
	scale := tracker.FormatPointScale(s.project.PointScale)
	label := fmt.Sprintf("Points of %s: %s · - for none", of, strings.ReplaceAll(scale, ",", " "))
	accept := func(answer string) tea.Cmd {
		if answer = strings.TrimSpace(answer); answer == "" {
			return nil
		}
		return save(answer)
	}
	p := newPrompt(s, label, "", accept)
	p.typed = func(answer string) tea.Cmd {
		if !onlyMeaning(answer, strings.Split(scale, ",")) {
			return nil
		}
		return tea.Batch(s.close(), accept(answer))
	}
	return s.open(p, placeLine)
}

// onlyMeaning tells whether what was typed is one of the choices and the start
// of no other.
func onlyMeaning(typed string, choices []string) bool {
	found := false
	for _, c := range append(choices, "-") {
		if c == typed {
			found = true
		} else if strings.HasPrefix(c, typed) {
			return false
		}
	}
	return found
}

func (s *shell) saveEstimate(c tracker.Card, answer string) tea.Cmd {
	points, err := answeredPoints(answer)
	if err != nil {
		return s.fail(err)
	}
	service, said := s.service, fmt.Sprintf("%s has no estimate", c.ID)
	if points != nil {
		said = fmt.Sprintf("%s: %s", c.ID, present.PointCount(*points))
	}
	return s.changeNamed(func(ctx context.Context) done {
		_, err := service.Stories.Estimate(ctx, c.ID, c.Version, points)
		return done{said: said, err: err, story: c.ID, stories: []tracker.StoryID{c.ID}}
	})
}

// answeredPoints reads the answer to askPoints, nil for none.
func answeredPoints(answer string) (*float64, error) {
	if answer == "-" {
		return nil, nil
	}
	points, err := tracker.ParsePoints(answer)
	return &points, err
}

// deleteStory asks whether to delete a story. Notes that have not left need a
// second word.
func (s *shell) deleteStory(c tracker.Card) tea.Cmd {
	service, undo := s.service, s.keys.Key(keymap.ScopeGlobal, intent.ActUndo)
	remove := func(ctx context.Context, drop bool) done {
		err := service.Stories.DeleteStory(ctx, c.ID, drop)
		return done{said: fmt.Sprintf("%s deleted · %s undo", c.ID, undo), err: err, stories: []tracker.StoryID{c.ID}, deleted: true}
	}
	ask := fmt.Sprintf("Delete %s “%s”?", c.ID, text.Truncate(c.Name, 24))
	return s.open(newQuestion(s, ask, func() tea.Cmd {
		return s.settle(fmt.Sprintf("delete %s", c.ID), remove, tracker.DeliveryQuery{Story: c.ID})
	}), placeLine)
}

// toColumn puts a story at the top of a column.
func (s *shell) toColumn(id tracker.StoryID, to tracker.Column) tea.Cmd {
	said, service := fmt.Sprintf("%s is in the %s", id, partTitle(intent.PartOf(to))), s.service
	return s.change(func(ctx context.Context) done {
		_, err := service.Stories.MoveStory(ctx, id, 0, tracker.Place{Column: to})
		return done{said: said, err: err, story: id, reveal: true, stories: []tracker.StoryID{id}, tells: true}
	})
}

// moveStory puts a story somewhere else. Only the order is at stake, so
// whatever version there is is moved.
func (s *shell) moveStory(id tracker.StoryID, to tracker.Place, said string) tea.Cmd {
	service := s.service
	return s.changeNamed(func(ctx context.Context) done {
		_, err := service.Stories.MoveStory(ctx, id, 0, to)
		return done{said: said, err: err, story: id, reveal: true, stories: []tracker.StoryID{id}}
	})
}
