package archive

import (
	"archive/zip"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Writer writes a ZIP.
type Writer struct {
	zip *zip.Writer
	at  time.Time
}

// NewWriter begins a ZIP whose files are of a moment.
func NewWriter(out io.Writer, at time.Time) *Writer { return &Writer{zip.NewWriter(out), at} }

// Create begins a file. What was begun before is ended.
func (w *Writer) Create(name string) (io.Writer, error) {
	method := zip.Deflate
	if isPacked(name) {
		method = zip.Store
	}
	return w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: w.at})
}

// Attachment writes an attachment at a path that [Paths] made.
func (w *Writer) Attachment(path string, content io.Reader) error {
	out, err := w.Create(path)
	if err == nil {
		_, err = io.Copy(out, content)
	}
	return err
}

// Close ends the ZIP.
func (w *Writer) Close() error { return w.zip.Close() }

// isPacked reports whether a file is of a kind that becomes no smaller.
func isPacked(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".mp4", ".mov", ".webm", ".mp3", ".m4a", ".zip", ".gz", ".7z", ".rar", ".docx", ".xlsx", ".pptx":
		return true
	}
	return false
}

// Paths are where the attachments of a folder stand in an archive, by their names: each
// at another place, and with a name that all systems take.
func Paths(folder string, names []string) []string {
	paths, taken := make([]string, len(names)), make(map[string]bool, len(names))
	for i, name := range names {
		name = CleanName(name)
		ending := path.Ext(name)
		next := name
		for n := 2; taken[strings.ToLower(next)]; n++ {
			next = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ending), n, ending)
		}
		taken[strings.ToLower(next)] = true
		paths[i] = folder + "/" + next
	}
	return paths
}

// CleanName is a name of a file that all systems take: without what separates folders or
// has a meaning for a shell, not too long, and none that Windows keeps for a device.
// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
func CleanName(name string) string {
	const most, longestEnding = 120, 12
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	clean = strings.TrimRight(strings.TrimSpace(clean), ". ")
	if runes := []rune(clean); len(runes) > most {
		ending := path.Ext(clean)
		if utf8.RuneCountInString(ending) > longestEnding {
			ending = ""
		}
		clean = strings.TrimSpace(string(runes[:most-utf8.RuneCountInString(ending)])) + ending
	}
	switch {
	case clean == "":
		return "file"
	case clean == leftover, isDevice(clean): // readers leave out the first
		return "_" + clean
	}
	return clean
}

// isDevice reports whether a name stands for a device on Windows, with any ending.
func isDevice(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	name = strings.ToUpper(strings.TrimRight(name, " "))
	switch name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(name, "COM")
	if !ok {
		port, ok = strings.CutPrefix(name, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
}
