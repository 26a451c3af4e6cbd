package record

import "time"

// Included is what a ticket shows only where the request includes it.
type Included struct {
	CommentCount *int       `json:"comment_count,omitempty"`
	SLAs         *SLAs      `json:"slas,omitempty"`
	MetricSet    *MetricSet `json:"metric_set,omitempty"`
}

// SLAs are the targets of the SLA policy that applies to a ticket.
// https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/
type SLAs struct {
	Metrics []PolicyMetric `json:"policy_metrics"`
}

// PolicyMetric is one target of an SLA policy.
type PolicyMetric struct {
	// BreachAt is null where the target was met or is paused.
	BreachAt *time.Time `json:"breach_at"`
	// Stage is active, also beyond BreachAt, paused or achieved.
	Stage  string `json:"stage"`
	Metric string `json:"metric"`
}

// MetricSet is what Zendesk measured of a ticket.
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metrics/
type MetricSet struct {
	URL                  string     `json:"url"`
	ID                   int64      `json:"id"`
	TicketID             int64      `json:"ticket_id"`
	CreatedAt            time.Time  `json:"created_at"`
	UpdatedAt            time.Time  `json:"updated_at"`
	GroupStations        int        `json:"group_stations"`
	AssigneeStations     int        `json:"assignee_stations"`
	Reopens              int        `json:"reopens"`
	Replies              int        `json:"replies"`
	AssigneeUpdatedAt    *time.Time `json:"assignee_updated_at"`
	RequesterUpdatedAt   *time.Time `json:"requester_updated_at"`
	StatusUpdatedAt      time.Time  `json:"status_updated_at"`
	InitiallyAssignedAt  *time.Time `json:"initially_assigned_at"`
	AssignedAt           *time.Time `json:"assigned_at"`
	SolvedAt             *time.Time `json:"solved_at"`
	LatestCommentAddedAt time.Time  `json:"latest_comment_added_at"`
}

// Satisfactions lists the ratings of tickets; the first stands where none was
// asked for.
func Satisfactions() []string { return []string{"unoffered", "offered", "good", "bad"} }
