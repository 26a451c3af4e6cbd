package transfer

import (
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
)

// Record is one thing that a project holds. One of the fields is set.
type Record struct {
	Project  *Project  `json:"project,omitempty"`
	Epic     *Epic     `json:"epic,omitempty"`
	Story    *Story    `json:"story,omitempty"`
	Activity *Activity `json:"activity,omitempty"`
	Person   *Listed   `json:"person,omitempty"`
}

// Names are those of the people whom a record names, beside the list of people itself.
func (r Record) Names() (names []string) {
	written := func(comments []Comment, files []Attachment) {
		for _, c := range comments {
			names = append(names, c.Author)
		}
		for _, f := range files {
			names = append(names, f.Author)
		}
	}
	if e := r.Epic; e != nil {
		written(e.Comments, e.Attachments)
	}
	if st := r.Story; st != nil {
		names = slices.Concat(names, []string{st.Requester}, st.Owners, st.Followers)
		written(st.Comments, st.Attachments)
		for _, b := range st.Blockers {
			names = append(names, b.Author)
		}
		for _, v := range st.Reviews {
			names = append(names, v.Reviewer)
		}
	}
	if a := r.Activity; a != nil {
		names = append(names, a.By)
	}
	return names
}

// Listed is somebody on the list of people.
type Listed struct {
	Name     string   `json:"name"`
	Initials string   `json:"initials,omitempty"`
	Email    string   `json:"email,omitempty"`
	Aliases  []string `json:"aliases,omitempty"`
}

// Project is how a project is set up. Formats without it know no more of a project
// than its stories tell.
type Project struct {
	Name           string    `json:"name"`
	PointScale     []float64 `json:"point_scale"`
	EstimateAll    bool      `json:"estimate_all"`
	IterationWeeks int       `json:"iteration_weeks"`
	WeekStart      string    `json:"week_start"`
	TimeZone       string    `json:"time_zone"`
	// StartDate is the first day of iteration 1.
	StartDate            time.Time  `json:"start_date,omitzero"`
	InitialVelocity      int        `json:"initial_velocity"`
	VelocityAveragedOver int        `json:"velocity_averaged_over"`
	ManualPlanning       bool       `json:"manual_planning"`
	DoneShown            int        `json:"done_shown"`
	Overrides            []Override `json:"overrides,omitempty"`
}

// Override is an iteration that differs from the others.
type Override struct {
	Iteration int `json:"iteration"`
	// Weeks is its length, 0 for that of all others; Strength the team's, in percent.
	Weeks    int `json:"weeks,omitempty"`
	Strength int `json:"strength"`
}

// Story is a story with all that belongs to it. Times that a format knows by the day
// are midnight in UTC.
type Story struct {
	// ID is its number where it comes from, 0 for none.
	ID          int64             `json:"id,omitempty"`
	Name        string            `json:"name"`
	Description string            `json:"description,omitempty"`
	Type        tracker.StoryType `json:"type"`
	State       tracker.State     `json:"state"`
	Estimate    *float64          `json:"estimate,omitempty"`
	// Priority is none, p0, p1, p2 or p3 with its word; empty where the format has
	// none.
	Priority  string   `json:"priority,omitempty"`
	Labels    []string `json:"labels,omitempty"`
	Requester string   `json:"requester,omitempty"`
	Owners    []string `json:"owners,omitempty"`
	Followers []string `json:"followers,omitempty"`
	// Iteration is the one that it stands in, nil in the Icebox and where the format
	// has none.
	Iteration    *Iteration   `json:"iteration,omitempty"`
	CreatedAt    time.Time    `json:"created_at,omitzero"`
	UpdatedAt    time.Time    `json:"updated_at,omitzero"`
	AcceptedAt   time.Time    `json:"accepted_at,omitzero"`
	Deadline     time.Time    `json:"deadline,omitzero"`
	URL          string       `json:"url,omitempty"`
	Blockers     []Blocker    `json:"blockers,omitempty"`
	Comments     []Comment    `json:"comments,omitempty"`
	Tasks        []Task       `json:"tasks,omitempty"`
	Reviews      []Review     `json:"reviews,omitempty"`
	PullRequests []string     `json:"pull_requests,omitempty"`
	Branches     []string     `json:"branches,omitempty"`
	Tickets      []Ticket     `json:"tickets,omitempty"`
	Attachments  []Attachment `json:"attachments,omitempty"`
	// At is where it was read.
	At Place `json:"-"`
}

