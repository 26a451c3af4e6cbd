package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// updateTexts takes what concerns the texts that are being written: the
// comment, a field in place, and what the user's editor brings.
func (p *storyPane) updateTexts(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case draftRead:
		return p.draftOf(msg)
	case draftDue:
		if p.comment.fell(msg) {
			return p.keepDraft()
		}
		if p.described.fell(msg) {
			return p.keepDescription()
		}
	case done:
		return p.textSaved(msg)
	case textEdited:
		return p.fromEditor(msg)
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		if p.edit != nil {
			return p.updateEdit(msg)
		}
		return p.typeComment(msg)
	}
	return nil
}

// draftOf takes a text that was begun earlier.
func (p *storyPane) draftOf(msg draftRead) tea.Cmd {
	var d *draft
	switch msg.key {
	case p.comment.key:
		return p.draftKnown(msg)
	case p.described.key:
		d = &p.described
	case p.written.key:
		d = &p.written
	default:
		return nil
	}
	if msg.err != nil {
		return p.fail(msg.err)
	}
	d.read, d.kept = true, msg.text
	p.doc.Changed()
	return nil
}

// textSaved takes how saving a text ended, or another change of the story.
func (p *storyPane) textSaved(msg done) tea.Cmd {
	switch {
	case msg.deleted && msg.err == nil && slices.Contains(msg.stories, p.id) && p.top() == pane(p):
		return p.close() // what was done says so, and how to undo it
	case msg.draft == "" && msg.story == p.id && msg.err == nil:
		p.renewed = true
		return p.reload()
	case msg.draft == "":
	case msg.draft == p.comment.key:
		return p.sent(msg.err)
	case msg.draft == p.written.key:
		return p.written.ask()
	case p.edit != nil && msg.draft == p.edit.key:
		return p.editSaved(msg.err)
	}
	return nil
}

// fromEditor takes a text from the user's editor.
func (p *storyPane) fromEditor(msg textEdited) tea.Cmd {
	switch {
	case msg.key == p.comment.key:
		p.doc.Changed()
		return p.comment.edited(msg)
	case msg.key == p.written.key:
		return p.storyWritten(msg)
	case p.edit == nil || msg.key != p.edit.key:
		return nil
	case msg.err != nil:
		return p.fail(msg.err)
	}
	p.edit.text.SetValue(msg.text)
	return p.keepDescription()
}
