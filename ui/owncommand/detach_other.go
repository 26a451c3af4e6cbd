//go:build !unix

package owncommand

import "os/exec"

func detach(*exec.Cmd) {}
