//go:build !linux

package postgrestest

import "os/exec"

func own(string) error { return nil }

func asUser(*exec.Cmd) error { return nil }

func launch(command *exec.Cmd) error { return command.Start() }
