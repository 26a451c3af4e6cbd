//go:build unix

package account

import (
	"os"
	"syscall"
)

// lock excludes other processes from a file until it is closed; it fails at once
// when one of them was first.
func lock(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
