package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	days := flag.Int("days", 0, "how many days to go forward, or back when negative")
	on := flag.String("on", "", "the day to go to, such as 2028-02-29")
	flag.Parse()
	if err := run(*days, *on, flag.Args()); err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			os.Exit(max(exit.ExitCode(), 1))
		}
		fmt.Fprintln(os.Stderr, "shiftedclock:", err)
		os.Exit(1)
	}
}

func run(days int, on string, command []string) error {
	if len(command) == 0 {
		return errors.New("no command given; name one, such as go test with its arguments")
	}
	if on != "" {
		day, err := time.Parse(time.DateOnly, on)
		if err != nil {
			return fmt.Errorf("-on takes a day such as 2028-02-29: %w", err)
		}
		days = daysUntil(time.Now(), day)
	}
	if days == 0 && on == "" {
		return errors.New("say which day to go to, with -days or -on")
	}
	dir, err := os.MkdirTemp("", "shiftedclock")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)                                   //nolint:errcheck // a temporary folder
	root, err := exec.Command("go", "env", "GOROOT").Output() //nolint:noctx // it only prints a path
	if err != nil {
		return fmt.Errorf("ask for Go's own source: %w", err)
	}
	overlay, err := writeOverlay(dir, filepath.Join(strings.TrimSpace(string(root)), "src", "time", "time.go"), days)
	if err != nil {
		return err
	}
	cmd := exec.Command(command[0], command[1:]...) //nolint:gosec,noctx // running the command is what this program is for, for as long as it takes
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "GOFLAGS="+strings.TrimSpace(os.Getenv("GOFLAGS")+" -overlay="+overlay))
	return cmd.Run()
}

// daysUntil returns how many days of 24 hours lead from now to the same time on
// a day, in UTC.
func daysUntil(now, day time.Time) int {
	const aDay = 24 * time.Hour
	return int(day.Sub(now.UTC().Truncate(aDay)) / aDay)
}

// writeOverlay writes a copy of Go's time.go with a shifted clock to a folder,
// and returns the path of the file that makes the go command use it.
func writeOverlay(dir, original string, days int) (string, error) {
	source, err := os.ReadFile(original)
	if err != nil {
		return "", err
	}
	shifted, err := shift(string(source), days)
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

// shift changes the source of time.Now so that its wall clock is some days off.
// It fails where the source is not as this program knows it.
func shift(source string, days int) (string, error) {
	const head, read = "func Now() Time {\n", "mono := runtimeNow()\n"
	before, body, found := strings.Cut(source, head)
	if !found {
		return "", errors.New("time.Now is not found; this version of Go needs a change here")
	}
	first, rest, _ := strings.Cut(body, "\n")
	if !strings.HasSuffix(first+"\n", read) {
		return "", errors.New("time.Now does not begin by reading the clock; this version of Go needs a change here")
	}
	return before + head + first + "\n\tsec += " + strconv.Itoa(days) + " * 24 * 60 * 60\n" + rest, nil
}