// Iteration is a span of days. End is its last day.
type Iteration struct {
	Number int       `json:"number"`
	Start  time.Time `json:"start,omitzero"`
	End    time.Time `json:"end,omitzero"`
}

// Blocker is what holds a story up.
type Blocker struct {
	Text     string `json:"text"`
	Resolved bool   `json:"resolved"`
	// Story is the number of the story that the text names, 0 for none.
	Story  int64     `json:"story,omitempty"`
	Author string    `json:"author,omitempty"`
	At     time.Time `json:"at,omitzero"`
	// ResolvedAt is zero where it is not resolved, or by its story.
	ResolvedAt time.Time `json:"resolved_at,omitzero"`
}

// Comment is something that somebody said.
type Comment struct {
	Author string    `json:"author,omitempty"`
	At     time.Time `json:"at,omitzero"`
	Text   string    `json:"text"`
	// Carries are those of the story's attachments that it carried to tickets, counted
	// from 1.
	Carries []int `json:"carries,omitempty"`
}

// Task is one thing to be done for a story.
type Task struct {
	Text string    `json:"text"`
	Done bool      `json:"done"`
	At   time.Time `json:"at,omitzero"`
}

// Review is somebody's examination of a story.
type Review struct {
	Type     string `json:"type,omitempty"`
	Reviewer string `json:"reviewer,omitempty"`
	Status   string `json:"status,omitempty"`
	// At and UpdatedAt are when it was added, and changed last.
	At        time.Time `json:"at,omitzero"`
	UpdatedAt time.Time `json:"updated_at,omitzero"`
}

// Ticket is a Zendesk ticket that a story is linked to.
type Ticket struct {
	Host string `json:"host"`
	ID   int64  `json:"id"`
	URL  string `json:"url,omitempty"`
}

// PlainName is the name of a file without the folders that strangers may put before it, by
// either slash; empty where nothing is left.
func PlainName(name string) string {
	name = strings.TrimRight(name, `/\`)
	switch name = name[strings.LastIndexAny(name, `/\`)+1:]; name {
	case ".", "..":
		return ""
	}
	return name
}

// Attachment is a file that belongs to a story or an epic. Its content is read from
// where the record was read, by its path there.
type Attachment struct {
	Name string `json:"name"`
	// Path is empty where the content is not there.
	Path string `json:"path,omitempty"`
	Size int64  `json:"size"`
	// Sum is the SHA-256 of the content in hex, empty where the format has none.
	Sum    string    `json:"sha256,omitempty"`
	Author string    `json:"author,omitempty"`
	At     time.Time `json:"at,omitzero"`
	// Saved is what is exported.
	Saved tracker.StoryFile `json:"-"`
}

// Epic is a goal that stories with its label lead to.
type Epic struct {
	ID          int64        `json:"id,omitempty"`
	Name        string       `json:"name"`
	Label       string       `json:"label,omitempty"`
	Description string       `json:"description,omitempty"`
	CreatedAt   time.Time    `json:"created_at,omitzero"`
	URL         string       `json:"url,omitempty"`
	Comments    []Comment    `json:"comments,omitempty"`
	Attachments []Attachment `json:"attachments,omitempty"`
	At          Place        `json:"-"`
}

// Activity is one change of the past, as a sentence or with the fields that changed.
type Activity struct {
	// Of is the number of the story or epic that changed.
	Of int64 `json:"of"`
	// Type is the word of the format for the kind of change.
	Type    string                `json:"type"`
	Message string                `json:"message,omitempty"`
	By      string                `json:"by,omitempty"`
	At      time.Time             `json:"at,omitzero"`
	Changes []tracker.FieldChange `json:"changes,omitempty"`
	// Row is where it was read.
	Row Place `json:"-"`
}
