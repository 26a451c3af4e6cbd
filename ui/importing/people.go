package importing

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/transfer"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/pane"
)

// askPerson asks who is meant by a name of the file, and goes on then.
func (p *Pane) askPerson(person transfer.Person, then func() tea.Cmd) tea.Cmd {
	here := person.Alike
	if person.Name != person.Here {
		here = []string{person.Here}
	}
	here = append(here[:len(here):len(here)], person.Name)
	rows := make([]dialog.Choice, len(here))
	for i, name := range here {
		rows[i] = dialog.Choice{Text: draw.Line(name), Current: name == person.Here}
	}
	rows[len(rows)-1].Note = "as in the file"
	return p.Open(dialog.NewChooser(p.Host, "Who is "+draw.Line(person.Name)+"?", rows, func(i int) tea.Cmd {
		p.people[person.Name] = here[i]
		return then()
	}), pane.Overlay)
}
