package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/story"
)

// takingBack is undo or redo.
type takingBack struct {
	// verb names it at the start of a sentence.
	verb string
	do   func(ctx context.Context, agreed bool) (tracker.Undone, error)
}

// sendsError is what an undo or a redo fails with that nobody has agreed to send for.
type sendsError struct {
	takingBack
	what *tracker.SendsError
}

// Error says that somebody has to agree.
func (e *sendsError) Error() string { return e.what.Error() }

// Unwrap returns what would be sent.
func (e *sendsError) Unwrap() error { return e.what }

// takeBack undoes or redoes and says what came of it. That there is nothing to
// take back is no fault. Keys wait until it has ended: they were not meant for the
// question whether to send something.
func takeBack(h *command.Commands, t takingBack, agreed bool) {
	settings, redo := h.Settings, h.Keys.Key(keymap.ScopeGlobal, actRedo)
	h.ChangeAwaited(func(ctx context.Context) pane.Done {
		undone, err := t.do(ctx, agreed)
		ended := pane.Done{Said: undone.Said, Err: err, What: command.Outcome{Undone: undone, Tickets: present.TicketsIn(undone.Linked)}}
		if err == nil && undone.Comment != "" {
			ended.Saved, ended.Err = t.redraft(ctx, settings, undone)
			switch {
			case ended.Saved.Text != "":
				ended.Said += "; " + command.Redrafted(undone)
			case ended.Saved.Key == "" && ended.Err == nil && t.verb == "Undo":
				ended.Said += "; there is another draft, " + redo + " brings it back"
			}
		}
		if sends := (*tracker.SendsError)(nil); errors.As(err, &sends) {
			ended.Err = &sendsError{t, sends}
		}
		if tracker.CodeOf(err) == tracker.CodeNotFound {
			ended.Said, ended.Err = err.Error(), nil
		}
		return ended
	})
}

// redraft makes the text of a comment that was removed the draft of the next one,
// unless there is another, and removes that draft where the comment is added again.
func (t takingBack) redraft(ctx context.Context, settings pane.Settings, undone tracker.Undone) (pane.SavedDraft, error) {
	key, from, to := command.MarkedCommentKey, "", undone.Comment
	if len(undone.Stories) == 1 {
		key = story.CommentKey(undone.Stories[0])
	}
	if t.verb == "Redo" {
		from, to = to, from
	}
	if now, err := settings.Draft(ctx, key); err != nil || now != from {
		return pane.SavedDraft{}, err
	}
	if now, err := settings.Draft(ctx, command.AttachedKey(key)); err != nil || now != command.AttachedTo(undone, from) {
		return pane.SavedDraft{}, err
	}
	if err := settings.SaveDraft(ctx, command.AttachedKey(key), command.AttachedTo(undone, to)); err != nil {
		return pane.SavedDraft{}, err
	}
	return pane.SavedDraft{Key: key, Text: to}, settings.SaveDraft(ctx, key, to)
}

// redraw shows the draft of a comment that was removed or added again, where it is open.
func redraw(a *app, msg pane.Done) tea.Cmd {
	undone := command.OutcomeOf(msg).Undone
	if msg.Saved.Key == "" || undone.Comment == "" {
		return nil
	}
	return tea.Batch(
		a.broadcast(dialog.DraftRead{Key: msg.Saved.Key, Text: msg.Saved.Text}),
		a.broadcast(dialog.DraftRead{Key: command.AttachedKey(msg.Saved.Key), Text: command.AttachedTo(undone, msg.Saved.Text)}),
	)
}

// sendQuestion asks whether to undo or redo what would send something. The texts
// that would be sent are shown beside it, in a panel that goes with the question.
type sendQuestion struct {
	*dialog.Question
	preview *command.PreviewPane
}

// askSend asks whether to send what undo or redo would.
func askSend(h *command.Commands, s *sendsError) tea.Cmd {
	preview := &command.PreviewPane{Commands: h, Title: strings.ToLower(s.verb) + " " + s.what.Change, Read: &command.PreviewRead{Notes: s.what.Comments}}
	ask := fmt.Sprintf("%s %s?", s.verb, s.what.Change)
	q := &sendQuestion{preview: preview, Question: &dialog.Question{
		Host: h.Host, Text: ask + " " + command.CommentsGo(ticketsOf(s.what.Comments)), Shorter: []string{ask}, Asked: keymap.ScopeSend,
		Answers: []dialog.Answer{
			{ID: intent.ActYes, Text: strings.ToLower(s.verb) + " and send", Brief: "send", Do: func() tea.Cmd { takeBack(h, s.takingBack, true); return h.Close() }},
			{ID: intent.ActNo, Text: "change nothing", Brief: "cancel", Do: h.Close},
		},
	}}
	return tea.Batch(h.Open(preview, pane.Side), h.Open(q, pane.Line))
}

// Handle takes the answer, and scrolls the texts.
func (q *sendQuestion) Handle(in intent.Intent) (tea.Cmd, bool) {
	if q.preview.Doc.Handle(in) {
		return nil, true
	}
	return q.Question.Handle(in)
}

// Scopes lets the answers through and what scrolls.
func (q *sendQuestion) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeSend, keymap.ScopeList}
}

// ticketsOf are the tickets that private comments go to, each as often as it gets one.
func ticketsOf(notes []tracker.Preview) []tracker.TicketID {
	var ids []tracker.TicketID
	for _, n := range notes {
		ids = append(ids, n.Tickets...)
	}
	return ids
}
