package keyring_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"storydesk/store"
	"storydesk/store/keyring"
	"storydesk/store/keyring/keyringtest"
	"storydesk/store/storetest"
	"storydesk/tracker"
	"storydesk/tracker/kind"
)

var errNoBus = errors.New("exec: \"dbus-launch\": executable file not found in $PATH")

// world is a database with two integrations and a keyring.
type world struct {
	t       *testing.T
	path    string
	ring    *keyringtest.Ring
	db      *store.DB
	secrets *keyring.Secrets
	in, two tracker.IntegrationID
}

func newWorld(t *testing.T, ring *keyringtest.Ring) *world {
	t.Helper()
	w := &world{t: t, path: filepath.Join(t.TempDir(), "storydesk.db"), ring: ring}
	w.db, w.secrets = w.open(w.path)
	p := tracker.NewProject("P")
	err := w.db.Write(t.Context(), func(tx tracker.Writer) error {
		if err := tx.AddProject(&p); err != nil {
			return err
		}
		for name, id := range map[string]*tracker.IntegrationID{"One": &w.in, "Two": &w.two} {
			in := tracker.Integration{
				ProjectID: p.ID, Name: name, Kind: kind.Zendesk, URL: "https://acme.zendesk.com", Host: "acme.zendesk.com",
				Email: "ada@acme.com", Auth: tracker.AuthToken, ViewID: 1,
			}
			if err := tx.AddIntegration(&in); err != nil {
				return err
			}
			*id = in.ID
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// open opens a database with the keyring, as another process would.
func (w *world) open(path string) (*store.DB, *keyring.Secrets) {
	w.t.Helper()
	db, err := store.Open(w.t.Context(), path)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		if err := db.Close(); err != nil {
			w.t.Error(err)
		}
	})
	return db, keyring.New(w.ring, db, db.Secrets())
}

// restart is the same database in a program that starts again.
func (w *world) restart() { w.secrets = keyring.New(w.ring, w.db, w.db.Secrets()) }

func (w *world) keep(secret string, inDatabase bool) {
	w.t.Helper()
	if err := w.secrets.Keep(w.t.Context(), w.in, secret, inDatabase); err != nil {
		w.t.Fatalf("keep: %v (%v)", err, errors.Unwrap(err))
	}
}

// kept checks which secret is saved, where, and what is in the keyring.
func (w *world) kept(secret string, place tracker.SecretPlace, inRing ...string) {
	w.t.Helper()
	if got, err := w.secrets.Secret(w.t.Context(), w.in); got != secret || err != nil {
		w.t.Errorf("kept %q, got %q (%v)", secret, got, err)
	}
	w.place(place)
	w.holds(inRing...)
	_, err := w.db.Secrets().Secret(w.t.Context(), w.in)
	if inDatabase := err == nil; inDatabase != (place == tracker.InDatabase) {
		w.t.Errorf("it is in the database: %v (%v)", inDatabase, err)
	}
}

// forgotten checks that nothing is left of a secret.
func (w *world) forgotten() {
	w.t.Helper()
	w.place(tracker.InNoPlace)
	w.holds()
	err := w.db.Read(w.t.Context(), func(r tracker.Reader) error {
		left, err := r.Setting(fmt.Sprintf("keyring/%d", w.in))
		if left != "" {
			w.t.Errorf("entries that are gone are remembered: %s", left)
		}
		return err
	})
	if err != nil {
		w.t.Error(err)
	}
}

func (w *world) place(want tracker.SecretPlace) {
	w.t.Helper()
	if got, err := w.secrets.Place(w.t.Context(), w.in); got != want || err != nil {
		w.t.Errorf("the place is %q (%v), want %q", got, err, want)
	}
}

func (w *world) holds(secrets ...string) {
	w.t.Helper()
	if diff := cmp.Diff(secrets, w.ring.Secrets(), cmpopts.EquateEmpty()); diff != "" {
		w.t.Errorf("in the keyring (-want +got):\n%s", diff)
	}
}

// inFile reports whether a text is in the database or a file beside it.
func (w *world) inFile(text string) bool {
	w.t.Helper()
	names, err := filepath.Glob(w.path + "*")
	if err != nil || len(names) < 2 {
		w.t.Fatalf("found %q, %v", names, err)
	}
	return slices.ContainsFunc(names, func(name string) bool {
		bytes, err := os.ReadFile(name)
		if err != nil {
			w.t.Fatal(err)
		}
		return strings.Contains(string(bytes), text)
	})
}

// fails checks an error's code and field, and that it shows no secret.
func fails(t *testing.T, err error, code tracker.Code, field string, parts ...string) {
	t.Helper()
	var told *tracker.Error
	if !errors.As(err, &told) || told.Code != code || told.Field != field {
		t.Fatalf("got %#v, want code %q and field %q", err, code, field)
	}
	for _, part := range parts {
		if !strings.Contains(told.Message, part) {
			t.Errorf("%q does not say %q", told.Message, part)
		}
	}
	if strings.Contains(err.Error(), "hunter") || told.Err != nil && strings.Contains(told.Err.Error(), "hunter") {
		t.Errorf("the error shows the secret: %v (%v)", err, told.Err)
	}
}

func TestRingContract(t *testing.T) { keyringtest.Run(t, keyringtest.New()) }

func TestSecretsContract(t *testing.T) {
	for name, ring := range map[string]*keyringtest.Ring{
		"with a keyring": keyringtest.New(), "without": keyringtest.Broken(errNoBus),
	} {
		t.Run(name, func(t *testing.T) {
			storetest.RunSecrets(t, func(t *testing.T) (tracker.Store, tracker.Secrets) {
				w := newWorld(t, ring)
				db, secrets := w.open(filepath.Join(t.TempDir(), "empty.db"))
				return db, secrets
			})
			if left := ring.Secrets(); len(left) > 0 {
				t.Errorf("left in the keyring: %q", left)
			}
		})
	}
}

func TestMoving(t *testing.T) {
	w := newWorld(t, keyringtest.New())
	w.keep("hunter1", false)
	w.kept("hunter1", tracker.InKeyring, "hunter1")
	if w.inFile("hunter1") {
		t.Error("a secret of the keyring is in the database file")
	}
	w.keep("hunter2", true)
	w.kept("hunter2", tracker.InDatabase)
	if !w.inFile("hunter2") {
		t.Error("the secret is not in the database file, so the test above proves nothing")
	}
	w.keep("hunter2", false)
	w.kept("hunter2", tracker.InKeyring, "hunter2")
	w.keep("hunter3", false)
	w.kept("hunter3", tracker.InKeyring, "hunter3")
	w.restart()
	w.kept("hunter3", tracker.InKeyring, "hunter3")
	if err := w.secrets.Forget(t.Context(), w.in); err != nil {
		t.Error(err)
	}
	w.forgotten()
}

// What is in the database does not touch the keyring.
func TestTheKeyringIsLeftAlone(t *testing.T) {
	w := newWorld(t, keyringtest.New())
	w.keep("hunter1", true)
	w.kept("hunter1", tracker.InDatabase)
	if err := w.secrets.Forget(t.Context(), w.in); err != nil {
		t.Error(err)
	}
	w.place(tracker.InNoPlace)
	if n := w.ring.Calls(); n != 0 {
		t.Errorf("the keyring was asked %d times", n)
	}
}

func TestWithoutAKeyring(t *testing.T) {
	w := newWorld(t, keyringtest.Broken(errNoBus))
	if w.secrets.HasKeyring(t.Context()) {
		t.Error("there is none")
	}
	fails(t, w.secrets.Keep(t.Context(), w.in, "hunter1", false), tracker.CodeRefused, "store-secret-in-db", "save the secret unencrypted")
	w.place(tracker.InNoPlace)
	w.keep("hunter1", true)
	w.kept("hunter1", tracker.InDatabase)
	if n := w.ring.Calls(); n != 1 {
		t.Errorf("the keyring was asked %d times", n)
	}
}

func TestASecretThatIsTooLong(t *testing.T) {
	w := newWorld(t, keyringtest.New())
	long := strings.Repeat("hunter", 1000)
	fails(t, w.secrets.Keep(t.Context(), w.in, long, false), tracker.CodeRefused, "store-secret-in-db", "long", "save the secret unencrypted")
	if !w.secrets.HasKeyring(t.Context()) {
		t.Error("the keyring works all the same")
	}
	w.keep(long, true)
	w.kept(long, tracker.InDatabase)
}

// The keyring goes away while a secret is in it.
func TestAKeyringThatDies(t *testing.T) {
	w := newWorld(t, keyringtest.New())
	w.keep("hunter1", false)
	w.ring.Before(func(string) error { return errNoBus })
	_, err := w.secrets.Secret(t.Context(), w.in)
	fails(t, err, tracker.CodeUnavailable, "password", "unlock", "enter the password or token again")
	w.place(tracker.InKeyring)
	fails(t, w.secrets.Keep(t.Context(), w.in, "hunter2", false), tracker.CodeRefused, "store-secret-in-db")
	w.keep("hunter3", true)
	w.kept("hunter3", tracker.InDatabase, "hunter1")

	// It is back, and what was left there goes with the next change.
	w.ring.Before(nil)
	w.restart()
	w.keep("hunter4", false)
	w.kept("hunter4", tracker.InKeyring, "hunter4")
}

// The keyring takes the new secret and then deletes nothing.
func TestAKeyringThatDiesMidway(t *testing.T) {
	w := newWorld(t, keyringtest.New())
	w.keep("hunter1", false)
	w.ring.Before(func(call string) error {
		if call == "delete" {
			return errNoBus
		}
		return nil
	})
	w.keep("hunter2", false)
	w.restart()
	w.kept("hunter2", tracker.InKeyring, "hunter1", "hunter2")
	fails(t, w.secrets.Forget(t.Context(), w.in), tracker.CodeUnavailable, "", "may still be in it")
	w.place(tracker.InNoPlace)

	w.ring.Before(nil)
	w.restart()
	if err := w.secrets.Forget(t.Context(), w.in); err != nil {
		t.Error(err)
	}
	w.forgotten()
}

func TestAKeyringThatHangs(t *testing.T) {
	w := newWorld(t, keyringtest.New())
	synctest.Test(t, func(t *testing.T) {
		hang, start := make(chan struct{}), time.Now()
		w.ring.Before(func(string) error { <-hang; return nil })
		err := w.secrets.Keep(t.Context(), w.in, "hunter1", false)
		fails(t, err, tracker.CodeRefused, "store-secret-in-db")
		if w.secrets.HasKeyring(t.Context()) {
			t.Error("it does not answer")
		}
		if waited := time.Since(start); waited != keyring.Patience {
			t.Errorf("waited %s", waited)
		}
		close(hang)
		synctest.Wait()
		// It kept the secret in the end, for nobody: that was taken back.
		w.holds()
		w.keep("hunter2", false)
		w.kept("hunter2", tracker.InKeyring, "hunter2")
	})
}

func TestACallerThatLeaves(t *testing.T) {
	w := newWorld(t, keyringtest.New())
	w.keep("hunter1", false)
	ctx, cancel := context.WithCancel(t.Context())
	hang := make(chan struct{})
	w.ring.Before(func(string) error {
		cancel()
		<-hang
		return nil
	})
	_, err := w.secrets.Secret(ctx, w.in)
	fails(t, err, tracker.CodeUnavailable, "", "interrupted")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the cause is %v", errors.Unwrap(err))
	}
	close(hang)
	w.kept("hunter1", tracker.InKeyring, "hunter1")
}

// A secret that the user deleted in the keyring itself.
func TestASecretThatIsGone(t *testing.T) {
	w := newWorld(t, keyringtest.New())
	w.keep("hunter1", false)
	w.ring = keyringtest.New()
	w.restart()
	_, err := w.secrets.Secret(t.Context(), w.in)
	fails(t, err, tracker.CodeNotFound, "")
	if err := w.secrets.Forget(t.Context(), w.in); err != nil {
		t.Error(err)
	}
	w.keep("hunter2", false)
	w.kept("hunter2", tracker.InKeyring, "hunter2")
}

func TestARemovedIntegrationIsForgotten(t *testing.T) {
	w := newWorld(t, keyringtest.New())
	w.keep("hunter1", false)
	if err := w.secrets.Keep(t.Context(), w.two, "other", false); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Write(t.Context(), func(tx tracker.Writer) error { return tx.RemoveIntegration(w.in) }); err != nil {
		t.Fatal(err)
	}
	if err := w.secrets.Forget(t.Context(), w.in); err != nil {
		t.Error(err)
	}
	w.holds("other")
	fails(t, w.secrets.Keep(t.Context(), w.in, "hunter2", false), tracker.CodeNotFound, "")
	w.holds("other")
}

// Two copies of a database have the same ids for what may be other accounts.
func TestACopyDoesNotMixSecrets(t *testing.T) {
	w := newWorld(t, keyringtest.New())
	w.keep("hunter1", false)
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	bytes, err := os.ReadFile(w.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(copied, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	w.db, w.secrets = w.open(w.path)
	_, theirs := w.open(copied)
	if got, err := theirs.Secret(t.Context(), w.in); got != "hunter1" || err != nil {
		t.Errorf("the copy has %q, %v", got, err)
	}
	if err := theirs.Keep(t.Context(), w.in, "of another account", false); err != nil {
		t.Fatal(err)
	}
	_, err = w.secrets.Secret(t.Context(), w.in)
	fails(t, err, tracker.CodeNotFound, "")
	w.keep("hunter2", false)
	w.kept("hunter2", tracker.InKeyring, "hunter2", "of another account")
}

// A setting that another program spoilt is an error, not a lost secret.
func TestSpoiltEntries(t *testing.T) {
	w := newWorld(t, keyringtest.New())
	w.keep("hunter1", false)
	err := w.db.Write(t.Context(), func(tx tracker.Writer) error { return tx.SaveSetting(fmt.Sprintf("keyring/%d", w.in), "{") })
	if err != nil {
		t.Fatal(err)
	}
	_, readErr := w.secrets.Secret(t.Context(), w.in)
	_, placeErr := w.secrets.Place(t.Context(), w.in)
	for _, err := range []error{
		readErr, placeErr, w.secrets.Keep(t.Context(), w.in, "hunter2", false), w.secrets.Forget(t.Context(), w.in),
	} {
		if tracker.CodeOf(err) != tracker.CodeInternal {
			t.Errorf("got %v", err)
		}
	}
	w.holds("hunter1")
}
