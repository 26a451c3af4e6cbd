package views

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"storydesk/tracker"
	"storydesk/tracker/accounts"
	"storydesk/tracker/guard"
	"storydesk/tracker/kind"
	"storydesk/tracker/sending"
)

// errStopped is why a reading ends that was called off or begun again.
var errStopped = errors.New("loading the view was stopped")

// viewReading is one reading of a view under way.
type viewReading struct {
	in     tracker.Integration
	fetch  tracker.Fetch
	budget time.Duration
	stop   context.CancelCauseFunc
	// seen are the tickets that came.
	seen map[tracker.TicketID]bool
	// since is the version of a feed whose items are there: the reading asks whether they
	// still are what is in it, and goes under the id of the last one until they are not.
	since kind.Version
	// holder is who has the lease while this reading goes on.
	holder string
}

// RefreshView reads an integration's view from Zendesk, page by page into the
// cache, in place of a reading under way in this program; where another program reads
// it, it waits for that. It fails with Zendesk's error; what
// was cached stays. Credentials that are not accepted pause the integration:
// trying them again and again could lock the user out. CodeLimited while
// Zendesk has asked to wait.
func (s *Service) RefreshView(ctx context.Context, id tracker.IntegrationID) error {
	for {
		err := s.refreshView(ctx, id, always)
		if !errors.Is(err, errElsewhere) {
			return err
		}
		if done, err := s.reader.awaitReader(ctx, id); done || err != nil {
			return err
		}
	}
}

// AskView is RefreshView for somebody who watches the panel. Where another program reads
// the view it returns what to say of that, and does not wait; where this user is not signed
// in, it asks those who are, and fails where nobody is there.
func (s *Service) AskView(ctx context.Context, id tracker.IntegrationID) (said string, err error) {
	err = s.refreshView(ctx, id, always)
	if !errors.Is(err, errElsewhere) && !errors.Is(err, accounts.ErrNotHere) {
		return "", err
	}
	var in tracker.Integration
	var sender tracker.Sender
	elsewhere := errors.Is(err, errElsewhere)
	ask := s.Store.Write(ctx, func(w tracker.Writer) (err error) {
		if in, err = w.Integration(id); err != nil || elsewhere {
			return err
		}
		sender, err = askOthers(w, id)
		return err
	})
	switch {
	case ask != nil:
		return "", ask
	case elsewhere:
		return in.Name + " is already being loaded by another storydesk; its tickets appear here as they come", nil
	case sending.There(sender, s.Now()):
		return fmt.Sprintf("asked %s on %s to load %s; you are not signed in to it here", sender.Name, sender.Machine, in.Name), nil
	}
	return "", err
}

// askOthers wants a view to be read by those who can, and returns who of them was there last.
func askOthers(w tracker.Writer, id tracker.IntegrationID) (last tracker.Sender, err error) {
	f, err := w.Fetch(id)
	if err == nil && !f.FinishedAt.IsZero() {
		f.Asked = true
		err = w.SaveTickets(f, nil)
	}
	if err != nil && tracker.CodeOf(err) != tracker.CodeNotFound {
		return last, err
	}
	all, err := w.Senders()
	return sending.Last(all)[id], err
}

// always wants a view to be read whatever its last reading is.
func always(tracker.Fetch) bool { return true }

// refreshView reads a view where its last reading is the one that wanted it.
func (s *Service) refreshView(ctx context.Context, id tracker.IntegrationID, wanted func(last tracker.Fetch) bool) error {
	err := readAnew(ctx, s, id, wanted)
	if errors.Is(err, accounts.ErrSettled) {
		return readAnew(ctx, s, id, always)
	}
	return err
}

func readAnew(ctx context.Context, s *Service, id tracker.IntegrationID, wanted func(last tracker.Fetch) bool) error {
	r, err := s.newReading(ctx, id)
	if err != nil {
		return err
	}
	last := r.fetch
	if r.since = s.versions.known(r.in, last); r.since != "" {
		r.fetch.StartedAt = s.Now()
		same := func(now tracker.Fetch) bool { return now.ID == last.ID && wanted(now) }
		err = s.reader.begin(ctx, r, same, func(tracker.Writer) error { return nil })
		if errors.Is(err, errOvertaken) {
			r.since = "" // another program has read it since: what is there is not of that version
		}
	}
	if r.since == "" {
		err = r.begin(ctx, s, wanted)
	}
	if err != nil {
		return err
	}
	return s.runReading(ctx, r)
}

