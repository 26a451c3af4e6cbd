package outbox

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/wording"
)

// SendState queues the private comments of a state change, one for each linked ticket. A
// story that is started now also opens its tickets that are new; where states
// are not to be told, that goes alone.
func (s *Service) SendState(w tracker.Writer, st tracker.Story, p tracker.Project, from tracker.State, activity tracker.ActivityID) error {
	opens := st.State == tracker.Started && !from.Begun()
	return s.eachTicket(w, st, activity, func(in tracker.Integration, d *tracker.Delivery) bool {
		d.Opens = opens
		switch {
		case in.UpdateState:
			d.Kind = tracker.KindState
			d.Text = stateText(s.Actor(), st, from, p, d.Operation)
		case opens:
			d.Kind = tracker.KindOpen
		default:
			return false
		}
		return true
	})
}

// SendComment queues the private comments of a story comment, one for each linked ticket.
func (s *Service) SendComment(w tracker.Writer, st tracker.Story, p tracker.Project, c tracker.Comment, activity tracker.ActivityID) error {
	return s.eachTicket(w, st, activity, func(in tracker.Integration, d *tracker.Delivery) bool {
		d.Kind = tracker.KindComment
		d.CommentID = c.ID
		d.Text = commentText(c, st, p, d.Operation)
		return in.UpdateComments
	})
}

// eachTicket queues one delivery for each linked ticket whose integration is
// active and of a kind that private comments are sent to, unless fill declines it.
func (s *Service) eachTicket(w tracker.Writer, st tracker.Story, activity tracker.ActivityID, fill func(tracker.Integration, *tracker.Delivery) bool) error {
	now := s.Now()
	for _, l := range st.Tickets {
		if l.IntegrationID == 0 {
			continue
		}
		in, err := w.Integration(l.IntegrationID)
		if err != nil {
			return err
		}
		d := tracker.Delivery{
			Operation: s.NewID(), StoryID: st.ID, Origin: tracker.Origin{ActivityID: activity}, Ticket: l.Ticket, IntegrationID: in.ID,
			State: tracker.DeliveryWaiting, NotBefore: now.Add(s.Grace), CreatedAt: now,
		}
		if !in.Active || !kind.Of(in).Sends || !fill(in, &d) {
			continue
		}
		if err := w.AddDelivery(d); err != nil {
			return err
		}
	}
	return nil
}

// Deliveries lists the ledger, newest first.
func (s *Service) Deliveries(ctx context.Context, q tracker.DeliveryQuery) ([]tracker.Delivery, error) {
	var list []tracker.Delivery
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		list, err = r.Deliveries(q)
		return err
	})
	return list, err
}

// Delivery reads one entry of the ledger; CodeNotFound.
func (s *Service) Delivery(ctx context.Context, id tracker.DeliveryID) (tracker.Delivery, error) {
	var d tracker.Delivery
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		d, err = r.Delivery(id)
		return err
	})
	return d, err
}

// Attempts lists the last tries of deliveries, oldest first.
func (s *Service) Attempts(ctx context.Context, ids ...tracker.DeliveryID) (attempts map[tracker.DeliveryID][]tracker.DeliveryAttempt, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		attempts, err = r.DeliveryAttempts(ids...)
		return err
	})
	return attempts, err
}

// DeliveryCounts counts what is not sent, by state.
func (s *Service) DeliveryCounts(ctx context.Context) (map[tracker.DeliveryState]int, error) {
	var counts map[tracker.DeliveryState]int
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		counts, err = r.DeliveryCounts()
		return err
	})
	return counts, err
}

// RetryDeliveries tries deliveries at once, either all of them or none: a parked one
// at the end of its ticket's lane, marked late. [wording.Refusal] refuses.
func (s *Service) RetryDeliveries(ctx context.Context, ids []tracker.DeliveryID) ([]tracker.Delivery, error) {
	return s.changeDeliveries(ctx, ids, s.retry)
}

// SendNow tries what has not been sent of several deliveries as RetryDeliveries does:
// either all of it or nothing. One that was sent or dropped meanwhile, or is being
// sent, stays as it is.
func (s *Service) SendNow(ctx context.Context, ids []tracker.DeliveryID) error {
	_, err := s.changeDeliveries(ctx, ids, func(w tracker.Writer, d *tracker.Delivery) error {
		if wording.Refusal(*d) == nil {
			return s.retry(w, d)
		}
		return nil
	})
	return err
}

func (s *Service) retry(w tracker.Writer, d *tracker.Delivery) error {
	if err := wording.Refusal(*d); err != nil {
		return err
	}
	if d.State == tracker.DeliveryParked {
		return s.requeue(w, d)
	}
	d.NotBefore = s.Now()
	return w.SaveDelivery(d)
}

