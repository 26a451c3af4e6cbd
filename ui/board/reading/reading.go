// Package reading reads what the board shows and makes the rows of it.
//
// Invariants:
//   - One reading is of one moment: it is one transaction. Only where this user is signed
//     in is looked up after it, on their machine.
//   - Only what is asked for is read.
//   - Rows are made where they are read, beside the program: ten thousand of them
//     take longer than a frame.
//   - Texts of others are safe to be drawn.
package reading

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/plan"
	"storydesk/tracker/search"
	"storydesk/ui/board/iterations"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/present"
	"storydesk/ui/row"
)

// Request says what to read.
type Request struct {
	// Kinds are what may have changed.
	Kinds   tracker.Hint
	Project tracker.ProjectID
	// Panel is the integration whose tickets are wanted, 0 for the first active one.
	Panel tracker.IntegrationID
	// Order is that of the tickets where the user chose none.
	Order tracker.TicketOrder
	// Parts are the parts of the board whose stories are wanted.
	Parts []layout.Part
	// ToAnswer asks for the tickets to be answered, too, where tickets are read.
	ToAnswer bool
	// Demand is the order of the stories that tickets ask for, empty for the usual one.
	Demand search.StoryOrder
	// Epics asks for the rows of epics.
	Epics bool
	// Velocity is what is planned with, 0 for the project's own.
	Velocity int
}

// Stories reports whether the project and its stories are read. What became of a
// private comment shows on its story's row.
func (q Request) Stories() bool {
	return q.Kinds.Has(tracker.HintStories | tracker.HintDeliveries | tracker.HintProjects)
}

// Counts reports whether the deliveries are counted.
func (q Request) Counts() bool {
	return q.Kinds.Has(tracker.HintDeliveries | tracker.HintIntegrations)
}

// Tickets reports whether the integrations and the tickets of one of them are read.
func (q Request) Tickets() bool {
	return q.Kinds.Has(tracker.HintTickets | tracker.HintIntegrations | tracker.HintStories)
}

// Result is what was read. What was not asked for is empty.
type Result struct {
	Project tracker.Project
	// Stories are the rows of the parts that were asked for.
	Stories map[intent.PaneName][]row.Story
	// Initials are those that people chose, by their names.
	Initials map[string]string
	// Known are the project's epics, Epics the rows of them where these were asked for.
	Known []tracker.Epic
	Epics []row.Epic
	// Plan arranges the Backlog into iterations, and Sections say of the parts that are
	// divided into iterations where these begin.
	Plan     plan.Plan
	Sections map[intent.PaneName][]iterations.Section
	// HasStories is true where the project has
	// stories, in a part that was asked for or not.
	HasStories bool
	// Integrations are all of the project's; Panel is the one whose tickets these
	// are, 0 when none is active.
	Integrations []tracker.Integration
	// Absent are those that this terminal cannot send for, with who can.
	Absent  map[tracker.IntegrationID]tracker.Sender
	Panel   tracker.IntegrationID
	Fetch   tracker.Fetch
	Order   tracker.TicketOrder
	Tickets []row.Ticket
	// List is what Tickets are the rows of.
	List tracker.TicketList
	// Told is what the tickets tell.
	Told row.TicketFacts
	// Answer are the tickets to be answered, AnswerTold is what they tell.
	Answer     []row.Ticket
	AnswerTold row.TicketFacts
	// Counts are how many deliveries are in each state.
	Counts map[tracker.DeliveryState]int
}

// Snapshots is the use case that reads what the board shows, at one moment.
type Snapshots interface {
	Snapshot(ctx context.Context, project tracker.ProjectID, shown tracker.SnapshotQuery) (tracker.Snapshot, error)
}

// Read reads what is asked for. CodeNotFound when there is no such project.
func Read(ctx context.Context, s Snapshots, q Request) (Result, error) {
	snap, err := s.Snapshot(ctx, q.Project, tracker.SnapshotQuery{Stories: q.Stories(), Counts: q.Counts(), Tickets: q.Tickets(), ToAnswer: q.ToAnswer, Panel: q.Panel, Order: q.Order})
	if err != nil {
		return Result{}, err
	}
	res := Result{Counts: snap.Counts}
	if q.Stories() {
		res.addStories(snap, q)
	}
	if q.Tickets() {
		res.addTickets(snap)
	}
	return res, nil
}

func (res *Result) addStories(snap tracker.Snapshot, q Request) {
	b := snap.Stories
	res.Project, res.Plan = b.Project, plan.WithVelocity(b, snap.At, q.Velocity)
	res.Sections = map[intent.PaneName][]iterations.Section{
		intent.PaneBacklog: iterations.Backlog(res.Plan), intent.PaneDone: iterations.Done(res.Plan, len(b.Done)),
	}
	res.Stories = make(map[intent.PaneName][]row.Story, len(q.Parts))
	for _, p := range q.Parts {
		cards := p.Cards(b)
		if p.Name == intent.PaneDemand {
			q.Demand.Sort(cards)
		}
		rows := StoryRows(cards, b.Project)
		for i := range rows {
			if len(snap.Initials) > 0 {
				rows[i] = rows[i].Called(snap.Initials)
			}
			if rows[i].Card.Deadline != nil {
				rows[i] = rows[i].Due(res.Plan.Late(rows[i].Card), snap.At)
			}
		}
		res.Stories[p.Name] = rows
	}
	res.Known, res.Initials = snap.Epics, snap.Initials
	if q.Epics {
		for _, f := range epic.Of(snap.Epics, b, res.Plan) {
			res.Epics = append(res.Epics, row.NewEpic(f, snap.At))
		}
	}
	res.HasStories = len(b.Backlog)+len(b.Icebox)+len(b.Done) > 0
}

func (res *Result) addTickets(snap tracker.Snapshot) {
	for i := range snap.Integrations {
		in := &snap.Integrations[i]
		in.Name, in.ViewTitle, in.PausedReason = present.Cell(in.Name), present.Cell(in.ViewTitle), present.Cell(in.PausedReason)
	}
	res.Absent = snap.Absent
	res.Integrations, res.Panel = snap.Integrations, snap.Tickets.Integration.ID
	res.List = snap.Tickets
	res.Fetch, res.Order = snap.Tickets.Fetch, snap.Order
	res.Tickets = present.Each(snap.Tickets.Tickets, row.NewTicket)
	res.Told = row.TicketFactsOf(res.Tickets, res.Order)
	res.Answer = present.Each(snap.ToAnswer, row.NewAnswer)
	res.AnswerTold = row.TicketFactsOf(res.Answer, tracker.OrderWaiting)
	if !res.AnswerTold.Progress { // nobody is known to wait, and the last change decides
		res.AnswerTold.Order = tracker.OrderUpdated
	}
}

// StoryRows makes the rows of stories.
func StoryRows(cards []tracker.Card, p tracker.Project) []row.Story {
	rows := make([]row.Story, len(cards))
	for i, c := range cards {
		rows[i] = row.NewStory(c, p)
	}
	return rows
}
