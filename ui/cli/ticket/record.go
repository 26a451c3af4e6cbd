package ticket

import (
	"time"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
)

type ticketRecord struct {
	ID           tracker.TicketID     `json:"id"`
	Integration  string               `json:"integration"`
	Subject      string               `json:"subject"`
	Status       tracker.TicketStatus `json:"status"`
	CustomStatus *string              `json:"custom_status"`
	Channel      *string              `json:"channel"`
	Priority     *string              `json:"priority"`
	Type         *string              `json:"type"`
	Requester    *string              `json:"requester"`
	Organization *string              `json:"organization"`
	Tags         []string             `json:"tags"`
	URL          string               `json:"url"`
	CreatedAt    *time.Time           `json:"created_at"`
	UpdatedAt    *time.Time           `json:"updated_at"`
	Stories      []tracker.StoryID    `json:"stories"`
}

// ticketDetailRecord is a ticket with its longest text.
type ticketDetailRecord struct {
	ticketRecord
	Description *string `json:"description"`
}

func recordTicketDetail(t shownTicket) any {
	return ticketDetailRecord{ticketRecordOf(t), output.OrNull(t.Description)}
}

func recordTicket(t shownTicket) any { return ticketRecordOf(t) }

func ticketRecordOf(t shownTicket) ticketRecord {
	stories := make([]tracker.StoryID, len(t.Stories))
	for i, ref := range t.Stories {
		stories[i] = ref.ID
	}
	return ticketRecord{
		ID: t.ID, Integration: t.integration, Subject: t.Subject, Status: t.Status,
		CustomStatus: output.OrNull(t.CustomStatus), Channel: output.OrNull(t.Channel), Priority: output.OrNull(t.Priority), Type: output.OrNull(t.Type),
		Requester: output.OrNull(t.Requester), Organization: output.OrNull(t.Organization), Tags: output.OrEmpty(t.Tags), URL: t.URL,
		CreatedAt: output.Stamp(t.CreatedAt), UpdatedAt: output.Stamp(t.UpdatedAt), Stories: stories,
	}
}
