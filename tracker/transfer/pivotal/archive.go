package pivotal

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"storydesk/tracker/transfer"
)

// Bounds of what a ZIP may hold.
const (
	// maxFiles is the largest number of files.
	maxFiles = 1 << 20
	// maxRatio is how many times larger than in the ZIP a table may be. Tables of
	// stories come to a tenth of their size.
	maxRatio = 200
	// maxDepth is how many folders deep Tracker's files are, with a top folder.
	maxDepth = 3
)

// OpenZIP returns the export in a ZIP, name being the ZIP's own. in stays open while
// the export is read. It fails with CodeInvalid for a ZIP that no Tracker made.
func OpenZIP(name string, in io.ReaderAt, size int64) (*Export, error) {
	at := transfer.Place{File: name}
	archive, err := zip.NewReader(in, size)
	if err != nil {
		return nil, transfer.Unreadable(at, "it is not a ZIP, or a damaged one: %w", err)
	}
	if len(archive.File) > maxFiles {
		return nil, transfer.Unreadable(at, "the ZIP holds %d files, more than %d", len(archive.File), maxFiles)
	}
	var files []file
	var packed uint64
	for _, f := range archive.File {
		if packed += f.CompressedSize64; packed > uint64(size) { //nolint:gosec // a size is not negative
			return nil, transfer.Unreadable(at, "its files overlap, which makes them larger than the ZIP; it is not an export")
		}
		f.Name = validName(f.Name)
		if err := checkEntry(at, f); err != nil {
			return nil, err
		}
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		files = append(files, file{path: f.Name, size: int64(f.UncompressedSize64), open: func() (io.ReadCloser, error) { //nolint:gosec // checked by checkEntry
			return openEntry(at, f)
		}})
	}
	return arrange(name, files)
}

// validName makes a name that is not UTF-8 readable, byte by byte.
func validName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	var b strings.Builder
	for i := range len(name) {
		b.WriteRune(rune(name[i]))
	}
	return b.String()
}

// checkEntry fails where a ZIP's entry is none that Tracker or an unzip program makes.
func checkEntry(zipped transfer.Place, f *zip.File) error {
	const encrypted = 1
	refuse := func(why string) error {
		return transfer.Unreadable(zipped, "the ZIP holds %s, %s; it is not an export of Tracker", shown(f.Name), why)
	}
	parts := strings.Split(strings.TrimSuffix(f.Name, "/"), "/")
	switch mode := f.Mode(); {
	case strings.HasPrefix(f.Name, "/") || strings.Contains(parts[0], ":"):
		return refuse("an absolute path")
	case strings.ContainsAny(f.Name, "\\\x00"):
		return refuse("a path with characters that no path has")
	case !fs.ValidPath(strings.TrimSuffix(f.Name, "/")):
		return refuse("a path that leads elsewhere")
	case len(parts) > maxDepth+1:
		return refuse("a path of too many folders")
	case mode&fs.ModeSymlink != 0:
		return refuse("a link")
	case !mode.IsRegular() && !mode.IsDir():
		return refuse("something other than a file")
	case f.Flags&encrypted != 0:
		return transfer.Unreadable(zipped, "%s in the ZIP is encrypted. Unzip it first, then import the folder", shown(f.Name))
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return transfer.Unreadable(zipped, "%s in the ZIP is packed in a way that is not supported. Unzip it first, then import the folder", shown(f.Name))
	case f.UncompressedSize64 > 1<<62:
		return refuse("a file of an impossible size")
	}
	return nil
}

// openEntry opens a file in a ZIP. Package zip reads no more than the size that the
// ZIP says.
func openEntry(zipped transfer.Place, f *zip.File) (io.ReadCloser, error) {
	at := transfer.Place{File: shown(f.Name)}
	table := strings.HasSuffix(strings.ToLower(f.Name), ".csv")
	if table && f.UncompressedSize64 > 1<<20+maxRatio*f.CompressedSize64 {
		return nil, transfer.Unreadable(at, "unpacked it would be %d times as large as in %s; it is not a table of stories",
			f.UncompressedSize64/max(f.CompressedSize64, 1), zipped.File)
	}
	in, err := f.Open()
	if err != nil {
		return nil, transfer.Unreadable(at, "it cannot be unpacked: %w", err)
	}
	return entry{in, at}, nil
}

// entry reads a file in a ZIP and says in a sentence what is wrong with it.
type entry struct {
	io.ReadCloser
	at transfer.Place
}

// Read implements io.Reader.
func (e entry) Read(p []byte) (int, error) {
	n, err := e.ReadCloser.Read(p)
	switch {
	case errors.Is(err, zip.ErrFormat):
		return n, transfer.Unreadable(e.at, "it is not as large as the ZIP says; the ZIP is damaged")
	case errors.Is(err, zip.ErrChecksum):
		return n, transfer.Unreadable(e.at, "its checksum is wrong; the ZIP is damaged")
	case err != nil && !errors.Is(err, io.EOF):
		return n, transfer.Unreadable(e.at, "it cannot be unpacked: %w", err)
	}
	return n, err
}
