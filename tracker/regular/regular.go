// Package regular refuses what is no regular file.
package regular

import (
	"io/fs"

	"storydesk/tracker"
)

// Check fails with CodeRefused where info describes anything but a regular
// file, such as a device, whose permissions must stay and which might be read
// without end. Whoever opens, locks or replaces a file asks first, with what
// [os.Stat] says, so that a link is judged by what it leads to.
func Check(path string, info fs.FileInfo) error {
	kind := ""
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return tracker.Errorf(tracker.CodeRefused, "%s is a folder: choose a file in it", path)
	case mode&fs.ModeDevice != 0:
		kind = "a device"
	case mode&fs.ModeNamedPipe != 0:
		kind = "a pipe"
	case mode&fs.ModeSocket != 0:
		kind = "a socket"
	default:
		kind = "not a regular file"
	}
	return tracker.Errorf(tracker.CodeRefused, "%s is %s: choose a file", path, kind)
}
