//go:build unix

package clipboard

import (
	"os/exec"
	"syscall"
)

// detach keeps a command out of the terminal's reach, and the terminal out of its.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
