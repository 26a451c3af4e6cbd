package story

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
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
	p := &Pane{host: h, id: of.ID, known: of, doc: document.Document{Cursor: EditField{present.FieldName}}}
	p.editor = newEditor(h, of.ID, &p.doc, func() tracker.Story { return p.read.Story })
	return Preview{p}
}

// Recall reads the story.
func (p Preview) Recall() tea.Cmd { return p.reload() }

// Attend notes that the user looks at the story.
func (p Preview) Attend() tea.Cmd { return p.see() }

// Leave does nothing: a story is read here, at once.
func (p Preview) Leave() {}
