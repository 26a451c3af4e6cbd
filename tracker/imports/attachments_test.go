package imports_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
	"storydesk/tracker/transfer/archive/archivetest"
	"storydesk/tracker/transfer/jsonlines"
	"storydesk/tracker/transfer/pivotal"
)

const withFiles = "Id,Title,Type,Current State,Created at,Comment,Labels\n" +
	"101,Log in,feature,unstarted,\"Dec 20, 2023\",\" (Bo Ek - Dec 21, 2023)\"\n" +
	"102,Log out,feature,unstarted,\"Dec 20, 2023\"\n" +
	"31,Login,epic,,\"Dec 1, 2023\",,login\n"

// exportedFiles are those of an export with attachments.
func exportedFiles() map[string]string {
	return map[string]string{
		"acme_20250401_101112.csv": withFiles, "101/screen shot.png": "picture", "101/log.txt": "the log", "102/a.txt": "", "e31/plan.pdf": "the plan",
	}
}

// ofTracker opens a ZIP of Tracker.
func ofTracker(t testing.TB, data []byte) transfer.Reader {
	t.Helper()
	a, err := archive.OpenZIP("acme.zip", bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	e, err := pivotal.OpenArchive(a)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// told is what an import says.
type told struct {
	found   []string
	changed []transfer.Change
	bytes   []transfer.Progress
}

func (to *told) options(w *trackertest.World) transfer.Options {
	return transfer.Options{
		Project: w.In.ProjectID, Found: func(f transfer.Finding) { to.found = append(to.found, f.String()) },
		Changed: func(c transfer.Change) { to.changed = append(to.changed, c) },
		Progress: func(p transfer.Progress) {
			if p.AllBytes > 0 {
				to.bytes = append(to.bytes, p)
			}
		},
	}
}

// saved counts the files in the folder of the database.
func saved(t *testing.T, w *trackertest.World) int {
	t.Helper()
	list, err := os.ReadDir(w.DB.Files().Path())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return len(list)
}

// attachedTo reads the attachments of a story or an epic, with what they hold.
func attachedTo(t *testing.T, w *trackertest.World, list func(tracker.Reader) ([]tracker.StoryFile, error)) map[string]string {
	t.Helper()
	var there []tracker.StoryFile
	err := w.DB.Read(t.Context(), func(r tracker.Reader) (err error) {
		there, err = list(r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string]string{}
	for _, f := range there {
		in, err := w.DB.Files().Open(f)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil || in.Close() != nil {
			t.Fatal(err)
		}
		contents[f.Name] = string(content)
	}
	return contents
}

func filesOf(id tracker.StoryID) func(tracker.Reader) ([]tracker.StoryFile, error) {
	return func(r tracker.Reader) ([]tracker.StoryFile, error) { return r.Files(id) }
}

func TestAttachmentsComeAlong(t *testing.T) {
	t.Parallel()
	w := world(t)
	data := archivetest.ZIP(t, exportedFiles(), archivetest.Stored)
	var dry, done told
	o := dry.options(w)
	o.DryRun = true
	planned, err := w.Engine.Imports.Import(t.Context(), ofTracker(t, data), o)
	if err != nil {
		t.Fatal(err)
	}
	if n := saved(t, w); n > 0 {
		t.Errorf("the dry run saved %d files", n)
	}
	report, err := w.Engine.Imports.Import(t.Context(), ofTracker(t, data), done.options(w))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(planned.Counts, report.Counts); diff != "" || len(done.found) > 0 {
		t.Error(diff, done.found)
	}
	if got, want := report.Counts[transfer.Attachments], (transfer.Count{Read: 4, Added: 4}); got != want {
		t.Errorf("of the attachments it says %+v", got)
	}
	const size = int64(len("picture") + len("the log") + len("the plan"))
	for name, to := range map[string]told{"the dry run": dry, "the import": done} {
		if n := len(to.bytes); n == 0 || to.bytes[n-1] != (transfer.Progress{Bytes: size, AllBytes: size}) {
			t.Errorf("%s tells of %+v", name, to.bytes)
		}
	}
	list, epics := stories(t, w), epicsOf(t, w)
	for name, c := range map[string]struct {
		got, want map[string]string
	}{
		"a story":       {attachedTo(t, w, filesOf(list[0].ID)), map[string]string{"screen shot.png": "picture", "log.txt": "the log"}},
		"another story": {attachedTo(t, w, filesOf(list[1].ID)), map[string]string{"a.txt": ""}},
		"an epic": {
			attachedTo(t, w, func(r tracker.Reader) ([]tracker.StoryFile, error) { return r.EpicFiles(epics[0].ID) }), map[string]string{"plan.pdf": "the plan"},
		},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if at := w.Whole(list[0].ID).Parts.Files[0].CreatedAt; !at.Equal(list[0].CreatedAt) {
		t.Errorf("the attachment is of %s", at)
	}
	if w.Engine.Parts.SweepFiles(t.Context()) != nil || saved(t, w) != 4 {
		t.Errorf("%d files are saved", saved(t, w))
	}
}

// An export that is imported again changes nothing. A newer one brings what is new, and
// what was removed here stays so.
func TestAttachmentsOfANewerExport(t *testing.T) {
	t.Parallel()
	w := world(t)
	contents := exportedFiles()
	bring := func() (transfer.Report, told) {
		var to told
		report, err := w.Engine.Imports.Import(t.Context(), ofTracker(t, archivetest.ZIP(t, contents, archivetest.Stored)), to.options(w))
		if err != nil {
			t.Fatal(err)
		}
		return report, to
	}
	bring()
	report, to := bring()
	if got := report.Counts[transfer.Attachments]; got != (transfer.Count{Read: 4, Same: 4}) || len(to.changed)+len(to.found)+len(to.bytes) > 0 || saved(t, w) != 4 {
		t.Errorf("again: %+v, %+v, %d files", got, to, saved(t, w))
	}
	first := stories(t, w)[0].ID
	var log tracker.StoryFile
	for _, f := range w.Whole(first).Parts.Files {
		if f.Name == "log.txt" {
			log = f
		}
	}
	if err := w.Engine.Parts.RemoveFile(t.Context(), first, log.ID); err != nil {
		t.Fatal(err)
	}
	// For good, as after a day.
	err := w.DB.Write(t.Context(), func(tx tracker.Writer) error {
		_, err := tx.ForgetFiles(time.Now().Add(time.Hour))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	contents["101/new.txt"], contents["101/screen shot.png"], contents["e31/new.txt"] = "new", "another picture", "new"
	report, to = bring()
	if got, want := report.Counts[transfer.Attachments], (transfer.Count{Read: 6, Added: 3, Same: 2, Left: 1}); got != want {
		t.Errorf("a newer export: %+v", got)
	}
	if diff := cmp.Diff([]string{`acme_20250401_101112.csv:2:1: the attachment "log.txt" was removed here and stays so`}, to.found); diff != "" {
		t.Error(diff)
	}
	var said []string
	for _, c := range to.changed {
		said = append(said, c.String())
	}
	if diff := cmp.Diff([]string{first.String() + " Log in: 2 new attachments", epicsOf(t, w)[0].ID.String() + " Login: 1 new attachment"}, said); diff != "" {
		t.Error(diff)
	}
	report, to = bring()
	if got, want := report.Counts[transfer.Attachments], (transfer.Count{Read: 6, Same: 5, Left: 1}); got != want || len(to.changed) > 0 {
		t.Errorf("once more: %+v, %+v", got, to.changed)
	}
}

// Whatever ends an import leaves no files behind.
func TestFilesOfAnImportThatFailsAreRemoved(t *testing.T) {
	t.Parallel()
	w := world(t)
	whole := archivetest.ZIP(t, exportedFiles(), archivetest.Stored)
	damaged := bytes.Clone(whole)
	damaged[bytes.Index(damaged, []byte("the plan"))] ^= 1
	fail := func(name, want string, from transfer.Reader, stop func(transfer.Progress) bool) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var to told
		o := to.options(w)
		o.Progress = func(p transfer.Progress) {
			if stop(p) {
				cancel()
			}
		}
		_, err := w.Engine.Imports.Import(ctx, from, o)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
		if n, list := saved(t, w), stories(t, w); n > 0 || len(list) > 0 {
			t.Errorf("%s: %d files and %d stories are left", name, n, len(list))
		}
	}
	never := func(transfer.Progress) bool { return false }
	fail("a wrong checksum", "e31/plan.pdf: its checksum is wrong; the ZIP is damaged", ofTracker(t, damaged), never)
	fail("stopped while it copies", "", ofTracker(t, whole), func(p transfer.Progress) bool { return p.Bytes > 0 })
	fail("stopped while it writes", "", ofTracker(t, whole), func(p transfer.Progress) bool { return p.AllStories > 0 })
	if _, err := w.Engine.Imports.Import(t.Context(), ofTracker(t, whole), (&told{}).options(w)); err != nil || saved(t, w) != 4 {
		t.Errorf("the next try: %d files, %v", saved(t, w), err)
	}
}

// A dry run finds what an import would fail of.
func TestADryRunReadsAttachments(t *testing.T) {
	t.Parallel()
	w := world(t)
	damaged := archivetest.ZIP(t, exportedFiles(), archivetest.Stored)
	damaged[bytes.Index(damaged, []byte("the plan"))] ^= 1
	o := (&told{}).options(w)
	o.DryRun = true
	if _, err := w.Engine.Imports.Import(t.Context(), ofTracker(t, damaged), o); err == nil || err.Error() != "e31/plan.pdf: its checksum is wrong; the ZIP is damaged" {
		t.Error(err)
	}
}

// wholeExport writes a project with its attachments, as the command does.
func wholeExport(t failing, w *trackertest.World, project tracker.ProjectID) []byte {
	var out bytes.Buffer
	to := archive.NewWriter(&out, time.Now())
	part, err := to.Create("project.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := jsonlines.NewWriter(part)
	if err != nil {
		t.Fatal(err)
	}
	var list []transfer.Attachment
	err = w.Engine.Imports.Export(context.Background(), project, func(r transfer.Record) error {
		if r.Story != nil {
			list = append(list, r.Story.Attachments...)
		}
		if r.Epic != nil {
			list = append(list, r.Epic.Attachments...)
		}
		return lines.Write(r)
	})
	if err = errors.Join(err, lines.Close()); err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		in, err := w.Engine.Imports.Content(a)
		if err == nil {
			err = errors.Join(to.Attachment(a.Path, in), in.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// failing is a test or a property.
type failing interface{ Fatal(args ...any) }

// ofStorydesk opens a ZIP of storydesk.
func ofStorydesk(t failing, data []byte) transfer.Reader {
	a, err := archive.OpenZIP("acme.jsonl.zip", bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := jsonlines.OpenArchive(a)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// JSON lines without their files name the attachments that are missing; those that are
// here already are the same.
func TestJSONLinesWithoutTheirFiles(t *testing.T) {
	t.Parallel()
	w := world(t)
	if _, err := w.Engine.Imports.Import(t.Context(), ofTracker(t, archivetest.ZIP(t, exportedFiles(), archivetest.Stored)), (&told{}).options(w)); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	lines, err := jsonlines.NewWriter(&out)
	if err == nil {
		err = errors.Join(w.Engine.Imports.Export(t.Context(), w.In.ProjectID, lines.Write), lines.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	alone := jsonlines.OpenFile("acme.jsonl", func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(out.Bytes())), nil })
	var here, there told
	report, err := w.Engine.Imports.Import(t.Context(), alone, here.options(w))
	if err != nil || report.Counts[transfer.Attachments] != (transfer.Count{Read: 4, Same: 4}) || len(here.found) > 0 {
		t.Errorf("%+v, %q, %v", report.Counts[transfer.Attachments], here.found, err)
	}
	o := there.options(w)
	o.Project = another(t, w)
	report, err = w.Engine.Imports.Import(t.Context(), alone, o)
	if err != nil || report.Counts[transfer.Attachments] != (transfer.Count{Read: 4, Left: 4}) {
		t.Errorf("%+v, %v", report.Counts[transfer.Attachments], err)
	}
	if len(there.found) != 4 || there.found[0] != `acme.jsonl:4: the content of the attachment "log.txt" is not in the file; it is left out` {
		t.Errorf("%q", there.found)
	}
}

// Tracker's ZIP comes back as well: with every attachment.
func TestAttachmentsComeBackFromTrackersZIP(t *testing.T) {
	t.Parallel()
	w := world(t)
	data := exportedFiles()
	if _, err := w.Engine.Imports.Import(t.Context(), ofTracker(t, archivetest.ZIP(t, data, archivetest.Stored)), (&told{}).options(w)); err != nil {
		t.Fatal(err)
	}
	// Two of a name, as only storydesk has them.
	path := t.TempDir() + "/log.txt"
	if err := os.WriteFile(path, []byte("a longer log"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Parts.AddFiles(t.Context(), stories(t, w)[0].ID, []string{path}); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := pivotal.NewArchive(&out, "Acme", time.Now())
	var shape pivotal.Shape
	list := records(t, w, w.In.ProjectID)
	for _, r := range list {
		shape.Add(r)
	}
	table, err := to.Stories(shape)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		err = errors.Join(err, table.Write(r))
	}
	err = errors.Join(err, table.Close())
	for _, r := range list {
		var files []transfer.Attachment
		switch {
		case r.Story != nil:
			files = r.Story.Attachments
		case r.Epic != nil:
			files = r.Epic.Attachments
		}
		for _, a := range files {
			in, bad := w.Engine.Imports.Content(a)
			if bad != nil {
				t.Fatal(bad)
			}
			err = errors.Join(err, to.Attachment(a.Path, in), in.Close())
		}
	}
	if err = errors.Join(err, to.Close()); err != nil {
		t.Fatal(err)
	}
	again := ofTracker(t, out.Bytes())
	report, err := w.Engine.Imports.Import(t.Context(), again, (&told{}).options(w))
	if err != nil || report.Counts[transfer.Attachments] != (transfer.Count{Read: 5, Same: 5}) {
		t.Errorf("here: %+v, %v", report.Counts[transfer.Attachments], err)
	}
	o := (&told{}).options(w)
	o.Project = another(t, w)
	if report, err = w.Engine.Imports.Import(t.Context(), again, o); err != nil || report.Counts[transfer.Attachments] != (transfer.Count{Read: 5, Added: 5}) {
		t.Errorf("another project: %+v, %v", report.Counts[transfer.Attachments], err)
	}
	var names [][]string
	for _, project := range []tracker.ProjectID{w.In.ProjectID, o.Project} {
		var of []string
		for _, r := range records(t, w, project) {
			if r.Story != nil {
				for _, a := range r.Story.Attachments {
					of = append(of, a.Path+" "+a.Sum)
				}
			}
		}
		slices.Sort(of)
		names = append(names, of)
	}
	if diff := cmp.Diff(names[0], names[1], cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

// A file that is another one than its checksum says is refused, and nothing is there.
func TestAnAttachmentWithAnotherChecksum(t *testing.T) {
	t.Parallel()
	w := world(t)
	const line = `{"format":"storydesk","version":1}` + "\n" +
		`{"story":{"id":7,"name":"A","type":"feature","state":"unstarted","attachments":[{"name":"a.txt","path":"7/a.txt","size":4,"sha256":"00"}]}}` + "\n"
	data := archivetest.ZIP(t, map[string]string{"project.jsonl": line, "7/a.txt": "text"}, archivetest.Stored)
	for _, dry := range []bool{true, false} {
		o := (&told{}).options(w)
		o.DryRun = dry
		_, err := w.Engine.Imports.Import(t.Context(), ofStorydesk(t, data), o)
		if err == nil || err.Error() != "7/a.txt: its size or checksum is not the one that the export says; the file is damaged, or was changed" {
			t.Error(err)
		}
	}
	if n, list := saved(t, w), stories(t, w); n > 0 || len(list) > 0 {
		t.Errorf("%d files and %d stories are left", n, len(list))
	}
}

// Names with folders, of whatever program wrote the file, arrive as names of files, and are
// known again.
func TestAttachmentsArriveWithoutFolders(t *testing.T) {
	t.Parallel()
	w := world(t)
	line := `{"format":"storydesk","version":1}` + "\n" + `{"story":{"id":7,"name":"A","type":"feature","state":"unstarted","attachments":[`
	contents := map[string]string{}
	for i, name := range []string{"../x", "a/b.txt", `a\b`, `C:\temp\c.txt`, "/etc/passwd", "..", "d/", `\`, "..e"} {
		at := fmt.Sprintf("7/%d", i)
		contents[at] = "text"
		line += fmt.Sprintf(`{"name":%q,"path":%q,"size":4},`, name, at)
	}
	contents["project.jsonl"] = strings.TrimSuffix(line, ",") + "]}}\n"
	data := archivetest.ZIP(t, contents, archivetest.Stored)
	for _, want := range []transfer.Count{{Read: 9, Added: 9}, {Read: 9, Same: 9}} {
		report, err := w.Engine.Imports.Import(t.Context(), ofStorydesk(t, data), (&told{}).options(w))
		if err != nil || report.Counts[transfer.Attachments] != want {
			t.Errorf("%+v, %v", report.Counts[transfer.Attachments], err)
		}
	}
	var names []string
	err := w.DB.Read(t.Context(), func(r tracker.Reader) error {
		list, err := r.Files(stories(t, w)[0].ID)
		for _, f := range list {
			names = append(names, f.Name)
		}
		return err
	})
	if want := []string{"x", "b.txt", "b", "c.txt", "passwd", "file", "d", "file", "..e"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("%q, %v", names, err)
	}
}
