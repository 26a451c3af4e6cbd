package command

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// actAttach attaches a file to the comment that is being written.
const actAttach intent.ActionID = "attach"

// attachedDraft begins the keys of drafts of what comments carry, before the comment's.
const attachedDraft = "attached"

// attach asks for a file that the comment carries; an empty answer leaves those out that
// it carries. The files are read when the comment is sent.
func (c *Composer) attach() tea.Cmd {
	prompt := dialog.NewPathPrompt(c.Host, "Attach to the comment", "", dialog.AnyFile, func(typed string) tea.Cmd {
		path := dialog.UserPath(c.Host, typed)
		switch {
		case path == "":
			c.Paths, c.Files = nil, nil
		case slices.Contains(c.Paths, absolute(path)):
			return c.Refuse(draw.Line(filepath.Base(path)) + " is attached already")
		default:
			c.Paths = append(c.Paths, absolute(path))
		}
		c.keepAttached()
		return nil
	})
	prompt.Hint = "a path such as ~/invoice.pdf  tab completes"
	if c.carries() != "" {
		prompt.Hint += "; empty leaves the attached files out"
	}
	return c.Host.Open(prompt, pane.Line)
}

// absolute is a path that means the same wherever the program is started.
func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return filepath.Clean(path) // the folder that it is in no longer exists
}

// Carry makes the comment carry an attachment of its story.
func (c *Composer) Carry(f tracker.StoryFile) {
	if !slices.ContainsFunc(c.Files, func(of tracker.StoryFile) bool { return of.ID == f.ID }) {
		c.Files = append(c.Files, f)
		c.keepAttached()
	}
}

// carries names what the comment carries, empty for nothing.
func (c *Composer) carries() string {
	var names []string
	for _, path := range c.Paths {
		names = append(names, draw.Line(filepath.Base(path)))
	}
	for _, f := range c.Files {
		names = append(names, draw.Line(f.Name))
	}
	if len(names) == 0 {
		return ""
	}
	return "with " + strings.Join(names, ", ")
}

// carried is what a comment carries, as it is saved with its draft.
type carried struct {
	Paths []string      `json:"paths,omitempty"`
	Files []carriedFile `json:"files,omitempty"`
}

type carriedFile struct {
	ID   tracker.FileID `json:"id"`
	Name string         `json:"name"`
}

// AttachedKey names the draft of what a comment carries, whose text has a key.
func AttachedKey(key string) string { return attachedDraft + "/" + key }

// AttachedText writes what a comment carries as its draft has it, empty for nothing.
func AttachedText(paths []string, files []tracker.StoryFile) string {
	if len(paths)+len(files) == 0 {
		return ""
	}
	now := carried{Paths: paths}
	for _, f := range files {
		now.Files = append(now.Files, carriedFile{f.ID, f.Name})
	}
	text, err := json.Marshal(now)
	if err != nil {
		return "" // numbers and texts always can be written
	}
	return string(text)
}

// AttachedTo is what a comment carries that was removed or added again, as it is saved
// beside the draft of its text; nothing where there is none.
func AttachedTo(undone tracker.Undone, draft string) string {
	if draft == "" {
		return ""
	}
	return AttachedText(undone.Paths, undone.Files)
}

// Redrafted says what of a comment that was removed is a draft.
func Redrafted(undone tracker.Undone) string {
	switch len(undone.Paths) + len(undone.Files) {
	case 0:
		return "its text is a draft"
	case 1:
		return "its text and its file are a draft"
	}
	return "its text and its files are a draft"
}

// keepAttached saves what the comment carries, as its text is saved.
func (c *Composer) keepAttached() { c.attached.Keep(AttachedText(c.Paths, c.Files)) }

// foundAttached takes what the comment carried when it was left.
func (c *Composer) foundAttached(msg dialog.DraftRead) tea.Cmd {
	if msg.Err != nil {
		return c.Fail(msg.Err)
	}
	if c.attached.Read && AttachedText(c.Paths, c.Files) == c.attached.Kept {
		c.Paths, c.Files = nil, nil // the draft was changed by an undo or a redo
	}
	c.attached.Read, c.attached.Kept = true, msg.Text
	var was carried
	if msg.Text != "" {
		if err := json.Unmarshal([]byte(msg.Text), &was); err != nil {
			return c.Fail(fmt.Errorf("the files attached to the draft cannot be read: %w", err))
		}
	}
	for _, path := range was.Paths {
		if !slices.Contains(c.Paths, path) {
			c.Paths = append(c.Paths, path)
		}
	}
	for _, f := range was.Files {
		c.Carry(tracker.StoryFile{ID: f.ID, Name: f.Name})
	}
	c.restored = c.Kept != "" || msg.Text != ""
	c.keepAttached()
	return nil
}
