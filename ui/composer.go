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
func (c *composer) disabled(id actionID) string {
	sends := id == actSend || id == actPreview
	switch over := c.editor.Over(); {
	case c.sending && (sends || id == actBack || id == actEditor):
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
func (c *composer) draw(on *canvas, r rect, goes string) rect {
	head := docWriter{theme: on.theme, width: r.w}
	name := "New comment"
	if c.restored {
		name = "Draft, not sent"
	}
	if c.sending {
		goes = "saving…"
	}
	if caption := joinFacts(" · ", name, goes); text.Width(caption)+6 <= r.w {
		head.rule(caption)
	} else {
		head.rule(name)
		head.paragraph(nil, theme.Muted, goes)
	}
	lines := head.lines[:min(len(head.lines), max(3, r.h/4))]
	editor := max(min(r.h/3, 12), min(3, r.h-len(lines)))
	upper := rect{r.x, r.y, r.w, max(0, r.h-editor-len(lines))}
	for i, l := range lines {
		on.put(r.x, upper.y+upper.h+i, r.w, l)
	}
	at := rect{r.x, upper.y + upper.h + len(lines), r.w, editor}
	written, cursor := c.editor.Draw(on.theme, at.w, at.h)
	for i, l := range written {
		on.put(at.x, at.y+i, at.w, l)
	}
	if cursor != nil && on.focused {
		on.cursor = &position{at.x + cursor.X, at.y + cursor.Y}
	}
	return upper
}
