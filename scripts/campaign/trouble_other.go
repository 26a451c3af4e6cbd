//go:build !linux && !darwin

package main

import (
	"os"
	"time"
)

// fillDisk does nothing here: there is no such limit for one process.
func fillDisk(time.Duration) error { return nil }

// suspend does nothing here: there is no such signal.
func suspend(*os.Process, time.Duration) {}
