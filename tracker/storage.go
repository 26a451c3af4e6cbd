package tracker

import (
	"io/fs"
)

// StorageFacts are what can be told of the file that keeps everything, also
// where it cannot be opened.
type StorageFacts struct {
	Path string
	// Missing is true when there is no file yet; then only Free and Problem are told
	// beside.
	Missing bool
	// Size and WAL are in bytes: the file, and what beside it waits to be folded in.
	Size int64
	WAL  int64
	// Free is the room that is left on the disk in bytes, -1 when not known.
	Free int64
	// Mode is who may do what with the file, 0 where the system does not tell by it.
	Mode fs.FileMode
	// Schema is the version of the file's tables, Newest the latest that this
	// program knows.
	Schema int64
	Newest int64
	// Damage is what an examination of the content found, empty when it is whole.
	Damage []string
	// Problem is why the content could not be read or the file not be written or
	// created, nil when it could.
	Problem error
}

// Usable is true when the database can be opened by this program, as far as
// its file tells.
func (f StorageFacts) Usable() bool { return !f.Missing && f.Problem == nil && f.Schema <= f.Newest }
