package command

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// HasStory is a ticket from which a story is to be made although it has one.
type HasStory struct {
	Ticket  tracker.TicketID
	Stories []tracker.StoryRef
	// Another makes another story, Link links the ticket to one that is there.
	Another, Link func() tea.Cmd
}

// AskHasStory asks once what becomes of a ticket that has a story already: another
// story, or one that is there.
func AskHasStory(h *Commands, t HasStory) tea.Cmd {
	last := t.Stories[len(t.Stories)-1]
	has, to := fmt.Sprintf("%s has %s (%s)", t.Ticket, last.ID, last.State), "go to "+last.ID.String()
	if n := len(t.Stories); n > 1 {
		has, to = fmt.Sprintf("%s has %s", t.Ticket, present.StoryCount(n)), "go to one"
	}
	return h.Open(&dialog.Question{
		Host: h.Host, Text: has + ".", Asked: keymap.ScopeHasStory,
		Shorter: []string{has + ".", fmt.Sprintf("Has %s.", last.ID), fmt.Sprintf("%s.", last.ID)},
		Answers: []dialog.Answer{
			{ID: intent.ActAnother, Text: "another story", Brief: "another", Do: t.Another},
			{ID: intent.ActGoTo, Text: to, Brief: "go", Do: func() tea.Cmd {
				return ChooseStory(h, fmt.Sprintf("Stories of %s", t.Ticket), t.Stories, func(s tracker.StoryRef) tea.Cmd { return h.GoTo(intent.OpenStory{ID: s.ID}) })
			}},
			{ID: intent.ActLink, Text: "link to a story", Brief: "link", Do: t.Link},
			{ID: intent.ActNo, Text: "cancel", Brief: "no"},
		},
	}, pane.Line)
}

// ChooseStory asks which of a ticket's stories something is done to, where there are
// several.
func ChooseStory(h *Commands, title string, stories []tracker.StoryRef, do func(tracker.StoryRef) tea.Cmd) tea.Cmd {
	if len(stories) == 1 {
		return do(stories[0])
	}
	rows := present.Each(stories, func(s tracker.StoryRef) dialog.Choice {
		return dialog.Choice{Key: s.ID.String(), Text: present.Cell(s.Name), Note: string(s.State)}
	})
	return h.Open(dialog.NewChooser(h.Host, title, rows, func(i int) tea.Cmd { return do(stories[i]) }), pane.Overlay)
}
