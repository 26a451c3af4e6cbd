package checkup

import (
	"errors"
	"fmt"
	"strings"

	"storydesk/tracker"
)

const (
	// littleRoom is where the disk counts as nearly full, in bytes.
	littleRoom = 100 << 20
	// damageTold is how many findings of damage are told.
	damageTold = 3
	// largeWAL is where the write-ahead log counts as not being folded in.
	largeWAL = 64 << 20
)

// CheckStorage judges what is known of the database file.
func CheckStorage(f tracker.StorageFacts) []tracker.Check {
	room := checkRoom(f)
	switch {
	case f.Problem != nil:
		return []tracker.Check{FailedCheck("database", f.Problem), room}
	case f.Missing:
		return []tracker.Check{{Name: "database", Level: tracker.LevelOK, Text: "none yet; the first command that saves something creates " + f.Path}, room}
	}
	file := tracker.Check{Name: "database", Level: tracker.LevelOK, Text: fmt.Sprintf("%s, %s, schema %d", f.Path, bytesText(f.Size), f.Schema)}
	switch {
	case f.Schema > f.Newest:
		file.Level = tracker.LevelFailed
		file.Text += fmt.Sprintf("; a newer storydesk made it, this one knows schema %d", f.Newest)
		file.Steps = []string{"update storydesk, or choose another file with --db"}
	case f.Schema < f.Newest:
		file.Text += fmt.Sprintf("; opening it upgrades it to %d and saves a copy first", f.Newest)
	}
	return []tracker.Check{file, checkContent(f), checkPrivacy(f), checkWAL(f), room}
}

func checkContent(f tracker.StorageFacts) tracker.Check {
	if len(f.Damage) == 0 {
		return tracker.Check{Name: "content", Level: tracker.LevelOK, Text: "no damage found"}
	}
	return tracker.Check{
		Name: "content", Level: tracker.LevelFailed, Text: "the database is damaged: " + strings.Join(f.Damage[:min(len(f.Damage), damageTold)], "; "),
		Causes: []string{"the machine or its disk failed during a write", "another program wrote to the file, or copied it while in use"},
		Steps:  []string{"close every storydesk, and keep a copy of the file", fmt.Sprintf("restore a backup, or recover it with “sqlite3 %s .recover”", f.Path)},
	}
}

func checkPrivacy(f tracker.StorageFacts) tracker.Check {
	if f.Mode == 0 {
		return tracker.Check{Name: "privacy", Level: tracker.LevelSkipped, Text: "the database's permissions could not be read"}
	}
	if f.Mode.Perm()&0o077 == 0 {
		return tracker.Check{Name: "privacy", Level: tracker.LevelOK, Text: "only you can read the database"}
	}
	return tracker.Check{
		Name: "privacy", Level: tracker.LevelWarning, Text: fmt.Sprintf("others on this machine can open the database (%s)", f.Mode.Perm()),
		Steps: []string{fmt.Sprintf("run chmod 600 %q; storydesk also does this when it opens the file", f.Path)},
	}
}

func checkWAL(f tracker.StorageFacts) tracker.Check {
	if f.WAL < largeWAL {
		return tracker.Check{Name: "journal", Level: tracker.LevelOK, Text: "write-ahead log " + bytesText(f.WAL)}
	}
	return tracker.Check{
		Name: "journal", Level: tracker.LevelWarning, Text: fmt.Sprintf("the write-ahead log has grown to %s", bytesText(f.WAL)),
		Causes: []string{"a hanging storydesk or a tool that reads the file prevents a checkpoint"},
		Steps:  []string{"close every program that uses the database; the last storydesk to close writes the log back"},
	}
}

func checkRoom(f tracker.StorageFacts) tracker.Check {
	switch {
	case f.Free < 0:
		return tracker.Check{Name: "room", Level: tracker.LevelSkipped, Text: "the free disk space could not be read"}
	case f.Free < max(littleRoom, 2*f.Size):
		return tracker.Check{
			Name: "room", Level: tracker.LevelWarning, Text: fmt.Sprintf("only %s are free on the database's disk", bytesText(f.Free)),
			Steps: []string{"free some disk space, or nothing can be saved"},
		}
	}
	return tracker.Check{Name: "room", Level: tracker.LevelOK, Text: bytesText(f.Free) + " free on its disk"}
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
func FailedCheck(name string, err error) tracker.Check {
	c := tracker.Check{Name: name, Level: tracker.LevelFailed, Text: err.Error()}
	var e *tracker.Error
	if errors.As(err, &e) {
		c.Text, c.Causes, c.Steps, c.Field = e.Message, e.Causes, e.Steps, e.Field
	}
	return c
}
