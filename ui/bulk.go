package ui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/stories"
	"storydesk/ui/present"
)

// bulk is one deed for several stories, done in one transaction.
type bulk struct {
	stories []tracker.StoryID
	// ask is what is to be done, such as "Start 4 stories", and said what was.
	ask, said string
	// reveal asks the board to select the first story where it stands then.
	reveal bool
	// tells is true where the deed is told to tickets.
	tells bool
	do    func(context.Context, *stories.Service) error
}

// bulkQuestion asks once whether to do a deed. The notes that it would send are
// found out meanwhile, by a rehearsal: keys that come before that are answers
// already.
type bulkQuestion struct {
	*question
	bulk
	asked int
}

// rehearsed tells which notes a deed would send, or why it cannot be done.
type rehearsed struct {
	asked int
	notes []tracker.Delivery
	err   error
}

// askBulk asks whether to do a deed.
func (s *shell) askBulk(d bulk) tea.Cmd {
	return s.askFirst(d, func() tea.Cmd { return s.carryOut(d) })
}

// askFirst asks whether to do a deed that yes does.
func (s *shell) askFirst(d bulk, yes func() tea.Cmd) tea.Cmd {
	return s.open(&bulkQuestion{newQuestion(s, d.ask+"?", yes), d, s.next()}, placeLine)
}

// carryOut does a deed.
func (s *shell) carryOut(d bulk) tea.Cmd {
	service := s.service
	return s.changeNamed(func(ctx context.Context) done {
		return done{said: d.said, err: d.do(ctx, service.Stories), story: d.stories[0], reveal: d.reveal, stories: d.stories, tells: d.tells}
	})
}

// Init rehearses the deed.
func (q *bulkQuestion) Init() tea.Cmd {
	asked, service, do := q.asked, q.service, q.do
	return q.shell.do(func(ctx context.Context) tea.Msg {
		notes, err := service.Stories.Rehearse(ctx, do)
		return rehearsed{asked, notes, err}
	})
}

// Update says what goes to tickets, or why nothing can be done.
func (q *bulkQuestion) Update(msg tea.Msg) tea.Cmd {
	r, ok := msg.(rehearsed)
	switch {
	case !ok || r.asked != q.asked:
	case r.err != nil && q.top() == pane(q):
		return tea.Batch(q.close(), q.fail(r.err))
	case len(r.notes) > 0:
		q.text = q.ask + "? " + commentsGo(present.Each(r.notes, func(d tracker.Delivery) tracker.TicketID { return d.Ticket.ID }))
	}
	return nil
}

// commentsGo says to which tickets private comments go. A ticket that gets several
// is among them several times.
func commentsGo(to []tracker.TicketID) string {
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
