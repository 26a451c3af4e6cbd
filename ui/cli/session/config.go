package session

import (
	"os"

	"storydesk/tracker/kernel"
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
func (s *Session) choices() kernel.Choices {
	if s.Config == nil {
		return nil // an interface that holds a nil pointer would not be nil
	}
	return s.Config
}
