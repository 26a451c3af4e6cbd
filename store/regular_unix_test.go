//go:build unix

package store

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"storydesk/store/inspect"
	"storydesk/tracker"
)

// irregular are things that have a path and are no regular files.
func irregular(t *testing.T) map[string]string {
	t.Helper()
	dir, err := os.MkdirTemp("", "") //nolint:usetesting // a socket's path has at most 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	at := func(name string) string { return filepath.Join(dir, name) }
	socket, err := net.Listen("unix", at("socket"))
	if err != nil {
		t.Fatal(err)
	}
	keyboard, device, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(socket.Close(), device.Close(), keyboard.Close()) })
	err = errors.Join(os.Mkdir(at("folder"), 0o755), unix.Mkfifo(at("pipe"), 0o644), os.Chmod(at("pipe"), 0o644),
		os.Chmod(device.Name(), 0o620), os.Symlink(device.Name(), at("device")), os.Symlink(at("pipe"), at("link")))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"a folder": at("folder"), "a pipe": at("pipe"), "a socket": at("socket"), "a device": at("device"), "a pipe behind a link": at("link"),
	}
}

func modeOf(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode()
}

// Only a regular file is ever opened, locked or given other permissions.
func TestOnlyRegularFilesAreTouched(t *testing.T) {
	t.Parallel()
	for name, path := range irregular(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := modeOf(t, path)
			_, err := Open(t.Context(), path)
			refused(t, err, tracker.CodeRefused, path, "choose", "--db")
			if report := inspect.File(t.Context(), path); report.Usable || !strings.Contains(report.Checks[0].Text, path) {
				t.Errorf("it is examined as %+v", report)
			}
			if _, err := os.Lstat(path + "-lock"); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a lock file was made: %v", err)
			}
			if after := modeOf(t, path); after != before {
				t.Errorf("the mode was %v and is %v", before, after)
			}
		})
	}
}

// The files beside the database are opened and given permissions, too.
func TestOnlyRegularFilesBesideTheDatabase(t *testing.T) {
	t.Parallel()
	for name, thing := range irregular(t) {
		for _, suffix := range []string{"-lock", "-wal", "-shm"} {
			t.Run(name+suffix, func(t *testing.T) {
				t.Parallel()
				path := testPath(t)
				if err := os.Symlink(thing, path+suffix); err != nil {
					t.Fatal(err)
				}
				before := modeOf(t, thing)
				_, err := Open(t.Context(), path)
				refused(t, err, tracker.CodeRefused, path+suffix)
				if after := modeOf(t, thing); after != before {
					t.Errorf("the mode was %v and is %v", before, after)
				}
				if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("the database was made: %v", err)
				}
			})
		}
	}
}
