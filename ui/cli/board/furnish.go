package board

import (
	"context"
	"fmt"
	"slices"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/tracker/transfer"
)

// A furnished story is one of the demo's: it is made, taken as far as its steps lead,
// and commented on, by the same use cases that the board has.
type furnished struct {
	tickets []tracker.TicketID
	// name is that of a story without a ticket.
	name   string
	kind   tracker.StoryType
	column tracker.Column
	// last is true where it goes to the end of the column.
	last   bool
	points float64
	owner  string
	labels []string
	steps  []tracker.Action
	// reason is why it was rejected, comment what is said on it.
	reason, comment string
	// blocker is what holds it up, or the name of the story that does; review a type of
	// review that is under way.
	blocker, review string
	// due is the deadline of a release, in days after the first of Current; 0 for none.
	due int
}

// The people of the demo beside its user.
const (
	demoAda = "Ada Lovelace"
	demoBen = "Ben Okafor"
)

// furniture are the demo's stories: one in every state at least, from the bottom of
// the board to its top.
func furniture() []furnished {
	path := []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver}
	begun, finished, delivered := path[:1:1], path[:2:2], path[:3:3] // nothing is appended in place
	return []furnished{
		{tickets: []tracker.TicketID{1022}, column: tracker.Icebox, labels: []string{"tax"}},
		{name: "Dark mode for the customer portal", kind: tracker.Feature, column: tracker.Icebox, points: 3, labels: []string{"portal"}},
		{tickets: []tracker.TicketID{1026}, column: tracker.Icebox},
		{name: "Release 4.2", kind: tracker.Release, column: tracker.Backlog, due: 11},
		{tickets: []tracker.TicketID{1023}, column: tracker.Backlog, labels: []string{"tax"}, comment: "Which number was it? We cannot see it in the logs."},
		{name: "Upgrade the payment library", kind: tracker.Chore, column: tracker.Backlog, labels: []string{"payments"}},
		{
			tickets: []tracker.TicketID{1028}, kind: tracker.Feature, column: tracker.Backlog, points: 3, owner: demoBen, labels: []string{"tax"},
			blocker: "Upgrade the payment library",
		},
		{
			tickets: []tracker.TicketID{1042, 1047}, kind: tracker.Feature, column: tracker.Backlog, points: 2, owner: demoAda, labels: []string{"export"},
			steps: begun, comment: "Found it: the cursor is closed before the rows are read.",
		},
		{
			tickets: []tracker.TicketID{1044}, column: tracker.Backlog, owner: demoBen, labels: []string{"sign-in"},
			steps: append(delivered, tracker.Reject), reason: "It still loops with a second tab open.",
		},
		{tickets: []tracker.TicketID{1037}, kind: tracker.Feature, column: tracker.Backlog, points: 1, owner: demoAda, steps: finished, review: "Design"},
		{
			tickets: []tracker.TicketID{1032}, column: tracker.Backlog, owner: demoBen, labels: []string{"payments"}, blocker: "The bank has to confirm it",
			steps: delivered, comment: "The second charge is refunded by itself from now on.",
		},
		{tickets: []tracker.TicketID{1030}, kind: tracker.Feature, column: tracker.Backlog, points: 2, owner: demoAda, labels: []string{"payments"}, steps: append(delivered, tracker.Accept)},
		// What comes after the release fills the iterations to come.
		{name: "Split an invoice between two payers", kind: tracker.Feature, column: tracker.Backlog, last: true, points: 3, labels: []string{"payments"}},
		{name: "Customers correct their VAT number", kind: tracker.Feature, column: tracker.Backlog, last: true, points: 2, labels: []string{"portal", "tax"}},
		{name: "Late fees by contract", kind: tracker.Feature, column: tracker.Backlog, last: true, points: 3, labels: []string{"payments"}},
		{name: "Statements for the auditor", kind: tracker.Feature, column: tracker.Backlog, last: true, points: 3, labels: []string{"export"}},
	}
}

// demoEpics are the demo's epics, whose labels its stories carry.
func demoEpics() []tracker.Epic {
	return []tracker.Epic{
		{Name: "Payments without a phone call", Label: "payments", Description: "Customers pay, get money back and see both without asking us."},
		{Name: "Right with the tax office", Label: "tax", Description: "Invoices that need no second look."},
		{Name: "A portal for customers", Label: "portal"},
	}
}

