package ownaction

import (
	"strings"

	"storydesk/tracker"
	"storydesk/ui/config"
	"storydesk/ui/owncommand"
)

func storyFields(d tracker.StoryDetail) owncommand.Story {
	s := owncommand.Story{
		ID: d.Story.ID.String(), Name: d.Story.Name, Type: string(d.Story.Type), State: string(d.Story.State),
		Owner: strings.Join(d.Story.Owners, ", "), Description: d.Story.Description, Labels: d.Story.Labels,
	}
	for _, t := range d.Tickets {
		s.Tickets = append(s.Tickets, config.Ticket(t))
	}
	return s
}
