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

// A look at the database tells which attachments have lost what they held.
func TestServerMissesContents(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	s := mustOpenServer(t, address)
	home := t.TempDir()
	contents := s.Files(filepath.Join(home, "near"))
	attachments := func() string {
		for _, c := range InspectServer(t.Context(), address).Checks {
			if c.Name == "attachments" {
				return string(c.Level) + ": " + c.Text
			}
		}
		return ""
	}
	if got := attachments(); got != "" {
		t.Errorf("without attachments: %q", got)
	}
	var saved []tracker.StoryFile
	for name, content := range map[string]string{"empty": "", "gone": "gone", "short": "short", "whole": "whole"} {
		path := filepath.Join(home, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := contents.Take(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		saved = append(saved, f)
	}
	err := s.Write(t.Context(), func(w tracker.Writer) error {
		p := tracker.NewProject("p")
		if err := w.AddProject(&p); err != nil {
			return err
		}
		st := tracker.Story{ProjectID: p.ID, Name: "n", Type: tracker.Chore, State: tracker.Unscheduled}
		if err := w.AddStory(&st); err != nil {
			return err
		}
		for i := range saved {
			saved[i].StoryID = st.ID
			if err := w.SaveFile(&saved[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := attachments(); got != "ok: 4 files, 14 bytes, in the database" {
		t.Errorf("whole ones: %q", got)
	}
	for _, statement := range []string{"DELETE FROM file_part WHERE bytes = 'gone'", "UPDATE file_part SET bytes = 'shor' WHERE bytes = 'short'"} {
		if _, err := s.Writers.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if got := attachments(); got != "failed: files in the database are not as they were attached; missing: S-1 gone; altered: S-1 short" {
		t.Errorf("damaged ones: %q", got)
	}
}
