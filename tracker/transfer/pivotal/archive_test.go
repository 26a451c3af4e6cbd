package pivotal

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
	"storydesk/tracker/transfer/archive/archivetest"
)

const (
	stories = "Id,Title,Type,Current State,Comment\n7,A,feature,unstarted,\" (Ada - Jan 2, 2024)\"\n31,E,epic,,\n"
	history = "ID,Type,Message,Performed By,Occurred At\n7,story_update_activity,Ada started this feature,Ada,2024-01-03T10:11:12Z\n"
)

// exportFiles are the files of an export under a top folder, which may be empty.
func exportFiles(top string) map[string]string {
	return map[string]string{
		top + "acme_20250401_101112.csv":                 stories,
		top + "project_history_acme_20250401_101112.csv": history,
		top + "7/screen shot.png":                        "picture",
		top + "e31/plan.pdf":                             "plan",
		top + "99/lost.txt":                              "lost",
		top + "readme.txt":                               "what is this",
	}
}

func openZIP(data []byte) (*Export, error) {
	a, err := archive.OpenZIP("acme.zip", bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	return OpenArchive(a)
}

func TestAZIPAndItsFolderAreReadAlike(t *testing.T) {
	t.Parallel()
	for _, top := range []string{"", "acme-export/"} {
		files := exportFiles(top)
		files["__MACOSX/._acme.csv"] = "x"
		inZIP, err := openZIP(archivetest.ZIP(t, files, nil))
		if err != nil {
			t.Fatal(err)
		}
		folder := fstest.MapFS{}
		for name, content := range files {
			folder[name] = &fstest.MapFile{Data: []byte(content)}
		}
		opened, err := archive.OpenFolder("acme", folder)
		if err != nil {
			t.Fatal(err)
		}
		inFolder, err := OpenArchive(opened)
		if err != nil {
			t.Fatal(err)
		}
		for kind, e := range map[string]*Export{"ZIP": inZIP, "folder": inFolder} {
			t.Run(kind+" "+top, func(t *testing.T) {
				t.Parallel()
				records, findings := readAll(t, e)
				want := []transfer.Record{
					{Story: &transfer.Story{
						ID: 7, Name: "A", Type: tracker.Feature, State: tracker.Unstarted,
						Comments:    []transfer.Comment{{Author: "Ada", At: date(2024, 1, 2)}},
						Attachments: []transfer.Attachment{{Name: "screen shot.png", Path: top + "7/screen shot.png", Size: 7}},
					}},
					{Epic: &transfer.Epic{ID: 31, Name: "E", Attachments: []transfer.Attachment{{Name: "plan.pdf", Path: top + "e31/plan.pdf", Size: 4}}}},
					{Activity: &transfer.Activity{
						Of: 7, Type: "story_update_activity", Message: "Ada started this feature", By: "Ada",
						At: date(2024, 1, 3).Add(10*60*60*1e9 + 11*60*1e9 + 12*1e9),
					}},
				}
				if diff := cmp.Diff(want, records, ignorePlaces()); diff != "" {
					t.Error(diff)
				}
				wantFound := []string{
					top + "readme.txt: this file does not stand where files of a story do; it is left out",
					top + "99/lost.txt: no row has the number of this file's folder; the file is left out",
				}
				if diff := cmp.Diff(wantFound, findings); diff != "" {
					t.Error(diff)
				}
				in, err := e.Open(records[0].Story.Attachments[0])
				if err != nil {
					t.Fatal(err)
				}
				if content, err := io.ReadAll(in); err != nil || string(content) != "picture" {
					t.Errorf("the file holds %q, %v", content, err)
				}
			})
		}
	}
}

func TestAnArchiveHoldsOneProject(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"two tables": {map[string]string{"a.csv": stories, "b.csv": stories}, "acme.zip: it holds two tables, a.csv and b.csv. Import them one by one"},
		"no table":   {map[string]string{"7/a.csv": "x"}, "acme.zip: there is no CSV with a project in it"},
		"a history alone": {
			map[string]string{"project_history_acme.csv": history, "7/a.csv": "x"}, "acme.zip: there is no CSV with a project in it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := openZIP(archivetest.ZIP(t, c.files, nil)); err == nil || err.Error() != c.want || tracker.CodeOf(err) != tracker.CodeInvalid {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestAnArchiveThatIsWrittenIsReadAgain(t *testing.T) {
	t.Parallel()
	records, _ := readAll(t, table(stories))
	happened := []transfer.Activity{{Of: 7, Type: "story_update_activity", Message: "=started", By: "Ada", At: date(2024, 1, 3)}}
	var out bytes.Buffer
	a := NewArchive(&out, "Acme/Mobile", date(2025, 4, 1))
	var shape Shape
	for _, r := range records {
		shape.Add(r)
	}
	w, err := a.Stories(shape)
	for _, r := range records {
		err = first(err, w.Write(r))
	}
	err = first(err, w.Close(), a.History(happened), a.Attachment(archive.Paths("7", []string{"../up.txt"})[0], strings.NewReader("up")),
		a.Attachment("e31/plan.pdf", strings.NewReader("plan")), a.Close())
	if err != nil {
		t.Fatal(err)
	}
	e, err := openZIP(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	records[0].Story.Attachments = []transfer.Attachment{{Name: ".._up.txt", Path: "7/.._up.txt", Size: 2}}
	records[1].Epic.Attachments = []transfer.Attachment{{Name: "plan.pdf", Path: "e31/plan.pdf", Size: 4}}
	again, findings := readAll(t, e)
	if diff := cmp.Diff(append(records, transfer.Record{Activity: &happened[0]}), again, ignorePlaces()); diff != "" || len(findings) > 0 {
		t.Error(diff, findings)
	}
	if e.main.Path != "Acme_Mobile_20250401_000000.csv" || e.history.Path != "project_history_Acme_Mobile_20250401_000000.csv" {
		t.Error(e.main.Path, e.history.Path)
	}
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
