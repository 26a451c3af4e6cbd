package pivotal

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
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

// zipped makes a ZIP; change alters an entry's header before it is written.
func zipped(t testing.TB, files map[string]string, change func(*zip.FileHeader)) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range files {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if change != nil {
			change(h)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func openZIP(data []byte) (*Export, error) {
	return OpenZIP("acme.zip", bytes.NewReader(data), int64(len(data)))
}

func TestAZIPAndItsFolderAreReadAlike(t *testing.T) {
	t.Parallel()
	for _, top := range []string{"", "acme-export/"} {
		files := exportFiles(top)
		files["__MACOSX/._acme.csv"] = "x"
		inZIP, err := openZIP(zipped(t, files, nil))
		if err != nil {
			t.Fatal(err)
		}
		folder := fstest.MapFS{}
		for name, content := range files {
			folder[name] = &fstest.MapFile{Data: []byte(content)}
		}
		inFolder, err := OpenFolder("acme", folder)
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
					top + "readme.txt: this file does not stand where Tracker puts files of a story; it is left out",
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

func TestHostileZIPsAreRefused(t *testing.T) {
	t.Parallel()
	with := func(name string) map[string]string { return map[string]string{"acme.csv": stories, name: "x"} }
	const notOurs = "; it is not an export of Tracker"
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a way out":        {zipped(t, with("7/../../passwd"), nil), "acme.zip: the ZIP holds 7/../../passwd, a path that leads elsewhere" + notOurs},
		"an absolute path": {zipped(t, with("/etc/passwd"), nil), "acme.zip: the ZIP holds /etc/passwd, an absolute path" + notOurs},
		"a drive":          {zipped(t, with("C:/passwd"), nil), "acme.zip: the ZIP holds C:/passwd, an absolute path" + notOurs},
		"a backslash":      {zipped(t, with(`7\..\x`), nil), `acme.zip: the ZIP holds 7\..\x, a path with characters that no path has` + notOurs},
		"10,000 levels": {
			zipped(t, with(strings.Repeat("a/", 10000)+"x"), nil),
			"acme.zip: the ZIP holds " + strings.Repeat("a/", 60) + "… (20001 characters), a path of too many folders" + notOurs,
		},
		"a link": {
			zipped(t, map[string]string{"acme.csv": "/etc/passwd"}, func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }),
			"acme.zip: the ZIP holds acme.csv, a link" + notOurs,
		},
		"an encrypted file": {
			zipped(t, map[string]string{"acme.csv": stories}, func(h *zip.FileHeader) { h.Flags |= 1 }),
			"acme.zip: acme.csv in the ZIP is encrypted. Unzip it first, then import the folder",
		},
		"two tables": {
			zipped(t, map[string]string{"a.csv": stories, "b.csv": stories}, nil),
			"acme.zip: it holds two tables, a.csv and b.csv. Import them one by one",
		},
		"no table": {zipped(t, map[string]string{"7/a.csv": "x"}, nil), "acme.zip: there is no CSV with a project in it"},
		"no ZIP":   {[]byte(stories), "acme.zip: it is not a ZIP, or a damaged one: zip: not a valid zip file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := openZIP(c.data); err == nil || err.Error() != c.want || tracker.CodeOf(err) != tracker.CodeInvalid {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestADamagedZIPIsRefusedWhileItIsRead(t *testing.T) {
	t.Parallel()
	damaged := func() []byte {
		data := zipped(t, map[string]string{"acme.csv": stories}, func(h *zip.FileHeader) { h.Method = zip.Store })
		at := bytes.Index(data, []byte("feature"))
		copy(data[at:], "creature")
		return data
	}
	bomb := func() []byte {
		return zipped(t, map[string]string{"acme.csv": "Id,Title\n" + strings.Repeat("7,A\n", 4<<20)}, nil)
	}
	// The directory says that the table is short, so that the bomb looks harmless.
	lying := func() []byte {
		data := bomb()
		at := bytes.LastIndex(data, []byte("PK\x01\x02"))
		binary.LittleEndian.PutUint32(data[at+24:], 1000)
		return data
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a wrong checksum": {damaged(), "acme.csv: its checksum is wrong; the ZIP is damaged"},
		"a bomb":           {bomb(), "acme.csv: unpacked it would be 1027 times as large as in acme.zip; it is not a table of stories"},
		"a bomb that lies": {lying(), "acme.csv: it is not as large as the ZIP says; the ZIP is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, err := openZIP(c.data)
			if err != nil {
				t.Fatal(err)
			}
			err = e.Read(func(transfer.Record) error { return nil }, func(transfer.Finding) {})
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestFilesThatOverlapAreRefused(t *testing.T) {
	t.Parallel()
	data := zipped(t, map[string]string{"acme.csv": stories}, nil)
	at := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[at+20:], uint32(len(data)+1))
	const want = "acme.zip: its files overlap, which makes them larger than the ZIP; it is not an export"
	if _, err := openZIP(data); err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func TestLinksInAFolderAreNotFollowed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	secret := t.TempDir() + "/secret"
	for path, content := range map[string]string{secret: "secret", dir + "/acme.csv": stories} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(dir+"/7/a/b/c/d", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, dir+"/7/link"); err != nil {
		t.Fatal(err)
	}
	e, err := OpenFolder("acme", os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	records, findings := readAll(t, e)
	if n := len(records[0].Story.Attachments); n > 0 {
		t.Errorf("the story has %d attachments", n)
	}
	const why = ": a link, or something deeper than Tracker's files; it is left out"
	if diff := cmp.Diff([]string{"7/a/b/c" + why, "7/link" + why}, findings); diff != "" {
		t.Error(diff)
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
	err = first(err, w.Close(), a.History(happened), a.Attachment(7, "../up.txt", strings.NewReader("up")),
		a.Attachment(-31, "plan.pdf", strings.NewReader("plan")), a.Close())
	if err != nil {
		t.Fatal(err)
	}
	e, err := openZIP(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	records[0].Story.Attachments = []transfer.Attachment{{Name: "up.txt", Path: "7/up.txt", Size: 2}}
	records[1].Epic.Attachments = []transfer.Attachment{{Name: "plan.pdf", Path: "e31/plan.pdf", Size: 4}}
	again, findings := readAll(t, e)
	if diff := cmp.Diff(append(records, transfer.Record{Activity: &happened[0]}), again, ignorePlaces()); diff != "" || len(findings) > 0 {
		t.Error(diff, findings)
	}
	if e.main.path != "Acme_Mobile_20250401_000000.csv" || e.history.path != "project_history_Acme_Mobile_20250401_000000.csv" {
		t.Error(e.main.path, e.history.path)
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
