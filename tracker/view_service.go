package tracker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// ViewBudget is the longest that one reading of a view may take, unless the
// setting SettingViewBudget says otherwise. What has come by then is kept as a
// partial list.
const ViewBudget = 60 * time.Second

// viewsNamed is how many other views are named where one is gone.
const viewsNamed = 5

// errStopped is why a reading ends that was called off or begun anew.
var errStopped = errors.New("loading the view was stopped")

// viewReading is one reading of a view under way.
type viewReading struct {
	in     Integration
	fetch  Fetch
	budget time.Duration
	stop   context.CancelCauseFunc
	// seen are the tickets that came.
	seen map[TicketID]bool
}

// RefreshView reads an integration's view from the desk, page by page into the
// cache, in place of a reading under way. It fails with the desk's error; what
// was cached stays. Credentials that are not accepted pause the integration:
// trying them again and again could lock the user out. CodeLimited while the
// desk has asked to wait.
func (s *Service) RefreshView(ctx context.Context, id IntegrationID) error {
	err := s.refreshView(ctx, id)
	if errors.Is(err, errSettled) {
		return s.refreshView(ctx, id)
	}
	return err
}

func (s *Service) refreshView(ctx context.Context, id IntegrationID) error {
	r, err := s.newReading(ctx, id)
	if err != nil {
		return err
	}
	r.fetch = Fetch{IntegrationID: id, StartedAt: s.Now(), Total: -1}
	if err := s.write(ctx, HintTickets, func(w Writer) error { return w.BeginFetch(&r.fetch) }); err != nil {
		return err
	}
	return s.runReading(ctx, r)
}

// ContinueView goes on with a partial reading where it ended, and fails as
// RefreshView does. CodeRefused when there is none.
func (s *Service) ContinueView(ctx context.Context, id IntegrationID) error {
	r, err := s.newReading(ctx, id)
	if err != nil {
		return err
	}
	if !r.fetch.Continues() {
		return Errorf(CodeRefused, "the view of %s has nothing more to load; refresh it", r.in.Name)
	}
	r.fetch.StartedAt, r.fetch.FinishedAt, r.fetch.NextAt = s.Now(), time.Time{}, time.Time{}
	r.fetch.Partial, r.fetch.Problem = false, ""
	if err := s.write(ctx, HintTickets, func(w Writer) error { return w.SaveTickets(r.fetch, nil) }); err != nil {
		return err
	}
	if err = s.runReading(ctx, r); errors.Is(err, errSettled) {
		return s.refreshView(ctx, id)
	}
	return err
}

// StopView ends the reading of a view that is under way in this process, if
// any. What came is kept as a partial list.
func (s *Service) StopView(id IntegrationID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.readings[id]; r != nil {
		r.stop(errStopped)
	}
}

// newReading prepares to read a view; its fetch is the last one.
func (s *Service) newReading(ctx context.Context, id IntegrationID) (*viewReading, error) {
	r := &viewReading{seen: make(map[TicketID]bool)}
	err := s.Store.Read(ctx, func(reader Reader) (err error) {
		if r.in, err = reader.Integration(id); err != nil {
			return err
		}
		if r.fetch, err = reader.Fetch(id); err != nil && CodeOf(err) != CodeNotFound {
			return err
		}
		r.budget, err = viewBudget(reader)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case !r.in.Active:
		return nil, Errorf(CodeRefused, "%s is off; turn it on to load its tickets", r.in.Name)
	}
	setBack := r.fetch.StartedAt.After(s.Now()) // the clock, since that reading
	if wait := r.fetch.NextAt.Sub(s.Now()); wait > 0 && !setBack {
		return nil, &Error{
			Code: CodeLimited, RetryAfter: wait, Unsent: true,
			Message: fmt.Sprintf("%s asked to wait; trying again in %s", r.in.Host, wait.Round(time.Second)),
		}
	}
	return r, nil
}

// viewBudget is how long a reading may take.
func viewBudget(r Reader) (time.Duration, error) {
	text, err := r.Setting(SettingViewBudget)
	if d, bad := ParseViewBudget(text); bad == nil {
		return d, err
	}
	return ViewBudget, err
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

	err := s.readView(reading, r)
	switch {
	case err == nil:
		r.fetch.Next = ""
	case errors.Is(context.Cause(reading), errStopped):
		err, r.fetch.Partial = nil, true
	case ctx.Err() != nil:
		r.fetch.Partial = true
	case errors.Is(err, errSettled):
		r.fetch.Partial, r.fetch.Next = true, ""
	default:
		r.fetch.Partial, r.fetch.Problem = true, err.Error()
	}
	r.fetch.FinishedAt = s.Now()
	if wait := retryAfter(err); wait > 0 {
		r.fetch.NextAt = r.fetch.FinishedAt.Add(wait)
	}
	// A reading that was called off is still recorded as ended.
	// What happened on tickets is news of their stories.
	end := s.write(context.WithoutCancel(ctx), HintTickets|HintStories|HintIntegrations, func(w Writer) error {
		if CodeOf(err) == CodeUnauthorized {
			if err := s.hold(w, r.in.ID, r.fetch.Problem); err != nil {
				return err
			}
		}
		if err == nil || len(r.seen) > 0 {
			if err := w.EndOutage(r.in.Host, s.Now()); err != nil {
				return err
			}
		}
		return w.EndFetch(r.fetch)
	})
	return errors.Join(err, end)
}

// retryAfter is how long a desk asked to wait, 0 when it did not.
func retryAfter(err error) time.Duration {
	var e *Error
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
	desk, err := s.Desk(ctx, r.in)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, r.budget)
	defer cancel()
	var view View
	g, reading := errgroup.WithContext(limited)
	g.Go(func() error {
		return Guard(func() (err error) {
			view, err = desk.View(reading, r.in.ViewID)
			return err
		})
	})
	g.Go(func() error { return Guard(func() error { return s.readTickets(reading, desk, r) }) })
	err = g.Wait()
	switch {
	case errors.Is(err, ErrRenewing):
		return err
	case err != nil && limited.Err() != nil && ctx.Err() == nil:
		return Errorf(CodeUnavailable, "the view took longer than %s; %d tickets were loaded. Narrow it in Zendesk, for example to status less than solved",
			budgetWords(r.budget), len(r.seen))
	case err != nil:
		return explainView(ctx, desk, r.in, err)
	}
	if view.Title != r.in.ViewTitle {
		if err := s.nameView(ctx, r.in.ID, view.Title); err != nil {
			return err
		}
	}
	if err := s.readLinked(ctx, desk, r); err != nil {
		return err
	}
	if !view.Active {
		return viewOff(view)
	}
	return nil
}

