package story

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/present"
)

// Preview is the detail of a story that is drawn without the focus: nothing can be
// written in it.
type Preview struct{ *Pane }

// NewPreview makes the preview of a story. It shows what a row knows until the story
// was read.
func NewPreview(c *command.Commands, s UseCases, of tracker.Card) Preview {
	h := &host{c, s}
	p := &Pane{host: h, id: of.ID, known: of, unread: make(map[int64]bool), doc: document.Document{Cursor: EditField{present.FieldName}}}
	p.editor = newEditor(h, of.ID, &p.doc, func() tracker.Story { return p.read.Story })
	return Preview{p}
}

// Recall reads the story.
func (p Preview) Recall() tea.Cmd { return p.reload() }

// Attend notes that the user looks at the story.
func (p Preview) Attend(time.Time) tea.Cmd {
	p.attended = true
	return p.attend(true)
}

// Update follows what changes. Texts that are written in the story's detail are none
// of its business: that has them.
func (p Preview) Update(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case dialog.DraftRead, dialog.DraftDue, dialog.TextEdited:
		return nil
	}
	return p.Pane.Update(msg)
}

// Leave does nothing: a story is read here, at once.
func (p Preview) Leave() {}
