package conversation

import (
	"storydesk/tracker/accounts"
	"storydesk/tracker/kernel"
	"storydesk/tracker/stories"
	"storydesk/tracker/views"
)

// Service reads what was said on tickets.
type Service struct {
	*kernel.Kernel
	accounts *accounts.Service
	views    *views.Service
	stories  *stories.Service
	turns    *turns
}

// New returns the reading of what was said on tickets.
func New(k *kernel.Kernel, a *accounts.Service, v *views.Service, st *stories.Service) *Service {
	return &Service{Kernel: k, accounts: a, views: v, stories: st, turns: newTurns()}
}
