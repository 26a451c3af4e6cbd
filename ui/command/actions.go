package command

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/text"
)

// NextStep is what the key for the next state does to a story. An accepted one shows
// no next action, but can be restarted.
func NextStep(h *pane.Host, c tracker.Card) tracker.Action { return tracker.NextAction(c, h.Project) }

// Cannot says why an action cannot be done to stories, empty when it can.
func Cannot(h *pane.Host, a tracker.Action, cards ...tracker.Card) string {
	return h.Reason(tracker.Refusal(a, h.Project, cards...))
}

// Advance takes a story to its next state. What was accepted is restarted only
// after a question.
func Advance(h *Commands, c tracker.Card) tea.Cmd {
	if c.State == tracker.Accepted {
		return AskStoriesChange(h, TransitionOf([]tracker.Card{c}, tracker.Restart, ""))
	}
	next := NextStep(h.Host, c)
	step := func() tea.Cmd { return transition(h, c, next, "") }
	if ask := unfinished(next, c); ask != "" {
		return h.Open(dialog.NewQuestion(h.Host, ask+" Accept it?", step), pane.Line)
	}
	return step()
}

// unfinished says what is not done about stories that a step would accept, empty where
// nothing is left.
func unfinished(a tracker.Action, cards ...tracker.Card) string {
	var open tracker.Open
	var ids []tracker.StoryID
	for _, c := range cards {
		if tracker.AcceptedBy(a, c.Type) && c.Open.Unfinished() {
			ids = append(ids, c.ID)
			open.Tasks, open.Blockers, open.Reviews = open.Tasks+c.Open.Tasks, open.Blockers+c.Open.Blockers, open.Reviews+c.Open.Reviews
		}
	}
	switch len(ids) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("%s has %s.", ids[0], present.OpenWords(open))
	}
	return fmt.Sprintf("%s have %s.", present.SomeOf(ids), present.OpenWords(open))
}

// TransitionOf takes stories to their next state.
func TransitionOf(cards []tracker.Card, a tracker.Action, reason string) StoriesChange {
	of := present.StoryCount(len(cards))
	if len(cards) == 1 {
		of = cards[0].ID.String()
	}
	ask := fmt.Sprintf("%s%s %s", strings.ToUpper(string(a[:1])), a[1:], of)
	if left := unfinished(a, cards...); left != "" {
		ask = left + " " + ask
	}
	return StoriesChange{
		Stories: present.IDsOf(cards),
		Ask:     ask,
		Said:    fmt.Sprintf("%s %sed", of, a),
		Reveal:  a == tracker.Start || a == tracker.Restart,
		sends:   true,
		Do:      transitions(cards, a, reason),
	}
}

// transitions takes stories to their next state, or back from it, with the reason.
func transitions(cards []tracker.Card, a tracker.Action, reason string) useCase {
	seen := present.SeenOf(cards)
	return func(ctx context.Context, s tracker.StoryUseCases) error {
		_, err := s.Transition(ctx, seen, a, reason)
		return err
	}
}

// Reject asks for a reason and rejects a story.
func Reject(h *Commands, c tracker.Card) tea.Cmd {
	ask := fmt.Sprintf("Why is %s rejected?", c.ID)
	return AskReason(h, ask, []tracker.Card{c}, func(reason string) tea.Cmd { return transition(h, c, tracker.Reject, reason) })
}

// AskReason asks why stories are rejected.
func AskReason(h *Commands, ask string, cards []tracker.Card, reject func(reason string) tea.Cmd) tea.Cmd {
	p := dialog.NewPrompt(h.Host, ask, "", reject)
	p.Preview = func(reason string) tea.Cmd { return previewStep(h, cards, tracker.Reject, reason) }
	return h.Open(p, pane.Line)
}

func transition(h *Commands, c tracker.Card, a tracker.Action, reason string) tea.Cmd {
	service := h.Service
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		after, err := service.Stories.Transition(ctx, []tracker.Seen{{ID: c.ID, Version: c.Version}}, a, reason)
		// What is started goes to the started ones, from the Icebox too.
		what := Outcome{Story: c.ID, Stories: []tracker.StoryID{c.ID}, sends: true, Reveal: a == tracker.Start}
		if err != nil {
			return pane.Done{Err: err, What: what}
		}
		return pane.Done{Said: fmt.Sprintf("%s is %s", c.ID, after[0].State), What: what}
	})
}

