package parts_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/store/inspect"
	"storydesk/store/sqlite"
	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/verdict"
)

// userFile writes a file of the user's.
func (w *world) userFile(name, content string) string {
	w.T.Helper()
	path := filepath.Join(w.T.TempDir(), name)
	w.must(os.WriteFile(path, []byte(content), 0o600))
	return path
}

// attached are the names of the story's attachments.
func (w *world) attached() string {
	w.T.Helper()
	var names []string
	for _, f := range w.detail().Parts.Files {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// contents counts the files that are saved.
func (w *world) contents() int {
	w.T.Helper()
	list, err := os.ReadDir(w.DB.Files().Path())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		w.T.Fatal(err)
	}
	return len(list)
}

func TestAttachmentsAreAddedRemovedAndUndone(t *testing.T) {
	w := newWorld(t)
	s, ctx, id := w.Engine.Parts, t.Context(), w.story.ID
	added, err := s.AddFiles(ctx, id, []string{w.userFile("a.txt", "abc"), w.userFile("b.txt", "")})
	w.must(err)
	if len(added) != 2 || added[0].ID == 0 || added[0].Size != 3 || added[0].Author != "Ada" {
		t.Errorf("added %+v", added)
	}
	w.must(s.RemoveFile(ctx, id, added[0].ID))
	if got := w.attached(); got != "b.txt" {
		t.Errorf("after the removal: %s", got)
	}
	w.undo("Undone: " + id.String() + " attachment removed")
	if got := w.attached(); got != "a.txt, b.txt" {
		t.Errorf("after undo: %s", got)
	}
	if _, err := w.Engine.Stories.Undo(ctx, false); err != nil || w.attached() != "" {
		t.Errorf("both undone: %q, %v", w.attached(), err)
	}
	w.redo()
	to := filepath.Join(t.TempDir(), "c.txt")
	_, err = s.ExportFile(ctx, id, added[0].ID, to, false)
	w.must(err)
	if text, err := os.ReadFile(to); err != nil || string(text) != "abc" {
		t.Errorf("after redo it holds %q, %v", text, err)
	}
}

func TestAttachmentsThatCannotBe(t *testing.T) {
	w := newWorld(t)
	s, ctx, id := w.Engine.Parts, t.Context(), w.story.ID
	add := func(story tracker.StoryID, paths ...string) error {
		_, err := s.AddFiles(ctx, story, paths)
		return err
	}
	good := w.userFile("a.txt", "abc")
	w.failed(add(id, good, good+".none"), tracker.CodeInvalid, "there is no file")
	w.failed(add(999, good), tracker.CodeNotFound, "S-999")
	w.failed(s.RemoveFile(ctx, id, 1), tracker.CodeNotFound, "has no attachment 1")
	if got := w.attached(); got != "" {
		t.Errorf("attached: %s", got)
	}
	w.must(add(id, w.userFile("tool.SH", "rm")))
	_, err := s.ShowFile(ctx, id, 1)
	w.failed(err, tracker.CodeRefused, "is a program")
}

// An opened copy has an ending that the system knows, and no other part of the name.
func TestAnAttachmentIsShownUnderANameOfOurs(t *testing.T) {
	w := newWorld(t)
	s, ctx, id := w.Engine.Parts, t.Context(), w.story.ID
	for name, ending := range map[string]string{"-rf *.PDF": ".pdf", "no ending": "", "a.p~f": "", ".hidden": ".hidden"} {
		added, err := s.AddFiles(ctx, id, []string{w.userFile(name, "abc")})
		w.must(err)
		path, err := s.ShowFile(ctx, id, added[0].ID)
		w.must(err)
		if filepath.Base(path) != added[0].Content+ending {
			t.Errorf("%s is shown as %s", name, path)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
}

// A comment that is undone takes the attachments with it that came with it, and brings
// them back.
func TestACommentCarriesAttachments(t *testing.T) {
	w := newWorld(t)
	s, ctx, id := w.Engine.Parts, t.Context(), w.story.ID
	before, err := s.AddFiles(ctx, id, []string{w.userFile("before.txt", "a")})
	w.must(err)
	_, err = s.Comment(ctx, []tracker.StoryID{id}, "see these", nil, []string{w.userFile("new.txt", "b")}, before[0].ID)
	w.must(err)
	for _, f := range w.detail().Parts.Files {
		if len(f.Comments) != 1 {
			t.Errorf("%s is carried by %v", f.Name, f.Comments)
		}
	}
	// It is about to be sent.
	w.failed(s.RemoveFile(ctx, id, before[0].ID), tracker.CodeRefused, "about to be sent")
	if w.Undo(); w.attached() != "before.txt" || len(w.detail().Comments) != 0 {
		t.Errorf("after undo: %s", w.attached())
	}
	if w.Redo(); w.attached() != "before.txt, new.txt" {
		t.Errorf("after redo: %s", w.attached())
	}
	_, err = s.Comment(ctx, []tracker.StoryID{id}, "none", nil, nil, 999)
	w.failed(err, tracker.CodeNotFound, "has no attachment 999")
}

// The file of a removed attachment goes once the removal cannot be undone any more.
func TestFilesThatNobodyNeedsAreSwept(t *testing.T) {
	w := newWorld(t)
	s, ctx, id := w.Engine.Parts, t.Context(), w.story.ID
	added, err := s.AddFiles(ctx, id, []string{w.userFile("a", "a"), w.userFile("b", "b")})
	w.must(err)
	w.must(s.RemoveFile(ctx, id, added[0].ID))
	w.must(s.SweepFiles(ctx))
	if n := w.contents(); n != 2 {
		t.Errorf("%d files at once, want 2", n)
	}
	trackertest.Later(w.Engine, 25*time.Hour)
	w.must(s.SweepFiles(ctx))
	if n := w.contents(); n != 1 || w.attached() != "b" {
		t.Errorf("%d files a day later, attached %s", n, w.attached())
	}
	w.must(w.Engine.Stories.DeleteStories(ctx, []tracker.StoryID{id}, true))
	w.must(s.SweepFiles(ctx))
	if n := w.contents(); n != 1 {
		t.Errorf("%d files of a deleted story", n)
	}
	w.must(w.Engine.Stories.PurgeStories(ctx, []tracker.StoryID{id}))
	w.must(s.SweepFiles(ctx))
	if n := w.contents(); n != 0 {
		t.Errorf("%d files of a story that was removed for good", n)
	}
}

// A check finds files that are missing or altered, and a backup takes them along.
func TestChecksAndBackupsKnowTheFiles(t *testing.T) {
	w := newWorld(t)
	s, ctx, id := w.Engine.Parts, t.Context(), w.story.ID
	added, err := s.AddFiles(ctx, id, []string{w.userFile("a.txt", "abc"), w.userFile("b.txt", "b")})
	w.must(err)
	checked := func(path string) verdict.Check {
		for _, c := range inspect.File(ctx, path).Checks {
			if c.Name == "attachments" {
				return c
			}
		}
		t.Fatal("nothing is said of attachments")
		return verdict.Check{}
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	w.must(sqlite.Backup(ctx, w.Path, backup, false))
	for _, path := range []string{w.Path, backup} {
		if c := checked(path); c.Level != verdict.LevelOK {
			t.Errorf("%s: %+v", path, c)
		}
	}
	folder := w.DB.Files().Path()
	w.must(os.WriteFile(filepath.Join(folder, added[0].Content), []byte("abd"), 0o600))
	w.must(os.Remove(filepath.Join(folder, added[1].Content)))
	c := checked(w.Path)
	if c.Level != verdict.LevelFailed || !strings.Contains(c.Text, "missing: "+id.String()+" b.txt; altered: "+id.String()+" a.txt") {
		t.Errorf("%+v", c)
	}
}

// A comment that waits to be sent does not lose its attachment because somebody takes back
// what added it.
func TestACommentTakesAllItsDrafts(t *testing.T) {
	w := newWorld(t)
	ctx, drafts := t.Context(), []string{"text", "attached", ""}
	read := func() string {
		var texts []string
		for _, key := range drafts[:2] {
			text, err := w.Engine.Settings.Draft(ctx, key)
			w.must(err)
			texts = append(texts, text)
		}
		return strings.Join(texts, "|")
	}
	for _, key := range drafts[:2] {
		w.must(w.Engine.Settings.SaveDraft(ctx, key, "begun "+key))
	}
	_, err := w.Engine.Parts.Comment(ctx, []tracker.StoryID{w.story.ID}, "see these", drafts, nil, 999)
	w.failed(err, tracker.CodeNotFound, "has no attachment 999")
	if got := read(); got != "begun text|begun attached" {
		t.Errorf("after a comment that failed: %q", got)
	}
	_, err = w.Engine.Parts.Comment(ctx, []tracker.StoryID{w.story.ID}, "see these", drafts, []string{w.userFile("a.txt", "a")})
	w.must(err)
	if got := read(); got != "|" {
		t.Errorf("after the comment: %q", got)
	}
}

// Who undoes a comment learns what it carried: where the files are that came with it, each
// once, and the attachments that the story had.
func TestUndoTellsWhatACommentCarried(t *testing.T) {
	w := newWorld(t)
	ctx, ids := t.Context(), []tracker.StoryID{w.story.ID}
	added, err := w.Engine.Parts.AddFiles(ctx, w.story.ID, []string{w.userFile("first.txt", "abc")})
	w.must(err)
	second := w.userFile("second.txt", "def")
	_, err = w.Engine.Parts.Comment(ctx, ids, "see these", nil, []string{second}, added[0].ID)
	w.must(err)
	for _, step := range []struct {
		do   func(context.Context, bool) (tracker.Undone, error)
		left string
	}{{w.Engine.Stories.Undo, "first.txt"}, {w.Engine.Stories.Redo, "first.txt, second.txt"}, {w.Engine.Stories.Undo, "first.txt"}} {
		undone, err := step.do(ctx, true)
		w.must(err)
		if !slices.Equal(undone.Paths, []string{second}) || len(undone.Files) != 1 || undone.Files[0].ID != added[0].ID || undone.Comment != "see these" {
			t.Errorf("%+v", undone)
		}
		if got := w.attached(); got != step.left {
			t.Errorf("attached %s, want %s", got, step.left)
		}
	}
}

func TestUndoLeavesWhatAnotherCommentCarries(t *testing.T) {
	w := newWorld(t)
	ctx, id := t.Context(), w.story.ID
	_, other := w.Open(0)
	added, err := w.Engine.Parts.AddFiles(ctx, id, []string{w.userFile("first.txt", "abc")})
	w.must(err)
	_, err = other.Parts.Comment(ctx, []tracker.StoryID{id}, "see the file", nil, nil, added[0].ID)
	w.must(err)
	_, err = w.Engine.Stories.Undo(ctx, false)
	w.failed(err, tracker.CodeRefused, "about to be sent")

	_, err = w.Engine.Parts.Comment(ctx, []tracker.StoryID{id}, "another", nil, []string{w.userFile("second.txt", "def")})
	w.must(err)
	files := w.detail().Parts.Files
	_, err = other.Parts.Comment(ctx, []tracker.StoryID{id}, "and that one", nil, nil, files[len(files)-1].ID)
	w.must(err)
	_, err = w.Engine.Stories.Undo(ctx, false)
	w.must(err)
	if got := w.attached(); got != "first.txt, second.txt" {
		t.Errorf("after undo: %s", got)
	}
	if n := len(w.detail().Comments); n != 2 {
		t.Errorf("%d comments, want those of the other", n)
	}
}
