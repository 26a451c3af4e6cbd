package courier

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/guard"
	"storydesk/tracker/kernel"
)

// courierTimes are the courier's time limits.
type courierTimes struct {
	// prepare is for reading the ticket and for each look for the private comment; send is
	// for the update itself; margin is what the leases outlast them by.
	prepare, send, margin time.Duration
	// gap is the least time between two attempts of one private comment: Zendesk's
	// stamps have whole seconds, and a late twin must meet another one. It is
	// spent inside the claim.
	gap time.Duration
	// lag is how far a list of comments may lag behind its ticket.
	lag time.Duration
	// firstRetry, lastRetry bound the back-off.
	firstRetry, lastRetry time.Duration
	// renewal is how often a claim is renewed during an attempt.
	renewal time.Duration
	// settle is how long requests under way are waited for when leaving.
	settle time.Duration
}

// newCourierTimes derives the limits from what is configured. The gap is
// Zendesk's and stays.
func newCourierTimes(c kernel.Config) courierTimes {
	send := cmp.Or(c.SendTimeout, kernel.DefaultSendTimeout)
	times := courierTimes{
		prepare: send / 2, send: send, margin: send / 2, lag: cmp.Or(c.ListLag, kernel.DefaultListLag),
		gap: 2 * time.Second, firstRetry: cmp.Or(c.FirstRetry, kernel.DefaultFirstRetry), lastRetry: 10 * time.Minute,
		settle: cmp.Or(c.Settle, kernel.DefaultSettle),
	}
	times.renewal = times.lease() / 4
	return times
}

// longestLease is how long a claim lasts at most without being renewed: a ticket that a program
// was writing to when it died is another's within half a minute. What of that program may still
// be under way is looked for, whoever has the claim.
const longestLease = 24 * time.Second

// lease is how long a lane is claimed for, and claimed anew during an attempt.
func (t courierTimes) lease() time.Duration { return min(3*t.prepare+t.gap+t.margin, longestLease) }

const (
	// lanesPerHost is how many tickets of one account are updated at a time.
	lanesPerHost = 4
	// courierRecheck is how often the courier looks without being woken, and
	// how long it rests after the store failed.
	courierRecheck = 5 * time.Second
	// courierIdle is how often it looks while nothing waits: what others add wakes it.
	courierIdle = 15 * time.Second
	// longestWait is the longest that a private comment waits before it is tried again,
	// whatever Zendesk asks for. What waits longer was put off by a clock that
	// has been set back since.
	longestWait = 15 * time.Minute
)

// courier hands due lanes to goroutines, a few for each account.
type courier struct {
	s    *Service
	busy map[string]int
	// done receives each lane that is through.
	done chan through
	// held, inFlight are shared with Hold.
	held     *atomic.Bool
	inFlight *atomic.Int32
}

// through is a lane of an account that is no longer under way. Its error is a
// *Crash: what else goes wrong is recorded with the private comment.
type through struct {
	host string
	err  error
}

func (s *Service) newCourier() *courier {
	return &courier{s: s, busy: make(map[string]int), done: make(chan through), held: &s.held, inFlight: &s.inFlight}
}

// RunCourier sends what is due until ctx ends. Private comments that are being sent then
// have a moment to finish; what is cut off is looked for by the next courier.
func (s *Service) RunCourier(ctx context.Context) error {
	sending, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	c := s.newCourier()
	for {
		next, err := c.fill(sending, s.Now())
		if err != nil {
			s.Log.Error("the delivery queue cannot be read", "error", err)
		}
		timer := time.NewTimer(next)
		select {
		case <-ctx.Done():
			timer.Stop()
			if crash := c.settle(cancel); crash != nil {
				return crash
			}
			return ctx.Err()
		case lane := <-c.done:
			if err := c.finished(lane); err != nil {
				timer.Stop()
				return errors.Join(err, c.settle(cancel))
			}
		case <-s.Woken():
		case <-timer.C:
		}
		timer.Stop()
	}
}

