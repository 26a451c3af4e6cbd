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

// twice runs a test binary today and, at the same time, on another day in a zone; on that
// day alone where today is false. It returns the highest exit code.
func twice(seconds, zone string, today bool, command []string) int {
	other, err := onOtherDay(seconds, zone, command)
	if err != nil {
		fmt.Println("shiftedclock:", err)
		return 1
	}
	defer os.RemoveAll(filepath.Dir(other.Path)) //nolint:errcheck // in go test's own temporary folder
	var said bytes.Buffer
	other.Stdout, other.Stderr = &said, &said
	all := []*exec.Cmd{other}
	if today {
		now := exec.Command(command[0], command[1:]...) //nolint:gosec,noctx // running the tests is what this program is for
		now.Stdin, now.Stdout, now.Stderr = os.Stdin, os.Stdout, os.Stderr
		all = append(all, now)
	}
	ended := make(chan int, len(all))
	for i, cmd := range all {
		if err := cmd.Start(); err != nil {
			fmt.Println("shiftedclock:", err)
			if i > 0 {
				_ = other.Process.Kill() // it may have ended
				<-ended
			}
			return 1
		}
		go func() { ended <- exitCode(cmd.Wait()) }()
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT)
	var codes []int
	for len(codes) < len(all) {
		select {
		case code := <-ended:
			codes = append(codes, code)
		case s := <-stop:
			for _, cmd := range all {
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
