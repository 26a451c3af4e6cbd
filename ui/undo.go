package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
)

// takingBack is undo or redo.
type takingBack struct {
	// verb names it at the start of a sentence.
	verb string
	do   func(ctx context.Context, agreed bool) (tracker.Undone, error)
}

// sending is an undo or a redo that was not done, since it would send something.
type sending struct {
	takingBack
	what *tracker.SendsError
}

// takeBack undoes or redoes and says what came of it. That there is nothing to
// take back is no fault. Keys wait until it has ended: they were not meant for the
// question whether to send something.
func (a *app) takeBack(t takingBack, agreed bool) tea.Cmd {
	a.asking++
	service, redo := a.service, a.keys.Key(keymap.ScopeGlobal, intent.ActRedo)
	return a.change(func(ctx context.Context) done {
		undone, err := t.do(ctx, agreed)
		ended := done{said: undone.Said, err: err, undone: undone, tickets: present.TicketsIn(undone.Linked), awaited: true}
		if err == nil && undone.Comment != "" {
			ended.kept, ended.err = t.redraft(ctx, service, undone)
			switch {
			case ended.kept.text != "":
				ended.said += "; its text is a draft"
			case ended.kept.key == "" && ended.err == nil && t.verb == "Undo":
				ended.said += "; there is another draft, " + redo + " brings it back"
			}
		}
		if errors.As(err, new(*tracker.SendsError)) {
			ended.sends = &sending{takingBack: t}
			errors.As(err, &ended.sends.what)
		}
		if tracker.CodeOf(err) == tracker.CodeNotFound {
			ended.said, ended.err = err.Error(), nil
		}
		return ended
	})
}

// redraft makes the text of a comment that was removed the draft of the next one,
// unless there is another, and removes that draft where the comment is added again.
func (t takingBack) redraft(ctx context.Context, service *engine.Engine, undone tracker.Undone) (keptText, error) {
	key, from, to := markedCommentKey, "", undone.Comment
	if len(undone.Stories) == 1 {
		key = commentKey(undone.Stories[0])
	}
	if t.verb == "Redo" {
		from, to = to, from
	}
	if now, err := service.Settings.Draft(ctx, key); err != nil || now != from {
		return keptText{}, err
	}
	return keptText{key, to}, service.Settings.SaveDraft(ctx, key, to)
}

// sendQuestion asks whether to undo or redo what would send something. The texts
// that would be sent are shown beside it, in a panel that goes with the question.
type sendQuestion struct {
	*question
	preview *previewPane
}

// askSend asks whether to send what undo or redo would.
func (a *app) askSend(s sending) tea.Cmd {
	preview := &previewPane{shell: a.shell, deed: strings.ToLower(s.verb) + " " + s.what.Change, read: &previewRead{notes: s.what.Comments}}
	ask := fmt.Sprintf("%s %s?", s.verb, s.what.Change)
	q := &sendQuestion{preview: preview, question: &question{
		shell: a.shell, text: ask + " " + commentsGo(ticketsOf(s.what.Comments)), shorter: []string{ask}, asked: keymap.ScopeSend,
		answers: []answer{
			{intent.ActYes, strings.ToLower(s.verb) + " and send", "send", func() tea.Cmd { return tea.Batch(a.close(), a.takeBack(s.takingBack, true)) }},
			{intent.ActNo, "change nothing", "cancel", a.close},
		},
	}}
	return tea.Batch(a.open(preview, placeSide), a.open(q, placeLine))
}

// Handle takes the answer, and scrolls the texts.
func (q *sendQuestion) Handle(in intent.Intent) (tea.Cmd, bool) {
	if q.preview.doc.Handle(in) {
		return nil, true
	}
	return q.question.Handle(in)
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
