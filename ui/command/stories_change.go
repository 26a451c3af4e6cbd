package command

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// useCase changes stories in one transaction.
type useCase = func(context.Context, tracker.StoryUseCases) error

// StoriesChange is one change of several stories, made in one transaction.
type StoriesChange struct {
	Stories []tracker.StoryID
	// Ask is what is to be done, such as "Start 4 stories", and said what was.
	Ask, Said string
	// Reveal asks the board to select the first story where it stands then.
	Reveal bool
	// sends is true where the change sends private comments to tickets.
	sends bool
	Do    useCase
}

// changeQuestion asks once whether to make a change. Which private comments it would
// send is found out meanwhile, by a rehearsal: keys that are pressed before that are
// answers already.
type changeQuestion struct {
	*dialog.Question
	StoriesChange
	service UseCases
	asked   int
}

// rehearsed brings the private comments that a change would send, or why it cannot
// be made.
type rehearsed struct {
	asked    int
	comments []tracker.Delivery
	err      error
}

// AskStoriesChange asks whether to make a change, and makes it.
func AskStoriesChange(h *Commands, d StoriesChange) tea.Cmd {
	return askFirst(h, d, func() tea.Cmd { return CarryOut(h, d) })
}

// askFirst asks whether to make a change, which yes makes.
func askFirst(h *Commands, d StoriesChange, yes func() tea.Cmd) tea.Cmd {
	return h.Open(&changeQuestion{dialog.NewQuestion(h.Host, d.Ask+"?", yes), d, h.Service, h.Next()}, pane.Line)
}

// CarryOut makes a change.
func CarryOut(h *Commands, d StoriesChange) tea.Cmd {
	service := h.Service
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		return pane.Done{Said: d.Said, Err: d.Do(ctx, service.Stories), What: Outcome{Story: d.Stories[0], Reveal: d.Reveal, Stories: d.Stories, sends: d.sends}}
	})
}

// Init rehearses the change.
func (q *changeQuestion) Init() tea.Cmd {
	asked, service, do := q.asked, q.service, q.Do
	return q.Host.Do(func(ctx context.Context) tea.Msg {
		comments, err := service.Stories.Rehearse(ctx, do)
		return rehearsed{asked, comments, err}
	})
}

// Update says what is sent to tickets, or why nothing can be done.
func (q *changeQuestion) Update(msg tea.Msg) tea.Cmd {
	r, ok := msg.(rehearsed)
	switch {
	case !ok || r.asked != q.asked:
	case r.err != nil && q.Top() == pane.Pane(q):
		return tea.Batch(q.Close(), q.Fail(r.err))
	case len(r.comments) > 0:
		q.Text = q.Ask + "? " + CommentsGo(present.Each(r.comments, func(d tracker.Delivery) tracker.TicketID { return d.Ticket.ID }))
	}
	return nil
}

// CommentsGo says to which tickets private comments are sent. A ticket that gets
// several is among them several times.
func CommentsGo(to []tracker.TicketID) string {
	goes := fmt.Sprintf("%d private comments will be sent", len(to))
	if len(to) == 1 {
		goes = "1 private comment will be sent"
	}
	var ids []tracker.TicketID
	for _, id := range to {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) > present.MaxNamed {
		return fmt.Sprintf("%s to %s", goes, present.TicketCount(len(ids)))
	}
	return fmt.Sprintf("%s to %s", goes, present.SomeOf(ids))
}
