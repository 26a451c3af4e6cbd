package store

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/store/migrations"
	"storydesk/tracker"
)

// counted is a context that tells when it has been asked often, as by several tries.
type counted struct {
	context.Context
	asked atomic.Int64
	often chan struct{}
}

// Done implements context.Context.
func (c *counted) Done() <-chan struct{} {
	if c.asked.Add(1) == 100 {
		close(c.often)
	}
	return c.Context.Done()
}

// Who writes for long says so beforehand; others wait then instead of being refused.
func TestOthersWaitForALongWrite(t *testing.T) {
	path := testPath(t)
	other := mustOpen(t, path)
	db, err := open(t.Context(), path, options{patience: 5 * time.Millisecond, migrations: migrations.Files()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	lease := tracker.Lease{Name: tracker.LeaseLongWrite, Holder: "an import", Until: time.Now().Add(time.Hour)}
	err = other.Write(t.Context(), func(w tracker.Writer) error {
		_, _, err := w.ClaimLease(lease, time.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	began := make(chan error, 1)
	waiting := &counted{Context: t.Context(), often: make(chan struct{})}
	err = other.Write(t.Context(), func(w tracker.Writer) error {
		go func() {
			began <- db.Write(waiting, func(w tracker.Writer) error { return w.SaveSetting("waited", "yes") })
		}()
		select {
		case err := <-began:
			return errors.Join(errors.New("it did not wait"), err)
		case <-waiting.often:
		}
		return w.EndLease(lease)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-began; err != nil {
		t.Error(err)
	}
}
