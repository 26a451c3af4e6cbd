package session

import (
	"runtime"
	"runtime/debug"
	"time"
)

// Build identifies the program.
type Build struct {
	// Version is the module's version, "dev" when built from a work tree.
	Version string
	// Commit is the revision it was built from, empty when not known.
	Commit string
	// Time is when that revision was committed, zero when not known.
	Time time.Time
	// Go is the version of the Go that built it.
	Go string
	// SQLite is the version of the SQLite in it.
	SQLite string
}

// ReadBuild reads what the linker wrote into the running program.
func ReadBuild() Build {
	b := Build{Version: "dev", Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Time, _ = time.Parse(time.RFC3339, s.Value) // what Go writes
		}
	}
	return b
}
