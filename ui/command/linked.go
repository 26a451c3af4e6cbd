package command

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
)

// Linked are tickets on whose stories an action of stories is done: a single ticket may
// have several, one of which is chosen; of several tickets each must have one.
type Linked struct {
	*Commands
	Tickets []LinkedTicket
}

// LinkedTicket is a ticket with its stories.
type LinkedTicket struct {
	ID      tracker.TicketID
	Stories []tracker.StoryRef
}

// StoryAction is an action of stories. Cannot says why it cannot be done to some, empty
// when it can.
type StoryAction struct {
	Cannot func([]tracker.Card) string
	Do     func([]tracker.Card) tea.Cmd
}

// Cannot says why an action cannot be done to the stories of the tickets.
func (l Linked) Cannot(a StoryAction) string {
	if len(l.Tickets) > 1 {
		cards, reason := l.cards()
		if reason != "" {
			return reason
		}
		return a.Cannot(cards)
	}
	stories, first := l.Tickets[0].Stories, ""
	if len(stories) == 0 {
		return l.NoStory()
	}
	for _, s := range stories {
		reason := a.Cannot([]tracker.Card{s.Card()})
		if reason == "" {
			return ""
		}
		if first == "" {
			first = reason
		}
	}
	return first
}

// Perform does an action to the stories of the tickets, and asks to which of several.
func (l Linked) Perform(a StoryAction) tea.Cmd {
	if len(l.Tickets) > 1 {
		cards, _ := l.cards()
		return a.Do(cards)
	}
	t := l.Tickets[0]
	return ChooseStory(l.Commands, fmt.Sprintf("Which story of %s?", t.ID), t.Stories, func(s tracker.StoryRef) tea.Cmd {
		cards := []tracker.Card{s.Card()}
		if reason := a.Cannot(cards); reason != "" {
			return l.Refuse(reason)
		}
		return a.Do(cards)
	})
}

// NoStory says that a ticket has no story, and what makes one.
func (l Linked) NoStory() string {
	return fmt.Sprintf("This is a ticket. Press %s or %s to create a story from it", l.Keys.Key(keymap.ScopeItem, intent.ActBacklog), l.Keys.Key(keymap.ScopeItem, intent.ActIcebox))
}

// NextStep says what the key for the next state does to the story of the only ticket,
// empty where that is not one story.
func (l Linked) NextStep() string {
	if len(l.Tickets) != 1 || len(l.Tickets[0].Stories) != 1 {
		return ""
	}
	c := l.Tickets[0].Stories[0].Card()
	return fmt.Sprintf("%s %s", NextStep(l.Host, c), c.ID)
}

// cards are the stories of several tickets, or why there is not one of each.
func (l Linked) cards() (cards []tracker.Card, reason string) {
	found := make(map[tracker.StoryID]bool)
	for _, t := range l.Tickets {
		stories := t.Stories
		switch len(stories) {
		case 0:
			return nil, fmt.Sprintf("%s has no story", t.ID)
		case 1:
		default:
			return nil, fmt.Sprintf("%s has %s; choose one with that ticket alone", t.ID, present.StoryCount(len(stories)))
		}
		if id := stories[0].ID; !found[id] {
			cards, found[id] = append(cards, stories[0].Card()), true
		}
	}
	return cards, ""
}