// What happens on the demo's tickets besides: one is closed, so that the comment to it
// is parked, and a customer writes again.
const (
	demoClosed  tracker.TicketID = 1023
	demoReplied tracker.TicketID = 1042
	demoReply                    = "Any news? We have to hand the figures in on Friday."
)

// demoUnseen is how many of the newest tickets nobody has looked at.
const demoUnseen = 5

// furnisher fills a new demo.
type furnisher struct {
	stories  stories
	views    views
	parts    parts
	epics    Epics
	imports  imports
	projects projects
	in       tracker.Integration
	now      time.Time
	// happen changes a ticket as people at Zendesk do, unless that has happened already.
	happen func(ticket tracker.TicketID, status, says string) error
}

// furnish fills a new demo, so that its first screen shows what the program is. What is
// there already stays as it is, so that it goes on where it was stopped. Undo is for what the
// user does meanwhile.
func (d furnisher) furnish(ctx context.Context) error {
	ctx = tracker.WithoutUndo(ctx)
	list, err := d.readView(ctx)
	if err != nil {
		return err
	}
	for _, t := range list.Tickets[min(demoUnseen, len(list.Tickets)):] {
		if len(t.Stories) > 0 {
			continue // it was seen before its story was made, and what came since is new
		}
		if err := d.views.SeeTicket(ctx, d.in.ID, t.ID, nil); err != nil {
			return err
		}
	}
	// It is closed first: a comment to it is parked then, whenever it is sent.
	if err := d.happen(demoClosed, "closed", ""); err != nil {
		return fmt.Errorf("close ticket %s of the demo: %w", demoClosed, err)
	}
	for _, f := range furniture() {
		if err := d.make(ctx, f); err != nil {
			return err
		}
	}
	for _, also := range []func(context.Context) error{d.addEpics, d.addPast} {
		if err := also(ctx); err != nil {
			return err
		}
	}
	if err := d.happen(demoReplied, "", demoReply); err != nil {
		return fmt.Errorf("answer on ticket %s of the demo: %w", demoReplied, err)
	}
	return d.views.RefreshView(ctx, d.in.ID) // so that the answer is there
}

// readView reads the view to its end. A reading that the board begins meanwhile takes the
// place of this one, which is tried again then.
func (d furnisher) readView(ctx context.Context) (list tracker.TicketList, err error) {
	const most = 10
	for range most {
		if err = d.views.RefreshView(ctx, d.in.ID); err != nil {
			return list, err
		}
		if list, err = d.views.Tickets(ctx, d.in.ID); err != nil || !list.Fetch.Partial && !list.Fetch.FinishedAt.IsZero() {
			return list, err
		}
	}
	return list, nil // the demo is there without it
}

// make makes a story and takes it as far as its steps lead, from where it is.
func (d furnisher) make(ctx context.Context, f furnished) error {
	id, err := d.find(ctx, f)
	if err == nil && id == 0 {
		id, err = d.add(ctx, f)
	}
	if err != nil {
		return err
	}
	now, err := d.stories.Story(ctx, id)
	if err != nil {
		return err
	}
	seen := []tracker.Seen{{ID: id}}
	if f.points > 0 && now.Story.Type == tracker.Feature && now.Story.Estimate == nil {
		if _, err := d.stories.Estimate(ctx, seen, &f.points); err != nil {
			return err
		}
	}
	for _, step := range f.steps[min(stepsTo(now.Story.State), len(f.steps)):] {
		reason := ""
		if step == tracker.Reject {
			reason = f.reason
		}
		if _, err := d.stories.Transition(ctx, seen, step, reason); err != nil {
			return err
		}
	}
	if f.comment != "" && !slices.ContainsFunc(now.Comments, func(c tracker.Comment) bool { return c.Text == f.comment }) {
		if _, err = d.stories.Comment(ctx, []tracker.StoryID{id}, f.comment, ""); err != nil {
			return err
		}
	}
	return d.complete(ctx, f, now)
}

