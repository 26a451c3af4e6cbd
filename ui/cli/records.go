package cli

import (
	"time"

	"storydesk/tracker"
)

// The shapes of JSON. Their names are a promise to scripts.

type projectRecord struct {
	ID                   tracker.ProjectID `json:"id"`
	Name                 string            `json:"name"`
	PointScale           []float64         `json:"point_scale"`
	EstimateAll          bool              `json:"estimate_all"`
	IterationWeeks       int               `json:"iteration_weeks"`
	WeekStart            string            `json:"week_start"`
	TimeZone             string            `json:"time_zone"`
	InitialVelocity      int               `json:"initial_velocity"`
	VelocityAveragedOver int               `json:"velocity_averaged_over"`
	CreatedAt            *time.Time        `json:"created_at"`
	UpdatedAt            *time.Time        `json:"updated_at"`
	UsedByCommands       bool              `json:"used_by_commands"`
}

func recordProject(p listedProject) any {
	return projectRecord{
		ID: p.ID, Name: p.Name, PointScale: p.PointScale, EstimateAll: p.EstimateAll, IterationWeeks: p.IterationWeeks,
		WeekStart: weekday(p.WeekStart), TimeZone: p.TimeZone, InitialVelocity: p.InitialVelocity,
		VelocityAveragedOver: p.VelocityAveragedOver, CreatedAt: stamp(p.CreatedAt), UpdatedAt: stamp(p.UpdatedAt),
		UsedByCommands: p.used,
	}
}

type integrationRecord struct {
	ID             tracker.IntegrationID `json:"id"`
	Name           string                `json:"name"`
	Project        string                `json:"project"`
	Kind           string                `json:"kind"`
	URL            string                `json:"url"`
	Host           string                `json:"host"`
	Email          *string               `json:"email"`
	Auth           tracker.AuthMethod    `json:"auth"`
	ClientID       *string               `json:"client_id"`
	ViewID         tracker.ViewID        `json:"view_id"`
	ViewTitle      *string               `json:"view_title"`
	Active         bool                  `json:"active"`
	UpdateComments bool                  `json:"update_comments"`
	UpdateState    bool                  `json:"update_state"`
	PausedReason   *string               `json:"paused_reason"`
}

func recordIntegration(in tracker.Integration) any {
	return integrationRecord{
		ID: in.ID, Name: in.Name, Project: in.Project, Kind: in.Kind, URL: in.URL, Host: in.Host, Email: orNull(in.Email),
		Auth: in.Auth, ClientID: orNull(in.ClientID), ViewID: in.ViewID, ViewTitle: orNull(in.ViewTitle), Active: in.Active,
		UpdateComments: in.UpdateComments, UpdateState: in.UpdateState, PausedReason: orNull(in.PausedReason),
	}
}

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
	return ticketDetailRecord{ticketRecordOf(t), orNull(t.Description)}
}

func recordTicket(t shownTicket) any { return ticketRecordOf(t) }

func ticketRecordOf(t shownTicket) ticketRecord {
	stories := make([]tracker.StoryID, len(t.Stories))
	for i, ref := range t.Stories {
		stories[i] = ref.ID
	}
	return ticketRecord{
		ID: t.ID, Integration: t.integration, Subject: t.Subject, Status: t.Status,
		CustomStatus: orNull(t.CustomStatus), Channel: orNull(t.Channel), Priority: orNull(t.Priority), Type: orNull(t.Type),
		Requester: orNull(t.Requester), Organization: orNull(t.Organization), Tags: orEmpty(t.Tags), URL: t.URL,
		CreatedAt: stamp(t.CreatedAt), UpdatedAt: stamp(t.UpdatedAt), Stories: stories,
	}
}

type storyRecord struct {
	ID          tracker.StoryID   `json:"id"`
	Name        string            `json:"name"`
	Type        tracker.StoryType `json:"type"`
	State       tracker.State     `json:"state"`
	Estimate    *float64          `json:"estimate"`
	Column      tracker.Column    `json:"column"`
	Position    int               `json:"position"`
	Owners      []string          `json:"owners"`
	Labels      []string          `json:"labels"`
	Requester   *string           `json:"requester"`
	Deadline    *string           `json:"deadline"`
	Tickets     []linkRecord      `json:"tickets"`
	Tasks       []taskRecord      `json:"tasks"`
	Description *string           `json:"description"`
	CreatedAt   *time.Time        `json:"created_at"`
	UpdatedAt   *time.Time        `json:"updated_at"`
}

type taskRecord struct {
	ID   tracker.TaskID `json:"id"`
	Text string         `json:"text"`
	Done bool           `json:"done"`
}

// storyDetailRecord is a story with all that belongs to it.
type storyDetailRecord struct {
	storyRecord
	Comments   []commentRecord  `json:"comments"`
	Deliveries []any            `json:"deliveries"`
	Activities []activityRecord `json:"activities"`
}

