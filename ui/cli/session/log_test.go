package session

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLogIsPrivateAndPlain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "storydesk.log")
	a := &Program{Dependencies: Dependencies{LogPath: path}}
	log, closeLog := a.openLog()
	log.Debug("not written")
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Fatalf("the log is there before it has a line: %v", err)
	}
	log.Info("hello\x1b[2J", "error", os.ErrNotExist, slog.Group("ticket", "subject", "a\u202eb\x9b31m", "id", 7))
	if err := closeLog(); err != nil {
		t.Fatal(err)
	}
	line, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Msg, Error string
		Ticket     struct {
			Subject string
			ID      int
		}
	}
	if err := json.Unmarshal(line, &got); err != nil {
		t.Fatal(err)
	}
	if got.Msg != "hello" || got.Error != "file does not exist" || got.Ticket.Subject != "ab" || got.Ticket.ID != 7 {
		t.Errorf("logged %s", line)
	}
	for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700 | os.ModeDir} {
		if info, err := os.Stat(name); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestLogStaysSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "storydesk.log")
	file := &logFile{path: path, limit: 100}
	line := []byte(strings.Repeat("x", 39) + "\n")
	for range 50 {
		if _, err := file.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, path + ".1"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() == 0 || info.Size() > 140 {
			t.Errorf("%s has %d bytes", name, info.Size())
		}
	}
}
