package checkup

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/accounts"
	"storydesk/tracker/kernel"
	"storydesk/tracker/outbox"
	"storydesk/tracker/redact"
	"storydesk/tracker/stories"
	"storydesk/tracker/views"
)

// Service checks an installation.
type Service struct {
	*kernel.Kernel
	accounts *accounts.Service
	outbox   *outbox.Service
	views    *views.Service
	stories  *stories.Service
}

// New returns the checks of an installation.
func New(k *kernel.Kernel, a *accounts.Service, o *outbox.Service, v *views.Service, st *stories.Service) *Service {
	return &Service{Kernel: k, accounts: a, outbox: o, views: v, stories: st}
}

// Redactor returns one that knows what the integrations sign in with. A secret
// that cannot be read cannot be known; what looks like one is still taken out.
func (s *Service) Redactor(ctx context.Context) (redact.Redactor, error) {
	all, err := s.accounts.Integrations(ctx, 0)
	var secrets []string
	for _, in := range all {
		secret, unread := s.Secrets.Secret(ctx, in.ID)
		if unread != nil {
			s.Log.Debug("secret not read for a report", "integration", in.ID, "code", tracker.CodeOf(unread))
			continue
		}
		secrets = append(secrets, secret)
	}
	return redact.New(secrets...), err
}
