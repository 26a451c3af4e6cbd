package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// unsent is a deed that was refused because notes have not left yet: the user
// decides whether they are sent first or given up.
type unsent struct {
	// notes chooses them.
	notes []tracker.DeliveryQuery
	// deed is what was to be done, such as "delete S-14".
	deed string
	// drop does it all the same and gives the notes up.
	drop func(context.Context) done
}

// unsentRead brings the notes that hold a deed up.
type unsentRead struct {
	unsent
	waiting []tracker.Delivery
	err     error
}

// refused tells whether a use case ended so that its unsent notes are to be
// asked about.
func (d done) refused() bool {
	return d.unsent != nil && tracker.ReasonOf(d.err) == tracker.ReasonPending
}

// settle does a deed that gives the chosen notes up only when told to drop them.
func (s *shell) settle(deed string, do func(ctx context.Context, drop bool) done, notes ...tracker.DeliveryQuery) tea.Cmd {
	drop := func(ctx context.Context) done { return do(ctx, true) }
	return s.changeNamed(func(ctx context.Context) done {
		ended := do(ctx, false)
		ended.unsent = &unsent{notes, deed, drop}
		return ended
	})
}

// readUnsent reads the notes that hold a deed up.
func (s *shell) readUnsent(u unsent) tea.Cmd {
	service := s.service
	return s.do(func(ctx context.Context) tea.Msg {
		read := unsentRead{unsent: u}
		for _, q := range u.notes {
			q.States = []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliveryUnconfirmed, tracker.DeliveryParked}
			notes, err := service.Outbox.Deliveries(ctx, q)
			if err != nil {
				read.err = err
				break
			}
			read.waiting = append(read.waiting, notes...)
		}
		return read
	})
}

// askUnsent asks what becomes of the notes that hold a deed up.
func (s *shell) askUnsent(msg unsentRead) tea.Cmd {
	if msg.err != nil {
		return s.fail(msg.err)
	}
	unconfirmed := 0
	for _, d := range msg.waiting {
		if d.State == tracker.DeliveryUnconfirmed {
			unconfirmed++
		}
	}
	title, drop := "1 private comment not sent", choice{text: "drop it and " + msg.deed}
	if n := len(msg.waiting); n != 1 {
		title, drop.text = fmt.Sprintf("%d private comments not sent", n), "drop them and "+msg.deed
	}
	if unconfirmed > 0 {
		drop.note = "may already be on the ticket"
		if len(msg.waiting) > 1 {
			drop.note = fmt.Sprintf("%d may already be on the ticket", unconfirmed)
		}
	}
	rows := []choice{{text: "send first", note: msg.deed + " later"}, drop, {text: "cancel"}}
	return s.open(newChooser(s, title, rows, func(i int) tea.Cmd {
		switch i {
		case 0:
			return s.sendNow(msg.waiting)
		case 1:
			return s.change(msg.drop)
		}
		return nil
	}), placeOverlay)
}

// sendNow tries notes at once.
func (s *shell) sendNow(notes []tracker.Delivery) tea.Cmd {
	service, ledger := s.service, s.keys.Key(keymap.ScopeGlobal, intent.ActDeliveries)
	return s.change(func(ctx context.Context) done {
		for _, d := range notes {
			// One that has left meanwhile is what was wanted.
			if _, err := service.Outbox.RetryDelivery(ctx, d.ID); err != nil && tracker.CodeOf(err) != tracker.CodeRefused {
				return done{err: err}
			}
		}
		return done{said: "Sending now; " + ledger + " shows the result"}
	})
}
