package ui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// A story's name and description make one text for the user's editor: the
// first line is the name, what follows is the description.

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

// writtenKey names the draft of a story's text.
func writtenKey(story tracker.StoryID) string { return fmt.Sprintf("story/%s/text", story) }

// writeStory opens the story's text, or the draft of it, in the user's editor.
func (p *storyPane) writeStory() tea.Cmd {
	p.base = p.detail.Story
	text := storyText(p.base)
	if p.written.kept != "" {
		text = p.written.kept
	}
	return p.editText(p.written.key, text)
}

// storyWritten saves what came from the editor. What cannot be saved, and what
// a failed editor left, is kept as a draft.
func (p *storyPane) storyWritten(msg textEdited) tea.Cmd {
	edit, changed := editOf(p.base, msg.text)
	switch {
	case !changed && msg.err == nil:
		return tea.Batch(p.keepWritten(""), p.say("No changes"))
	case !changed:
		return p.fail(msg.err)
	case msg.err != nil:
		return tea.Batch(p.keepWritten(msg.text), p.fail(keptDraft(msg.err, p.keys.Key(keymap.ScopeItem, intent.ActWrite))))
	}
	key, service, again := p.written.key, p.service, p.keys.Key(keymap.ScopeItem, intent.ActWrite)
	p.written.kept, p.drafts[key] = "", typedText{text: msg.text}
	return p.changeNamed(func(ctx context.Context) done {
		text, said := "", fmt.Sprintf("%s saved", edit.ID)
		_, err := service.Stories.EditStory(ctx, edit)
		if err != nil {
			text, err = msg.text, keptDraft(err, again)
		}
		if kept := service.Settings.SaveDraft(context.WithoutCancel(ctx), key, text); kept != nil {
			err = kept
		}
		return done{said: said, err: err, story: edit.ID, draft: key, kept: keptText{key, msg.text}}
	})
}

// editOf is the change from a story to a text that was written of it; changed is
// false when there is none.
func editOf(base tracker.Story, text string) (edit tracker.StoryEdit, changed bool) {
	edit = tracker.StoryEdit{ID: base.ID, Base: &base}
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

// keptDraft says that a text was not saved but is kept; key goes on with it.
func keptDraft(err error, key string) error {
	return fmt.Errorf("%w; your text is saved as a draft, %s continues it", err, key)
}

// keepWritten keeps a text as the draft, or forgets the draft.
func (p *storyPane) keepWritten(text string) tea.Cmd {
	p.doc.Changed()
	return p.written.keep(text)
}
