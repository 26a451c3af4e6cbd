// Package imports holds the use cases that bring a project in from a file and write it
// into one.
//
// Invariants:
//   - An import is one transaction: all of it is there or nothing.
//   - The contents of attachments are copied before that transaction, in pieces, and
//     removed where it fails. Those of a program that was killed are swept as others are
//     that no attachment has.
//   - Nothing is ever sent because of an import: it queues no private comment.
//   - A story remembers the number that it had, so that the next import of the same
//     project changes it instead of adding another one, and only in the fields that
//     changed in the file since.
package imports

import (
	"context"
	"errors"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kernel"
	"storydesk/tracker/transfer"
)

// Service is the use cases of imports and exports.
type Service struct{ *kernel.Kernel }

// New returns the use cases.
func New(k *kernel.Kernel) *Service { return &Service{k} }

// leaseTime is how long others wait with their changes for an import at most.
const leaseTime = 15 * time.Minute

// Import brings a file into a project and returns what it did. The file is read twice
// unless its records can be kept: once to find out whether it can be, and what an empty
// project takes over of its settings. It fails with CodeInvalid and the place where a
// file cannot be read, and CodeNotFound where there is no such project; nothing is
// changed then.
func (s *Service) Import(ctx context.Context, file transfer.Reader, o transfer.Options) (transfer.Report, error) {
	var first *pass
	from := &kept{from: file}
	contents := newContents(s, file)
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		if first, err = s.newPass(ctx, r, o, contents); err != nil {
			return err
		}
		return first.run(from)
	})
	if err != nil {
		return transfer.Report{}, err
	}
	if err := contents.read(ctx, !o.DryRun, o.Progress); err != nil || o.DryRun {
		return first.finish(), errors.Join(err, contents.drop(context.WithoutCancel(ctx), err != nil))
	}
	first = rest(first)
	again := o
	again.Found = nil
	var second *pass
	err = s.alone(ctx, func(w tracker.Writer) (err error) {
		clear(contents.used)
		if second, err = s.newPass(ctx, w, again, contents); err != nil {
			return err
		}
		second.w, second.all = w, first.counts[transfer.Stories].Read
		if err := second.adopt(first.learned); err != nil {
			return err
		}
		return second.run(from)
	})
	if err = errors.Join(err, contents.drop(context.WithoutCancel(ctx), err != nil)); err != nil {
		return transfer.Report{}, err
	}
	second.findings = first.findings
	return second.finish(), nil
}

// alone runs a transaction that may take long: the changes of other processes wait for
// its end.
func (s *Service) alone(ctx context.Context, fn func(tracker.Writer) error) error {
	now := s.Now()
	lease := tracker.Lease{Name: tracker.LeaseLongWrite, Holder: s.NewID(), Until: now.Add(leaseTime)}
	err := s.Store.Write(ctx, func(w tracker.Writer) error {
		_, _, err := w.ClaimLease(lease, now) // another import's is left as it is
		return err
	})
	if err != nil {
		return err
	}
	err = s.Write(ctx, tracker.HintAll, func(w tracker.Writer) error {
		if err := fn(w); err != nil {
			return err
		}
		return w.EndLease(lease)
	})
	if err == nil {
		return nil
	}
	if ended := s.Store.Write(context.WithoutCancel(ctx), func(w tracker.Writer) error { return w.EndLease(lease) }); ended != nil {
		return errors.Join(err, ended)
	}
	return err
}
