package archive

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
	// maxDepth is how many folders deep files are, with a top folder.
	maxDepth = 3
	// Attachments may be maxUnpacked bytes together, or maxTotalRatio times as many as in
	// the ZIP: few are packed well, and those are small.
	maxUnpacked   = 1 << 30
	maxTotalRatio = 100
)

// OpenZIP returns the archive in a ZIP, name being the ZIP's own. in stays open while
// the archive is read. It fails with CodeInvalid for a ZIP that is no export.
func OpenZIP(name string, in io.ReaderAt, size int64) (*Archive, error) {
	at := transfer.Place{File: name}
	archive, err := zip.NewReader(in, size)
	if err != nil {
		return nil, transfer.Unreadable(at, "it is not a ZIP, or a damaged one: %w", err)
	}
	if len(archive.File) > maxFiles {
		return nil, transfer.Unreadable(at, "the ZIP holds %d files, more than %d", len(archive.File), maxFiles)
	}
	files := make([]File, 0, len(archive.File))
	var packed, unpacked uint64
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
		unpacked += f.UncompressedSize64
		files = append(files, File{Path: f.Name, Size: int64(f.UncompressedSize64), packed: f.CompressedSize64, Open: func() (io.ReadCloser, error) { //nolint:gosec // checked by checkEntry
			return openEntry(f)
		}})
	}
	if unpacked > maxUnpacked && unpacked > maxTotalRatio*packed {
		return nil, transfer.Unreadable(at, "unpacked its files would be %d MB, more than files of a ZIP of %d MB are; it is not an export", unpacked>>20, size>>20)
	}
	a := arrange(name, files)
	for _, f := range a.Tables {
		if uint64(f.Size) > 1<<20+maxRatio*f.packed { //nolint:gosec // checked by checkEntry
			return nil, transfer.Unreadable(transfer.Place{File: Shown(f.Path)}, "unpacked it would be %d times as large as in %s; it is not a table of stories",
				uint64(f.Size)/max(f.packed, 1), name) //nolint:gosec // as above
		}
	}
	return a, nil
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
		return transfer.Unreadable(zipped, "the ZIP holds %s, %s; it is not an export", Shown(f.Name), why)
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
		return transfer.Unreadable(zipped, "%s in the ZIP is encrypted. Unzip it first, then import the folder", Shown(f.Name))
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return transfer.Unreadable(zipped, "%s in the ZIP is packed in a way that is not supported. Unzip it first, then import the folder", Shown(f.Name))
	case f.UncompressedSize64 > 1<<44:
		return refuse("a file of an impossible size")
	}
	return nil
}

// openEntry opens a file in a ZIP. Package zip reads no more than the size that the
// ZIP says.
func openEntry(f *zip.File) (io.ReadCloser, error) {
	at := transfer.Place{File: Shown(f.Name)}
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