// fill claims every lane that is due and free, and tells in how long to look again.
func (c *courier) fill(ctx context.Context, now time.Time) (time.Duration, error) {
	absent, err := c.s.absent(ctx)
	if err != nil {
		return courierRecheck, err
	}
	for !c.held.Load() {
		busy, opens := c.closed(now)
		busy = append(busy, absent...)
		// Most looks find nothing: those take no write lock.
		next, ok, err := c.nextDue(ctx, now, busy)
		if err != nil {
			return courierRecheck, err
		}
		if !ok || next.After(now) {
			if !opens.IsZero() && (!ok || opens.Before(next)) {
				next, ok = opens, true
			}
			return untilNext(now, next, ok), nil
		}
		claim, ok, err := c.claim(ctx, now, busy)
		if err != nil {
			return courierRecheck, err
		}
		if !ok { // another process was quicker
			return untilNext(now, next, true), nil
		}
		c.start(ctx, claim)
	}
	return courierRecheck, nil
}

// absent names the integrations that this program cannot sign in to: others send for them.
func (s *Service) absent(ctx context.Context) (passed []string, err error) {
	if !s.Team {
		return nil, nil
	}
	all, err := s.accounts.Integrations(ctx, 0)
	if err != nil {
		return nil, err
	}
	ids, err := s.accounts.Absent(ctx, all)
	for _, id := range ids {
		passed = append(passed, id.Passed())
	}
	return passed, err
}

// untilNext is how long to rest, given the next moment if there is one.
func untilNext(now, next time.Time, ok bool) time.Duration {
	if !ok {
		return courierIdle
	}
	return min(max(next.Sub(now), 10*time.Millisecond), courierRecheck)
}

// closed lists the accounts that get no further lane now: they have as many as
// they may, which ends when one is through, or are passed over until a time.
func (c *courier) closed(now time.Time) (hosts []string, until time.Time) {
	hosts, until = c.s.passedOver(maxTime(now, c.s.Now()))
	for host, n := range c.busy {
		if n >= lanesPerHost {
			hosts = append(hosts, host)
		}
	}
	return hosts, until
}

// nextDue returns when the next lane is due, if any is. What waits longer than
// anything does was put off, or claimed, before the clock was set back, and is
// made due.
func (c *courier) nextDue(ctx context.Context, now time.Time, busy []string) (due time.Time, ok bool, err error) {
	limit := maxTime(now, c.s.Now()).Add(max(longestWait, c.s.QuietWindow, c.s.ListLag, c.s.Grace))
	late := false
	look := func(r tracker.Reader) error {
		latest, waits, err := r.LatestDue()
		late = waits && latest.After(limit)
		if err != nil || late {
			return err
		}
		due, ok, err = r.NextDue(busy...)
		return err
	}
	if err := c.s.Store.Read(ctx, look); err != nil || !late {
		return due, ok, err
	}
	err = c.s.Store.Write(ctx, func(w tracker.Writer) error {
		if err := w.BringForward(limit, now); err != nil {
			return err
		}
		return look(w)
	})
	return due, ok, err
}

func (c *courier) claim(ctx context.Context, now time.Time, busy []string) (claim tracker.Claim, ok bool, err error) {
	// Counted before it is claimed: whoever waits for the courier must not see
	// a lane that is neither due nor under way.
	c.inFlight.Add(1)
	if c.held.Load() { // since it was looked: Hold may have counted before that
		c.inFlight.Add(-1)
		return claim, false, nil
	}
	err = c.s.Store.Write(ctx, func(w tracker.Writer) error {
		// What is sent at once, as it was due at one moment, may take longer than a claim lasts.
		claim, ok, err = w.ClaimLane(now, maxTime(now, c.s.Now()).Add(c.s.times.lease()), busy)
		return err
	})
	if err != nil || !ok {
		c.inFlight.Add(-1)
	}
	return claim, ok && err == nil, err
}

func (c *courier) start(ctx context.Context, claim tracker.Claim) {
	host := claim.Lane.Ticket.Host
	c.busy[host]++
	go func() {
		err := guard.Run(func() error {
			c.s.deliver(ctx, claim)
			return nil
		})
		c.inFlight.Add(-1)
		c.s.Publish(tracker.HintDeliveries | tracker.HintStories | tracker.HintTickets | tracker.HintIntegrations)
		c.done <- through{host, err}
	}()
}

