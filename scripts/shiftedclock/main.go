package main

import (
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

// Variables that tell the program that go test runs each test binary with it, and how.
const (
	secondsMark = "SHIFTEDCLOCK_SECONDS"
	zoneMark    = "SHIFTEDCLOCK_ZONE"
	// onceMark is the folder whose tests run on the other day alone.
	onceMark = "SHIFTEDCLOCK_ONCE"
)

func main() {
	if seconds, ok := os.LookupEnv(secondsMark); ok && len(os.Args) > 1 {
		zone, once := os.Getenv(zoneMark), os.Getenv(onceMark)
		for _, mark := range []string{secondsMark, zoneMark, onceMark} {
			_ = os.Unsetenv(mark) // the tests have nothing to do with it; it does not fail here
		}
		os.Exit(twice(seconds, zone, !testsIn(once), os.Args[1:]))
	}
	days := flag.Int("days", 0, "how many days to go forward, or back when negative")
	on := flag.String("on", "", "the day to go to, such as 2028-02-29")
	zone := flag.String("zone", "", "the time zone of that day, such as Australia/Sydney (default as here)")
	once := flag.String("once", "", "the folder whose tests run on that day alone, such as scripts (default none)")
	flag.Parse()
	if err := run(*days, *on, *zone, *once, flag.Args()); err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			os.Exit(max(exit.ExitCode(), 1))
		}
		fmt.Fprintln(os.Stderr, "shiftedclock:", err)
		os.Exit(1)
	}
}

// testsIn reports whether the tests that run here, in the folder of their package, are those
// of a folder.
func testsIn(folder string) bool {
	here, err := os.Getwd()
	if err != nil || folder == "" {
		return false
	}
	rest, err := filepath.Rel(folder, here)
	return err == nil && filepath.IsLocal(rest)
}

// run runs go test with arguments, each test binary today and on another day, those of the
// folder once on that day alone.
func run(days int, on, zone, once string, args []string) error {
	if len(args) == 0 {
		return errors.New("say which packages to test, such as ./... after --")
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
	if _, err := time.LoadLocation(zone); err != nil {
		return fmt.Errorf("-zone takes a time zone such as Australia/Sydney: %w", err)
	}
	if once != "" {
		folder, err := filepath.Abs(once)
		if err != nil {
			return err
		}
		once = folder
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "shiftedclock")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	root, err := goRoot()
	if err != nil {
		return err
	}
	overlay, err := writeOverlay(dir, root)
	if err != nil {
		return err
	}
	cmd := exec.Command("go", append([]string{"test", "-exec=" + strconv.Quote(self)}, args...)...) //nolint:gosec,noctx // running the tests is what this program is for, for as long as they take
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	const aDay = 24 * 60 * 60
	cmd.Env = append(os.Environ(), goFlags("-overlay="+overlay), secondsMark+"="+strconv.Itoa(days*aDay), zoneMark+"="+zone, onceMark+"="+once)
	return cmd.Run()
}

// goFlags adds flags to those that every go command takes, so that what tests build is
// built alike.
func goFlags(add string) string {
	return "GOFLAGS=" + strings.TrimSpace(os.Getenv("GOFLAGS")+" "+add)
}

func goRoot() (string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output() //nolint:noctx // it only prints a path
	if err != nil {
		return "", fmt.Errorf("ask for Go's own source: %w", err)
	}
	return strings.TrimSpace(string(root)), nil
}

// daysUntil returns how many days of 24 hours lead from now to the same time on
// a day, in UTC.
func daysUntil(now, day time.Time) int {
	const aDay = 24 * time.Hour
	return int(day.Sub(now.UTC().Truncate(aDay)) / aDay)
}