type commentRecord struct {
	ID        tracker.CommentID `json:"id"`
	Author    string            `json:"author"`
	Text      string            `json:"text"`
	CreatedAt *time.Time        `json:"created_at"`
}

type activityRecord struct {
	Actor   string                `json:"actor"`
	Verb    string                `json:"verb"`
	Changes []tracker.FieldChange `json:"changes"`
	At      *time.Time            `json:"at"`
}

func recordStoryDetail(st tracker.Story, d tracker.StoryDetail) any {
	r := storyDetailRecord{storyRecord: storyRecordOf(st), Comments: []commentRecord{}, Activities: []activityRecord{}}
	r.Deliveries = deliveries().Records(d.Deliveries)
	for _, c := range d.Comments {
		r.Comments = append(r.Comments, commentRecord{c.ID, c.Author, c.Text, stamp(c.CreatedAt)})
	}
	for _, a := range d.Activities {
		r.Activities = append(r.Activities, activityRecord{a.Actor, a.Verb, orEmpty(a.Changes), stamp(a.At)})
	}
	return r
}

type linkRecord struct {
	Integration *string          `json:"integration"`
	TicketID    tracker.TicketID `json:"ticket_id"`
	URL         string           `json:"url"`
}

func recordStory(st tracker.Story) any { return storyRecordOf(st) }

func storyRecordOf(st tracker.Story) storyRecord {
	links := make([]linkRecord, len(st.Tickets))
	for i, l := range st.Tickets {
		links[i] = linkRecord{Integration: orNull(l.Integration), TicketID: l.Ticket.ID, URL: l.URL}
	}
	tasks := make([]taskRecord, len(st.Tasks))
	for i, t := range st.Tasks {
		tasks[i] = taskRecord{ID: t.ID, Text: t.Text, Done: t.Done}
	}
	return storyRecord{
		ID: st.ID, Name: st.Name, Type: st.Type, State: st.State, Estimate: st.Estimate, Column: st.Column, Position: st.Position,
		Owners: orEmpty(st.Owners), Labels: orEmpty(st.Labels), Requester: orNull(st.Requester),
		Deadline: orNull(deadline(st)), Tickets: links, Tasks: tasks,
		Description: orNull(st.Description), CreatedAt: stamp(st.CreatedAt), UpdatedAt: stamp(st.UpdatedAt),
	}
}

type deliveryRecord struct {
	ID            tracker.DeliveryID    `json:"id"`
	Operation     string                `json:"operation"`
	StoryID       tracker.StoryID       `json:"story_id"`
	Host          string                `json:"host"`
	TicketID      tracker.TicketID      `json:"ticket_id"`
	Integration   *string               `json:"integration"`
	Kind          tracker.DeliveryKind  `json:"kind"`
	State         tracker.DeliveryState `json:"state"`
	Attempts      int                   `json:"attempts"`
	Behind        *tracker.DeliveryID   `json:"behind"`
	Late          bool                  `json:"late"`
	AuditID       *tracker.AuditID      `json:"audit_id"`
	Public        *bool                 `json:"public"`
	LastAttemptAt *time.Time            `json:"last_attempt_at"`
	NextAttemptAt *time.Time            `json:"next_attempt_at"`
	Reason        *string               `json:"reason"`
	Text          *string               `json:"text"`
	CreatedAt     *time.Time            `json:"created_at"`
	DeliveredAt   *time.Time            `json:"delivered_at"`
}

func recordDelivery(d tracker.Delivery) any { return deliveryRecordOf(d) }

func deliveryRecordOf(d tracker.Delivery) deliveryRecord {
	r := deliveryRecord{
		ID: d.ID, Operation: d.Operation, StoryID: d.StoryID, Host: d.Ticket.Host, TicketID: d.Ticket.ID,
		Integration: orNull(d.Integration), Kind: d.Kind, State: d.State, Attempts: d.Attempts, Behind: orNull(d.Behind),
		Late: d.Late, LastAttemptAt: stamp(d.SentAt), AuditID: orNull(d.AuditID), Public: d.Public, Reason: orNull(d.Reason), Text: orNull(d.Text),
		CreatedAt: stamp(d.CreatedAt),
	}
	if d.State.InLane() {
		r.NextAttemptAt = stamp(d.NotBefore)
	}
	if d.DeliveredAt != nil {
		r.DeliveredAt = stamp(*d.DeliveredAt)
	}
	return r
}

// orNull is null in JSON for the zero value.
func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// orEmpty is [] in JSON for a nil slice.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// stamp is a time in UTC and whole seconds, null for the zero time.
func stamp(t time.Time) *time.Time {
	return orNull(t.UTC().Truncate(time.Second))
}
