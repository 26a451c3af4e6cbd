package local_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"storydesk/store"
	"storydesk/store/local"
	"storydesk/store/postgres/postgrestest"
	"storydesk/store/storetest"
	"storydesk/tracker"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// nothing is what a store keeps of a user's own that was never used.
type nothing struct{}

func (nothing) Texts(context.Context) (settings, drafts []string, err error) { return nil, nil, nil }

func nobody(context.Context) (string, error) { return "", errors.New("nobody was to be asked") }

// A store whose settings and drafts are in a file keeps the contract of all stores.
func TestContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) tracker.Store {
		db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "storydesk.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		s, err := local.New(t.Context(), db, nothing{}, local.NewFile(filepath.Join(t.TempDir(), "own", "own.json")), nobody)
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

// server opens a new database on a server, or reports that there is none. again opens it
// once more.
func server(t *testing.T) (s *store.Server, again func() *store.Server, ok bool) {
	t.Helper()
	open := func(address string) (*store.Server, error) { return store.OpenServer(t.Context(), address) }
	address, ok := postgrestest.Database(t, func(address string) error {
		s, err := open(address)
		if err != nil {
			return err
		}
		return s.Close()
	})
	if !ok {
		return nil, nil, false
	}
	again = func() *store.Server {
		s, err := open(address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	return again(), again, true
}

// member opens a server's database for a user whose own file is at a path.
func member(t *testing.T, s *store.Server, path, name string) *local.Store {
	t.Helper()
	m, err := local.New(t.Context(), s, s, local.NewFile(path), func(context.Context) (string, error) { return name, nil })
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func save(t *testing.T, s tracker.Store, key, text string) {
	t.Helper()
	err := s.Write(t.Context(), func(w tracker.Writer) error {
		return errors.Join(w.SaveSetting(key, text), w.SaveDraft(key, text))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func held(t *testing.T, s tracker.Store, key string) (setting, draft string) {
	t.Helper()
	err := s.Read(t.Context(), func(r tracker.Reader) (err error) {
		if setting, err = r.Setting(key); err != nil {
			return err
		}
		draft, err = r.Draft(key)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return setting, draft
}

// Each user has settings and drafts of their own, which the database does not hold, and which
// nobody else on the machine can read.
func TestEachUsersOwn(t *testing.T) {
	s, again, ok := server(t)
	if !ok {
		return
	}
	path := filepath.Join(t.TempDir(), "state", "ada.json")
	ada, ben := member(t, s, path, "Ada"), member(t, again(), filepath.Join(t.TempDir(), "ben.json"), "Ben")
	save(t, ada, "k", "Ada's")
	save(t, ben, "k", "Ben's")
	for who, want := range map[tracker.Store]string{ada: "Ada's", ben: "Ben's", member(t, again(), path, "Ada"): "Ada's"} {
		if setting, draft := held(t, who, "k"); setting != want || draft != want {
			t.Errorf("%q, %q instead of %s", setting, draft, want)
		}
	}
	if setting, draft := held(t, s, "k"); setting != "" || draft != "" {
		t.Errorf("the team's database holds %q, %q", setting, draft)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if folder, err := os.Stat(filepath.Dir(path)); err != nil || folder.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", folder.Mode(), err)
	}
}

// A transaction that fails leaves the file as it was, and one sees what it has changed itself.
func TestFileFollowsTheTransaction(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "storydesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s, err := local.New(t.Context(), db, nothing{}, local.NewFile(filepath.Join(t.TempDir(), "own.json")), nobody)
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, "k", "before")
	failed := errors.New("called off")
	err = s.Write(t.Context(), func(w tracker.Writer) error {
		if err := w.SaveDraft("k", "meanwhile"); err != nil {
			return err
		}
		if text, err := w.Draft("k"); err != nil || text != "meanwhile" {
			t.Errorf("it sees %q, %v", text, err)
		}
		return failed
	})
	if !errors.Is(err, failed) {
		t.Error(err)
	}
	if _, draft := held(t, s, "k"); draft != "before" {
		t.Errorf("the draft is %q", draft)
	}
}

// Settings and drafts are there while the server is not.
func TestOwnTextsWithoutTheServer(t *testing.T) {
	s, _, ok := server(t)
	if !ok {
		return
	}
	ada := member(t, s, filepath.Join(t.TempDir(), "ada.json"), "Ada")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := ada.WriteTexts(t.Context(), func(w tracker.TextWriter) error { return w.SaveDraft("k", "written meanwhile") }); err != nil {
		t.Error(err)
	}
	err := ada.ReadTexts(t.Context(), func(r tracker.TextReader) error {
		text, err := r.Draft("k")
		if text != "written meanwhile" {
			t.Errorf("the draft is %q", text)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// What a file that was copied to the server held of its user's own goes to that user, once.
func TestOwnTextsLeaveTheServer(t *testing.T) {
	s, again, ok := server(t)
	if !ok {
		return
	}
	save(t, s, tracker.SettingUser, "Ada")
	save(t, s, "k", "Ada's")
	ben := member(t, again(), filepath.Join(t.TempDir(), "ben.json"), "Ben")
	if setting, draft := held(t, ben, "k"); setting != "" || draft != "" {
		t.Errorf("somebody else got %q, %q", setting, draft)
	}
	path := filepath.Join(t.TempDir(), "ada.json")
	ada := member(t, again(), path, "Ada")
	if setting, draft := held(t, ada, "k"); setting != "Ada's" || draft != "Ada's" {
		t.Errorf("their user got %q, %q", setting, draft)
	}
	if settings, drafts, err := s.Texts(t.Context()); err != nil || len(settings)+len(drafts) > 0 {
		t.Errorf("the server still holds %v, %v, %v", settings, drafts, err)
	}
	if setting, _ := held(t, member(t, again(), path, "Ada"), "k"); setting != "Ada's" {
		t.Errorf("the next time there is %q", setting)
	}
}

// What another terminal of the same user changes is reported, what oneself changes is not.
func TestChangesOfOtherTerminalsAreReported(t *testing.T) {
	s, again, ok := server(t)
	if !ok {
		return
	}
	path := filepath.Join(t.TempDir(), "ada.json")
	one, two := member(t, s, path, "Ada"), member(t, again(), path, "Ada")
	save(t, one, "k", "first")
	held(t, two, "k")
	heard := make(chan struct{}, 100)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- two.Watch(ctx, func() { heard <- struct{}{} }) }()
	save(t, one, "k", "second")
	<-heard
	if setting, _ := held(t, two, "k"); setting != "second" {
		t.Errorf("it reads %q", setting)
	}
	stop()
	if err := <-ended; !tracker.IsContextError(err) {
		t.Error(err)
	}
}

// A file that cannot be read is named, and not replaced.
func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.json")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "storydesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s, err := local.New(t.Context(), db, nothing{}, local.NewFile(path), nobody)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Write(t.Context(), func(w tracker.Writer) error { return w.SaveDraft("k", "text") })
	if err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("%v", err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "{" {
		t.Errorf("it holds %q, %v", text, err)
	}
}
