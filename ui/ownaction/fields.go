package ownaction

import (
	"strconv"
	"strings"

	"storydesk/tracker"
	"storydesk/ui/owncommand"
)

func ticketFields(t tracker.Ticket) owncommand.Ticket {
	return owncommand.Ticket{
		ID: strconv.FormatInt(int64(t.ID), 10), Subject: t.Subject, Status: string(t.Status), Priority: t.Priority,
		Requester: t.Requester, Organisation: t.Organization, URL: t.URL,
	}
}

func storyFields(d tracker.StoryDetail) owncommand.Story {
	s := owncommand.Story{
		ID: d.Story.ID.String(), Name: d.Story.Name, Type: string(d.Story.Type), State: string(d.Story.State),
		Owner: strings.Join(d.Story.Owners, ", "), Description: d.Story.Description, Labels: d.Story.Labels,
	}
	for _, t := range d.Tickets {
		s.Tickets = append(s.Tickets, ticketFields(t))
	}
	return s
}
