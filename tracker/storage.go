package tracker

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// StorageFacts are what can be told of the file that keeps everything, also
// where it cannot be opened.
type StorageFacts struct {
	Path string
	// Missing is true when there is no file yet; then only Free is told beside.
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
	// Problem is why the content could not be read, nil when it could.
	Problem error
}

// Usable is true when the database can be opened by this program, as far as
// its file tells.
func (f StorageFacts) Usable() bool { return !f.Missing && f.Problem == nil && f.Schema <= f.Newest }

const (
	// littleRoom is where the disk counts as nearly full, in bytes.
	littleRoom = 100 << 20
	// damageTold is how many findings of damage are told.
	damageTold = 3
	// largeWAL is where the write-ahead log counts as not being folded in.
	largeWAL = 64 << 20
)

// CheckStorage judges what is known of the database file.
func CheckStorage(f StorageFacts) []Check {
	room := checkRoom(f)
	switch {
	case f.Missing:
		return []Check{{Name: "database", Level: LevelOK, Text: "none yet; the first command that saves something creates " + f.Path}, room}
	case f.Problem != nil:
		return []Check{FailedCheck("database", f.Problem), room}
	}
	file := Check{Name: "database", Level: LevelOK, Text: fmt.Sprintf("%s, %s, schema %d", f.Path, bytesText(f.Size), f.Schema)}
	switch {
	case f.Schema > f.Newest:
		file.Level = LevelFailed
		file.Text += fmt.Sprintf("; a newer storydesk made it, this one knows schema %d", f.Newest)
		file.Steps = []string{"update storydesk, or choose another file with --db"}
	case f.Schema < f.Newest:
		file.Text += fmt.Sprintf("; opening it upgrades it to %d and saves a copy first", f.Newest)
	}
	return []Check{file, checkContent(f), checkPrivacy(f), checkWAL(f), room}
}

func checkContent(f StorageFacts) Check {
	if len(f.Damage) == 0 {
		return Check{Name: "content", Level: LevelOK, Text: "no damage found"}
	}
	return Check{
		Name: "content", Level: LevelFailed, Text: "the database is damaged: " + strings.Join(f.Damage[:min(len(f.Damage), damageTold)], "; "),
		Causes: []string{"the machine or its disk failed during a write", "another program wrote to the file, or copied it while in use"},
		Steps:  []string{"close every storydesk, and keep a copy of the file", fmt.Sprintf("restore a backup, or recover it with “sqlite3 %s .recover”", f.Path)},
	}
}

func checkPrivacy(f StorageFacts) Check {
	if f.Mode == 0 {
		return Check{Name: "privacy", Level: LevelSkipped, Text: "the database's permissions could not be read"}
	}
	if f.Mode.Perm()&0o077 == 0 {
		return Check{Name: "privacy", Level: LevelOK, Text: "only you can read the database"}
	}
	return Check{
		Name: "privacy", Level: LevelWarning, Text: fmt.Sprintf("others on this machine can open the database (%s)", f.Mode.Perm()),
		Steps: []string{fmt.Sprintf("run chmod 600 %q; storydesk also does this when it opens the file", f.Path)},
	}
}

func checkWAL(f StorageFacts) Check {
	if f.WAL < largeWAL {
		return Check{Name: "journal", Level: LevelOK, Text: "write-ahead log " + bytesText(f.WAL)}
	}
	return Check{
		Name: "journal", Level: LevelWarning, Text: fmt.Sprintf("the write-ahead log has grown to %s", bytesText(f.WAL)),
		Causes: []string{"a hanging storydesk or a tool that reads the file prevents a checkpoint"},
		Steps:  []string{"close every program that uses the database; the last storydesk to close writes the log back"},
	}
}

func checkRoom(f StorageFacts) Check {
	switch {
	case f.Free < 0:
		return Check{Name: "room", Level: LevelSkipped, Text: "the free disk space could not be read"}
	case f.Free < max(littleRoom, 2*f.Size):
		return Check{
			Name: "room", Level: LevelWarning, Text: fmt.Sprintf("only %s are free on the database's disk", bytesText(f.Free)),
			Steps: []string{"free some disk space, or nothing can be saved"},
		}
	}
	return Check{Name: "room", Level: LevelOK, Text: bytesText(f.Free) + " free on its disk"}
}

// bytesText writes a size in the unit that fits.
func bytesText(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// FailedCheck makes a failed check of an error.
func FailedCheck(name string, err error) Check {
	c := Check{Name: name, Level: LevelFailed, Text: err.Error()}
	var e *Error
	if errors.As(err, &e) {
		c.Text, c.Causes, c.Steps, c.Field = e.Message, e.Causes, e.Steps, e.Field
	}
	return c
}
