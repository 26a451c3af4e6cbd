package story

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/text"
)

// askWhose asks whose text counts, where saving failed because somebody else has changed the
// same text meanwhile. Who is somewhere else by now is told by the error alone.
func askWhose(p *Pane, err error) tea.Cmd {
	var over *tracker.OvertakenError
	if !errors.As(err, &over) || p.Top() != pane.Pane(p) {
		return nil
	}
	brief := fmt.Sprintf("The %s has changed.", over.Field)
	if over.By != "" {
		when := "just now"
		if age := text.Age(p.Now(), over.At); age != "now" {
			when = age + " ago"
		}
		brief = fmt.Sprintf("%s changed the %s %s.", present.Cell(over.By), over.Field, when)
	}
	texts := []string{brief}
	if over.Field == present.FieldName {
		texts = []string{fmt.Sprintf("%s It is now “%s”.", brief, present.Cell(over.Now.Name)), brief}
	}
	return dialog.AskWhose(p.Host, texts, func() tea.Cmd { return keepTheirs(p, over.Now) }, func() tea.Cmd {
		if !p.editor.open() {
			return nil
		}
		return p.editor.save()
	})
}

// keepTheirs ends the editing. What the user typed stays as a draft.
func keepTheirs(p *Pane, now tracker.Story) tea.Cmd {
	if !p.editor.open() {
		return nil
	}
	key := p.Keys.Key(keymap.ScopeStops, intent.ActOpen)
	if p.editor.edit.text == nil {
		p.written.Keep(p.written.named(p.editor.edit.value(), now, p.editor.edit.was))
		key = p.Keys.Key(keymap.ScopeItem, intent.ActWrite)
	} else {
		p.editor.keep()
	}
	p.editor.close()
	return p.Say(fmt.Sprintf("Theirs stays; yours is saved as a draft, %s continues it", key))
}
