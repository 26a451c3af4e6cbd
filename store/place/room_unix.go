//go:build linux || darwin

package place

import "golang.org/x/sys/unix"

// FreeBytes is the room that its owner has left on the disk of a folder, -1
// when the system does not say.
func FreeBytes(folder string) int64 {
	var disk unix.Statfs_t
	if err := unix.Statfs(folder, &disk); err != nil {
		return -1
	}
	return int64(disk.Bavail) * int64(disk.Bsize) //nolint:gosec // no disk has 2^63 bytes
}

// writable fails where the system lets this process not write to a file or a
// folder, such as because of its permissions or those of its disk.
func writable(path string) error {
	return unix.Faccessat(unix.AT_FDCWD, path, unix.W_OK, unix.AT_EACCESS)
}
