// Package projects holds the use cases of projects, and which one is open.
package projects

import (
	"storydesk/tracker/kernel"
	"storydesk/tracker/settings"
	"storydesk/tracker/stories"
)

// Service is the use cases of projects.
type Service struct {
	*kernel.Kernel
	settings *settings.Service
	stories  *stories.Service
}

// New returns the use cases of projects.
func New(k *kernel.Kernel, s *settings.Service, st *stories.Service) *Service {
	return &Service{Kernel: k, settings: s, stories: st}
}
