package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/mattn/go-sqlite3"

	"storydesk/tracker"
)

// begin begins a transaction. Where another process writes for longer than the pool's
// patience it waits on, as long as that one has the lease for it.
func (db *DB) begin(ctx context.Context, pool *sql.DB) (*sql.Tx, error) {
	for {
		tx, err := pool.BeginTx(ctx, nil)
		var refused sqlite3.Error
		if err == nil || pool != db.writer || !errors.As(err, &refused) || refused.Code != sqlite3.ErrBusy || !db.longWrite(ctx) {
			return tx, err
		}
	}
}

// longWrite reports whether somebody has the lease for a long transaction.
func (db *DB) longWrite(ctx context.Context) bool {
	var lease tracker.Lease
	err := db.read(ctx, func(r *reader) (err error) {
		lease, err = r.Lease(tracker.LeaseLongWrite)
		return err
	})
	return err == nil && lease.Holder != "" && time.Now().Before(lease.Until)
}
