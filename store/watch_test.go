package store

import (
	"context"
	"errors"
	"testing"
)

// Own commits are not reported, however many and across checkpoints.
func TestDataVersionIgnoresOwnCommits(t *testing.T) {
	path := testPath(t)
	db := mustOpen(t, path)
	version := func() int64 {
		t.Helper()
		v, err := db.dataVersion(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	before := version()
	for i := range 20 {
		addProject(t, db, string(rune('a'+i)))
		projectNames(t, db)
	}
	if _, err := db.writer.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	addProject(t, db, "after a checkpoint")
	if got := version(); got != before {
		t.Errorf("own commits moved the version from %d to %d", before, got)
	}

	addProject(t, mustOpen(t, path), "another's")
	addProject(t, db, "own, behind it")
	if got := version(); got == before {
		t.Error("another's commit did not move the version")
	}
}

func TestWatchEndsWithTheDatabase(t *testing.T) {
	db, err := Open(t.Context(), testPath(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	err = db.Watch(t.Context(), func() { t.Error("a closed database changed") })
	if err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("watching a closed database returned %v", err)
	}
}
