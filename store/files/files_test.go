package files

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
)

func newFolder(t *testing.T) Folder {
	t.Helper()
	return Beside(filepath.Join(t.TempDir(), "storydesk.db"))
}

func userFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func take(t *testing.T, f Folder, name, content string) tracker.StoryFile {
	t.Helper()
	saved, err := f.Take(t.Context(), userFile(t, name, content))
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// names lists what is in the folder.
func names(t *testing.T, f Folder) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(f.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestWhatIsTakenIsPrivateAndComesBack(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	of := take(t, f, "in voice.pdf", "a bill")
	if of.Name != "in voice.pdf" || of.Size != 6 || len(of.Sum) != 64 || !isID(of.Content) {
		t.Errorf("taken: %+v", of)
	}
	for path, want := range map[string]os.FileMode{f.path: 0o700, f.at(of.Content): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s is %v, %v, want %v", path, info.Mode(), err, want)
		}
	}
	from, err := f.Open(of)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(from)
	if err = errors.Join(err, from.Close()); err != nil || string(text) != "a bill" {
		t.Errorf("opened: %q, %v", text, err)
	}
	if other := take(t, f, "b", "a bill"); other.Content == of.Content || other.Sum != of.Sum {
		t.Errorf("two with one content: %+v and %+v", of, other)
	}
}

// A write that is cut short at any step leaves no content that is not whole, and what
// it leaves is swept.
func TestAContentIsThereWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	broken := errors.New("the power is gone")
	for failing := range 4 {
		f := newFolder(t)
		var steps []string
		step := func(name string) error {
			steps = append(steps, name)
			if len(steps) == failing {
				return broken
			}
			return nil
		}
		f.disk = disk{
			sync: func(file *os.File) error {
				info, err := file.Stat()
				if err == nil && !info.IsDir() && info.Size() != 6 {
					t.Errorf("flushed with %d bytes", info.Size())
				}
				if err == nil && info.IsDir() {
					return step("flush the folder")
				}
				return errors.Join(err, step("flush the file"))
			},
			rename: func(from, to string) error {
				if err := step("rename"); err != nil {
					return err
				}
				return os.Rename(from, to)
			},
		}
		_, err := f.Take(t.Context(), userFile(t, "a", "a bill"))
		want := []string{"rename", "flush the file", "flush the folder"}
		if failing > 0 {
			want = want[:failing]
		}
		if !slices.Equal(steps, want) || errors.Is(err, broken) != (failing > 0) {
			t.Errorf("failing at %d: steps %q, %v", failing, steps, err)
		}
		if failing > 0 {
			if left := names(t, f); len(left) > 0 {
				t.Errorf("failing at %d leaves %q", failing, left)
			}
		}
	}
	// Of a process that was killed there is a draft.
	f := newFolder(t)
	kept := take(t, f, "a", "a")
	draft, now := filepath.Join(f.path, draftPrefix+"1"), time.Now()
	// The file system has a clock of its own.
	if err := errors.Join(os.WriteFile(draft, []byte("half"), 0o600), os.Chtimes(draft, now, now)); err != nil {
		t.Fatal(err)
	}
	if err := f.Sweep([]string{kept.Content}, now.Add(-time.Hour)); err != nil || len(names(t, f)) != 2 {
		t.Errorf("what is new is swept: %q, %v", names(t, f), err)
	}
	if err := f.Sweep([]string{kept.Content}, time.Now().Add(time.Hour)); err != nil || !slices.Equal(names(t, f), []string{kept.Content}) {
		t.Errorf("after sweeping: %q, %v", names(t, f), err)
	}
}

func TestSweepRemovesWhatNobodyNeeds(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	if err := f.Sweep(nil, time.Now()); err != nil {
		t.Errorf("a folder that is not there yet: %v", err)
	}
	kept, gone := take(t, f, "kept", "a"), take(t, f, "gone", "b")
	path, err := f.Show(t.Context(), kept, ".txt")
	if err != nil || filepath.Base(path) != kept.Content+".txt" {
		t.Fatalf("shown at %s, %v", path, err)
	}
	other := filepath.Join(f.path, "README")
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Sweep([]string{kept.Content}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for path, there := range map[string]bool{f.at(kept.Content): true, f.at(gone.Content): false, path: false, other: true} {
		if _, err := os.Stat(path); (err == nil) != there {
			t.Errorf("%s is there: %v, want %v", path, err == nil, there)
		}
	}
}

func TestFilesThatCannotBeTaken(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	large := userFile(t, "large.iso", "")
	if err := os.Truncate(large, tracker.MaxFileSize+1); err != nil {
		t.Fatal(err)
	}
	for path, says := range map[string]string{
		filepath.Join(t.TempDir(), "none"): "there is no file",
		t.TempDir():                        "is a folder",
		large:                              "large.iso is larger than 50 MB",
	} {
		if _, err := f.Take(t.Context(), path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", path, err, says)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Take(ctx, userFile(t, "a", "a")); tracker.CodeOf(err) != tracker.CodeUnavailable {
		t.Errorf("cancelled: %v", err)
	}
	if left := names(t, f); len(left) > 0 {
		t.Errorf("%q are left", left)
	}
}

// What the database says of a content never leads out of the folder.
func TestNoContentLeadsElsewhere(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	secret := filepath.Join(filepath.Dir(f.path), "secret")
	if err := errors.Join(os.Mkdir(f.path, 0o700), os.WriteFile(secret, []byte("s"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{"../secret", secret, "", "..", strings.Repeat("A", 32)} {
		of := tracker.StoryFile{Name: "x", Content: content}
		if _, err := f.Open(of); tracker.CodeOf(err) != tracker.CodeNotFound {
			t.Errorf("%q: %v", content, err)
		}
		if state, err := f.Check(t.Context(), of); state != Missing || err != nil {
			t.Errorf("%q is %v, %v", content, state, err)
		}
	}
}

func TestExportAndCheck(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	of := take(t, f, "a.txt", "abc")
	to := filepath.Join(t.TempDir(), "b.txt")
	if err := f.Export(t.Context(), of, to, false); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(to); err != nil || string(text) != "abc" {
		t.Errorf("saved %q, %v", text, err)
	}
	if err := f.Export(t.Context(), of, to, false); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("a file that is there: %v", err)
	}
	if err := f.Export(t.Context(), of, to, true); err != nil {
		t.Errorf("replaced: %v", err)
	}
	copied := newFolder(t)
	if err := f.CopyTo(t.Context(), copied, []tracker.StoryFile{of, {Content: strings.Repeat("0", 32)}}); err != nil {
		t.Fatal(err)
	}
	state := func(f Folder) Condition {
		c, err := f.Check(t.Context(), of)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if got := state(copied); got != Whole {
		t.Errorf("the copy is %v", got)
	}
	if err := os.WriteFile(f.at(of.Content), []byte("abd"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := state(f); got != Altered {
		t.Errorf("altered: %v", got)
	}
	if err := os.Remove(f.at(of.Content)); err != nil || state(f) != Missing {
		t.Errorf("missing: %v, %v", state(f), err)
	}
}
