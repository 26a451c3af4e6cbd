package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// overlaid writes a copy of Go's time.go whose clock can be shifted to the user's cache, and
// returns the flag that makes the go command use it.
func overlaid() (flag string, err error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "shiftedclock", runtime.Version())
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output() //nolint:noctx // it only prints a path
	if err != nil {
		return "", fmt.Errorf("ask for Go's own source: %w", err)
	}
	original := filepath.Join(strings.TrimSpace(string(root)), "src", "time", "time.go")
	source, err := os.ReadFile(original)
	if err != nil {
		return "", err
	}
	shifted, err := shiftable(string(source))
	if err != nil {
		return "", fmt.Errorf("%s: %w", original, err)
	}
	changed, path := filepath.Join(folder, "time.go"), filepath.Join(folder, "overlay.json")
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {original: changed}})
	if err != nil {
		return "", err
	}
	for name, text := range map[string][]byte{changed: []byte(shifted), path: overlay} {
		if err := write(name, text); err != nil {
			return "", err
		}
	}
	return "-overlay=" + path, nil
}

// write writes a file as a whole, unless it is so already: others may be building with it.
func write(path string, text []byte) error {
	if is, err := os.ReadFile(path); err == nil && bytes.Equal(is, text) {
		return nil
	}
	draft, err := os.CreateTemp(filepath.Dir(path), "draft")
	if err != nil {
		return err
	}
	_, err = draft.Write(text)
	if err = errors.Join(err, draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}

// shiftable changes the source of time.Now so that its wall clock is off by what the linker
// is told. It fails where the source is not as this program knows it.
func shiftable(source string) (string, error) {
	const head, read = "func Now() Time {\n", "mono := runtimeNow()\n"
	before, body, found := strings.Cut(source, head)
	if !found {
		return "", errors.New("time.Now is not found; this version of Go needs a change here")
	}
	first, rest, _ := strings.Cut(body, "\n")
	if !strings.HasSuffix(first+"\n", read) {
		return "", errors.New("time.Now does not begin by reading the clock; this version of Go needs a change here")
	}
	const declared = `var shiftedClock = "0"

var shiftedSeconds = func() (seconds int64) {
	for _, digit := range []byte(shiftedClock) {
		if digit != '-' {
			seconds = 10*seconds + int64(digit-'0')
		}
	}
	if shiftedClock[0] == '-' {
		return -seconds
	}
	return seconds
}()

`
	return before + declared + head + first + "\n\tsec += shiftedSeconds\n" + rest, nil
}
