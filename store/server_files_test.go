package store

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
)

// What one machine attaches every other one reads, in pieces, and only what is needed stays.
func TestServerFiles(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	proxy := postgrestest.NewProxy(t, address)
	home := t.TempDir()
	near := filepath.Join(home, "near")
	one, other := mustOpenServer(t, proxy.Address).Files(near), mustOpenServer(t, address)
	elsewhere := other.Files(filepath.Join(home, "elsewhere"))
	random := rand.NewChaCha8([32]byte{1})
	for name, size := range map[string]int{"empty": 0, "small": 7, "one piece": 4 << 20, "large": 9<<20 + 3} {
		content := make([]byte, size)
		_, _ = random.Read(content)
		path := filepath.Join(home, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		saved, err := one.Take(t.Context(), path)
		if err != nil || saved.Size != int64(size) || saved.Name != name {
			t.Fatalf("%s: %+v, %v", name, saved, err)
		}
		if left, err := os.ReadDir(near); err != nil || len(left) > 0 {
			t.Errorf("%s: %v is left on the machine, %v", name, left, err)
		}
		from, err := elsewhere.Open(saved)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(from)
		if err := errors.Join(err, from.Close()); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s: %d bytes came back, %v", name, len(got), err)
		}
		copied := filepath.Join(home, name+" copy")
		if err := elsewhere.Export(t.Context(), saved, copied, false); err != nil {
			t.Error(err)
		}
		refused(t, elsewhere.Export(t.Context(), saved, copied, false), tracker.CodeInvalid, "exists already")
		shown, err := elsewhere.Show(t.Context(), saved, ".bin")
		if err != nil {
			t.Error(err)
		}
		for _, path := range []string{copied, shown} {
			if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, content) {
				t.Errorf("%s: %d bytes in %s, %v", name, len(got), path, err)
			}
		}
		if size == 9<<20+3 {
			testSweptParts(t, other, saved)
		}
	}
	proxy.Cut()
	_, err := one.Take(t.Context(), filepath.Join(home, "small"))
	told(t, err, tracker.CodeUnavailable, "on 127.0.0.1")
	if left, err := os.ReadDir(near); err != nil || len(left) > 0 {
		t.Errorf("%v is left on the machine, %v", left, err)
	}
}

// testSweptParts checks what is swept, and what is said of a content that is damaged or gone.
func testSweptParts(t *testing.T, s *Server, of tracker.StoryFile) {
	t.Helper()
	contents := func() []string { return rowsOf(t, s.Readers, "SELECT DISTINCT content FROM file_part") }
	files := s.Files(t.TempDir())
	all := contents()
	if err := files.Sweep(nil, time.Now().Add(-time.Hour)); err != nil || !slices.Equal(contents(), all) {
		t.Errorf("what was just saved is swept: %v, %v", contents(), err)
	}
	if err := files.Sweep([]string{of.Content}, time.Now().Add(time.Hour)); err != nil || !slices.Equal(contents(), []string{of.Content}) {
		t.Errorf("after sweeping there are %v, %v", contents(), err)
	}
	read := func() error {
		from, err := files.Open(of)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, from)
		return errors.Join(err, from.Close())
	}
	if _, err := s.Writers.ExecContext(t.Context(), "UPDATE file_part SET bytes = 'x' WHERE part = 2"); err != nil {
		t.Fatal(err)
	}
	told(t, read(), tracker.CodeInternal, "damaged")
	if err := files.Sweep(nil, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	told(t, read(), tracker.CodeNotFound, "missing in the database")
}
