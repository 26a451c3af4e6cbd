package command

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/text"
)

// Made is a story that was just made of tickets. Until the next change the key that
// links moves the tickets to another one instead, above all to a similar one. Of
// several that were made at once it has only the stories.
type Made struct {
	stories []tracker.Story
	created tracker.StoryID
	name    string
	tickets []tracker.TicketID
	// again is true where the user knew of another story of the tickets.
	again bool
	alike []tracker.Card
	// offer is the message that offers to link its tickets to a similar story.
	offer *pane.Toast
}

// of reports whether it was made of a ticket.
func (m *Made) of(id tracker.TicketID) bool { return m != nil && slices.Contains(m.tickets, id) }

// offered reports whether the offer to link its tickets elsewhere is on the screen.
func (m *Made) offered(h *pane.Host) bool {
	return m != nil && m.offer != nil && m.offer == h.Toasts.Current
}

// LastMade is what the last change made of tickets, nil for nothing.
func LastMade(h *pane.Host) *Made { return OutcomeOf(h.Last).made }

// MakeStory makes one story of tickets.
func MakeStory(h *Commands, from tracker.FromTickets) tea.Cmd {
	service := h.Service
	from.Template = true
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		all, err := service.Stories.AddFromTickets(ctx, from)
		if err != nil {
			return pane.Done{Err: err}
		}
		st := all[0]
		said := fmt.Sprintf("Story %s created from %s", st.ID, present.SomeOf(from.Tickets))
		made := &Made{created: st.ID, stories: all, name: st.Name, tickets: from.Tickets, again: from.Again}
		return pane.Done{Said: said, What: Outcome{Story: st.ID, Reveal: true, Tickets: from.Tickets, made: made}}
	})
}

// Describe completes the descriptions of stories that were just made of tickets.
// That is read from Zendesk, so it comes after the change and delays nothing.
func Describe(h *Commands, made *Made) tea.Cmd {
	if made == nil {
		return nil
	}
	service, stories := h.Service, made.stories
	return h.Do(func(ctx context.Context) tea.Msg {
		service.Conversation.Describe(ctx, stories...)
		return nil // the store reports what it changed
	})
}

// AlikeRead brings the stories that are similar to one that was just made.
type AlikeRead struct {
	to    tracker.StoryID
	cards []tracker.Card
	err   error
}

// FindAlike looks for stories that are similar to the one that the last change made.
// It comes after that change was reported, so that nobody waits for it.
func FindAlike(h *Commands) tea.Cmd {
	last := LastMade(h.Host)
	if last == nil || last.created == 0 || last.again {
		return nil
	}
	service, project, made := h.Service, h.Project.ID, *last
	return h.Do(func(ctx context.Context) tea.Msg {
		cards, err := service.Stories.Alike(ctx, project, []string{made.name}, made.created)
		return AlikeRead{made.created, cards, err}
	})
}

// OfferAlike names stories that are similar to the one that was just made.
func OfferAlike(h *pane.Host, msg AlikeRead) tea.Cmd {
	made := LastMade(h)
	switch {
	case msg.err != nil:
		return h.Fail(msg.err)
	case made == nil || made.created != msg.to || len(msg.cards) == 0:
		return nil
	}
	made.alike = msg.cards
	like, link, undo := msg.cards[0], h.Keys.Key(keymap.ScopeItem, intent.ActLink), h.Keys.Key(keymap.ScopeGlobal, intent.ActUndo)
	said := fmt.Sprintf("%s created · %s look like it, %s links there instead · %s undo", msg.to, present.StoryCount(len(msg.cards)), link, undo)
	if len(msg.cards) == 1 {
		said = fmt.Sprintf("%s created · %s links to %s “%s” instead · %s undo", msg.to, link, like.ID, text.Truncate(present.Cell(like.Name), 24), undo)
	}
	shown := h.Say(said)
	made.offer = h.Toasts.Current
	return shown
}

// MakeStories makes a story of each ticket.
func MakeStories(h *Commands, from tracker.FromTickets) tea.Cmd {
	service := h.Service
	from.Each, from.Template = true, true
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		made, err := service.Stories.AddFromTickets(ctx, from)
		if err != nil {
			return pane.Done{Err: err}
		}
		return pane.Done{
			Said: fmt.Sprintf("%s created from %s", present.StoryCount(len(made)), present.TicketCount(len(from.Tickets))),
			What: Outcome{Story: made[0].ID, Reveal: true, Tickets: from.Tickets, made: &Made{stories: made}},
		}
	})
}
