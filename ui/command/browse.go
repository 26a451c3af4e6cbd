package command

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/kind"
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
func BrowseStory(h *Commands, id tracker.StoryID) tea.Cmd { return readLinks(h, id, useBrowser) }

// CopyStoryURL copies the address of a story's ticket.
func CopyStoryURL(h *Commands, id tracker.StoryID) tea.Cmd { return readLinks(h, id, useClipboard) }

func readLinks(h *Commands, id tracker.StoryID, use linkUse) tea.Cmd {
	service := h.Service
	return h.Ask(func(ctx context.Context) tea.Msg {
		d, err := service.Stories.Story(ctx, id)
		return LinksRead{id, use, d.Story.Tickets, err}
	})
}

// UseLinks uses the only ticket, or asks which of several.
func UseLinks(h *pane.Host, msg LinksRead) tea.Cmd {
	switch {
	case msg.err != nil:
		return h.Fail(msg.err)
	case len(msg.links) == 0:
		return h.Refuse(fmt.Sprintf("%s has no linked ticket", msg.story))
	case len(msg.links) == 1:
		return useLink(h, msg.links[0], msg.use)
	}
	return h.Open(dialog.NewChooser(h, "Which ticket?", LinkChoices(msg.links), func(i int) tea.Cmd {
		return useLink(h, msg.links[i], msg.use)
	}), pane.Overlay)
}

// LinkChoices are tickets to choose from.
func LinkChoices(links []tracker.Link) []dialog.Choice {
	return present.Each(links, func(l tracker.Link) dialog.Choice {
		return dialog.Choice{Key: present.Cell(kind.LinkLabel(l)), Text: present.Cell(l.URL), Note: present.Cell(l.Integration)}
	})
}

func useLink(h *pane.Host, l tracker.Link, use linkUse) tea.Cmd {
	if use == useClipboard {
		return h.CopyText(l.URL)
	}
	return h.Browse(l.URL)
}