// complete adds to a story what hangs on it and is not there yet.
func (d furnisher) complete(ctx context.Context, f furnished, now tracker.StoryDetail) error {
	id := now.Story.ID
	if f.due > 0 && now.Story.Deadline == nil {
		first := plan.NewCalendar(now.Project).Holding(d.now).Start
		due := time.Date(first.Year(), first.Month(), first.Day()+f.due, 0, 0, 0, 0, time.UTC)
		if _, err := d.stories.Edit(ctx, []tracker.StoryID{id}, tracker.StoryEdit{Deadline: &due}); err != nil {
			return err
		}
	}
	if f.blocker != "" && len(now.Parts.Blockers) == 0 {
		text := f.blocker
		by, err := d.find(ctx, furnished{name: f.blocker})
		if err == nil && by != 0 {
			text = by.String()
		}
		if err == nil {
			_, err = d.parts.AddBlocker(ctx, id, text)
		}
		if err != nil {
			return err
		}
	}
	if f.review == "" {
		return nil
	}
	var of tracker.Review
	if len(now.Parts.Reviews) > 0 {
		of = now.Parts.Reviews[0]
	} else {
		var err error
		if of, err = d.parts.AddReview(ctx, id, f.review, demoBen); err != nil {
			return err
		}
	}
	if of.Status == tracker.InReview {
		return nil
	}
	return d.parts.SetReview(ctx, id, of.ID, tracker.InReview)
}

// addEpics adds the epics that are not there yet.
func (d furnisher) addEpics(ctx context.Context) error {
	there, err := d.epics.Epics(ctx, d.in.ProjectID)
	if err != nil {
		return err
	}
	for _, e := range demoEpics()[min(len(there), len(demoEpics())):] {
		e.ProjectID = d.in.ProjectID
		if _, err := d.epics.AddEpic(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// addPast gives the project done iterations, unless it has them: those before the one that
// it was made in, with the stories that were accepted then.
func (d furnisher) addPast(ctx context.Context) error {
	there, err := d.find(ctx, furnished{name: pastStories()[0].name})
	if err != nil || there != 0 {
		return err
	}
	all, err := d.stories.Columns(ctx, d.in.ProjectID)
	if err != nil {
		return err
	}
	p := all.Project
	if p.StartDate.IsZero() {
		first := plan.NewCalendar(p).Holding(d.now).Start.AddDate(0, 0, -7*pastWeeks*max(p.IterationWeeks, 1))
		p.StartDate = time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, time.UTC)
		if p, err = d.projects.SaveProject(ctx, p); err != nil {
			return err
		}
	}
	_, err = d.imports.Import(ctx, past{p, d.now, d.in.Host}, transfer.Options{Project: p.ID})
	return err
}

// stepsTo is how many steps lead to a state.
func stepsTo(s tracker.State) int {
	switch s {
	case tracker.Started:
		return 1
	case tracker.Finished:
		return 2
	case tracker.Delivered:
		return 3
	case tracker.Accepted, tracker.Rejected:
		return 4
	case tracker.Unscheduled, tracker.Unstarted, tracker.Planned:
	}
	return 0
}

// find returns the story that was made already, 0 for none: that of the ticket, or the
// one of that name.
func (d furnisher) find(ctx context.Context, f furnished) (tracker.StoryID, error) {
	if len(f.tickets) > 0 {
		t, err := d.views.Ticket(ctx, d.in.ID, f.tickets[0])
		if err != nil || len(t.Stories) == 0 {
			return 0, err
		}
		return t.Stories[0].ID, nil
	}
	all, err := d.stories.Columns(ctx, d.in.ProjectID)
	for _, c := range slices.Concat(all.Backlog, all.Icebox, all.Done) {
		if c.Name == f.name {
			return c.ID, nil
		}
	}
	return 0, err
}

func (d furnisher) add(ctx context.Context, f furnished) (tracker.StoryID, error) {
	place := tracker.Place{Column: f.column, Bottom: f.last}
	var owners []string
	if f.owner != "" {
		owners = []string{f.owner}
	}
	if len(f.tickets) == 0 {
		st, err := d.stories.AddStory(ctx, tracker.NewStory{ProjectID: d.in.ProjectID, Name: f.name, Type: f.kind, Owners: owners, Labels: f.labels, Place: place})
		return st.ID, err
	}
	made, err := d.stories.AddFromTickets(ctx, tracker.FromTickets{
		Integration: d.in.ID, Tickets: f.tickets, Type: f.kind, Owners: owners, Labels: f.labels, Place: place,
	})
	if err != nil {
		return 0, err
	}
	return made[0].ID, nil
}
