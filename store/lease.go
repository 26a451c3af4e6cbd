package store

import (
	"time"

	"storydesk/store/query"
	"storydesk/tracker"
)

func leaseFields(l *tracker.Lease) []any { return []any{&l.Name, &l.Holder, instant{&l.Until}} }

// Lease implements tracker.Reader.
func (r *reader) Lease(name string) (tracker.Lease, error) {
	l, err := query.One(r.Session, "lease", leaseFields, "SELECT name, holder, until FROM lease WHERE name = ?"+r.held.holding("lease"), name)
	if tracker.CodeOf(err) == tracker.CodeNotFound || err == nil && l.Holder == "" {
		return tracker.Lease{}, nil
	}
	return l, err
}

// ClaimLease implements tracker.Writer.
func (w *leaseWriter) ClaimLease(l tracker.Lease, now time.Time) (before tracker.Lease, ok bool, err error) {
	if w.On.Server() { // so that there is a row to lock
		_, err := w.Exec("claiming a lease", "INSERT INTO lease (name, holder, until) VALUES (?, '', 0) ON CONFLICT (name) DO NOTHING", l.Name)
		if err != nil {
			return before, false, err
		}
	}
	if before, err = w.Lease(l.Name); err != nil {
		return before, false, err
	}
	if before.Holder != "" && now.Before(before.Until) && !before.Until.After(l.Until) {
		return before, false, nil
	}
	_, err = w.Exec("claiming a lease", `
		INSERT INTO lease (name, holder, until) VALUES (?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET (holder, until) = (excluded.holder, excluded.until)`, leaseFields(&l)...)
	return before, err == nil, err
}

// ExtendLease implements tracker.Writer.
func (w *leaseWriter) ExtendLease(l tracker.Lease) error {
	_, err := w.Exec("extending a lease", "UPDATE lease SET until = ? WHERE name = ? AND holder = ?", millis(l.Until), l.Name, l.Holder)
	return err
}

// EndLease implements tracker.Writer.
func (w *leaseWriter) EndLease(l tracker.Lease) error {
	_, err := w.Exec("ending a lease", "DELETE FROM lease WHERE name = ? AND holder = ?", l.Name, l.Holder)
	return err
}