// begin begins a reading from the start of a view.
func (r *viewReading) begin(ctx context.Context, s *Service, wanted func(last tracker.Fetch) bool) error {
	next := tracker.Fetch{IntegrationID: r.in.ID, StartedAt: s.Now(), Total: -1}
	err := s.reader.begin(ctx, r, wanted, func(w tracker.Writer) error { return w.BeginFetch(&next) })
	if err == nil {
		r.fetch, r.since = next, ""
	}
	return err
}

// ContinueView goes on with a partial reading where it ended, and fails as
// RefreshView does. CodeRefused when there is none, or another program reads the view.
func (s *Service) ContinueView(ctx context.Context, id tracker.IntegrationID) error {
	r, err := s.newReading(ctx, id)
	if err != nil {
		return err
	}
	err = continueReading(ctx, s, r)
	if errors.Is(err, errElsewhere) || errors.Is(err, errOvertaken) {
		return tracker.Errorf(tracker.CodeRefused, "another storydesk is loading the view of %s already", r.in.Name)
	}
	return err
}

func continueReading(ctx context.Context, s *Service, r *viewReading) error {
	if !r.fetch.Continues() {
		return tracker.Errorf(tracker.CodeRefused, "the view of %s has nothing more to load; refresh it", r.in.Name)
	}
	r.fetch.StartedAt, r.fetch.FinishedAt, r.fetch.NextAt = s.Now(), time.Time{}, time.Time{}
	r.fetch.Partial, r.fetch.Problem = false, ""
	partial := func(last tracker.Fetch) bool { return last.ID == r.fetch.ID && last.Continues() }
	err := s.reader.begin(ctx, r, partial, func(w tracker.Writer) error { return w.SaveTickets(r.fetch, nil) })
	if err != nil {
		return err
	}
	if err = s.runReading(ctx, r); errors.Is(err, accounts.ErrSettled) {
		return readAnew(ctx, s, r.in.ID, always)
	}
	return err
}

// StopView ends the reading of a view that is under way in this process, if
// any. What came is saved as a partial list.
func (s *Service) StopView(id tracker.IntegrationID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.readings[id]; r != nil {
		r.stop(errStopped)
	}
}

// newReading prepares to read a view; its fetch is the last one, and answers whoever asked
// for one.
func (s *Service) newReading(ctx context.Context, id tracker.IntegrationID) (*viewReading, error) {
	r := &viewReading{seen: make(map[tracker.TicketID]bool), holder: s.reader.holder()}
	err := s.Store.Read(ctx, func(reader tracker.Reader) (err error) {
		if r.in, err = reader.Integration(id); err != nil {
			return err
		}
		if r.fetch, err = reader.Fetch(id); err != nil && tracker.CodeOf(err) != tracker.CodeNotFound {
			return err
		}
		r.fetch.Asked = false
		r.budget, err = viewBudget(reader)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case !r.in.Active:
		return nil, tracker.Errorf(tracker.CodeRefused, "%s is off; turn it on to load its tickets", r.in.Name)
	}
	if err := s.accounts.MustBeHere(ctx, r.in); err != nil {
		return nil, err
	}
	if wait := r.fetch.NextAt.Sub(s.Now()); wait > 0 && !setBack(r.fetch, s.Now()) {
		return nil, &tracker.Error{
			Code: tracker.CodeLimited, RetryAfter: wait, Unsent: true,
			Message: fmt.Sprintf("%s asked storydesk to wait; trying again in %s", r.in.Host, wait.Round(time.Second)),
		}
	}
	return r, nil
}

// viewBudget is how long a reading may take.
func viewBudget(r tracker.Reader) (time.Duration, error) {
	text, err := r.Setting(tracker.SettingViewBudget)
	if d, bad := tracker.ParseViewBudget(text); bad == nil {
		return d, err
	}
	return tracker.ViewBudget, err
}

// runReading reads what is left of a view and records how it ended.
func (s *Service) runReading(ctx context.Context, r *viewReading) error {
	reading, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r.stop = stop
	s.mu.Lock()
	if earlier := s.readings[r.in.ID]; earlier != nil {
		earlier.stop(errStopped)
	}
	s.readings[r.in.ID] = r
	s.mu.Unlock()
	defer s.forgetReading(r)

	stopBeat := s.reader.beat(reading, r)
	err := s.readView(reading, r)
	stopBeat()
	reached := err == nil || len(r.seen) > 0
	stopped := errors.Is(context.Cause(reading), errStopped) || errors.Is(context.Cause(reading), errOvertaken)
	switch {
	case err == nil:
		r.fetch.Next = ""
	case stopped, ctx.Err() != nil, errors.Is(err, errElsewhere):
		r.fetch.Partial = true
	case errors.Is(err, accounts.ErrSettled):
		r.fetch.Partial, r.fetch.Next = true, ""
	default:
		// What a feed that was only asked for changes had is there as it was.
		r.fetch.Partial, r.fetch.Problem = r.since == "", err.Error()
	}
	r.fetch.FinishedAt = s.Now()
	if wait := retryAfter(err); wait > 0 {
		r.fetch.NextAt = r.fetch.FinishedAt.Add(wait)
	}
	if stopped {
		err = nil
	}
	return errors.Join(err, endReading(context.WithoutCancel(ctx), s, r, err, reached))
}

// endReading records how a reading ended, even one that was called off; reached is true
// where Zendesk answered. What happened on tickets is news of their stories.
func endReading(ctx context.Context, s *Service, r *viewReading, ended error, reached bool) error {
	return s.Write(ctx, tracker.HintTickets|tracker.HintStories|tracker.HintIntegrations, func(w tracker.Writer) error {
		held, err := s.reader.release(w, r)
		if err != nil {
			return err
		}
		if tracker.CodeOf(ended) == tracker.CodeUnauthorized && !errors.Is(ended, accounts.ErrNotHere) {
			if err := s.accounts.Hold(w, r.in.ID, accounts.PauseCauseOf(ended), r.fetch.Problem); err != nil {
				return err
			}
		}
		if reached {
			if err := w.EndOutage(r.in.Host, s.Now()); err != nil {
				return err
			}
		}
		if r.since != "" && (r.fetch.Partial || !held) {
			return nil // it changed nothing, and the last reading is that of another
		}
		return w.EndFetch(r.fetch)
	})
}

// retryAfter is how long Zendesk asked to wait, 0 when it did not.
func retryAfter(err error) time.Duration {
	var e *tracker.Error
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return 0
}

func (s *Service) forgetReading(r *viewReading) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.readings[r.in.ID] == r {
		delete(s.readings, r.in.ID)
	}
}