func (c *courier) finished(lane through) error {
	if c.busy[lane.host]--; c.busy[lane.host] == 0 {
		delete(c.busy, lane.host)
	}
	return lane.err
}

// settle waits for lanes under way, and cancels them after a moment.
func (c *courier) settle(cancel context.CancelFunc) error {
	timer := time.AfterFunc(c.s.times.settle, cancel)
	defer timer.Stop()
	return c.wait()
}

// wait waits for lanes under way.
func (c *courier) wait() error {
	var err error
	for len(c.busy) > 0 {
		err = errors.Join(err, c.finished(<-c.done))
	}
	return err
}

// sendDue tries every private comment that is due at now once and waits for them. That may
// take minutes, in which now stays behind.
func (s *Service) sendDue(ctx context.Context, now time.Time) error {
	c := s.newCourier()
	for {
		_, err := c.fill(ctx, now)
		if len(c.busy) == 0 {
			return err
		}
		if crash := c.finished(<-c.done); crash != nil {
			return errors.Join(crash, c.wait())
		}
	}
}

// Hold stops claiming and waits until no private comment is being sent or ctx ends: a
// terminal does so before it is suspended. Resume goes on.
func (s *Service) Hold(ctx context.Context) error {
	s.held.Store(true)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for s.inFlight.Load() > 0 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return nil
}

// Resume lets the courier claim again after Hold.
func (s *Service) Resume() {
	s.held.Store(false)
	s.WakeCourier()
}

// Drain ends the grace of all waiting private comments and waits until none is due or
// being sent, or ctx ends: it is how a terminal leaves. Run must be running.
func (s *Service) Drain(ctx context.Context) error {
	feed := s.Subscribe()
	defer feed.Close()
	err := s.Write(ctx, tracker.HintDeliveries, func(w tracker.Writer) error { return w.EndGrace(s.Now()) })
	if err != nil {
		return err
	}
	for {
		busy, err := s.underWay(ctx)
		if err != nil || !busy {
			return err
		}
		if _, err := feed.Next(ctx); err != nil {
			return err
		}
	}
}

// underWay reports whether a private comment is due or being sent.
func (s *Service) underWay(ctx context.Context) (bool, error) {
	busy := false
	absent, err := s.absent(ctx)
	if err != nil {
		return false, err
	}
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		due, ok, err := r.NextDue(absent...)
		busy = ok && !due.After(s.Now())
		return err
	})
	// Looked at last: a lane counts as under way before it ceases to be due.
	return busy || s.inFlight.Load() > 0, err
}

// syncGrace is how long Sync waits for private comments that are in their grace.
const syncGrace = 5 * time.Second

// Sync reads the views of all active integrations, tries every due private comment and
// waits up to 5 s for private comments in their grace.
func (s *Service) Sync(ctx context.Context) (tracker.SyncReport, error) {
	var report tracker.SyncReport
	all, err := s.accounts.Integrations(ctx, 0)
	if err != nil {
		return report, err
	}
	for _, in := range all {
		if !in.Active {
			continue
		}
		if err := s.views.RefreshView(ctx, in.ID); err != nil {
			report.Problems = append(report.Problems, fmt.Errorf("%s: %w", in.Name, err))
			continue
		}
		report.Views++
	}
	begun := s.Now()
	if err := s.sendDue(ctx, begun); err != nil {
		return report, err
	}
	if err := s.awaitGraces(ctx, begun); err != nil {
		return report, err
	}
	report.Counts, err = s.outbox.DeliveryCounts(ctx)
	return report, err
}

// awaitGraces sends what comes out of its grace within syncGrace.
func (s *Service) awaitGraces(ctx context.Context, begun time.Time) error {
	waiting, err := s.outbox.Deliveries(ctx, tracker.DeliveryQuery{States: []tracker.DeliveryState{tracker.DeliveryWaiting}})
	if err != nil {
		return err
	}
	var until time.Time
	for _, d := range waiting {
		if d.Attempts == 0 && d.NotBefore.After(begun) && d.NotBefore.Sub(begun) <= syncGrace && d.NotBefore.After(until) {
			until = d.NotBefore
		}
	}
	if until.IsZero() {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(until.Sub(s.Now())):
	}
	return s.sendDue(ctx, until)
}
