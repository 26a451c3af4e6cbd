package session

import (
	"runtime"
	"runtime/debug"
)

// Build identifies the program.
type Build struct {
	// Version is the module's version, "dev" when built from a work tree.
	Version string
	// Commit is the revision it was built from, empty when not known.
	Commit string
	// Go is the version of the Go that built it.
	Go string
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
		if s.Key == "vcs.revision" {
			b.Commit = s.Value
		}
	}
	return b
}
