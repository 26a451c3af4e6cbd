package store

import (
	"cmp"
	"context"
	"time"
)

// watchEvery is how often Watch looks.
const watchEvery = 500 * time.Millisecond

// Watch implements tracker.Store. Commits made through this DB are not
// reported: data_version, asked on the connection that writes, counts only what
// others committed (https://www.sqlite.org/pragma.html#pragma_data_version). A
// long Write delays the next look. That the file was deleted, replaced or put back
// is reported too.
func (db *DB) Watch(ctx context.Context, changed func()) error {
	seen := db.opened
	return watch(ctx, func() error {
		version, err := db.dataVersion(ctx)
		if err != nil {
			return err
		}
		if db.look() || version != seen {
			seen = version
			changed()
		}
		return nil
	})
}

// watch calls look every now and then until it fails or ctx ends, and returns why.
func watch(ctx context.Context, look func() error) error {
	ticks := time.NewTicker(watchEvery)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticks.C:
		}
		if err := look(); err != nil {
			return cmp.Or(ctx.Err(), err)
		}
	}
}

func (db *DB) dataVersion(ctx context.Context) (version int64, err error) {
	err = db.writer.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version)
	return version, db.fault(ctx, "looking for changes", err)
}
