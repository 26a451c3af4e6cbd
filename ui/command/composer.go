package command

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Composer edits a comment, on one story or on several. What was
// begun is saved as a draft until it is sent.
type Composer struct {
	dialog.Draft
	commands *Commands
	Editor   *form.Composer
	// Open is true while it is being written.
	Open bool
	// Sending is true from the key that sends it until it is saved.
	Sending bool
	// Paths are the files that it carries, by their paths; Files those attachments of its
	// story that it carries, with names.
	Paths []string
	Files []tracker.StoryFile
	// attached is the draft of these.
	attached dialog.Draft
	// restored is true when it was begun before it was opened.
	restored bool
}

// NewComposer makes a composer whose draft has a key.
func NewComposer(h *Commands, key string) Composer {
	return Composer{
		commands: h, Draft: dialog.Draft{Host: h.Host, Key: key}, attached: dialog.Draft{Host: h.Host, Key: AttachedKey(key)},
		Editor: form.NewComposer(tracker.MaxCommentText, "Write a comment."),
	}
}

// Known reports whether the comment that was begun and what it carried have been read: what
// is done now goes on with them.
func (c *Composer) Known() bool { return c.Read && c.attached.Read }

// Ask reads the comment that was begun, and what it carried.
func (c *Composer) Ask() tea.Cmd { return tea.Batch(c.Draft.Ask(), c.attached.Ask()) }

// Composing says what the actions of a comment that is being written do on a screen.
type Composing[P any] struct {
	// Composer is where the screen has it.
	Composer func(P) *Composer
	// Cannot says why it cannot be sent now, empty when it can.
	Cannot func(P) string
	// Send, Preview and Leave do what the keys are for.
	Send, Preview, Leave func(P) tea.Cmd
}

// Actions returns the records of the actions.
func (c Composing[P]) Actions() []pane.Action[P] {
	saving := func(p P) string { return c.Composer(p).saving() }
	return []pane.Action[P]{
		pane.Unless(keymap.Pick(ComposerActions(), actSend), c.Cannot, c.Send),
		pane.Unless(keymap.Pick(ComposerActions(), intent.ActPreview), c.Cannot, c.Preview),
		pane.Unless(keymap.Pick(ComposerActions(), intent.ActEditor), saving, func(p P) tea.Cmd { return c.Composer(p).openEditor() }),
		pane.Unless(keymap.Pick(ComposerActions(), actAttach), saving, func(p P) tea.Cmd { return c.Composer(p).attach() }),
		pane.Unless(leaveComposer(), saving, c.Leave),
	}
}

// Update takes what concerns the draft: what was saved earlier, that it is time to
// save it, and what the user's editor brings.
func (c *Composer) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case dialog.DraftRead:
		if msg.Key == c.Key {
			return c.found(msg)
		}
		if msg.Key == c.attached.Key {
			return c.foundAttached(msg)
		}
	case dialog.DraftDue:
		if c.IsDue(msg) {
			c.Save()
		}
	case dialog.TextEdited:
		if msg.Key == c.Key {
			return c.edited(msg)
		}
	}
	return nil
}

// found shows what was saved, above what was typed since.
func (c *Composer) found(msg dialog.DraftRead) tea.Cmd {
	if msg.Err != nil {
		return c.Fail(msg.Err)
	}
	typed := c.Editor.Value()
	if c.Read && typed == c.Kept {
		typed = "" // the draft was changed by an undo or a redo
	}
	c.Read, c.Kept = true, msg.Text
	c.restored = msg.Text != "" || c.carries() != ""
	c.Editor.SetValue(msg.Text + typed)
	return nil
}

// Write types into the comment.
func (c *Composer) Write(msg tea.Msg) tea.Cmd {
	if c.Sending {
		return nil
	}
	return tea.Batch(c.Editor.Update(msg), c.Typed())
}

// Save saves what was written and not sent.
func (c *Composer) Save() {
	if !c.Sending {
		c.Keep(c.Editor.Value())
	}
}

// Leave ends the writing and saves what was written.
func (c *Composer) Leave() {
	c.Open, c.restored = false, c.Editor.Value() != "" || c.carries() != ""
	c.Save()
}

// Send comments on stories and removes the draft.
func (c *Composer) Send(ids []tracker.StoryID, said string) tea.Cmd {
	if c.NameRequest.Guess != "" {
		c.Save() // the user is asked for a name first, and may leave instead
	}
	c.Sending = true
	key, attached, text, service, paths := c.Key, c.attached.Key, c.Editor.Value(), c.commands.Service, slices.Clone(c.Paths)
	files := present.Each(c.Files, func(f tracker.StoryFile) tracker.FileID { return f.ID })
	return ChangeNamed(c.commands, func(ctx context.Context) pane.Done {
		var err error
		if len(paths)+len(files) > 0 {
			_, err = service.Files.Comment(ctx, ids, text, []string{key, attached}, paths, files...)
		} else {
			_, err = service.Stories.Comment(ctx, ids, text, key)
		}
		return pane.Done{Said: said, Err: err, Draft: key, What: Outcome{Story: ids[0], Stories: ids, sends: true}}
	})
}

// Sent ends the writing, or goes on with it when the comment was not saved.
func (c *Composer) Sent(err error) {
	c.Sending = false
	if err == nil {
		c.Open, c.restored, c.Kept = false, false, ""
		c.Paths, c.Files = nil, nil
		c.keepAttached()
		c.Editor.SetValue("")
	}
}

// openEditor lets the user write the comment in an editor of their own.
func (c *Composer) openEditor() tea.Cmd {
	return dialog.EditText(c.Host, c.Key, c.Editor.Value())
}

// edited takes the text from the user's editor. When that failed, the draft
// stays as it was.
func (c *Composer) edited(msg dialog.TextEdited) tea.Cmd {
	if msg.Err != nil {
		return c.Fail(msg.Err)
	}
	c.Editor.SetValue(msg.Text)
	c.Save()
	return nil
}

// saving says that the comment is being saved, empty when it is not.
func (c *Composer) saving() string {
	if c.Sending {
		return "saving the comment"
	}
	return ""
}

// CannotSend says why the comment cannot be sent now, empty when it can.
func (c *Composer) CannotSend() string {
	switch {
	case c.Sending:
		return c.saving()
	case strings.TrimSpace(c.Editor.Value()) == "":
		return "write a comment first"
	}
	return c.Editor.TooLong("comments")
}

// Draw draws the comment into the lower part of r below a caption that says
// where it is sent, and returns the upper part.
func (c *Composer) Draw(on *draw.Canvas, r draw.Rect, goes string) draw.Rect {
	head := document.Writer{Theme: on.Theme, Width: r.W}
	name := "New comment"
	if c.restored {
		name = "Draft, not sent"
	}
	if c.Sending {
		goes = "saving…"
	}
	name = draw.JoinFacts(" · ", name, c.carries())
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
	dialog.DrawText(on, at, c.Editor)
	return upper
}
