package importing

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/pane"
)

// maxOffered is how many names are offered at most, maxNames how many of a folder are
// looked at.
const (
	maxOffered = 8
	maxNames   = 10_000
)

// path is the file that is chosen, and what completes it while it is typed.
type path struct {
	// text is what is typed, typed what was entered last, and chosen the file that it means.
	text, typed, chosen string
	// prompt is where it is typed, nil while it is not. home is the user's folder.
	prompt *dialog.Prompt
	home   string
	// folder was asked for last; names are those in it.
	folder string
	names  []string
}

// folderRead brings the names in a folder, those of folders with a slash.
type folderRead struct {
	folder string
	names  []string
}

// ask asks for a file.
func (p *Pane) ask() tea.Cmd {
	ask := dialog.NewPrompt(p.Host, "Import", p.path.typed, func(text string) tea.Cmd {
		p.path.prompt = nil
		p.path.typed, p.path.chosen = text, p.path.meant(text)
		p.people = map[string]string{}
		return p.read()
	})
	ask.Reads = true
	ask.Hint = "path of a .csv, .zip, .jsonl or folder  tab completes"
	ask.Complete = p.path.complete
	ask.Typed = func(text string) tea.Cmd {
		p.path.offer(text)
		return p.list(text)
	}
	ask.Cancelled = func() tea.Cmd {
		p.path.prompt = nil
		if p.stage == asking && p.problem == "" {
			return p.Close()
		}
		return nil
	}
	p.path.prompt, p.path.home, p.path.text = ask, p.Getenv("HOME"), p.path.typed
	return tea.Batch(p.Open(ask, pane.Line), p.list(p.path.typed))
}

// list reads the folder that a text stands in, where it is another than before.
func (p *Pane) list(text string) tea.Cmd {
	folder, _ := filepath.Split(p.path.meant(text))
	if folder == p.path.folder && p.path.names != nil {
		return nil
	}
	p.path.folder, p.path.names = folder, []string{}
	return p.Do(func(context.Context) tea.Msg { return folderRead{folder, namesIn(folder)} })
}

// namesIn lists the folders and the files that can be imported.
func namesIn(folder string) []string {
	if folder == "" {
		folder = "."
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil // what is typed leads nowhere yet
	}
	var names []string
	for _, e := range entries[:min(len(entries), maxNames)] {
		name := e.Name()
		info, err := os.Stat(filepath.Join(folder, name)) // links count as what they lead to
		switch {
		case err != nil:
		case info.IsDir():
			names = append(names, name+string(filepath.Separator))
		case slices.Contains([]string{".csv", ".zip", ".jsonl"}, strings.ToLower(filepath.Ext(name))):
			names = append(names, name)
		}
	}
	return names
}

// take takes the names of the folder that was asked for last.
func (p *path) take(read folderRead) {
	if read.folder != p.folder || p.prompt == nil {
		return
	}
	p.names = read.names
	p.offer(p.text)
}

// meant is the path that a text means: without the quotes and backslashes that terminals
// put around a file dropped on them, and with ~ for the user's folder.
func (p *path) meant(text string) string {
	text = strings.TrimSpace(text)
	for _, quote := range []string{`'`, `"`} {
		if inner, ok := strings.CutPrefix(text, quote); ok {
			return strings.TrimSuffix(inner, quote)
		}
	}
	if filepath.Separator != '\\' {
		text = strings.ReplaceAll(text, `\ `, " ")
	}
	if rest, ok := strings.CutPrefix(text, "~"+string(filepath.Separator)); ok && p.home != "" {
		return filepath.Join(p.home, rest) + trailing(rest)
	}
	return text
}

// trailing is the separator at the end of a path, which Join takes away.
func trailing(rest string) string {
	if rest == "" || os.IsPathSeparator(rest[len(rest)-1]) {
		return string(filepath.Separator)
	}
	return ""
}

// matches are the names that a text can be completed to, and the part of the name that
// is typed. Hidden ones are only found by their dot.
func (p *path) matches(text string) (part string, names []string) {
	folder, part := filepath.Split(p.meant(text))
	if folder != p.folder {
		return part, nil
	}
	for _, name := range p.names {
		if strings.HasPrefix(name, part) && (part != "" || !strings.HasPrefix(name, ".")) {
			names = append(names, name)
		}
	}
	return part, names
}

// complete completes a text as far as all names go that it can become.
func (p *path) complete(text string) string {
	part, names := p.matches(text)
	if len(names) == 0 {
		return text
	}
	common := names[0]
	for _, name := range names[1:] {
		for !strings.HasPrefix(name, common) {
			common = strings.ToValidUTF8(common[:len(common)-1], "")
		}
	}
	return text + strings.TrimPrefix(common, part)
}

// offer shows the names that a text can become.
func (p *path) offer(text string) {
	p.text = text
	_, names := p.matches(text)
	note := strings.Join(names[:min(len(names), maxOffered)], "  ")
	if len(names) > maxOffered {
		note += "  …"
	}
	p.prompt.Note = draw.Line(note)
}