// Estimate asks for a story's points.
func Estimate(h *Commands, c tracker.Card) tea.Cmd {
	return AskPoints(h.Host, c.ID.String(), func(answer string) tea.Cmd { return SaveEstimate(h, c, answer) })
}

// AskPoints asks for points. A digit that can only mean one estimate is taken
// at once.
func AskPoints(h *pane.Host, of string, save func(answer string) tea.Cmd) tea.Cmd {
	scale := tracker.FormatPointScale(h.Project.PointScale)
	label := fmt.Sprintf("Points of %s: %s · - for none", of, strings.ReplaceAll(scale, ",", " "))
	accept := func(answer string) tea.Cmd {
		if answer = strings.TrimSpace(answer); answer == "" {
			return nil
		}
		return save(answer)
	}
	p := dialog.NewPrompt(h, label, "", accept)
	p.Typed = func(answer string) tea.Cmd {
		if !onlyMeaning(answer, strings.Split(scale, ",")) {
			return nil
		}
		return tea.Batch(h.Close(), accept(answer))
	}
	return h.Open(p, pane.Line)
}

// onlyMeaning reports whether what was typed is one of the choices and the start
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

// SaveEstimate estimates a story with the points that were answered, "-" for none.
func SaveEstimate(h *Commands, c tracker.Card, answer string) tea.Cmd {
	points, err := AnsweredPoints(answer)
	if err != nil {
		return h.Fail(err)
	}
	service, said := h.Service, fmt.Sprintf("%s has no estimate", c.ID)
	if points != nil {
		said = fmt.Sprintf("%s: %s", c.ID, present.PointCount(*points))
	}
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		_, err := service.Stories.Estimate(ctx, []tracker.Seen{{ID: c.ID, Version: c.Version}}, points)
		return pane.Done{Said: said, Err: err, What: Outcome{Story: c.ID, Stories: []tracker.StoryID{c.ID}}}
	})
}

// AnsweredPoints reads the answer to [AskPoints], nil for none.
func AnsweredPoints(answer string) (*float64, error) {
	if answer == "-" {
		return nil, nil
	}
	points, err := tracker.ParsePoints(answer)
	return &points, err
}

// DeleteStory asks whether to delete a story, and what becomes of its private
// comments that have not been sent.
func DeleteStory(h *Commands, c tracker.Card) tea.Cmd {
	service, undo := h.Service, h.Keys.Key(keymap.ScopeGlobal, intent.ActUndo)
	remove := func(ctx context.Context, drop bool) pane.Done {
		err := service.Stories.DeleteStories(ctx, []tracker.StoryID{c.ID}, drop)
		return pane.Done{Said: fmt.Sprintf("%s deleted · %s undo", c.ID, undo), Err: err, What: Outcome{Stories: []tracker.StoryID{c.ID}, Deleted: true}}
	}
	ask := fmt.Sprintf("Delete %s “%s”?", c.ID, text.Truncate(c.Name, 24))
	return askSettle(h, ask, fmt.Sprintf("delete %s", c.ID), remove, tracker.DeliveryQuery{Story: c.ID})
}

// ToColumn puts a story at the top or the end of a column.
func ToColumn(h *Commands, id tracker.StoryID, to tracker.Place) tea.Cmd {
	said, service := fmt.Sprintf("%s is %s", id, InColumn(to)), h.Service
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		_, err := service.Stories.MoveStories(ctx, []tracker.StoryID{id}, to)
		return pane.Done{Said: said, Err: err, What: Outcome{Story: id, Reveal: true, Stories: []tracker.StoryID{id}, sends: true}}
	})
}

// InColumn says where stories are that were put at the top or the end of a column.
func InColumn(to tracker.Place) string {
	if to.Bottom {
		return "at the end of the " + layout.Title(intent.PartOf(to.Column))
	}
	return "in the " + layout.Title(intent.PartOf(to.Column))
}

// MoveStory puts a story somewhere else, whoever changed it meanwhile: only its
// position changes.
func MoveStory(h *Commands, id tracker.StoryID, to tracker.Place, said string) tea.Cmd {
	service := h.Service
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		_, err := service.Stories.MoveStories(ctx, []tracker.StoryID{id}, to)
		return pane.Done{Said: said, Err: err, What: Outcome{Story: id, Reveal: true, Stories: []tracker.StoryID{id}}}
	})
}
