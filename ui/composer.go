package ui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// composer is where a comment is written, on one story or on several. What was
// begun is kept in the store until it is sent.
type composer struct {
	draft
	editor *form.Composer
	// open is true while it is being written.
	open bool
	// sending is true from the order to send it until it is saved.
	sending bool
	// restored is true when it was begun before it was opened.
	restored bool
}

func newComposer(s *shell, key string) composer {
	return composer{draft: draft{shell: s, key: key}, editor: form.NewComposer(tracker.MaxCommentText, "Write a comment.")}
}

// found shows what was kept, above what was typed since.
func (c *composer) found(msg draftRead) tea.Cmd {
	if msg.err != nil {
		return c.fail(msg.err)
	}
	typed := c.editor.Value()
	if c.read && typed == c.kept {
		typed = "" // the draft was changed by an undo or a redo
	}
	c.read, c.kept = true, msg.text
	c.restored = msg.text != ""
	c.editor.SetValue(msg.text + typed)
	return nil
}

// write types into the comment.
func (c *composer) write(msg tea.Msg) tea.Cmd {
	if c.sending {
		return nil
	}
	return tea.Batch(c.editor.Update(msg), c.typed())
}

// save keeps what was written and not sent.
func (c *composer) save() tea.Cmd {
	if c.sending {
		return nil
	}
	return c.keep(c.editor.Value())
}

// leave ends the writing and keeps what was written.
func (c *composer) leave() tea.Cmd {
	c.open, c.restored = false, c.editor.Value() != ""
	return c.save()
}

// send comments on stories and forgets the draft.
func (c *composer) send(ids []tracker.StoryID, said string) tea.Cmd {
	var kept tea.Cmd
	if c.naming.guess != "" {
		kept = c.save() // the user is asked for a name first, and may leave instead
	}
	c.sending = true
	key, text, service := c.key, c.editor.Value(), c.service
	return tea.Batch(kept, c.changeNamed(func(ctx context.Context) done {
		_, err := service.Stories.CommentFromDraft(ctx, ids, text, key)
		return done{said: said, err: err, story: ids[0], stories: ids, draft: key, tells: true}
	}))
}

// sent ends the writing, or goes on with it when the comment was not saved.
func (c *composer) sent(err error) {
	c.sending = false
	if err == nil {
		c.open, c.restored, c.kept = false, false, ""
		c.editor.SetValue("")
	}
}

// openEditor lets the user write the comment in an editor of their own.
func (c *composer) openEditor() tea.Cmd { return c.editText(c.key, c.editor.Value()) }

// edited takes the text from the user's editor. When that failed, the draft
// stays as it was.
func (c *composer) edited(msg textEdited) tea.Cmd {
	if msg.err != nil {
		return c.fail(msg.err)
	}
	c.editor.SetValue(msg.text)
	return c.save()
}

// disabled says why an action on the comment cannot be done now.
func (c *composer) disabled(id intent.ActionID) string {
	sends := id == intent.ActSend || id == intent.ActPreview
	switch over := c.editor.Over(); {
	case c.sending && (sends || id == intent.ActBack || id == intent.ActEditor):
		return "saving the comment"
	case !sends:
		return ""
	case strings.TrimSpace(c.editor.Value()) == "":
		return "write a comment first"
	case over > 0:
		return fmt.Sprintf("comments are limited to %s characters; remove %s", text.Count(tracker.MaxCommentText), text.Count(over))
	}
	return ""
}

// draw draws the comment into the lower part of r below a caption that says
// where it goes, and returns the upper part.
func (c *composer) draw(on *draw.Canvas, r draw.Rect, goes string) draw.Rect {
	head := document.Writer{Theme: on.Theme, Width: r.W}
	name := "New comment"
	if c.restored {
		name = "Draft, not sent"
	}
	if c.sending {
		goes = "saving…"
	}
	if caption := draw.JoinFacts(" · ", name, goes); text.Width(caption)+6 <= r.W {
		head.Rule(caption)
	} else {
		head.Rule(name)
		head.Paragraph(nil, theme.Muted, goes)
	}
	lines := head.Lines[:min(len(head.Lines), max(3, r.H/4))]
	editor := max(min(r.H/3, 12), min(3, r.H-len(lines)))
	upper := draw.Rect{X: r.X, Y: r.Y, W: r.W, H: max(0, r.H-editor-len(lines))}
	for i, l := range lines {
		on.Put(r.X, upper.Y+upper.H+i, r.W, l)
	}
	at := draw.Rect{X: r.X, Y: upper.Y + upper.H + len(lines), W: r.W, H: editor}
	written, cursor := c.editor.Draw(on.Theme, at.W, at.H)
	for i, l := range written {
		on.Put(at.X, at.Y+i, at.W, l)
	}
	if cursor != nil && on.Focused {
		on.Cursor = &draw.Position{X: at.X + cursor.X, Y: at.Y + cursor.Y}
	}
	return upper
}
