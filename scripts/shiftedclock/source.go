package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// shiftWidth is how many digits a shift has, in seconds.
const shiftWidth = 12

// place is what stands before the shift in a binary. It is put together here so that
// this program's own file does not hold it.
func place() string { return strings.Join([]string{"shifted", "clock", "seconds"}, "-") + "=" }

// written is a shift of seconds as it stands in a binary.
func written(seconds int) string { return fmt.Sprintf("%+0*d", shiftWidth, seconds) }

// writeOverlay writes a copy of Go's time.go whose clock can be shifted to a folder, and
// returns the path of the file that makes the go command use it. The copy is always the
// same, so that what was built with it is built once.
func writeOverlay(dir, root string) (string, error) {
	original := filepath.Join(root, "src", "time", "time.go")
	source, err := os.ReadFile(original)
	if err != nil {
		return "", err
	}
	shifted, err := shiftable(string(source))
	if err != nil {
		return "", fmt.Errorf("%s: %w", original, err)
	}
	changed := filepath.Join(dir, "time.go")
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {original: changed}})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	for name, text := range map[string][]byte{changed: []byte(shifted), path: overlay} {
		if err := os.WriteFile(name, text, 0o600); err != nil {
			return "", err
		}
	}
	return path, nil
}

// shiftable changes the source of time.Now so that its wall clock is as far off as a
// place in the binary says. It fails where the source is not as this program knows it.
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
	declared := "var shiftedClock = " + strconv.Quote(place()+written(0)) + `

var shiftedSeconds = func() (seconds int64) {
	digits := shiftedClock[len(shiftedClock)-` + strconv.Itoa(shiftWidth-1) + `:]
	for i := range len(digits) {
		seconds = 10*seconds + int64(digits[i]-'0')
	}
	if shiftedClock[len(shiftedClock)-` + strconv.Itoa(shiftWidth) + `] == '-' {
		return -seconds
	}
	return seconds
}()

`
	return before + declared + head + first + "\n\tsec += shiftedSeconds\n" + rest, nil
}

// shifted returns a binary on another day. It fails for one that was not built so that
// it can be.
func shifted(binary []byte, seconds int) ([]byte, error) {
	still, moved := []byte(place()+written(0)), []byte(place()+written(seconds))
	if len(still) != len(moved) {
		return nil, fmt.Errorf("%d seconds are too many", seconds)
	}
	if !bytes.Contains(binary, still) {
		return nil, errors.New("the program was not built with a clock that can be shifted")
	}
	return bytes.ReplaceAll(binary, still, moved), nil
}
