package ui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/form"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Actions on a text that is being written.
const (
	actSend   actionID = "send"
	actEditor actionID = "editor"
)

// commentDraft is a comment that is being written. What was begun is kept in
// the store until it is sent.
type commentDraft struct {
	// open is true while it is being written.
	open bool
	// sending is true from the order to send it until it is saved.
	sending bool
	// restored is true when it was begun before it was opened.
	restored bool
	draft    draft
	editor   *form.Composer
}

func newCommentDraft(s *shell, story tracker.StoryID) commentDraft {
	return commentDraft{
		draft:  draft{shell: s, key: commentKey(story)},
		editor: form.NewComposer(tracker.MaxCommentText, "Write a comment."),
	}
}

// textEdited brings a text back from the user's editor.
type textEdited struct {
	key, text string
	err       error
}

func commentKey(story tracker.StoryID) string { return "comment/" + story.String() }

// draftKnown shows what was kept, above what was typed since.
func (p *storyPane) draftKnown(msg draftRead) tea.Cmd {
	if msg.err != nil {
		return p.fail(msg.err)
	}
	p.comment.draft.read, p.comment.draft.kept = true, msg.text
	p.comment.restored = msg.text != ""
	p.comment.editor.SetValue(msg.text + p.comment.editor.Value())
	p.doc.changed()
	return nil
}

// typeComment types into the comment that is being written.
func (p *storyPane) typeComment(msg tea.Msg) tea.Cmd {
	if !p.comment.open || p.comment.sending || p.top() != pane(p) {
		return nil
	}
	cmd := p.comment.editor.Update(msg)
	return tea.Batch(cmd, p.comment.draft.typed())
}

// keepDraft saves what was written and not sent.
func (p *storyPane) keepDraft() tea.Cmd {
	if p.comment.sending {
		return nil
	}
	p.doc.changed()
	return p.comment.draft.keep(p.comment.editor.Value())
}

// send saves the comment, which sends it to the story's tickets.
func (p *storyPane) send() tea.Cmd {
	p.comment.sending = true
	key, text, id, service := commentKey(p.id), p.comment.editor.Value(), p.id, p.service
	return p.change(func(ctx context.Context) done {
		_, err := service.CommentFromDraft(ctx, id, text, key)
		return done{said: fmt.Sprintf("comment on %s saved", id), err: err, draft: key}
	})
}

// sent closes the composer, or goes on writing when the comment was not saved.
func (p *storyPane) sent(err error) {
	p.comment.sending = false
	if err == nil {
		p.comment.open, p.comment.restored, p.comment.draft.kept = false, false, ""
		p.comment.editor.SetValue("")
		p.doc.changed()
		p.doc.showEnd(sectionComments)
	}
}

// openEditor lets the user write the comment in an editor of their own.
func (p *storyPane) openEditor() tea.Cmd {
	return p.editText(commentKey(p.id), p.comment.editor.Value())
}

// editText hands the terminal to the user's editor with a text; what comes of
// it is told as textEdited.
func (s *shell) editText(key, text string) tea.Cmd {
	argv, err := editorCommand(s.environ)
	if err != nil {
		return s.fail(err)
	}
	e := &textEditor{ctx: s.ctx, argv: argv, text: text}
	return tea.Exec(e, func(err error) tea.Msg { return textEdited{key, e.text, err} })
}

// edited takes the text from the user's editor. When that failed, the draft
// stays as it was.
func (p *storyPane) edited(msg textEdited) tea.Cmd {
	if msg.err != nil {
		return p.fail(msg.err)
	}
	p.comment.editor.SetValue(msg.text)
	return p.keepDraft()
}

// handleComment does what is asked while a comment is being written.
func (p *storyPane) handleComment(in intent) (tea.Cmd, bool) {
	switch in {
	case act{actSend}:
		return p.send(), true
	case act{actPreview}:
		return p.previewComments([]tracker.StoryID{p.id}, p.comment.editor.Value()), true
	case act{actEditor}:
		return p.openEditor(), true
	case act{actBack}:
		p.comment.open = false
		p.comment.restored = p.comment.editor.Value() != ""
		p.doc.changed()
		return p.keepDraft(), true
	}
	if s, ok := in.(scroll); ok {
		return nil, p.doc.handle(s)
	}
	return nil, false
}

// cannotSend says why the comment cannot be sent now, empty when it can.
func (p *storyPane) cannotSend() string {
	switch {
	case p.comment.sending:
		return "the comment is being saved"
	case strings.TrimSpace(p.comment.editor.Value()) == "":
		return "there is nothing to send yet"
	case p.comment.editor.Over() > 0:
		return fmt.Sprintf("a comment has at most %s characters: shorten it by %s", text.Count(tracker.MaxCommentText), text.Count(p.comment.editor.Over()))
	}
	return ""
}

// drawComment draws the composer in the lower part of r, and returns the upper.
func (p *storyPane) drawComment(c *canvas, r rect) rect {
	head := docWriter{theme: c.theme, width: r.w}
	caption := p.commentCaption()
	if text.Width(caption)+6 <= r.w {
		head.rule(caption)
	} else {
		name, goes, _ := strings.Cut(caption, " · ")
		head.rule(name)
		head.paragraph(nil, theme.Muted, goes)
	}
	lines := head.lines[:min(len(head.lines), max(1, r.h/4))]
	editor := max(min(r.h/3, 12), min(3, r.h-len(lines)))
	upper := rect{r.x, r.y, r.w, max(0, r.h-editor-len(lines))}
	for i, l := range lines {
		c.put(r.x, upper.y+upper.h+i, r.w, l)
	}
	at := rect{r.x, upper.y + upper.h + len(lines), r.w, editor}
	written, cursor := p.comment.editor.Draw(c.theme, at.w, at.h)
	for i, l := range written {
		c.put(at.x, at.y+i, at.w, l)
	}
	if cursor != nil && c.focused {
		c.cursor = &position{at.x + cursor.X, at.y + cursor.Y}
	}
	return upper
}

// commentCaption says where the comment goes.
func (p *storyPane) commentCaption() string {
	name := "New comment"
	if p.comment.restored {
		name = "Draft, not sent"
	}
	switch {
	case p.comment.sending:
		return name + " · is being saved"
	case p.detail == nil:
		return name
	}
	return cell(name + " · " + commentGoes(p.detail.Story.Tickets, p.carriers))
}
