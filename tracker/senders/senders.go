// Package senders records which programs of a team can send private comments, and are there,
// so that a terminal whose user is not signed in can say who sends.
//
// Invariants:
//   - One of the programs that can send writes for all of them: however many there are, an
//     integration's row is written once in beatEvery.
//   - A terminal alone with its database notes nothing.
package senders

import (
	"context"
	"slices"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/accounts"
	"storydesk/tracker/kernel"
	"storydesk/tracker/sending"
)

const (
	// beatEvery is how often a program notes that it is there, and beatStale how old another's
	// note is that it leaves.
	beatEvery = 20 * time.Second
	beatStale = 15 * time.Second
	// lookEvery is how often a terminal that cannot send looks who does.
	lookEvery = 10 * time.Second
)

// Service notes and reads who sends.
type Service struct {
	*kernel.Kernel
	accounts *accounts.Service
}

// New returns the use cases of senders.
func New(k *kernel.Kernel, a *accounts.Service) *Service { return &Service{k, a} }

// Run notes that this program is there until ctx ends. While it cannot send for some
// integration, it tells everybody every now and then that something may have changed.
func (s *Service) Run(ctx context.Context) error {
	if !s.notes() {
		<-ctx.Done()
		return ctx.Err()
	}
	beat, look := time.NewTicker(beatEvery), time.NewTicker(lookEvery)
	defer beat.Stop()
	defer look.Stop()
	for {
		if err := s.Beat(ctx); err != nil && ctx.Err() == nil {
			s.Log.Warn("it is not noted that this program can send", "error", err)
		}
		for waiting := true; waiting; {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-beat.C:
				waiting = false
			case <-look.C:
				if err := s.look(ctx); err != nil && ctx.Err() == nil {
					s.Log.Warn("it is not known who can send", "error", err)
				}
			}
		}
	}
}

// look tells everybody that something may have changed, where this program cannot send for
// some integration.
func (s *Service) look(ctx context.Context) error {
	if err := s.StoreLost(); err != nil {
		return err
	}
	all, seen, err := s.known(ctx)
	if err != nil {
		return err
	}
	absent, err := s.Absent(ctx, all, seen)
	if len(absent) > 0 {
		s.Publish(tracker.HintIntegrations)
	}
	return err
}

// notes reports whether others may want to know of this program.
func (s *Service) notes() bool { return s.Team || s.Role != "" }

// Beat notes once that this program is there and for which integrations it can send, where
// no other program has noted that lately.
func (s *Service) Beat(ctx context.Context) error {
	if !s.notes() {
		return nil
	}
	if err := s.StoreLost(); err != nil {
		return err
	}
	all, seen, err := s.known(ctx)
	if err != nil {
		return err
	}
	mine, err := s.mine(ctx, all, sending.Last(seen))
	if err != nil || len(mine) == 0 {
		return err
	}
	return s.Store.Write(ctx, func(w tracker.Writer) error {
		for _, sender := range mine {
			if err := w.SaveSender(sender); err != nil {
				return err
			}
		}
		return nil
	})
}

// known reads the integrations, and who was there last for each.
func (s *Service) known(ctx context.Context) (all []tracker.Integration, seen []tracker.Sender, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		if all, err = r.Integrations(0); err != nil {
			return err
		}
		seen, err = r.Senders()
		return err
	})
	return all, seen, err
}

// mine is what this program notes of itself.
func (s *Service) mine(ctx context.Context, all []tracker.Integration, known map[tracker.IntegrationID]tracker.Sender) (mine []tracker.Sender, err error) {
	now := s.Now()
	for _, in := range all {
		if !in.Sends() || !s.due(known[in.ID], now) {
			continue
		}
		here, err := s.accounts.SignedIn(ctx, in)
		if err != nil {
			return nil, err
		}
		if here {
			mine = append(mine, tracker.Sender{IntegrationID: in.ID, Holder: s.Me, Name: s.name(), Machine: s.Machine, SeenAt: now})
		}
	}
	return mine, nil
}

// due reports whether this program should note itself: nobody else did lately.
func (s *Service) due(last tracker.Sender, now time.Time) bool {
	age := now.Sub(last.SeenAt)
	return last.Holder == s.Me || age >= beatStale || age <= -sending.Skew
}

// name is what the program is called where others read of it.
func (s *Service) name() string {
	if s.Role != "" {
		return s.Role
	}
	return s.Actor()
}

// Absent returns those of some integrations that send and that this program cannot send
// for, with who was there last that can; an empty Sender for nobody. seen is who was there
// last for each, of the moment at which the integrations were read.
func (s *Service) Absent(ctx context.Context, of []tracker.Integration, seen []tracker.Sender) (map[tracker.IntegrationID]tracker.Sender, error) {
	if !s.Team || len(of) == 0 {
		return nil, nil
	}
	ids, err := s.accounts.Absent(ctx, slices.DeleteFunc(slices.Clone(of), func(in tracker.Integration) bool { return !in.Sends() }))
	if err != nil {
		return nil, err
	}
	last, absent := sending.Last(seen), make(map[tracker.IntegrationID]tracker.Sender, len(ids))
	for _, id := range ids {
		absent[id] = last[id]
	}
	return absent, nil
}
