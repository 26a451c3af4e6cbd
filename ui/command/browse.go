package command

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// linkUse is what the address of a story's ticket is wanted for.
type linkUse int

const (
	useBrowser linkUse = iota
	useClipboard
)

// LinksRead brings the tickets that a story is linked to.
type LinksRead struct {
	story tracker.StoryID
	use   linkUse
	links []tracker.Link
	err   error
}

// BrowseStory opens a story's ticket in the browser and asks which if there
// are several.
func BrowseStory(s *pane.Host, id tracker.StoryID) tea.Cmd { return readLinks(s, id, useBrowser) }

// CopyStoryURL copies the address of a story's ticket.
func CopyStoryURL(s *pane.Host, id tracker.StoryID) tea.Cmd { return readLinks(s, id, useClipboard) }

func readLinks(s *pane.Host, id tracker.StoryID, use linkUse) tea.Cmd {
	service := s.Service
	return s.Ask(func(ctx context.Context) tea.Msg {
		d, err := service.Stories.Story(ctx, id)
		return LinksRead{id, use, d.Story.Tickets, err}
	})
}

// UseLinks uses the only ticket, or asks which of several.
func UseLinks(s *pane.Host, msg LinksRead) tea.Cmd {
	switch {
	case msg.err != nil:
		return s.Fail(msg.err)
	case len(msg.links) == 0:
		return s.Refuse(fmt.Sprintf("%s has no linked ticket", msg.story))
	case len(msg.links) == 1:
		return useLink(s, msg.links[0], msg.use)
	}
	return s.Open(dialog.NewChooser(s, "Which ticket?", LinkChoices(msg.links), func(i int) tea.Cmd {
		return useLink(s, msg.links[i], msg.use)
	}), pane.Overlay)
}

// LinkChoices are tickets to choose from.
func LinkChoices(links []tracker.Link) []dialog.Choice {
	return present.Each(links, func(l tracker.Link) dialog.Choice {
		return dialog.Choice{Key: l.Ticket.ID.String(), Text: present.Cell(l.URL), Note: present.Cell(l.Integration)}
	})
}

func useLink(s *pane.Host, l tracker.Link, use linkUse) tea.Cmd {
	if use == useClipboard {
		return s.CopyText(l.URL)
	}
	return s.Browse(l.URL)
}
