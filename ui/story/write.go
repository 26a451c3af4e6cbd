package story

import (
	"context"
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
func (p *Pane) writeStory() tea.Cmd {
	p.base = p.detail.Story
	text := storyText(p.base)
	if p.written.Kept != "" {
		text = p.written.Kept
	}
	return dialog.EditText(p.Host, p.written.Key, text)
}

// storyWritten saves what came from the editor. What cannot be saved, and what
// a failed editor left, is kept as a draft.
func (p *Pane) storyWritten(msg dialog.TextEdited) tea.Cmd {
	edit, changed := editOf(p.base, msg.Text)
	switch {
	case !changed && msg.Err == nil:
		return tea.Batch(p.keepWritten(""), p.Say("No changes"))
	case !changed:
		return p.Fail(msg.Err)
	case msg.Err != nil:
		return tea.Batch(p.keepWritten(msg.Text), p.Fail(keptDraft(msg.Err, p.Keys.Key(keymap.ScopeItem, intent.ActWrite))))
	}
	key, service, again := p.written.Key, p.Service, p.Keys.Key(keymap.ScopeItem, intent.ActWrite)
	p.written.Kept, p.Drafts[key] = "", pane.TypedText{Text: msg.Text}
	return command.ChangeNamed(p.Host, func(ctx context.Context) pane.Done {
		text, said := "", fmt.Sprintf("%s saved", edit.ID)
		_, err := service.Stories.EditStory(ctx, edit)
		if err != nil {
			text, err = msg.Text, keptDraft(err, again)
		}
		if kept := service.Settings.SaveDraft(context.WithoutCancel(ctx), key, text); kept != nil {
			err = kept
		}
		return pane.Done{Said: said, Err: err, Draft: key, Kept: pane.KeptText{Key: key, Text: msg.Text}, What: command.Outcome{Story: edit.ID}}
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
func (p *Pane) keepWritten(text string) tea.Cmd {
	p.doc.Changed()
	return p.written.Keep(text)
}