// RetryParked tries all parked deliveries at once, each at the end of its
// ticket's lane, in the order in which they were there, and tells how many.
func (s *Service) RetryParked(ctx context.Context) (n int, err error) {
	err = s.Write(ctx, tracker.HintDeliveries, func(w tracker.Writer) error {
		parked, err := w.Deliveries(tracker.DeliveryQuery{States: []tracker.DeliveryState{tracker.DeliveryParked}})
		if err != nil {
			return err
		}
		n = len(parked)
		slices.SortFunc(parked, func(a, b tracker.Delivery) int { return cmp.Compare(a.Seq, b.Seq) })
		for i := range parked {
			if err := s.requeue(w, &parked[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// requeue sends a parked delivery to the end of its lane.
func (s *Service) requeue(w tracker.Writer, d *tracker.Delivery) error {
	d.State, d.Reason, d.Late, d.NotBefore = tracker.DeliveryWaiting, "", true, s.Now()
	return w.RequeueDelivery(d)
}

// DropDeliveries gives deliveries up, either all of them or none.
// [wording.Refusal] refuses. One that is unconfirmed may be on the ticket
// already.
func (s *Service) DropDeliveries(ctx context.Context, ids []tracker.DeliveryID) ([]tracker.Delivery, error) {
	return s.changeDeliveries(ctx, ids, dropUnsent)
}

func dropUnsent(w tracker.Writer, d *tracker.Delivery) error {
	if err := wording.Refusal(*d); err != nil {
		return err
	}
	return drop(w, d)
}

// changeDelivery is changeDeliveries of one.
func (s *Service) changeDelivery(ctx context.Context, id tracker.DeliveryID, change func(tracker.Writer, *tracker.Delivery) error) (tracker.Delivery, error) {
	changed, err := s.changeDeliveries(ctx, []tracker.DeliveryID{id}, change)
	if err != nil {
		return tracker.Delivery{}, err
	}
	return changed[0], nil
}

// changeDeliveries changes stored deliveries in one transaction.
func (s *Service) changeDeliveries(
	ctx context.Context, ids []tracker.DeliveryID, change func(tracker.Writer, *tracker.Delivery) error,
) ([]tracker.Delivery, error) {
	var changed []tracker.Delivery
	err := s.Write(ctx, tracker.HintDeliveries, func(w tracker.Writer) error {
		changed = nil
		for _, id := range ids {
			d, err := w.Delivery(id)
			if err != nil {
				return err
			}
			if err := change(w, &d); err != nil {
				return err
			}
			changed = append(changed, d)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// SendAgain puts a comment that was sent, but is not on its ticket any more,
// at the end of its ticket's lane. It is looked for before it is sent.
// CodeRefused when it was not sent or carries no text.
func (s *Service) SendAgain(ctx context.Context, id tracker.DeliveryID) (tracker.Delivery, error) {
	return s.changeDelivery(ctx, id, func(w tracker.Writer, d *tracker.Delivery) error {
		if d.State != tracker.DeliverySent || d.Kind == tracker.KindOpen {
			return tracker.Errorf(tracker.CodeRefused, "delivery %d is %s; only one that was sent can be sent again", d.ID, d.State)
		}
		d.State, d.Reason, d.Late, d.NotBefore = tracker.DeliveryWaiting, "", true, s.Now()
		d.AuditID, d.Public, d.DeliveredAt = 0, nil, nil
		return w.RequeueDelivery(d)
	})
}

func drop(w tracker.Writer, d *tracker.Delivery) error {
	if d.State == tracker.DeliveryUnconfirmed {
		d.Reason = "dropped; it may already be on the ticket"
	} else {
		d.Reason = "dropped by the user"
	}
	d.State = tracker.DeliveryDropped
	return w.SaveDelivery(d)
}

// SettleUnsent sees to it that no private comment is lost silently when what it belongs
// to goes away: it refuses while private comments have not left, or drops them when told.
// A private comment that is being sent cannot be dropped. Of several places where there
// may be some, the error names the stories.
func SettleUnsent(w tracker.Writer, dropThem bool, action string, of ...tracker.DeliveryQuery) error {
	var unsent []tracker.Delivery
	for _, q := range of {
		q.States = []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliverySending, tracker.DeliveryUnconfirmed, tracker.DeliveryParked}
		deliveries, err := w.Deliveries(q)
		if err != nil {
			return err
		}
		unsent = append(unsent, deliveries...)
	}
	for _, d := range unsent {
		if d.State == tracker.DeliverySending {
			return tracker.Errorf(tracker.CodeRefused, "a private comment%s to %s is being sent; %s when it is done",
				ofStories([]tracker.Delivery{d}, len(of)), d.Ticket.ID, action)
		}
	}
	if len(unsent) > 0 && !dropThem {
		names := ofStories(unsent, len(of))
		e := tracker.Errorf(tracker.CodeRefused, "%s not been sent. Send or drop them first, or choose to %s and drop them",
			tracker.Counted(len(unsent), "private comment"+names+" has", "private comments"+names+" have"), action)
		e.Reason = tracker.ReasonPending
		return e
	}
	for i := range unsent {
		if err := drop(w, &unsent[i]); err != nil {
			return err
		}
	}
	return nil
}

// ofStories names the stories of deliveries where several were asked for, as
// " of S-1, S-3".
func ofStories(unsent []tracker.Delivery, asked int) string {
	if asked < 2 {
		return ""
	}
	var names []string
	for _, d := range unsent {
		if name := d.StoryID.String(); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return " of " + strings.Join(names, ", ")
}
