// Package board reads what the board shows.
//
// Invariant: a snapshot is of one moment, whatever is changed while it is read. Where this
// user is signed in is not a part of it: that is looked up on their machine, once it is read.
package board

import (
	"context"
	"slices"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kernel"
	"storydesk/tracker/plan"
	"storydesk/tracker/search"
	"storydesk/tracker/views"
)

// Senders tells for which integrations this program cannot send, and who can, of those that
// were seen last.
type Senders interface {
	Absent(ctx context.Context, of []tracker.Integration, seen []tracker.Sender) (map[tracker.IntegrationID]tracker.Sender, error)
}

// Service reads what the board shows.
type Service struct {
	*kernel.Kernel
	senders Senders
}

// New returns the reading of the board.
func New(k *kernel.Kernel, s Senders) *Service { return &Service{k, s} }

// Snapshot reads what the board shows of a project, as far as it is asked for, in
// one transaction. CodeNotFound when there is no such project.
func (s *Service) Snapshot(ctx context.Context, project tracker.ProjectID, shown tracker.SnapshotQuery) (tracker.Snapshot, error) {
	var snap tracker.Snapshot
	var p tracker.Project
	var cards []tracker.Card
	var seen []tracker.Sender
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		if p, err = r.Project(project); err != nil {
			return err
		}
		if shown.Stories {
			if cards, err = readStories(r, project, &snap); err != nil {
				return err
			}
		}
		if shown.Counts {
			if snap.Counts, err = r.DeliveryCounts(); err != nil {
				return err
			}
		}
		if shown.Tickets {
			seen, err = s.readTickets(r, project, shown, &snap)
		}
		return err
	})
	if err == nil {
		// Whether this user is signed in stands in their own keyring, beside the database.
		snap.Absent, err = s.senders.Absent(ctx, snap.Integrations, seen)
	}
	if err != nil {
		return tracker.Snapshot{}, err
	}
	// The rest needs no database.
	if snap.At = s.Now(); shown.Stories {
		snap.Stories = plan.NewColumns(p, cards, snap.At, s.Actor())
	}
	search.Sort(snap.Order, snap.Tickets.Tickets)
	return snap, nil
}

// readStories reads the stories' cards, and what comes with them.
func readStories(r tracker.Reader, project tracker.ProjectID, snap *tracker.Snapshot) (cards []tracker.Card, err error) {
	if cards, err = r.Cards(project); err != nil {
		return nil, err
	}
	if snap.Epics, err = r.Epics(project); err != nil {
		return nil, err
	}
	people, err := r.People()
	snap.Initials = search.Initials(people)
	return cards, err
}

// readTickets reads the integrations and the tickets, and in a team who was there last that
// can send.
func (s *Service) readTickets(r tracker.Reader, project tracker.ProjectID, shown tracker.SnapshotQuery, snap *tracker.Snapshot) (seen []tracker.Sender, err error) {
	if s.Team {
		if seen, err = r.Senders(); err != nil {
			return nil, err
		}
	}
	return seen, readPanel(r, project, shown, s.Now(), snap)
}

// readPanel reads the integrations and the tickets of the wanted one, or of the
// first active one.
func readPanel(r tracker.Reader, project tracker.ProjectID, shown tracker.SnapshotQuery, now time.Time, snap *tracker.Snapshot) (err error) {
	if snap.Integrations, err = r.Integrations(project); err != nil {
		return err
	}
	var panel tracker.IntegrationID
	for _, in := range snap.Integrations {
		if in.Active && (panel == 0 || in.ID == shown.Panel) {
			panel = in.ID
		}
	}
	if panel == 0 {
		return nil
	}
	read := views.ReadTickets
	if shown.ToAnswer {
		read = func(r tracker.Reader, id tracker.IntegrationID, now time.Time) (list tracker.TicketList, err error) {
			list, snap.ToAnswer, err = views.ReadToAnswer(r, id, now)
			return list, err
		}
	}
	if snap.Tickets, err = read(r, panel, now); err != nil {
		return err
	}
	snap.Order, err = views.ReadTicketOrder(r, panel, shown.Order)
	if !slices.Contains(search.OrdersOf(snap.Tickets), snap.Order) {
		snap.Order = tracker.OrderView // Zendesk does not tell what it goes by
	}
	return err
}