// readView reads the view's name and its tickets at the same time, so that the
// first of them are here after one round trip.
func (s *Service) readView(ctx context.Context, r *viewReading) error {
	limited, cancel := s.limit(ctx, r.budget)
	defer cancel()
	if !kind.Of(r.in).Views {
		return readFeed(limited, s, r)
	}
	account, err := s.accounts.Account(ctx, r.in)
	if err != nil {
		return err
	}
	var view tracker.View
	g, reading := errgroup.WithContext(limited)
	g.Go(func() error {
		return guard.Run(func() (err error) {
			view, err = account.View(reading, r.in.ViewID)
			return err
		})
	})
	g.Go(func() error { return guard.Run(func() error { return s.readTickets(reading, account, r) }) })
	err = g.Wait()
	switch {
	case errors.Is(err, accounts.ErrRenewing):
		return err
	case err != nil && limited.Err() != nil && ctx.Err() == nil:
		return tracker.Errorf(tracker.CodeUnavailable, "the view took longer than %s; %d tickets were loaded. Narrow it in Zendesk, for example to status less than solved",
			budgetWords(r.budget), len(r.seen))
	case err != nil:
		return accounts.ExplainView(ctx, account, r.in, err)
	}
	if view.Title != r.in.ViewTitle {
		if err := nameView(ctx, s, r.in.ID, view.Title); err != nil {
			return err
		}
	}
	if err := s.followLinked(ctx, account, r); err != nil {
		return err
	}
	if !view.Active {
		return accounts.InactiveView(view)
	}
	return nil
}

func budgetWords(d time.Duration) string {
	if d >= time.Second {
		return fmt.Sprintf("%d s", int(d.Seconds()))
	}
	return d.String()
}

// readTickets saves the pages of a view as they come.
func (s *Service) readTickets(ctx context.Context, account tracker.Account, r *viewReading) error {
	for page, err := range account.ViewTickets(ctx, r.in.ViewID, r.fetch.Next) {
		if err != nil {
			return err
		}
		if err := s.accounts.SettleAccount(ctx, account, r.in, page.Account); err != nil {
			return err
		}
		if page.Total >= 0 {
			r.fetch.Total = page.Total
		}
		for _, t := range page.Tickets {
			r.seen[t.ID] = true
		}
		// A page that came is saved even when time is up; only then may the
		// reading go on behind it.
		err = s.Write(context.WithoutCancel(ctx), tracker.HintTickets, func(w tracker.Writer) error { return w.SaveTickets(r.fetch, page.Tickets) })
		if err != nil {
			return err
		}
		r.fetch.Next = page.Next
	}
	return nil
}

func nameView(ctx context.Context, s *Service, id tracker.IntegrationID, title string) error {
	_, err := s.accounts.ChangeIntegration(ctx, id, func(_ tracker.Reader, in *tracker.Integration) error {
		in.ViewTitle = title
		return nil
	})
	return err
}
