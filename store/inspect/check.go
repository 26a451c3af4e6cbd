package inspect

import (
	"fmt"
	"strings"

	"storydesk/store/files"
	"storydesk/tracker/verdict"
)

const (
	// littleRoom is where the disk counts as nearly full, in bytes.
	littleRoom = 100 << 20
	// damageTold is how many findings of damage are told.
	damageTold = 3
	// largeWAL is where the write-ahead log counts as not being folded in.
	largeWAL = 64 << 20
)

// checks judges what is known of a database file.
func checks(f facts) []verdict.Check {
	room := checkRoom(f)
	switch {
	case f.problem != nil:
		return []verdict.Check{verdict.FailedCheck("database", f.problem), room}
	case f.missing:
		return []verdict.Check{{Name: "database", Level: verdict.LevelOK, Text: "none yet; the first command that saves something creates " + f.path}, room}
	}
	file := verdict.Check{Name: "database", Level: verdict.LevelOK, Text: fmt.Sprintf("%s, %s, schema %d", f.path, files.Size(f.size), f.schema)}
	switch {
	case f.schema > f.newest:
		file.Level = verdict.LevelFailed
		file.Text += fmt.Sprintf("; a newer storydesk made it, this one knows schema %d", f.newest)
		file.Steps = []string{"update storydesk, or choose another file with --db"}
	case f.schema < f.newest:
		file.Text += fmt.Sprintf("; opening it upgrades it to %d and saves a copy first", f.newest)
	}
	return []verdict.Check{file, checkContent(f), checkPrivacy(f), checkWAL(f), room}
}

func checkContent(f facts) verdict.Check {
	if len(f.damage) == 0 {
		return verdict.Check{Name: "content", Level: verdict.LevelOK, Text: "no damage found"}
	}
	return verdict.Check{
		Name: "content", Level: verdict.LevelFailed, Text: "the database is damaged: " + strings.Join(f.damage[:min(len(f.damage), damageTold)], "; "),
		Causes: []string{"the machine or its disk failed during a write", "another program wrote to the file, or copied it while in use"},
		Steps:  []string{"close every storydesk, and keep a copy of the file", fmt.Sprintf("restore a backup, or recover it with “sqlite3 %s .recover”", f.path)},
	}
}

func checkPrivacy(f facts) verdict.Check {
	if f.mode == 0 {
		return verdict.Check{Name: "privacy", Level: verdict.LevelSkipped, Text: "the database's permissions could not be read"}
	}
	if f.mode.Perm()&0o077 == 0 {
		return verdict.Check{Name: "privacy", Level: verdict.LevelOK, Text: "only you can read the database"}
	}
	return verdict.Check{
		Name: "privacy", Level: verdict.LevelWarning, Text: fmt.Sprintf("others on this machine can open the database (%s)", f.mode.Perm()),
		Steps: []string{fmt.Sprintf("run chmod 600 %q; storydesk also does this when it opens the file", f.path)},
	}
}

func checkWAL(f facts) verdict.Check {
	if f.wal < largeWAL {
		return verdict.Check{Name: "journal", Level: verdict.LevelOK, Text: "write-ahead log " + files.Size(f.wal)}
	}
	return verdict.Check{
		Name: "journal", Level: verdict.LevelWarning, Text: fmt.Sprintf("the write-ahead log has grown to %s", files.Size(f.wal)),
		Causes: []string{"a hanging storydesk or a tool that reads the file prevents a checkpoint"},
		Steps:  []string{"close every program that uses the database; the last storydesk to close writes the log back"},
	}
}

func checkRoom(f facts) verdict.Check {
	switch {
	case f.free < 0:
		return verdict.Check{Name: "room", Level: verdict.LevelSkipped, Text: "the free disk space could not be read"}
	case f.free < max(littleRoom, 2*f.size):
		return verdict.Check{
			Name: "room", Level: verdict.LevelWarning, Text: fmt.Sprintf("only %s are free on the database's disk", files.Size(f.free)),
			Steps: []string{"free some disk space, or nothing can be saved"},
		}
	}
	return verdict.Check{Name: "room", Level: verdict.LevelOK, Text: files.Size(f.free) + " free on its disk"}
}
