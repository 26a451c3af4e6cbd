package store

import (
	"context"
	"os"
	"testing"

	"storydesk/store/postgres/postgrestest"
	"storydesk/store/storetest"
	"storydesk/tracker"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// prepareServer makes the schema in a database.
func prepareServer(address string) error {
	s, err := OpenServer(context.Background(), address)
	if err != nil {
		return err
	}
	return s.Close()
}

func mustOpenServer(t testing.TB, address string) *Server {
	t.Helper()
	s, err := OpenServer(t.Context(), address)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func TestContractOnPostgreSQL(t *testing.T) {
	if _, ok := postgrestest.Database(t, prepareServer); !ok {
		return
	}
	storetest.Run(t, func(t *testing.T) tracker.Store {
		address, _ := postgrestest.Database(t, prepareServer)
		return mustOpenServer(t, address)
	})
}

func TestSharedContractOnPostgreSQL(t *testing.T) {
	if _, ok := postgrestest.Database(t, prepareServer); !ok {
		return
	}
	storetest.RunShared(t, func(t *testing.T) (a, b tracker.Store) {
		address, _ := postgrestest.Database(t, prepareServer)
		return mustOpenServer(t, address), mustOpenServer(t, address)
	})
}

func TestSecretsContractOnPostgreSQL(t *testing.T) {
	if _, ok := postgrestest.Database(t, prepareServer); !ok {
		return
	}
	storetest.RunSecrets(t, func(t *testing.T) (tracker.Store, tracker.Secrets) {
		address, _ := postgrestest.Database(t, prepareServer)
		s := mustOpenServer(t, address)
		return s, s.Secrets()
	})
}
