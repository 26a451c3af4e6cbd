package story

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
)

// written is the text of a story, its name and description, as it is written in the
// user's editor.
type written struct {
	dialog.Draft
	host *host
	// base is the story as it was when the editor was opened.
	base tracker.Story
}

func newWritten(h *host, story tracker.StoryID) written {
	return written{host: h, Draft: dialog.Draft{Host: h.Host, Key: fmt.Sprintf("story/%s/text", story)}}
}

// storyText writes the text of a story.
func storyText(st tracker.Story) string {
	name := strings.Join(strings.Fields(st.Name), " ")
	if st.Description == "" {
		return name + "\n"
	}
	return name + "\n\n" + st.Description
}

// splitStoryText reads what storyText wrote.
func splitStoryText(text string) (name, description string) {
	name, description, _ = strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	return strings.TrimSpace(name), strings.Trim(description, "\n")
}

// named is the text of a story with the name that the user typed. What is saved as a
// draft already stays in it, a name that was written there above its description; was
// is the name that the story had.
func (w *written) named(name string, now tracker.Story, was string) string {
	mine := now
	if w.Kept != "" {
		drafted, description := splitStoryText(w.Kept)
		if mine.Description = description; drafted != "" && drafted != name && drafted != now.Name && drafted != was {
			mine.Description = strings.TrimRight(drafted+"\n\n"+description, "\n")
		}
	}
	mine.Name = name
	return storyText(mine)
}

// open opens the story's text, or the draft of it, in the user's editor.
func (w *written) open(st tracker.Story) tea.Cmd {
	w.base = st
	text := storyText(st)
	if w.Kept != "" {
		text = w.Kept
	}
	return dialog.EditText(w.Host, w.Key, text)
}

// update takes the draft that was saved earlier, and what the editor brings.
func (w *written) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case dialog.DraftRead:
		if msg.Key == w.Key {
			return found(&w.Draft, msg)
		}
	case dialog.TextEdited:
		if msg.Key == w.Key {
			return w.save(msg)
		}
	}
	return nil
}

// save saves what came from the editor. What cannot be saved, and what a failed
// editor left, is saved as a draft.
func (w *written) save(msg dialog.TextEdited) tea.Cmd {
	edit, changed := editOf(w.base, msg.Text)
	again := w.Keys.Key(keymap.ScopeItem, intent.ActWrite)
	switch {
	case !changed && msg.Err == nil:
		w.Keep("")
		return w.Say("No changes")
	case !changed:
		return w.Fail(msg.Err)
	case msg.Err != nil:
		w.Keep(msg.Text)
		return w.Fail(keptDraft(msg.Err, again))
	}
	key, id, service, settings := w.Key, w.base.ID, w.host.Service, w.Settings
	w.Kept, w.Drafts[key] = "", pane.TypedText{Text: msg.Text}
	return command.ChangeNamed(w.host.Commands, func(ctx context.Context) pane.Done {
		text, said := "", fmt.Sprintf("%s saved", id)
		_, err := service.Stories.Edit(ctx, []tracker.StoryID{id}, edit)
		if err != nil {
			text, err = msg.Text, keptDraft(err, again)
		}
		if kept := settings.SaveDraft(context.WithoutCancel(ctx), key, text); kept != nil {
			err = errors.Join(err, kept)
		}
		return pane.Done{Said: said, Err: err, Draft: key, Saved: pane.SavedDraft{Key: key, Text: msg.Text}, What: command.Outcome{Story: id}}
	})
}

// editOf is the change from a story to a text that was written of it; changed is
// false when there is none.
func editOf(base tracker.Story, text string) (edit tracker.StoryEdit, changed bool) {
	edit = tracker.StoryEdit{Base: &base}
	oldName, oldDescription := splitStoryText(storyText(base))
	name, description := splitStoryText(text)
	if name != oldName {
		edit.Name = &name
	}
	if description != oldDescription {
		edit.Description = &description
	}
	return edit, edit.Name != nil || edit.Description != nil
}

// keptDraft says that a text was not saved to the story but as a draft, which key
// continues.
func keptDraft(err error, key string) error {
	return fmt.Errorf("%w; your text is saved as a draft, %s continues it", err, key)
}

// found takes a draft that was saved earlier.
func found(d *dialog.Draft, msg dialog.DraftRead) tea.Cmd {
	if msg.Err != nil {
		return d.Fail(msg.Err)
	}
	d.Read, d.Kept = true, msg.Text
	return nil
}
