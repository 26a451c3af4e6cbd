package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/present"
)

// linkUse is what the address of a story's ticket is wanted for.
type linkUse int

const (
	useBrowser linkUse = iota
	useClipboard
)

// linksRead brings the tickets that a story is linked to.
type linksRead struct {
	story tracker.StoryID
	use   linkUse
	links []tracker.Link
	err   error
}

// browseStory opens a story's ticket in the browser and asks which if there
// are several.
func (s *shell) browseStory(id tracker.StoryID) tea.Cmd { return s.readLinks(id, useBrowser) }

// copyStoryURL copies the address of a story's ticket.
func (s *shell) copyStoryURL(id tracker.StoryID) tea.Cmd { return s.readLinks(id, useClipboard) }

func (s *shell) readLinks(id tracker.StoryID, use linkUse) tea.Cmd {
	service := s.service
	return s.ask(func(ctx context.Context) tea.Msg {
		d, err := service.Stories.Story(ctx, id)
		return linksRead{id, use, d.Story.Tickets, err}
	})
}

// useLinks uses the only ticket, or asks which of several.
func (s *shell) useLinks(msg linksRead) tea.Cmd {
	switch {
	case msg.err != nil:
		return s.fail(msg.err)
	case len(msg.links) == 0:
		return s.refuse(fmt.Sprintf("%s has no linked ticket", msg.story))
	case len(msg.links) == 1:
		return s.useLink(msg.links[0], msg.use)
	}
	return s.open(newChooser(s, "Which ticket?", linkChoices(msg.links), func(i int) tea.Cmd {
		return s.useLink(msg.links[i], msg.use)
	}), placeOverlay)
}

// linkChoices are tickets to choose from.
func linkChoices(links []tracker.Link) []choice {
	return present.Each(links, func(l tracker.Link) choice {
		return choice{key: l.Ticket.ID.String(), text: present.Cell(l.URL), note: present.Cell(l.Integration)}
	})
}

func (s *shell) useLink(l tracker.Link, use linkUse) tea.Cmd {
	if use == useClipboard {
		return s.copyText(l.URL)
	}
	return s.browse(l.URL)
}

// browse shows an address in the browser. Where none is opened, as over SSH, the
// user is handed the address.
func (s *shell) browse(url string) tea.Cmd {
	open := s.openBrowser
	return s.do(func(context.Context) tea.Msg {
		if err := open(url); err != nil {
			url := draw.Line(url)
			return done{copied: url, err: fmt.Errorf("copied %s; the browser could not be opened: %w", url, err)}
		}
		return done{said: "Opened " + url}
	})
}

// copyText puts a line on the clipboard and says so.
func (s *shell) copyText(what string) tea.Cmd {
	what = draw.Line(what)
	return tea.Batch(s.clip(what), s.say("Copied "+what))
}

// maxCopied is how much is copied at once at most, in bytes: more than that many
// terminals drop without a word.
const maxCopied = 64 << 10

// clip puts a text that is safe on the clipboard: through the terminal (OSC 52), which
// works over SSH, and with the system's own tool where there is one, which
// works where the terminal does not know how.
func (s *shell) clip(what string) tea.Cmd {
	if s.copyNatively == nil {
		return tea.SetClipboard(what)
	}
	write := s.copyNatively
	return tea.Batch(tea.SetClipboard(what), s.do(func(ctx context.Context) tea.Msg {
		_ = write(ctx, what) // the terminal has it already
		return nil
	}))
}
