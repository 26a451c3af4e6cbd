package command

import (
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// actAttach attaches a file to the comment that is being written.
const actAttach intent.ActionID = "attach"

// attach asks for a file that the comment carries; an empty answer leaves those out that
// it carries. The files are read when the comment is sent.
func (c *Composer) attach() tea.Cmd {
	prompt := dialog.NewPrompt(c.Host, "Attach to the comment", "", func(path string) tea.Cmd {
		if path = UserPath(path); path == "" {
			c.Paths, c.Files = nil, nil
			return nil
		}
		c.Paths = append(c.Paths, path)
		return nil
	})
	prompt.Hint = "a path such as ~/invoice.pdf"
	if c.carries() != "" {
		prompt.Hint += "; empty leaves the attached files out"
	}
	return c.Host.Open(prompt, pane.Line)
}

// carries names what the comment carries, empty for nothing.
func (c *Composer) carries() string {
	var names []string
	for _, path := range c.Paths {
		names = append(names, draw.Line(filepath.Base(path)))
	}
	for _, f := range c.Files {
		names = append(names, draw.Line(f.Name))
	}
	if len(names) == 0 {
		return ""
	}
	return "with " + strings.Join(names, ", ")
}

// UserPath is a path that a person typed, in which ~ is their own folder.
func UserPath(typed string) string {
	typed = strings.TrimSpace(typed)
	if len(typed) > 1 && (typed[0] == '"' || typed[0] == '\'') && typed[len(typed)-1] == typed[0] {
		typed = typed[1 : len(typed)-1] // as terminals paste a file that is dropped on them
	}
	rest, home := strings.CutPrefix(typed, "~/")
	folder, err := os.UserHomeDir()
	if !home || err != nil {
		return typed
	}
	return filepath.Join(folder, rest)
}
