package command

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// unsent is a deed that was refused because notes have not left yet: the user
// decides whether they are sent first or given up.
type unsent struct {
	// notes chooses them.
	notes []tracker.DeliveryQuery
	// deed is what was to be done, such as "delete S-14".
	deed string
	// drop does it all the same and gives the notes up.
	drop func(context.Context) pane.Done
}

// UnsentRead brings the notes that hold a deed up.
type UnsentRead struct {
	unsent
	waiting []tracker.Delivery
	err     error
}

// UnsentError is what a deed fails with that notes which have not left hold up.
type UnsentError struct {
	unsent
	err error
}

// Error says that notes have not left.
func (e *UnsentError) Error() string { return e.err.Error() }

// Unwrap returns the refusal.
func (e *UnsentError) Unwrap() error { return e.err }

// Settle does a deed that gives the chosen notes up only when told to drop them.
func Settle(h *pane.Host, deed string, do func(ctx context.Context, drop bool) pane.Done, notes ...tracker.DeliveryQuery) tea.Cmd {
	drop := func(ctx context.Context) pane.Done { return do(ctx, true) }
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		ended := do(ctx, false)
		if tracker.ReasonOf(ended.Err) == tracker.ReasonPending {
			ended.Err = &UnsentError{unsent{notes, deed, drop}, ended.Err}
		}
		return ended
	})
}

// ReadUnsent reads the notes that hold a deed up.
func ReadUnsent(h *pane.Host, u *UnsentError) tea.Cmd {
	service := h.Service
	return h.Do(func(ctx context.Context) tea.Msg {
		read := UnsentRead{unsent: u.unsent}
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

// AskUnsent asks what becomes of the notes that hold a deed up.
func AskUnsent(h *pane.Host, msg UnsentRead) tea.Cmd {
	if msg.err != nil {
		return h.Fail(msg.err)
	}
	unconfirmed := 0
	for _, d := range msg.waiting {
		if d.State == tracker.DeliveryUnconfirmed {
			unconfirmed++
		}
	}
	title, drop := "1 private comment not sent", dialog.Choice{Text: "drop it and " + msg.deed}
	if n := len(msg.waiting); n != 1 {
		title, drop.Text = fmt.Sprintf("%d private comments not sent", n), "drop them and "+msg.deed
	}
	if unconfirmed > 0 {
		drop.Note = "may already be on the ticket"
		if len(msg.waiting) > 1 {
			drop.Note = fmt.Sprintf("%d may already be on the ticket", unconfirmed)
		}
	}
	rows := []dialog.Choice{{Text: "send first", Note: msg.deed + " later"}, drop, {Text: "cancel"}}
	return h.Open(dialog.NewChooser(h, title, rows, func(i int) tea.Cmd {
		switch i {
		case 0:
			return sendNow(h, msg.waiting)
		case 1:
			return h.Change(msg.drop)
		}
		return nil
	}), pane.Overlay)
}

// sendNow tries private comments at once.
func sendNow(h *pane.Host, waiting []tracker.Delivery) tea.Cmd {
	service, ledger := h.Service, h.Keys.Key(keymap.ScopeGlobal, intent.ActDeliveries)
	ids := present.Each(waiting, func(d tracker.Delivery) tracker.DeliveryID { return d.ID })
	return h.Change(func(ctx context.Context) pane.Done {
		return pane.Done{Said: "Sending now; " + ledger + " shows the result", Err: service.Outbox.SendNow(ctx, ids)}
	})
}
