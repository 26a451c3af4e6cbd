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

// unsent is a change that was refused because private comments have not been sent: the
// user decides whether they are sent first or dropped.
type unsent struct {
	// of chooses the comments.
	of []tracker.DeliveryQuery
	// change is what was to be done, such as "delete S-14".
	change string
	// drop does it all the same and drops the comments.
	drop func(context.Context) pane.Done
}

// UnsentRead brings the private comments that a change waits for.
type UnsentRead struct {
	unsent
	waiting []tracker.Delivery
	err     error
}

// UnsentError is what a change fails with while private comments have not been sent.
type UnsentError struct {
	unsent
	err error
}

// Error says that they have not been sent.
func (e *UnsentError) Error() string { return e.err.Error() }

// Unwrap returns the refusal.
func (e *UnsentError) Unwrap() error { return e.err }

// askSettle asks whether to make a change, as [Settle] makes it.
func askSettle(h *Commands, ask, change string, do func(ctx context.Context, drop bool) pane.Done, of ...tracker.DeliveryQuery) tea.Cmd {
	return h.Open(dialog.NewQuestion(h.Host, ask, func() tea.Cmd { return Settle(h, change, do, of...) }), pane.Line)
}

// Settle makes a change that drops the chosen private comments only where the user
// says so: where some have not been sent it fails, and the user is asked.
func Settle(h *Commands, change string, do func(ctx context.Context, drop bool) pane.Done, of ...tracker.DeliveryQuery) tea.Cmd {
	drop := func(ctx context.Context) pane.Done { return do(ctx, true) }
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		ended := do(ctx, false)
		if tracker.ReasonOf(ended.Err) == tracker.ReasonPending {
			ended.Err = &UnsentError{unsent{of, change, drop}, ended.Err}
		}
		return ended
	})
}

// ReadUnsent reads the private comments that a change waits for.
func ReadUnsent(h *Commands, u *UnsentError) tea.Cmd {
	service := h.Service
	return h.Do(func(ctx context.Context) tea.Msg {
		read := UnsentRead{unsent: u.unsent}
		for _, q := range u.of {
			q.States = []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliveryUnconfirmed, tracker.DeliveryParked}
			comments, err := service.Outbox.Deliveries(ctx, q)
			if err != nil {
				read.err = err
				break
			}
			read.waiting = append(read.waiting, comments...)
		}
		return read
	})
}

// AskUnsent asks what becomes of the private comments that a change waits for.
func AskUnsent(h *Commands, msg UnsentRead) tea.Cmd {
	if msg.err != nil {
		return h.Fail(msg.err)
	}
	unconfirmed := 0
	for _, d := range msg.waiting {
		if d.State == tracker.DeliveryUnconfirmed {
			unconfirmed++
		}
	}
	title := present.Counted(len(msg.waiting), "private comment", "private comments") + " not sent"
	drop := dialog.Choice{Text: "drop " + tracker.Plural(len(msg.waiting), "it", "them") + " and " + msg.change}
	if unconfirmed > 0 {
		drop.Note = "may already be on the ticket"
		if len(msg.waiting) > 1 {
			drop.Note = fmt.Sprintf("%d may already be on the ticket", unconfirmed)
		}
	}
	rows := []dialog.Choice{{Text: "send first", Note: msg.change + " later"}, drop, {Text: "cancel"}}
	return h.Open(dialog.NewChooser(h.Host, title, rows, func(i int) tea.Cmd {
		switch i {
		case 0:
			sendNow(h, msg.waiting)
		case 1:
			h.Change(msg.drop)
		}
		return nil
	}), pane.Overlay)
}

// sendNow tries private comments at once.
func sendNow(h *Commands, waiting []tracker.Delivery) {
	service, ledger := h.Service, h.Keys.Key(keymap.ScopeGlobal, intent.ActDeliveries)
	ids := present.Each(waiting, func(d tracker.Delivery) tracker.DeliveryID { return d.ID })
	h.Change(func(ctx context.Context) pane.Done {
		return pane.Done{Said: "Sending now; " + ledger + " shows the result", Err: service.Outbox.SendNow(ctx, ids)}
	})
}
