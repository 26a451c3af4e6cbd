package board

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// cannotFollow says that stories lead to no ticket, empty when one does.
func (a *storyActions) cannotFollow(cards []tracker.Card) string {
	switch {
	case slices.ContainsFunc(cards, func(c tracker.Card) bool { return c.Tickets > 0 }):
		return ""
	case len(cards) == 1:
		return fmt.Sprintf("%s has no linked ticket", cards[0].ID)
	}
	return "none of the marked stories has a linked ticket"
}

// browseTickets opens the tickets of stories in the browser.
func (a *storyActions) browseTickets(cards []tracker.Card) tea.Cmd {
	if len(cards) == 1 {
		return command.BrowseStory(a.Commands, cards[0].ID)
	}
	return readLinks(a.host, cards, browseLinks)
}

// copyAddresses puts the addresses of the tickets of stories on the clipboard.
func (a *storyActions) copyAddresses(cards []tracker.Card) tea.Cmd {
	if len(cards) == 1 {
		return command.CopyStoryURL(a.Commands, cards[0].ID)
	}
	return readLinks(a.host, cards, copyLinks)
}

// unlink asks which ticket to unlink from stories.
func (a *storyActions) unlink(cards []tracker.Card) tea.Cmd {
	if len(cards) == 1 {
		return a.inDetail(intent.ActUnlink, cards)
	}
	return readLinks(a.host, cards, askUnlink)
}

// linksRead brings the tickets that several stories are linked to, each once.
type linksRead struct {
	stories []tracker.StoryID
	links   []tracker.Link
	use     func(*host, linksRead) tea.Cmd
	err     error
}

// readLinks reads the tickets of several stories, to do something to them.
func readLinks(h *host, cards []tracker.Card, use func(*host, linksRead) tea.Cmd) tea.Cmd {
	service, ids := h.Commands.Service, present.IDsOf(cards)
	return h.Ask(func(ctx context.Context) tea.Msg {
		stories, err := command.StoriesThere(ctx, service, ids)
		return linksRead{ids, command.LinksOf(stories), use, err}
	})
}

// useLinks does what the tickets were read for.
func useLinks(h *host, msg linksRead) tea.Cmd {
	if msg.err != nil {
		return h.Fail(msg.err)
	}
	return msg.use(h, msg)
}

func (msg linksRead) urls() []string {
	return present.Each(msg.links, func(l tracker.Link) string { return l.URL })
}

func browseLinks(h *host, msg linksRead) tea.Cmd { return browseAll(h.Host, msg.urls()) }

func copyLinks(h *host, msg linksRead) tea.Cmd { return copyLines(h.Host, msg.urls()) }

// askUnlink asks which of the tickets to unlink.
func askUnlink(h *host, msg linksRead) tea.Cmd {
	ids, links, service := msg.stories, msg.links, h.Service
	title := fmt.Sprintf("Unlink which ticket from %s?", present.StoryCount(len(ids)))
	return h.Open(dialog.NewChooser(h.Host, title, command.LinkChoices(links), func(i int) tea.Cmd {
		ticket := links[i].Ticket
		comments := command.DeliveriesOf(ids, ticket)
		return command.Settle(h.Commands, fmt.Sprintf("unlink %s", ticket.ID), func(ctx context.Context, drop bool) pane.Done {
			err := service.Stories.UnlinkTicket(ctx, ids, ticket, drop)
			return pane.Done{Said: fmt.Sprintf("%s unlinked", ticket.ID), Err: err, What: command.Outcome{Story: ids[0], Stories: ids}}
		}, comments...)
	}), pane.Overlay)
}

// browseAll opens addresses in the browser, unless they are too many.
func browseAll(h *pane.Host, urls []string) tea.Cmd {
	if len(urls) > command.MaxBrowsed {
		return h.Refuse(command.TooManyToBrowse(len(urls)))
	}
	return tea.Batch(present.Each(urls, h.Browse)...)
}

// copyLines puts lines on the clipboard.
func copyLines(h *pane.Host, lines []string) tea.Cmd {
	if len(lines) == 1 {
		return h.CopyText(lines[0])
	}
	what := strings.Join(present.Each(lines, draw.Line), "\n")
	if len(what) > pane.MaxCopied {
		return h.Refuse(fmt.Sprintf("%d lines are too many for the clipboard; mark fewer", len(lines)))
	}
	return tea.Batch(h.Clip(what), h.Say("Copied "+present.Counted(len(lines), "line", "lines")))
}
