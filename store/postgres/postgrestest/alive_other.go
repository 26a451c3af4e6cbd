//go:build !linux

package postgrestest

import (
	"os"
	"syscall"
)

// alive reports whether a process runs, as far as a signal tells.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	return err == nil && p.Signal(syscall.Signal(0)) == nil
}
