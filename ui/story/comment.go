package story

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// CommentKey is the key of the draft of a comment on a story.
func CommentKey(story tracker.StoryID) string { return "comment/" + story.String() }

// draftKnown shows the comment that was begun earlier.
func (p *Pane) draftKnown(msg dialog.DraftRead) tea.Cmd {
	p.doc.Changed()
	return p.comment.Found(msg)
}

// typeComment types into the comment that is being written.
func (p *Pane) typeComment(msg tea.Msg) tea.Cmd {
	if !p.comment.Open || p.Top() != pane.Pane(p) {
		return nil
	}
	return p.comment.Write(msg)
}

// keepDraft saves what was written and not sent.
func (p *Pane) keepDraft() tea.Cmd {
	p.doc.Changed()
	return p.comment.Save()
}

// sent closes the composer and reads the comment, or goes on writing when it was
// not saved.
func (p *Pane) sent(err error) tea.Cmd {
	p.comment.Sent(err)
	if err != nil {
		return nil
	}
	p.said = true
	return p.reload()
}

// handleComment does what is asked while a comment is being written.
func (p *Pane) handleComment(in intent.Intent) (tea.Cmd, bool) {
	id := []tracker.StoryID{p.id}
	switch in {
	case intent.Act{ID: intent.ActSend}:
		return p.comment.Send(id, fmt.Sprintf("comment on %s saved", p.id)), true
	case intent.Act{ID: intent.ActPreview}:
		return command.PreviewComments(p.Host, id, p.comment.Editor.Value()), true
	case intent.Act{ID: intent.ActEditor}:
		return p.comment.OpenEditor(), true
	case intent.Act{ID: intent.ActBack}:
		p.doc.Changed()
		return p.comment.Leave(), true
	}
	if s, ok := in.(intent.Scroll); ok {
		return nil, p.doc.Handle(s)
	}
	return nil, false
}

// commentGoes says where the comment goes, empty while that is not known.
func (p *Pane) commentGoes() string {
	if p.detail == nil {
		return ""
	}
	return present.Cell(present.CommentGoes(p.detail.Story.Tickets, p.carriers))
}
