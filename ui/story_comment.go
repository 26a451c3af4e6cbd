package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/present"
)

func commentKey(story tracker.StoryID) string { return "comment/" + story.String() }

// draftKnown shows the comment that was begun earlier.
func (p *storyPane) draftKnown(msg draftRead) tea.Cmd {
	p.doc.Changed()
	return p.comment.found(msg)
}

// typeComment types into the comment that is being written.
func (p *storyPane) typeComment(msg tea.Msg) tea.Cmd {
	if !p.comment.open || p.top() != pane(p) {
		return nil
	}
	return p.comment.write(msg)
}

// keepDraft saves what was written and not sent.
func (p *storyPane) keepDraft() tea.Cmd {
	p.doc.Changed()
	return p.comment.save()
}

// sent closes the composer and reads the comment, or goes on writing when it was
// not saved.
func (p *storyPane) sent(err error) tea.Cmd {
	p.comment.sent(err)
	if err != nil {
		return nil
	}
	p.said = true
	return p.reload()
}

// handleComment does what is asked while a comment is being written.
func (p *storyPane) handleComment(in intent.Intent) (tea.Cmd, bool) {
	id := []tracker.StoryID{p.id}
	switch in {
	case intent.Act{ID: intent.ActSend}:
		return p.comment.send(id, fmt.Sprintf("comment on %s saved", p.id)), true
	case intent.Act{ID: intent.ActPreview}:
		return p.previewComments(id, p.comment.editor.Value()), true
	case intent.Act{ID: intent.ActEditor}:
		return p.comment.openEditor(), true
	case intent.Act{ID: intent.ActBack}:
		p.doc.Changed()
		return p.comment.leave(), true
	}
	if s, ok := in.(intent.Scroll); ok {
		return nil, p.doc.Handle(s)
	}
	return nil, false
}

// commentGoes says where the comment goes, empty while that is not known.
func (p *storyPane) commentGoes() string {
	if p.detail == nil {
		return ""
	}
	return present.Cell(present.CommentGoes(p.detail.Story.Tickets, p.carriers))
}
