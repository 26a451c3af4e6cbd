package tracker

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// StoryType is what kind of work a story is.
type StoryType string

// The story types.
const (
	Feature StoryType = "feature"
	Bug     StoryType = "bug"
	Chore   StoryType = "chore"
	Release StoryType = "release"
)

// StoryTypes lists the types in the order in which people choose among them.
func StoryTypes() []StoryType { return []StoryType{Feature, Bug, Chore, Release} }

// ParseStoryType reads a type's name.
func ParseStoryType(text string) (StoryType, error) {
	if t := StoryType(strings.ToLower(strings.TrimSpace(text))); slices.Contains(StoryTypes(), t) {
		return t, nil
	}
	return "", Invalid("type", "%q is not a story type: use feature, bug, chore or release", text)
}

// ParseDeadline reads the day on which a release is due, as ParseDay.
func ParseDeadline(text string) (time.Time, error) { return ParseDay("deadline", text) }

// ParseDay reads a day such as 2026-12-24. "none" and an empty text are the zero time.
// CodeInvalid with the field for anything else.
func ParseDay(field, text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" || strings.EqualFold(text, "none") {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, Invalid(field, "%q is not a date: use a form like 2026-12-24, or none", text)
	}
	return day, nil
}

// State is where a story stands in its life.
type State string

// The states, in the order of a story's life.
const (
	Unscheduled State = "unscheduled"
	Unstarted   State = "unstarted"
	Planned     State = "planned"
	Started     State = "started"
	Finished    State = "finished"
	Delivered   State = "delivered"
	Rejected    State = "rejected"
	Accepted    State = "accepted"
)

// States lists the states in the order of a story's life.
func States() []State {
	return []State{Unscheduled, Unstarted, Planned, Started, Finished, Delivered, Rejected, Accepted}
}

// Limits of a story's texts, in characters, as in Tracker.
const (
	MaxStoryName        = 5000
	MaxStoryDescription = 20000
	MaxCommentText      = 20000
)

// Story is one piece of work.
type Story struct {
	ID          StoryID
	ProjectID   ProjectID
	Name        string
	Description string
	Type        StoryType
	State       State
	// Estimate is in points; nil while there is none.
	Estimate *float64
	// Requester, Owners are people's names.
	Requester string
	Owners    []string
	// Labels are lower-case.
	Labels []string
	// Tasks are what is to be done, in the order that people gave them.
	Tasks []Task
	// Tickets are the links to Zendesk tickets, oldest first.
	Tickets []Link
	// Rank orders the story among those of its Group; lower stands higher.
	Rank int64
	// Deadline belongs to releases only.
	Deadline   *time.Time
	AcceptedAt *time.Time
	CreatedAt  time.Time
	UpdatedAt  time.Time
	// DeletedAt is when the story was deleted; the zero time while it is not.
	DeletedAt time.Time
	// Version rises with every change of the story's own fields.
	Version int64
	// Column and Position (1-based) tell where it stands on the board. They
	// follow from the other stories and the date; only readings that say so
	// fill them in, and they are never saved.
	Column   Column
	Position int
}

// Card is what the board shows of a story: a Story without its long texts.
type Card struct {
	ID         StoryID
	Name       string
	Type       StoryType
	State      State
	Estimate   *float64
	Requester  string
	Owners     []string
	Labels     []string
	AcceptedAt *time.Time
	// Deadline belongs to releases only.
	Deadline *time.Time
	// Tickets is how many tickets the story is linked to.
	Tickets int
	// Unsent counts its private comments that are waiting, sending or unconfirmed.
	Unsent int
	// Parked counts its private comments that need somebody's decision.
	Parked int
	// News is true while something that happened on a linked ticket was not seen, on
	// the story or on the ticket: the customer replied, it was solved.
	News bool
	// Demand is what the tickets tell of who wants it.
	Demand Demand
	// Open counts what is not done about it.
	Open Open
	// Origin is the number that it was imported with, 0 for none.
	Origin int64
	// Version is the story's version.
	Version int64
}

// Link links a story to a ticket. It is unique per story, host and ticket.
type Link struct {
	StoryID StoryID
	Ticket  TicketKey
	// IntegrationID is the integration that carries the private comments, 0 after it was removed.
	IntegrationID IntegrationID
	// Integration is its name.
	Integration string
	// URL opens the ticket in a browser.
	URL       string
	CreatedAt time.Time
}

