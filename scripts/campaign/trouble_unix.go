//go:build linux || darwin

package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// fillDisk lets every write of this process to a file fail for a while, as on a
// disk that takes no more. Pipes are spared.
func fillDisk(lasts time.Duration) error {
	// The signal that comes with it would end the process.
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return fmt.Errorf("reading the limit of files: %w", err)
	}
	full := limit
	full.Cur = 0
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
		return fmt.Errorf("limiting files: %w", err)
	}
	time.AfterFunc(lasts, func() {
		limit.Cur = limit.Max
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			panic(err) // the campaign would be stuck
		}
	})
	return nil
}

// suspend stops a process for a while, as a terminal does on ctrl+z. One that
// has ended is left alone.
func suspend(p *os.Process, lasts time.Duration) {
	if p.Signal(syscall.SIGSTOP) == nil {
		time.AfterFunc(lasts, func() { _ = p.Signal(syscall.SIGCONT) }) // it may have ended by then
	}
}
