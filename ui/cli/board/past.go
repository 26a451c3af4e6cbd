package board

import (
	"fmt"
	"io"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/tracker/transfer"
)

// pastWeeks is how many done iterations the demo's project has.
const pastWeeks = 4

// A pastStory is one that was accepted in a done iteration of the demo.
type pastStory struct {
	// week counts back from Current; day is that of the acceptance in it, from 0.
	week, day int
	name      string
	kind      tracker.StoryType
	points    float64
	owner     string
	labels    []string
	// took is how many days there were from the start to the acceptance, rejected whether
	// it was rejected on the way.
	took     int
	rejected bool
	// ticket asked for it and is solved by now, 0 for none.
	ticket tracker.TicketID
}

// pastStories are those of the done iterations: 6, 8, 7 and 9 points.
func pastStories() []pastStory {
	return []pastStory{
		{week: 4, day: 1, name: "Invoices as PDF", points: 3, owner: demoAda, labels: []string{"tax"}, took: 3},
		{week: 4, day: 2, name: "Sign-in mails end up in spam", kind: tracker.Bug, owner: demoBen, labels: []string{"sign-in"}, took: 1, ticket: 1006},
		{week: 4, day: 4, name: "Pay by SEPA debit", points: 3, owner: demoBen, labels: []string{"payments"}, took: 4, rejected: true},
		{week: 3, day: 1, name: "Portal in the customer's language", points: 3, owner: demoAda, labels: []string{"portal"}, took: 4},
		{week: 3, day: 3, name: "Remind of invoices that are due", points: 2, owner: demoBen, labels: []string{"payments"}, took: 2},
		{week: 3, day: 4, name: "Show past payments", points: 3, owner: demoAda, labels: []string{"payments", "portal"}, took: 3},
		{week: 2, day: 0, name: "Move the nightly jobs", kind: tracker.Chore, owner: demoBen, took: 1},
		{week: 2, day: 2, name: "VAT by the customer's country", points: 3, owner: demoBen, labels: []string{"tax"}, took: 3},
		{week: 2, day: 3, name: "Refund a part of a payment", points: 2, owner: demoAda, labels: []string{"payments"}, took: 2, rejected: true, ticket: 998},
		{week: 2, day: 4, name: "Export invoices for a month", points: 2, owner: demoAda, labels: []string{"export"}, took: 1},
		{week: 1, day: 0, name: "Two addresses on one account", points: 3, owner: demoAda, labels: []string{"portal"}, took: 5, ticket: 1003},
		{week: 1, day: 2, name: "Rounding differs from the invoice", kind: tracker.Bug, owner: demoBen, labels: []string{"tax"}, took: 1, ticket: 995},
		{week: 1, day: 3, name: "Choose how to pay at checkout", points: 3, owner: demoBen, labels: []string{"payments"}, took: 3},
		{week: 1, day: 4, name: "Download all invoices of a year", points: 3, owner: demoAda, labels: []string{"export"}, took: 2},
	}
}

// pastOrigin is the number before those that the stories of the past come with.
const pastOrigin = 9000

// past hands out the stories of done iterations as an import reads them, with what their
// history tells: they happened before the demo was made.
type past struct {
	project tracker.Project
	now     time.Time
	// host is that of the account whose tickets asked for some of them.
	host string
}

// Read implements transfer.Reader.
func (p past) Read(each func(transfer.Record) error, _ func(transfer.Finding)) error {
	current := plan.NewCalendar(p.project).Holding(p.now).Start
	var changes []transfer.Activity
	for i, s := range pastStories() {
		id := int64(pastOrigin + i + 1)
		accepted := current.AddDate(0, 0, s.day-7*s.week*max(p.project.IterationWeeks, 1)).Add(15 * time.Hour)
		started := accepted.AddDate(0, 0, -s.took).Add(-5 * time.Hour)
		story := transfer.Story{
			ID: id, Name: s.name, Type: s.kind, State: tracker.Accepted, Labels: s.labels, Owners: []string{s.owner}, Requester: demoAda,
			CreatedAt: started.AddDate(0, 0, -5).UTC(), UpdatedAt: accepted.UTC(), AcceptedAt: accepted.UTC(),
		}
		if s.kind == "" {
			story.Type, story.Estimate = tracker.Feature, &s.points
		}
		if s.ticket != 0 {
			story.Tickets = []transfer.Ticket{{Host: p.host, ID: int64(s.ticket)}}
		}
		if err := each(transfer.Record{Story: &story}); err != nil {
			return err
		}
		changes = append(changes, s.changes(id, started, accepted)...)
	}
	for i := len(changes) - 1; i >= 0; i-- { // the newest first, as exports have them
		if err := each(transfer.Record{Activity: &changes[i]}); err != nil {
			return err
		}
	}
	return nil
}

// Open implements transfer.Reader: these stories have no attachments.
func (past) Open(a transfer.Attachment) (io.ReadCloser, error) {
	return nil, tracker.Errorf(tracker.CodeNotFound, "there is no attachment %s", a.Path)
}

// changes are the steps of a story from its start to its acceptance, evenly in that time.
func (s pastStory) changes(id int64, started, accepted time.Time) []transfer.Activity {
	states := []tracker.State{tracker.Unstarted, tracker.Started}
	if s.kind != tracker.Chore {
		states = append(states, tracker.Finished, tracker.Delivered)
		if s.rejected {
			states = append(states, tracker.Rejected, tracker.Started, tracker.Finished, tracker.Delivered)
		}
	}
	states = append(states, tracker.Accepted)
	steps := len(states) - 1
	list := make([]transfer.Activity, steps)
	for i := range steps {
		by := s.owner
		if next := states[i+1]; next == tracker.Accepted || next == tracker.Rejected {
			by = demoAda // who asked for it
		}
		list[i] = transfer.Activity{
			Of: id, Type: string(states[i+1]), By: by, Message: fmt.Sprintf("%s %s", by, states[i+1]),
			At:      started.Add(accepted.Sub(started) * time.Duration(i) / time.Duration(max(steps-1, 1))).UTC(),
			Changes: []tracker.FieldChange{{Field: "state", Old: string(states[i]), New: string(states[i+1])}},
		}
	}
	return list
}
