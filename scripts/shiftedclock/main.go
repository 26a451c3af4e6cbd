package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	days := flag.Int("days", 0, "how many days to go forward, or back when negative")
	on := flag.String("on", "", "the day to go to, such as 2028-02-29")
	zone := flag.String("zone", "", "the time zone of that day, such as Australia/Sydney (default as here)")
	justFlag := flag.Bool("flag", false, "print the flag of the go command that uses the copy, and run nothing")
	flag.Parse()
	err := run(*days, *on, *zone, *justFlag, flag.Args())
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		os.Exit(max(exit.ExitCode(), 1))
	case err != nil:
		fmt.Fprintln(os.Stderr, "shiftedclock:", err)
		os.Exit(1)
	}
}

// run runs go test with arguments on another day, or prints the flag that uses the copy.
func run(days int, on, zone string, justFlag bool, args []string) error {
	overlay, err := overlaid()
	if err != nil {
		return err
	}
	if justFlag {
		fmt.Println(overlay)
		return nil
	}
	if days, err = asked(days, on, zone, args); err != nil {
		return err
	}
	const aDay = 24 * 60 * 60
	cmd := exec.Command("go", append([]string{"test"}, args...)...) //nolint:gosec,noctx // running the tests is what this program is for, for as long as they take
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	// What tests build is built alike. Without what debuggers need it is linked sooner.
	cmd.Env = append(os.Environ(), goFlags(overlay, "'-ldflags=-w "+linked(days*aDay)+"'"))
	if zone != "" {
		cmd.Env = append(cmd.Env, "TZ="+zone)
	}
	return cmd.Run()
}

// asked checks what is asked for, and returns how many days to go.
func asked(days int, on, zone string, args []string) (int, error) {
	if len(args) == 0 {
		return 0, errors.New("say which packages to test, such as ./... after --")
	}
	if slices.ContainsFunc(args, func(arg string) bool { return strings.HasPrefix(strings.TrimLeft(arg, "-"), "ldflags") }) {
		return 0, errors.New("-ldflags cannot be given to go test here: they set its clock")
	}
	if _, err := time.LoadLocation(zone); err != nil {
		return 0, fmt.Errorf("-zone takes a time zone such as Australia/Sydney: %w", err)
	}
	if on == "" {
		if days == 0 {
			return 0, errors.New("say which day to go to, with -days or -on")
		}
		return days, nil
	}
	day, err := time.Parse(time.DateOnly, on)
	if err != nil {
		return 0, fmt.Errorf("-on takes a day such as 2028-02-29: %w", err)
	}
	return daysUntil(time.Now(), day), nil
}

// goFlags adds flags to those that every go command takes.
func goFlags(add ...string) string {
	return "GOFLAGS=" + strings.TrimSpace(os.Getenv("GOFLAGS")+" "+strings.Join(add, " "))
}

// linked is the linker's flag that shifts the clock.
func linked(seconds int) string { return "-X=time.shiftedClock=" + strconv.Itoa(seconds) }

// daysUntil returns how many days of 24 hours lead from now to the same time on
// a day, in UTC.
func daysUntil(now, day time.Time) int {
	const aDay = 24 * time.Hour
	return int(day.Sub(now.UTC().Truncate(aDay)) / aDay)
}
