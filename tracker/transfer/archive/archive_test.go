package archive

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/transfer/archive/archivetest"
)

const stories = "Id,Title,Type,Current State\n7,A,feature,unstarted\n"

func openZIP(data []byte) (*Archive, error) {
	return OpenZIP("acme.zip", bytes.NewReader(data), int64(len(data)))
}

// bombed is a ZIP that says of many attachments that they are large.
func bombed(t testing.TB) []byte {
	files := map[string]string{"acme.csv": stories}
	for i := range 72 {
		files[fmt.Sprintf("7/%d.bin", i)] = strings.Repeat("\x00", 1<<20)
	}
	data := archivetest.ZIP(t, files, nil)
	for at := 0; ; {
		next := bytes.Index(data[at:], []byte("PK\x01\x02"))
		if next < 0 {
			return data
		}
		at += next + 4
		if size := data[at+20 : at+24]; binary.LittleEndian.Uint32(size) == 1<<20 {
			binary.LittleEndian.PutUint32(size, 16<<20)
		}
	}
}

func TestHostileZIPsAreRefused(t *testing.T) {
	t.Parallel()
	with := func(name string) map[string]string { return map[string]string{"acme.csv": stories, name: "x"} }
	const notOurs = "; it is not an export"
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a way out":        {archivetest.ZIP(t, with("7/../../passwd"), nil), "acme.zip: the ZIP holds 7/../../passwd, a path that leads elsewhere" + notOurs},
		"an absolute path": {archivetest.ZIP(t, with("/etc/passwd"), nil), "acme.zip: the ZIP holds /etc/passwd, an absolute path" + notOurs},
		"a drive":          {archivetest.ZIP(t, with("C:/passwd"), nil), "acme.zip: the ZIP holds C:/passwd, an absolute path" + notOurs},
		"a backslash":      {archivetest.ZIP(t, with(`7\..\x`), nil), `acme.zip: the ZIP holds 7\..\x, a path with characters that no path has` + notOurs},
		"10,000 levels": {
			archivetest.ZIP(t, with(strings.Repeat("a/", 10000)+"x"), nil),
			"acme.zip: the ZIP holds " + strings.Repeat("a/", 60) + "… (20001 characters), a path of too many folders" + notOurs,
		},
		"a link": {
			archivetest.ZIP(t, map[string]string{"acme.csv": "/etc/passwd"}, func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }),
			"acme.zip: the ZIP holds acme.csv, a link" + notOurs,
		},
		"an encrypted file": {
			archivetest.ZIP(t, map[string]string{"acme.csv": stories}, func(h *zip.FileHeader) { h.Flags |= 1 }),
			"acme.zip: acme.csv in the ZIP is encrypted. Unzip it first, then import the folder",
		},
		"a bomb of attachments": {bombed(t), "acme.zip: unpacked its files would be 1152 MB, more than files of a ZIP of 0 MB are; it is not an export"},
		"no ZIP":                {[]byte(stories), "acme.zip: it is not a ZIP, or a damaged one: zip: not a valid zip file"},
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
		data := archivetest.ZIP(t, map[string]string{"acme.csv": stories}, func(h *zip.FileHeader) { h.Method = zip.Store })
		at := bytes.Index(data, []byte("feature"))
		copy(data[at:], "creature")
		return data
	}
	bomb := func() []byte {
		return archivetest.ZIP(t, map[string]string{"acme.csv": "Id,Title\n" + strings.Repeat("7,A\n", 4<<20)}, nil)
	}
	// The directory says that the table is short, so that the bomb looks harmless.
	lying := func() []byte {
		data := bomb()
		at := bytes.LastIndex(data, []byte("PK\x01\x02"))
		binary.LittleEndian.PutUint32(data[at+24:], 1000)
		return data
	}
	const tooLarge = "acme.csv: unpacked it would be 1027 times as large as in acme.zip; it is not a table of stories"
	if _, err := openZIP(bomb()); err == nil || err.Error() != tooLarge {
		t.Errorf("got %v\nwant %s", err, tooLarge)
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a wrong checksum": {damaged(), "acme.csv: its checksum is wrong; the ZIP is damaged"},
		"a bomb that lies": {lying(), "acme.csv: it is not as large as the ZIP says; the ZIP is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, err := openZIP(c.data)
			if err != nil {
				t.Fatal(err)
			}
			in, err := a.Tables[0].Open()
			if err == nil {
				_, err = io.ReadAll(in)
			}
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestFilesThatOverlapAreRefused(t *testing.T) {
	t.Parallel()
	data := archivetest.ZIP(t, map[string]string{"acme.csv": stories}, nil)
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
	if list := e.In("7"); len(list) > 0 {
		t.Errorf("the story has %+v", list)
	}
	var noted []string
	for _, f := range e.Noted {
		noted = append(noted, f.String())
	}
	const why = ": a link, or something deeper than files of a story; it is left out"
	if diff := cmp.Diff([]string{"7/a/b/c" + why, "7/link" + why}, noted); diff != "" {
		t.Error(diff)
	}
}

// Whatever attachments are called, each has a place of its own that is read again.
func TestPathsAreReadAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		names := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			"a.png", "A.png", "a (2).png", "../a.png", "..", ".", "", ".DS_Store", "C:\\a", strings.Repeat("long", 100) + ".pdf", "日本.txt", "a\x00b\x1b", "a\xff",
		})), 1, 8).Draw(r, "names")
		var out bytes.Buffer
		w := NewWriter(&out, time.Now())
		table, err := w.Create("acme.csv")
		if err == nil {
			_, err = io.WriteString(table, stories)
		}
		paths := Paths(StoryFolder(7), names)
		for i, p := range paths {
			if err == nil {
				err = w.Attachment(p, strings.NewReader(names[i]))
			}
		}
		if err != nil || w.Close() != nil {
			r.Fatal(err)
		}
		a, err := openZIP(out.Bytes())
		if err != nil {
			r.Fatal(err)
		}
		if len(a.Noted) > 0 || len(a.In("7")) != len(names) {
			r.Fatalf("of %q there are %+v, and noted %v", paths, a.In("7"), a.Noted)
		}
		for i, p := range paths {
			at, ok := a.At(p)
			if !ok {
				r.Fatalf("%q is not at %q", names[i], p)
			}
			in, err := a.Open(at)
			if err != nil {
				r.Fatal(err)
			}
			if content, err := io.ReadAll(in); err != nil || string(content) != names[i] {
				r.Errorf("%q holds %q, %v", p, content, err)
			}
			if len(path.Base(p)) > 255*2 || !fs.ValidPath(p) {
				r.Errorf("no system takes %q", p)
			}
		}
	})
}

func TestNamesThatAllSystemsTake(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a.txt": "a.txt", "a/b:c.txt": "a_b_c.txt", "": "file", " . ": "file", leftover: "_" + leftover,
		"CON": "_CON", "nul.txt": "_nul.txt", "Aux .tar.gz": "_Aux .tar.gz", "com1": "_com1", "LPT³.log": "_LPT³.log", "conin$": "_conin$",
		"console.log": "console.log", "COM": "COM", "com10.txt": "com10.txt", "LPTx": "LPTx", "my con": "my con",
	} {
		if got := CleanName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}
