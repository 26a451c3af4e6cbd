package dialog

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/pane"
)

// maxOffered is how many names are offered at most, maxNames how many of a folder are
// looked at.
const (
	maxOffered = 8
	maxNames   = 10_000
)

// UserPath is the path that a text means: without the quotes and backslashes that terminals
// put around a file dropped on them, and with ~ for the user's folder.
func UserPath(h *pane.Host, typed string) string {
	typed = strings.TrimSpace(typed)
	for _, quote := range []string{`'`, `"`} {
		if inner, ok := strings.CutPrefix(typed, quote); ok {
			return strings.TrimSuffix(inner, quote)
		}
	}
	if filepath.Separator != '\\' {
		typed = strings.ReplaceAll(typed, `\ `, " ")
	}
	if rest, ok := strings.CutPrefix(typed, "~"+string(filepath.Separator)); ok {
		if home := homeOf(h); home != "" {
			return filepath.Join(home, rest) + trailing(rest)
		}
	}
	return typed
}

// homeOf is the user's folder, empty where there is none.
func homeOf(h *pane.Host) string {
	if home := h.Getenv("HOME"); home != "" {
		return home
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return home
}

// trailing is the separator at the end of a path, which Join takes away.
func trailing(rest string) string {
	if rest == "" || os.IsPathSeparator(rest[len(rest)-1]) {
		return string(filepath.Separator)
	}
	return ""
}

// completion completes a path that is typed, from the names in its folder.
type completion struct {
	*Prompt
	// offers reports whether a file of a name can be chosen.
	offers func(name string) bool
	// text is what is typed, folder what was asked for last; names are those in it.
	text, folder string
	names        []string
}

// folderRead brings the names in a folder, those of folders with a slash.
type folderRead struct {
	folder string
	names  []string
}

// AnyFile offers all files.
func AnyFile(string) bool { return true }

// NewPathPrompt asks for a path, to be opened with [pane.Line]. Names in its folder are
// offered, and completed by the key for that: those of folders, and of files that offers
// takes.
func NewPathPrompt(h *pane.Host, label, value string, offers func(name string) bool, accept func(text string) tea.Cmd) *Prompt {
	p := NewPrompt(h, label, value, accept)
	c := &completion{Prompt: p, offers: offers, text: value}
	p.Complete, p.began, p.received = c.complete, func() tea.Cmd { return c.list(value) }, c.take
	p.Typed = func(text string) tea.Cmd {
		c.offer(text)
		return c.list(text)
	}
	return p
}

// list reads the folder that a text stands in, where it is another than before.
func (c *completion) list(text string) tea.Cmd {
	folder, _ := filepath.Split(UserPath(c.Host, text))
	if folder == c.folder && c.names != nil {
		return nil
	}
	c.folder, c.names = folder, []string{}
	offers := c.offers
	return c.Do(func(context.Context) tea.Msg { return folderRead{folder, namesIn(folder, offers)} })
}

// namesIn lists the folders and files that are offered.
func namesIn(folder string, offers func(name string) bool) []string {
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
		case offers(name):
			names = append(names, name)
		}
	}
	return names
}

// take takes the names of the folder that was asked for last.
func (c *completion) take(msg tea.Msg) {
	if read, ok := msg.(folderRead); ok && read.folder == c.folder {
		c.names = read.names
		c.offer(c.text)
	}
}

// matches are the names that a text can be completed to, and the part of the name that
// is typed. Hidden ones are only found by their dot.
func (c *completion) matches(text string) (part string, names []string) {
	folder, part := filepath.Split(UserPath(c.Host, text))
	if folder != c.folder {
		return part, nil
	}
	for _, name := range c.names {
		if strings.HasPrefix(name, part) && (part != "" || !strings.HasPrefix(name, ".")) {
			names = append(names, name)
		}
	}
	return part, names
}

// complete completes a text as far as all names go that it can become.
func (c *completion) complete(text string) string {
	part, names := c.matches(text)
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
func (c *completion) offer(text string) {
	c.text = text
	_, names := c.matches(text)
	note := strings.Join(names[:min(len(names), maxOffered)], "  ")
	if len(names) > maxOffered {
		note += "  …"
	}
	c.Note = draw.Line(note)
}