// StoryRef is a story named beside a ticket.
type StoryRef struct {
	ID       StoryID
	Name     string
	Type     StoryType
	State    State
	Estimate *float64
	// Owners are people's names.
	Owners  []string
	Version int64
	// Open counts what is not done about it, where it was read for that.
	Open Open
}

// Card returns what a reference knows of its story: enough to take it a step further.
func (r StoryRef) Card() Card {
	return Card{ID: r.ID, Name: r.Name, Type: r.Type, State: r.State, Estimate: r.Estimate, Owners: r.Owners, Version: r.Version, Open: r.Open}
}

// Ref names the story beside a ticket.
func (s Story) Ref() StoryRef {
	return StoryRef{ID: s.ID, Name: s.Name, Type: s.Type, State: s.State, Estimate: s.Estimate, Owners: s.Owners, Version: s.Version}
}

// Comment is something a person said on a story.
type Comment struct {
	ID        CommentID
	StoryID   StoryID
	Author    string
	Text      string
	CreatedAt time.Time
}

// Activity is one change of a story, for its history and for undoing it.
type Activity struct {
	ID      ActivityID
	StoryID StoryID
	Actor   string
	// Verb is the highlight, such as "started", "commented", "linked".
	Verb string
	// Changes lists the fields with their values before and after.
	Changes []FieldChange
	At      time.Time
}

// Attendance is that somebody has a story open, and perhaps writes on it.
type Attendance struct {
	Who     string
	Story   StoryID
	Writing bool
}

// FieldChange is one field's value before and after a change, as text.
type FieldChange struct {
	Field string `json:"field"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// Validate fails with CodeInvalid and the field that cannot work.
func (s Story) Validate(p Project) error {
	switch name := strings.TrimSpace(s.Name); {
	case Unseen(name):
		return Invalid("name", "a story needs a name")
	case utf8.RuneCountInString(name) > MaxStoryName:
		return Invalid("name", "a story's name has at most %d characters", MaxStoryName)
	case utf8.RuneCountInString(s.Description) > MaxStoryDescription:
		return Invalid("description", "a story's description has at most %d characters", MaxStoryDescription)
	case s.Deadline != nil && s.Type != Release:
		return Invalid("deadline", "only a release has a deadline")
	}
	return s.validateEstimate(p)
}

// Unseen reports whether a text has nothing to see: no characters, or only
// spaces, zero-width and other invisible ones.
func Unseen(text string) bool {
	const brailleBlank = '\u2800'
	return !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsGraphic(r) && r != brailleBlank && !unicode.In(r, unicode.Z, unicode.Cf, unicode.M,
			unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
	})
}

func (s Story) validateEstimate(p Project) error {
	switch {
	case s.Estimate == nil && s.State.Begun() && Estimatable(s.Type, p):
		return Invalid("estimate", "a story that is %s needs an estimate", s.State)
	case s.Estimate == nil:
		return nil
	case !Estimatable(s.Type, p):
		return noPoints(s.Type)
	case !slices.Contains(p.PointScale, *s.Estimate):
		return Invalid("estimate", "%s is not on this project's point scale %s",
			FormatPoints(*s.Estimate), FormatPointScale(p.PointScale))
	}
	return nil
}

// Card returns what the board shows of the story, without what its deliveries and
// tickets tell.
func (s Story) Card() Card {
	return Card{
		ID: s.ID, Name: s.Name, Type: s.Type, State: s.State, Estimate: s.Estimate, Requester: s.Requester, Owners: s.Owners,
		Labels: s.Labels, AcceptedAt: s.AcceptedAt, Deadline: s.Deadline, Tickets: len(s.Tickets), Version: s.Version,
	}
}

// TasksDone counts the tasks that are done.
func (s Story) TasksDone() int {
	done := 0
	for _, t := range s.Tasks {
		if t.Done {
			done++
		}
	}
	return done
}

// Templates write the descriptions of new stories. A story without a ticket that has no
// description gets that of its type. A story from a ticket has the ticket's text, with
// the template above it.
type Templates interface {
	// Describe fills the template of a type in: empty where there is none, where it needs
	// a ticket and from is nil, and where from is a ticket that it does not name.
	Describe(kind StoryType, project string, from *Ticket) string
}
