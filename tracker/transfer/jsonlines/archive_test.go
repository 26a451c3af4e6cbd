package jsonlines

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
)

// archived opens a ZIP with these files.
func archived(t *testing.T, files map[string]string) *archive.Archive {
	t.Helper()
	var out bytes.Buffer
	w := archive.NewWriter(&out, time.Now())
	for name, content := range files {
		if err := w.Attachment(name, strings.NewReader(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := archive.OpenZIP("acme.jsonl.zip", bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

const first = `{"format":"storydesk","version":1}` + "\n"

// attached is a line of a story with an attachment at a path.
func attached(path string, size int) string {
	return fmt.Sprintf(`{"story":{"id":7,"name":"A","type":"feature","state":"unstarted","attachments":[{"name":"a.txt","path":%q,"size":%d}]}}`+"\n", path, size)
}

func TestAttachmentsAreFoundInTheArchive(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path  string
		found []string
		at    string
	}{
		"where it says":    {"7/a.txt", nil, "7/a.txt"},
		"nowhere":          {"", []string{"7/a.txt: no line names this file; it is left out"}, ""},
		"out of the ZIP":   {"../../etc/passwd", []string{"project.jsonl:2: there is no file ../../etc/passwd in acme.jsonl.zip", "7/a.txt: no line names this file; it is left out"}, ""},
		"at the root":      {"/etc/passwd", []string{"project.jsonl:2: there is no file /etc/passwd in acme.jsonl.zip", "7/a.txt: no line names this file; it is left out"}, ""},
		"the table itself": {"project.jsonl", []string{"project.jsonl:2: there is no file project.jsonl in acme.jsonl.zip", "7/a.txt: no line names this file; it is left out"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := OpenArchive(archived(t, map[string]string{"project.jsonl": first + attached(c.path, 4), "7/a.txt": "text"}))
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			var at string
			err = f.Read(func(r transfer.Record) error {
				at = r.Story.Attachments[0].Path
				return nil
			}, func(f transfer.Finding) { found = append(found, f.String()) })
			if diff := cmp.Diff(c.found, found); diff != "" || err != nil || at != c.at {
				t.Error(diff, err, at)
			}
		})
	}
}

func TestArchivesThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"two tables": {
			map[string]string{"a.jsonl": first, "b.csv": "Id,Title\n"},
			"acme.jsonl.zip: it holds 2 tables, of which a.jsonl and b.csv. Import them one by one",
		},
		"another size": {
			map[string]string{"project.jsonl": first + attached("7/a.txt", 5), "7/a.txt": "text"},
			"7/a.txt: it has 4 bytes, not the 5 that line 2 of project.jsonl says",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := OpenArchive(archived(t, c.files))
			if err == nil {
				err = f.Read(func(transfer.Record) error { return nil }, func(transfer.Finding) {})
			}
			if err == nil || err.Error() != c.want || tracker.CodeOf(err) != tracker.CodeInvalid {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}
