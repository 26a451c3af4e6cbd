//go:build unix

package clipboard_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"storydesk/ui/clipboard"
)

// tools makes a folder of executables, the only ones there are.
func tools(t *testing.T, scripts map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return dir
}

func env(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestTheToolOfTheSession(t *testing.T) {
	dir := tools(t, map[string]string{
		"wl-copy": `printf 'wayland' >"$0.out"`,
		"xclip":   `printf '%s ' "$@" >"$0.out"; /bin/cat >>"$0.out"`,
		"pbcopy":  `/bin/cat >"$0.out"`,
	})
	for name, c := range map[string]struct {
		system string
		env    map[string]string
		tool   string
		got    string
	}{
		"X11":           {"linux", map[string]string{"DISPLAY": ":0"}, "xclip", "-in -selection clipboard S-1; $(touch x) 日本"},
		"Wayland":       {"linux", map[string]string{"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "wl-copy", "wayland"},
		"macOS":         {"darwin", nil, "pbcopy", "S-1; $(touch x) 日本"},
		"no display":    {"linux", nil, "", ""},
		"over SSH":      {"linux", map[string]string{"DISPLAY": ":0", "SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"}, "", ""},
		"over SSH, mac": {"darwin", map[string]string{"SSH_TTY": "/dev/ttys001"}, "", ""},
		"Windows":       {"windows", nil, "", ""},
	} {
		tool, ok := clipboard.Find(c.system, env(c.env))
		if ok != (c.tool != "") {
			t.Errorf("%s: found %t", name, ok)
		}
		if !ok {
			continue
		}
		if err := tool.Write(t.Context(), "S-1; $(touch x) 日本"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, c.tool+".out")); err != nil || string(got) != c.got {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// A tool that fails says so, and one that does not end is ended.
func TestToolsThatFail(t *testing.T) {
	tools(t, map[string]string{"pbcopy": `exit 3`})
	tool, _ := clipboard.Find("darwin", env(nil))
	if err := tool.Write(t.Context(), "x"); err == nil {
		t.Error("no error")
	}
	tools(t, map[string]string{"pbcopy": `while :; do /bin/sleep 1; done`})
	tool, _ = clipboard.Find("darwin", env(nil))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := tool.Write(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
