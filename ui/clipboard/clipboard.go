package clipboard

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// writeTime is how long a tool may take.
const writeTime = 2 * time.Second

// Tool puts text on the clipboard of this session. The zero value is none.
type Tool struct{ argv []string }

// candidate is a tool with the variables of which one must be set for it.
type candidate struct {
	argv []string
	env  []string
}

// candidates are the tools of an operating system, the best first. Windows has
// none that keeps all characters; its terminals know OSC 52.
func candidates(system string) []candidate {
	switch system {
	case "darwin":
		return []candidate{{argv: []string{"pbcopy"}}}
	case "windows":
		return nil
	}
	return []candidate{
		{[]string{"wl-copy"}, []string{"WAYLAND_DISPLAY"}},
		{[]string{"xclip", "-in", "-selection", "clipboard"}, []string{"DISPLAY"}},
		{[]string{"xsel", "--clipboard", "--input"}, []string{"DISPLAY"}},
		{[]string{"termux-clipboard-set"}, []string{"TERMUX_VERSION"}},
	}
}

// Find returns the tool of a session on an operating system, as runtime.GOOS
// names it; false when there is none.
func Find(system string, getenv func(name string) string) (Tool, bool) {
	if getenv("SSH_CONNECTION")+getenv("SSH_TTY") != "" {
		return Tool{}, false
	}
	for _, c := range candidates(system) {
		set := len(c.env) == 0
		for _, name := range c.env {
			set = set || getenv(name) != ""
		}
		if !set {
			continue
		}
		if path, err := exec.LookPath(c.argv[0]); err == nil {
			return Tool{append([]string{path}, c.argv[1:]...)}, true
		}
	}
	return Tool{}, false
}

// Write puts text on the clipboard.
func (t Tool) Write(ctx context.Context, text string) error {
	ctx, cancel := context.WithTimeout(ctx, writeTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, t.argv[0], t.argv[1:]...) //nolint:gosec // one of our candidates, found on the user's path
	cmd.Stdin = strings.NewReader(text)
	cmd.WaitDelay = writeTime
	detach(cmd)
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("copy with %s: %w", t.argv[0], err)
	}
	return nil
}
