package story

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/pane"
)

// updateTexts takes what concerns the texts that are being written: the
// comment, a field in place, and what the user's editor brings.
func (p *Pane) updateTexts(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case dialog.DraftRead:
		return p.draftOf(msg)
	case dialog.DraftDue:
		if p.comment.Fell(msg) {
			return p.keepDraft()
		}
		if p.described.Fell(msg) {
			return p.keepDescription()
		}
	case pane.Done:
		return p.textSaved(msg)
	case dialog.TextEdited:
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
func (p *Pane) draftOf(msg dialog.DraftRead) tea.Cmd {
	var d *dialog.Draft
	switch msg.Key {
	case p.comment.Key:
		return p.draftKnown(msg)
	case p.described.Key:
		d = &p.described
	case p.written.Key:
		d = &p.written
	default:
		return nil
	}
	if msg.Err != nil {
		return p.Fail(msg.Err)
	}
	d.Read, d.Kept = true, msg.Text
	p.doc.Changed()
	return nil
}

// textSaved takes how saving a text ended, or another change of the story.
func (p *Pane) textSaved(msg pane.Done) tea.Cmd {
	switch of := command.OutcomeOf(msg); {
	case of.Deleted && msg.Err == nil && slices.Contains(of.Stories, p.id) && p.Top() == pane.Pane(p):
		return p.Close() // what was done says so, and how to undo it
	case msg.Draft == "" && of.Story == p.id && msg.Err == nil:
		p.renewed = true
		return p.reload()
	case msg.Draft == "":
	case msg.Draft == p.comment.Key:
		return p.sent(msg.Err)
	case msg.Draft == p.written.Key:
		return p.written.Ask()
	case p.edit != nil && msg.Draft == p.edit.key:
		return p.editSaved(msg.Err)
	}
	return nil
}

// fromEditor takes a text from the user's editor.
func (p *Pane) fromEditor(msg dialog.TextEdited) tea.Cmd {
	switch {
	case msg.Key == p.comment.Key:
		p.doc.Changed()
		return p.comment.Edited(msg)
	case msg.Key == p.written.Key:
		return p.storyWritten(msg)
	case p.edit == nil || msg.Key != p.edit.key:
		return nil
	case msg.Err != nil:
		return p.Fail(msg.Err)
	}
	p.edit.text.SetValue(msg.Text)
	return p.keepDescription()
}
