package account

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock excludes other processes from a file until it is closed; it fails at once
// when one of them was first.
func lock(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{OffsetHigh: 1})
}
