package local_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	select {
	case <-heard:
	case <-time.After(2 * time.Minute):
		t.Fatal("another's change is not reported")
	}
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

// afterwards is a store that does something after each commit.
type afterwards struct {
	tracker.Store
	do func()
}

func (s afterwards) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	err := s.Store.Write(ctx, fn)
	if err == nil {
		s.do()
	}
	return err
}

// team opens a team's store, with a user's own file at a path.
func team(t *testing.T, path string, do func()) *local.Store {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "storydesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s, err := local.New(t.Context(), afterwards{db, do}, nothing{}, local.NewFile(path), nobody)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// addAndSave changes what the team shares and a draft at once, and returns how many projects
// there are afterwards.
func addAndSave(t *testing.T, s tracker.Store, key string) (projects int, err error) {
	t.Helper()
	err = s.Write(t.Context(), func(w tracker.Writer) error {
		p := tracker.NewProject("P")
		return errors.Join(w.AddProject(&p), w.SaveDraft(key, "text"))
	})
	bad := s.Read(t.Context(), func(r tracker.Reader) error {
		all, err := r.Projects()
		projects = len(all)
		return err
	})
	if bad != nil {
		t.Fatal(bad)
	}
	return projects, err
}

// files lists a folder.
func files(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Where the user's file cannot be written, the team's store is not changed either.
func TestFileThatCannotBeWritten(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none")
	if err := os.WriteFile(none, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := team(t, filepath.Join(none, "own.json"), func() {})
	if projects, err := addAndSave(t, s, "k"); projects != 0 || tracker.CodeOf(err) != tracker.CodeInternal || tracker.ReasonOf(err) == tracker.ReasonSaved {
		t.Errorf("%d projects, %v", projects, err)
	}
}

// Where the user's file cannot be replaced once the team's store is changed, that is said.
func TestFileThatCannotBeReplaced(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "own.json")
	s := team(t, path, func() {
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Error(err)
		}
	})
	projects, err := addAndSave(t, s, "k")
	if projects != 1 || tracker.ReasonOf(err) != tracker.ReasonSaved || !strings.Contains(err.Error(), "was saved, but") || !strings.Contains(err.Error(), path) {
		t.Errorf("%d projects, %v", projects, err)
	}
	if names := files(t, folder); len(names) != 2 { // and its lock
		t.Errorf("left are %q", names)
	}
}

// What another terminal saves while a transaction ends stays.
func TestFileChangesWhileATransactionEnds(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "own.json")
	other := team(t, path, func() {})
	s := team(t, path, func() { save(t, other, "other", "text") })
	if _, err := addAndSave(t, s, "k"); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"k", "other"} {
		if _, draft := held(t, s, key); draft != "text" {
			t.Errorf("the draft %s is %q", key, draft)
		}
	}
	failed := errors.New("called off")
	for _, end := range []error{nil, failed} {
		err := s.Write(t.Context(), func(w tracker.Writer) error { return errors.Join(w.SaveDraft("k", "later"), end) })
		if !errors.Is(err, end) {
			t.Error(err)
		}
	}
	if names := files(t, folder); len(names) != 2 {
		t.Errorf("left are %q", names)
	}
}

// listed is what a store keeps of a user's own, by what it listed a moment ago.
type listed []string

func (l listed) Texts(context.Context) (settings, drafts []string, err error) { return l, l, nil }

// What has left the store meanwhile, taken by another terminal of the same user, is not deleted
// from the file.
func TestTextsThatWereTakenMeanwhile(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "storydesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	save(t, db, tracker.SettingUser, "Ada")
	path := filepath.Join(t.TempDir(), "ada.json")
	s, err := local.New(t.Context(), db, listed{tracker.SettingUser, "k"}, local.NewFile(path), func(context.Context) (string, error) {
		save(t, team(t, path, func() {}), "k", "taken")
		return "Ada", nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if setting, draft := held(t, s, "k"); setting != "taken" || draft != "taken" {
		t.Errorf("%q, %q are left", setting, draft)
	}
	if setting, _ := held(t, s, tracker.SettingUser); setting != "Ada" {
		t.Errorf("%q was taken", setting)
	}
}
