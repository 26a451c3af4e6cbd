//go:build !unix

package clipboard

import "os/exec"

// detach does nothing: there is no tool here.
func detach(*exec.Cmd) {}
