//go:build unix

package owncommand

import (
	"os/exec"
	"syscall"
)

// detach takes the terminal from a command that runs beside the program, so that it
// can neither read keys nor write over the screen; stopping it stops what it started.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
