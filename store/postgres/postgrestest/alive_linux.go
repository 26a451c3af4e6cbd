package postgrestest

import (
	"fmt"
	"os"
	"strings"
)

// alive reports whether a process runs: one that ended is there until it is waited for.
func alive(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, after, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(after, "Z")
}
