package session

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"storydesk/tracker/plaintext"
	"storydesk/tracker/regular"
)

// maxLog is the size at which the log moves to PATH.1 and starts again, in bytes.
const maxLog = 1 << 20

// openLog returns the log and what closes it. The file is made by the first
// line that is written to it.
func (p *Program) openLog() (log *slog.Logger, closeLog func() error) {
	if p.Log != nil {
		return p.Log, func() error { return nil }
	}
	level := slog.LevelInfo
	if p.Flags.Debug {
		level = slog.LevelDebug
	}
	file := &logFile{path: p.LogPath, limit: maxLog}
	handler := slog.NewJSONHandler(file, &slog.HandlerOptions{Level: level, ReplaceAttr: PlainAttr})
	return slog.New(handler).With("pid", os.Getpid()), file.Close
}

// PlainAttr makes a value safe to read in a terminal.
func PlainAttr(_ []string, attr slog.Attr) slog.Attr {
	switch attr.Value.Kind() {
	case slog.KindString:
		return slog.String(attr.Key, plaintext.Line(attr.Value.String()))
	case slog.KindAny:
		return slog.String(attr.Key, plaintext.Line(fmt.Sprint(attr.Value.Any())))
	default:
		return attr
	}
}

// logFile appends to a file that only its owner reads, and starts a new one
// when it has grown to its limit. Several processes may write to one path.
type logFile struct {
	path  string
	limit int64

	mu   sync.Mutex
	file *os.File
}

// Write appends one line.
func (l *logFile) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.open(); err != nil {
		return 0, err
	}
	return l.file.Write(line)
}

// open opens the file, after moving one that is full out of the way.
func (l *logFile) open() error {
	info, err := os.Stat(l.path)
	if err == nil {
		if err := regular.Check(l.path, info); err != nil {
			return errors.Join(err, l.close())
		}
	}
	if err == nil && info.Size() >= l.limit {
		if err := errors.Join(l.close(), os.Rename(l.path, l.path+".1")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if l.file != nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return err
	}
	l.file, err = os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil && info != nil && info.Mode().Perm()&0o077 != 0 {
		err = l.file.Chmod(0o600) // a copy, or an older umask, let others read it
	}
	return err
}

// Close closes the file.
func (l *logFile) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.close()
}

func (l *logFile) close() error {
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}