func budgetWords(d time.Duration) string {
	if d >= time.Second {
		return fmt.Sprintf("%d s", int(d.Seconds()))
	}
	return d.String()
}

// readTickets keeps the pages of a view as they come.
func (s *Service) readTickets(ctx context.Context, desk Desk, r *viewReading) error {
	for page, err := range desk.ViewTickets(ctx, r.in.ViewID, r.fetch.Next) {
		if err != nil {
			return err
		}
		if err := s.settleAccount(ctx, desk, r.in, page.Account); err != nil {
			return err
		}
		if page.Total >= 0 {
			r.fetch.Total = page.Total
		}
		for _, t := range page.Tickets {
			r.seen[t.ID] = true
		}
		// A page that came is kept even when time is up; only then may the
		// reading go on behind it.
		err = s.write(context.WithoutCancel(ctx), HintTickets, func(w Writer) error { return w.SaveTickets(r.fetch, page.Tickets) })
		if err != nil {
			return err
		}
		r.fetch.Next = page.Next
	}
	return nil
}

// readLinked reads the tickets of unfinished stories that are not in the view
// any more, or never were.
func (s *Service) readLinked(ctx context.Context, desk Desk, r *viewReading) error {
	var ids []TicketID
	err := s.Store.Read(ctx, func(reader Reader) error {
		linked, err := reader.LinkedStories(r.in.Host)
		for id, stories := range linked {
			unfinished := slices.ContainsFunc(stories, func(st StoryRef) bool { return st.State != Accepted })
			if unfinished && !r.seen[id] {
				ids = append(ids, id)
			}
		}
		return err
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	slices.Sort(ids)
	tickets, err := desk.Tickets(ctx, ids)
	if err != nil {
		return err
	}
	return s.write(ctx, HintTickets, func(w Writer) error {
		for _, t := range tickets {
			if err := w.SaveTicket(t); err != nil {
				return err
			}
		}
		return nil
	})
}

// viewOff explains why an inactive view does not do.
func viewOff(v View) *Error {
	e := Invalid("view", "view %d “%s” is inactive in Zendesk", v.ID, v.Title)
	e.Steps = []string{"choose another view", "or have an administrator activate this one"}
	return e
}

// explainView says of a view that is gone or not shared what it means, and
// which views there are.
func explainView(ctx context.Context, desk Desk, in Integration, err error) error {
	code := CodeOf(err)
	if code != CodeNotFound && code != CodeForbidden {
		return err
	}
	choose := "choose another view in the integration"
	// Where these cannot be read either, the first error says enough.
	if views, listErr := desk.Views(ctx); listErr == nil && len(views) == 0 {
		choose = "have an administrator share a view: " + in.User() + " sees none"
	} else if len(views) > 0 {
		var names []string
		for _, v := range views[:min(viewsNamed, len(views))] {
			names = append(names, fmt.Sprintf("“%s” (%d)", v.Title, v.ID))
		}
		choose += ", such as " + strings.Join(names, ", ")
	}
	return &Error{
		Code: code, Field: "view", Err: err,
		Message: fmt.Sprintf("view %d of %s was deleted or is not shared with %s; choose another", in.ViewID, in.Host, in.User()),
		Steps:   []string{choose, "or have an administrator share this one"},
	}
}

func (s *Service) nameView(ctx context.Context, id IntegrationID, title string) error {
	_, err := s.changeIntegration(ctx, id, func(_ Reader, in *Integration) error {
		in.ViewTitle = title
		return nil
	})
	return err
}
