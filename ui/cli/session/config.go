package session

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/ui/config"
)

// ConfigFile returns the user's config file, nil where none is read.
func (p *Program) ConfigFile() *config.File {
	if p.ConfigFolder == "" {
		return nil
	}
	return &config.File{Path: config.Path(os.Getenv, p.ConfigFolder), Vocabulary: config.Vocabulary{Keys: p.Keys}}
}

// choices is the file as the use cases know it.
func (s *Opened) choices() tracker.Choices {
	if s.Config == nil {
		return nil // an interface that holds a nil pointer would not be nil
	}
	return s.Config
}

// Configured is what the config file said when it was first asked, as far as it is right.
func (p *Program) Configured() config.Config {
	f := p.ConfigFile()
	if f == nil {
		return config.Config{}
	}
	if p.configured != nil {
		return *p.configured
	}
	c, _ := config.Load(f.Path, f.Vocabulary) // the check and the board list the problems
	if home, err := os.UserHomeDir(); err == nil {
		if rest, found := strings.CutPrefix(c.Database, "~"+string(filepath.Separator)); found {
			c.Database = filepath.Join(home, rest)
		}
	}
	p.configured = &c
	return c
}

// Grace is how long a private comment from the board waits before it is sent.
func (p *Program) Grace() time.Duration { return cmp.Or(p.Configured().Grace, tracker.DefaultGrace) }

// ConfigNotice says on the board that parts of the config file are not used;
// empty when all is right.
func (p *Program) ConfigNotice() string {
	f := p.ConfigFile()
	if f == nil {
		return ""
	}
	f.Vocabulary.LookPath = exec.LookPath
	_, problems := config.Load(f.Path, f.Vocabulary)
	if !slices.ContainsFunc(problems, func(p config.Problem) bool { return !p.Advice }) {
		return ""
	}
	return "config: defaults used for what is wrong, see storydesk config check"
}
