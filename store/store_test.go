package store

import (
	"path/filepath"
	"testing"

	"storydesk/store/storetest"
	"storydesk/tracker"
)

func mustOpen(t testing.TB, path string) *DB {
	t.Helper()
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return db
}

func testPath(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "storydesk.db")
}

func TestContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) tracker.Store { return mustOpen(t, testPath(t)) })
}

func TestSharedContract(t *testing.T) {
	storetest.RunShared(t, func(t *testing.T) (a, b tracker.Store) {
		path := testPath(t)
		return mustOpen(t, path), mustOpen(t, path)
	})
}

func TestSecretsContract(t *testing.T) {
	storetest.RunSecrets(t, func(t *testing.T) (tracker.Store, tracker.Secrets) {
		db := mustOpen(t, testPath(t))
		return db, db.Secrets()
	})
}
