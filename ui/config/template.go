package config

import (
	"strconv"

	"storydesk/tracker"
	"storydesk/ui/owncommand"
)

// Describe implements [tracker.Templates] with the templates of the file.
func (c Config) Describe(kind tracker.StoryType, project string, from *tracker.Ticket) string {
	text := c.Templates[string(kind)]
	if text == "" || from != nil && !owncommand.NamesTicket(text, project) {
		return ""
	}
	var t *owncommand.Ticket
	if from != nil {
		of := Ticket(*from)
		t = &of
	}
	filled, err := owncommand.ExpandStory(text, project, t)
	if err != nil {
		return "" // it was checked when it was read: it needs the ticket that there is not
	}
	return filled
}

// Ticket is what templates and commands may say of a ticket.
func Ticket(t tracker.Ticket) owncommand.Ticket {
	return owncommand.Ticket{
		ID: strconv.FormatInt(int64(t.ID), 10), Subject: t.Subject, Status: string(t.Status), Priority: t.Priority,
		Requester: t.Requester, Organisation: t.Organization, URL: t.URL,
	}
}
