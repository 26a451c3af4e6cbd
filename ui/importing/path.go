package importing

import (
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/dialog"
	"storydesk/ui/pane"
)

// path is the file that is chosen: what was entered, and the file that it means.
type path struct{ typed, chosen string }

// importable reports whether a file can be imported, by its name.
func importable(name string) bool {
	return slices.Contains([]string{".csv", ".zip", ".jsonl"}, strings.ToLower(filepath.Ext(name)))
}

// ask asks for a file.
func (p *Pane) ask() tea.Cmd {
	ask := dialog.NewPathPrompt(p.Host, "Import", p.path.typed, importable, func(text string) tea.Cmd {
		p.path = path{text, dialog.UserPath(p.Host, text)}
		p.people = map[string]string{}
		return p.read()
	})
	ask.Reads = true
	ask.Hint = "path of a .csv, .zip, .jsonl or folder  tab completes"
	ask.Cancelled = func() tea.Cmd {
		if p.stage == asking && p.problem == "" {
			return p.Close()
		}
		return nil
	}
	return p.Open(ask, pane.Line)
}
