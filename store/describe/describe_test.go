package describe

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"storydesk/store"
	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

func addProject(ctx context.Context, s tracker.Store) error {
	return s.Write(ctx, func(w tracker.Writer) error {
		p := tracker.NewProject("P")
		return w.AddProject(&p)
	})
}

// check fails the test unless a database with one project is described.
func check(t *testing.T, name, engine string) verdict.StorageInfo {
	t.Helper()
	i, err := Describe(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	projects := int64(-1)
	for _, table := range i.Tables {
		if table.Name == "project" {
			projects = table.Rows
		}
	}
	if i.Engine != engine || i.Version == "" || strings.Contains(i.Version, " ") || i.Schema != i.Newest || i.Schema == 0 || i.Size < 8192 || projects != 1 || i.Attachments == "" {
		t.Errorf("%+v", i)
	}
	if strings.Contains(fmt.Sprintf("%+v", i), "hunter2") {
		t.Errorf("a secret is told: %+v", i)
	}
	return i
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "storydesk.db")
	if _, err := Describe(t.Context(), path); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("describing made the file")
	}
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := addProject(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	if i := check(t, path, "SQLite"); i.Attachments != path+"-files" {
		t.Errorf("attachments are in %s", i.Attachments)
	}
}

func TestServer(t *testing.T) {
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	if i, err := Describe(t.Context(), address); err != nil || i.Schema != 0 || len(i.Tables) != 0 {
		t.Errorf("an empty database: %+v, %v", i, err)
	}
	db, err := store.OpenServer(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := addProject(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	check(t, address+"&password=hunter2", "PostgreSQL")
}
