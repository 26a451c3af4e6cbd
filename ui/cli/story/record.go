package story

import (
	"slices"
	"time"

	"storydesk/tracker"
	"storydesk/ui/cli/delivery"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/ticket"
	"storydesk/ui/present"
)

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
	Blockers []blockerRecord `json:"blockers"`
	// Blocks are the stories that wait for this one.
	Blocks    []tracker.StoryID `json:"blocks"`
	Reviews   []reviewRecord    `json:"reviews"`
	Followers []string          `json:"followers"`
	// Attachments are its files.
	Attachments []fileRecord `json:"attachments"`
	// Priority, PullRequests and Branches came along from another program.
	Priority     *string  `json:"priority"`
	PullRequests []string `json:"pull_requests"`
	Branches     []string `json:"branches"`

	Comments   []commentRecord  `json:"comments"`
	Deliveries []any            `json:"deliveries"`
	Activities []activityRecord `json:"activities"`
	// Events are what happened on the linked tickets.
	Events []ticket.EventRecord `json:"ticket_events"`
}

type blockerRecord struct {
	ID   tracker.BlockerID `json:"id"`
	Text string            `json:"text"`
	// By is the story that is waited for.
	By         *tracker.StoryID `json:"story_id"`
	Resolved   bool             `json:"resolved"`
	Author     *string          `json:"author"`
	CreatedAt  *time.Time       `json:"created_at"`
	ResolvedAt *time.Time       `json:"resolved_at"`
}

type reviewRecord struct {
	ID        tracker.ReviewID     `json:"id"`
	Type      string               `json:"type"`
	Reviewer  *string              `json:"reviewer"`
	Status    tracker.ReviewStatus `json:"status"`
	CreatedAt *time.Time           `json:"created_at"`
	UpdatedAt *time.Time           `json:"updated_at"`
}

// putParts fills in what hangs on the story.
func (r *storyDetailRecord) putParts(p tracker.Parts) {
	r.Blockers, r.Blocks, r.Reviews, r.Followers = []blockerRecord{}, []tracker.StoryID{}, []reviewRecord{}, output.OrEmpty(p.Followers)
	r.Attachments = recordFiles(p.Files)
	for _, b := range p.Blockers {
		r.Blockers = append(r.Blockers, blockerRecord{
			b.ID, b.Text, output.OrNull(b.By), b.Resolved(), output.OrNull(b.Author), output.Stamp(b.CreatedAt), output.Stamp(b.ResolvedAt),
		})
	}
	for _, b := range p.Blocks {
		if !slices.Contains(r.Blocks, b.StoryID) {
			r.Blocks = append(r.Blocks, b.StoryID)
		}
	}
	for _, v := range p.Reviews {
		r.Reviews = append(r.Reviews, reviewRecord{v.ID, v.Type, output.OrNull(v.Reviewer), v.Status, output.Stamp(v.CreatedAt), output.Stamp(v.UpdatedAt)})
	}
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
	// Sentence says all of it in words.
	Sentence string     `json:"sentence"`
	At       *time.Time `json:"at"`
}

func recordStoryDetail(st tracker.Story, d tracker.StoryDetail) any {
	r := storyDetailRecord{storyRecord: storyRecordOf(st), Comments: []commentRecord{}, Activities: []activityRecord{}}
	r.putParts(d.Parts)
	r.Priority, r.PullRequests, r.Branches = output.OrNull(d.Brought.Priority), output.OrEmpty(d.Brought.PullRequests), output.OrEmpty(d.Brought.Branches)
	r.Deliveries = delivery.Presenter().Records(d.Deliveries)
	for _, c := range d.Comments {
		r.Comments = append(r.Comments, commentRecord{c.ID, c.Author, c.Text, output.Stamp(c.CreatedAt)})
	}
	for _, a := range d.Activities {
		r.Activities = append(r.Activities, activityRecord{a.Actor, a.Verb, output.OrEmpty(a.Changes), present.ActivitySentence(a), output.Stamp(a.At)})
	}
	r.Events = ticket.EventRecords(d.Events)
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
		links[i] = linkRecord{Integration: output.OrNull(l.Integration), TicketID: l.Ticket.ID, URL: l.URL}
	}
	tasks := make([]taskRecord, len(st.Tasks))
	for i, t := range st.Tasks {
		tasks[i] = taskRecord{ID: t.ID, Text: t.Text, Done: t.Done}
	}
	return storyRecord{
		ID: st.ID, Name: st.Name, Type: st.Type, State: st.State, Estimate: st.Estimate, Column: st.Column, Position: st.Position,
		Owners: output.OrEmpty(st.Owners), Labels: output.OrEmpty(st.Labels), Requester: output.OrNull(st.Requester),
		Deadline: output.OrNull(deadline(st)), Tickets: links, Tasks: tasks,
		Description: output.OrNull(st.Description), CreatedAt: output.Stamp(st.CreatedAt), UpdatedAt: output.Stamp(st.UpdatedAt),
	}
}
