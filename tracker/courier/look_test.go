package courier_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// Where audits cannot be read, the reference in the text proves the private comment; a
// comment without it is none of ours.
func TestTheReferenceProvesACommentWhereAuditsAreForbidden(t *testing.T) {
	t.Parallel()
	for name, applied := range map[string]bool{"applied": true, "not applied": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketNew)
			st := w.Story(ticket)
			w.Comment(st, "Said before.")
			w.Deliver(st)
			w.forget(st)
			w.Faults(
				sandbox.Fault{Method: http.MethodGet, Path: "/tickets/*/audits/*", Times: -1, Answer: "forbidden-role"},
				onUpdate(sandbox.Fault{Apply: applied, Answer: sandbox.AnswerReset}),
			)
			w.Comment(st, "Shall we?")
			deliveries := w.Deliver(st)
			if d := deliveries[len(deliveries)-1]; d.State != tracker.DeliverySent || d.AuditID == 0 || d.Public == nil || *d.Public {
				t.Errorf("not proven: %+v", d)
			}
			w.Once(ticket, "Shall we?")
		})
	}
}

// forget takes the audits of a story's private comments out of the ledger, so that their
// comments are no longer known to be other notes.
func (w world) forget(st tracker.Story) {
	w.T.Helper()
	deliveries, _ := w.Deliveries(w.T.Context(), st)
	err := w.DB.Write(w.T.Context(), func(wr tracker.Writer) error {
		for i := range deliveries {
			deliveries[i].AuditID = 0
			if err := wr.SaveDelivery(&deliveries[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.T.Fatal(err)
	}
}

// bare opens accounts whose answers hold no metadata.
type bare struct{ tracker.Zendesk }

func (b bare) Open(in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	d, err := b.Zendesk.Open(in, c)
	return bareAccount{d}, err
}

type bareAccount struct{ tracker.Account }

func (d bareAccount) Update(ctx context.Context, id tracker.TicketID, u tracker.TicketUpdate) (tracker.Audit, error) {
	a, err := d.Account.Update(ctx, id, u)
	a.Operation = ""
	return a, err
}

func (d bareAccount) Audit(ctx context.Context, id tracker.TicketID, audit tracker.AuditID) (tracker.Audit, error) {
	a, err := d.Account.Audit(ctx, id, audit)
	a.Operation = ""
	return a, err
}

func TestACommentIsProvenWithoutMetadata(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Zendesk = bare{w.Engine.Zendesk}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Faults(onUpdate(sandbox.Fault{Skip: 1, Apply: true, Answer: sandbox.AnswerReset}))
	w.Start(st)
	w.Comment(st, "Second.")
	for _, d := range w.Deliver(st) {
		if d.State != tracker.DeliverySent || d.AuditID == 0 || d.Public == nil || *d.Public {
			t.Errorf("not proven: %+v", d)
		}
	}
	w.Once(ticket, "Ada started story")
	w.Once(ticket, "Second.")
}

// A courier that could not record what came of a private comment releases its lane all the
// same: the private comment, due since ever, is looked for and then sent.
func TestACommentThatWasLeftSendingIsDue(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Comment(st, "Who had this?")
	err := w.DB.Write(t.Context(), func(tx tracker.Writer) error {
		now := time.Now()
		claim, ok, err := tx.ClaimLane(now, now.Add(time.Hour), nil)
		if !ok || err != nil {
			t.Fatalf("claimed %v (%v)", ok, err)
		}
		d := claim.Delivery
		d.State, d.Attempts, d.SentAt = tracker.DeliverySending, 1, now
		if err := tx.SaveDelivery(&d); err != nil {
			return err
		}
		return tx.ReleaseLane(claim.Lane)
	})
	if err != nil {
		t.Fatal(err)
	}
	if deliveries := w.Deliver(st); deliveries[0].State != tracker.DeliverySent {
		t.Errorf("the note is %s: %s", deliveries[0].State, deliveries[0].Reason)
	}
	w.Once(ticket, "Who had this?")
}
