package ticket

import (
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/cli/delivery"
	"storydesk/ui/cli/output"
)

type ticketRecord struct {
	ID tracker.TicketID `json:"id"`
	// ExternalID is the id of a feed's item where that is no number.
	ExternalID   *string              `json:"external_id"`
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
	factsRecord
}

// factsRecord is what Zendesk tells of a ticket besides its fields.
type factsRecord struct {
	// SLA is null where no target is open.
	SLA          *slaRecord `json:"sla"`
	RepliedAt    *time.Time `json:"customer_replied_at"`
	WaitingSince *time.Time `json:"waiting_since"`
	SolvedAt     *time.Time `json:"solved_at"`
	Satisfaction *string    `json:"satisfaction"`
	Unread       bool       `json:"unread"`
	// Aside is null where the ticket was neither dismissed nor snoozed, or has come back.
	Aside *asideRecord `json:"aside"`
}

// slaRecord is the target that a ticket breaches next.
type slaRecord struct {
	Metric   string           `json:"metric"`
	State    tracker.SLAState `json:"state"`
	BreachAt *time.Time       `json:"breach_at"`
}

// ticketDetailRecord is a ticket with its longest text and what became of it.
type ticketDetailRecord struct {
	ticketRecord
	Description *string       `json:"description"`
	Linked      []storyRecord `json:"linked_stories"`
	Deliveries  []any         `json:"deliveries"`
	Events      []EventRecord `json:"events"`
	// Conversation is null where it was not read, and for items of feeds.
	Conversation *conversationRecord `json:"conversation"`
}

// storyRecord is a story that a ticket is linked to.
type storyRecord struct {
	ID     tracker.StoryID `json:"id"`
	Name   string          `json:"name"`
	State  tracker.State   `json:"state"`
	Owners []string        `json:"owners"`
}

func recordTicketDetail(t shownTicket, d tracker.TicketDetail, said *tracker.Conversation, now time.Time) any {
	r := ticketDetailRecord{
		ticketRecord: ticketRecordOf(t, now), Description: output.OrNull(t.Description), Linked: []storyRecord{},
		Deliveries: delivery.Presenter().Records(d.Deliveries), Events: EventRecords(d.Events),
		Conversation: conversationRecordOf(said),
	}
	for _, s := range d.Stories {
		r.Linked = append(r.Linked, storyRecord{s.ID, s.Name, s.State, output.OrEmpty(s.Owners)})
	}
	return r
}

func ticketRecordOf(t shownTicket, now time.Time) ticketRecord {
	stories := make([]tracker.StoryID, len(t.Stories))
	for i, ref := range t.Stories {
		stories[i] = ref.ID
	}
	var sla *slaRecord
	if state := t.SLA.State(now); state != tracker.SLANone {
		sla = &slaRecord{t.SLA.Metric, state, output.Stamp(t.SLA.BreachAt)}
	}
	return ticketRecord{
		ID: t.ID, ExternalID: output.OrNull(kind.ID(t.TicketKey, t.URL)), Integration: t.integration, Subject: t.Subject, Status: t.Status,
		CustomStatus: output.OrNull(t.CustomStatus), Channel: output.OrNull(t.Channel), Priority: output.OrNull(t.Priority), Type: output.OrNull(t.Type),
		Requester: output.OrNull(t.Requester), Organization: output.OrNull(t.Organization), Tags: output.OrEmpty(t.Tags), URL: t.URL,
		CreatedAt: output.Stamp(t.CreatedAt), UpdatedAt: output.Stamp(kind.Updated(t.Ticket)), Stories: stories,
		factsRecord: factsRecord{
			SLA: sla, RepliedAt: output.Stamp(t.Progress.RepliedAt), WaitingSince: output.Stamp(t.WaitingSince()), SolvedAt: output.Stamp(t.Progress.SolvedAt),
			Satisfaction: output.OrNull(t.Satisfaction), Unread: t.Unread, Aside: asideRecordOf(t.Aside),
		},
	}
}
