package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// twice runs a test binary today and, at the same time, on another day in a zone. It
// returns the exit code: that of today's run, or else of the other's.
func twice(seconds, zone string, command []string) int {
	other, err := onOtherDay(seconds, zone, command)
	if err != nil {
		fmt.Println("shiftedclock:", err)
		return 1
	}
	defer os.RemoveAll(filepath.Dir(other.Path))      //nolint:errcheck // in go test's own temporary folder
	today := exec.Command(command[0], command[1:]...) //nolint:gosec,noctx // running the tests is what this program is for
	today.Stdin, today.Stdout, today.Stderr = os.Stdin, os.Stdout, os.Stderr
	var said bytes.Buffer
	other.Stdout, other.Stderr = &said, &said
	ended := make(chan int, 2)
	for i, cmd := range []*exec.Cmd{today, other} {
		if err := cmd.Start(); err != nil {
			fmt.Println("shiftedclock:", err)
			if i > 0 {
				_ = today.Process.Kill() // it may have ended
				<-ended
			}
			return 1
		}
		go func() { ended <- exitCode(cmd.Wait()) }()
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT)
	var codes []int
	for len(codes) < 2 {
		select {
		case code := <-ended:
			codes = append(codes, code)
		case s := <-stop:
			for _, cmd := range []*exec.Cmd{today, other} {
				_ = cmd.Process.Signal(s) // one that has ended cannot be told
			}
		}
	}
	if other.ProcessState.ExitCode() != 0 {
		fmt.Printf("--- on the other day:\n%s", said.Bytes())
	}
	return slices.Max(codes)
}

// onOtherDay is the command that runs a test binary's copy on another day.
func onOtherDay(seconds, zone string, command []string) (*exec.Cmd, error) {
	by, err := strconv.Atoi(seconds)
	if err != nil {
		return nil, err
	}
	binary, err := os.ReadFile(command[0]) //nolint:gosec // the test binary that go test names
	if err != nil {
		return nil, err
	}
	binary, err = shifted(binary, by)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(filepath.Dir(command[0]), "other-day")
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, filepath.Base(command[0]))
	if err := os.WriteFile(path, binary, 0o700); err != nil { //nolint:gosec // it is to be run
		return nil, err
	}
	// The file that tells go test what today's run depends on is not for this one.
	args := slices.DeleteFunc(slices.Clone(command[1:]), func(arg string) bool { return strings.HasPrefix(arg, "-test.testlogfile=") })
	cmd := exec.Command(path, args...) //nolint:gosec,noctx // see above
	cmd.Env = append(os.Environ(), goFlags("-ldflags=-X=time.shiftedClock="+place()+written(by)))
	if zone != "" {
		cmd.Env = append(cmd.Env, "TZ="+zone)
	}
	return cmd, nil
}

func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return max(exit.ExitCode(), 1)
	}
	return 1
}
