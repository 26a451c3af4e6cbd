package sandbox

import (
	"context"
	"slices"

	"storydesk/zendesk/sandbox/faults"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/requests"
	"storydesk/zendesk/sandbox/settings"
	"storydesk/zendesk/sandbox/world"
)

// Ticket returns a ticket as it is now; false when there never was one of that
// number, or it is deleted.
func (s *Sandbox) Ticket(id int64) (record.Ticket, bool) { return s.account.Ticket(id) }

// Comments lists a ticket's comments, oldest first; none when there is no such ticket.
func (s *Sandbox) Comments(id int64) []record.Comment { return s.account.Comments(id) }

// Audits lists the records of a ticket's updates, oldest first; none when
// there is no such ticket.
func (s *Sandbox) Audits(id int64) []record.Audit { return s.account.Audits(id) }

// Happened reports whether a ticket has this status and this has been said on it, as far
// as they are not empty.
func (s *Sandbox) Happened(id int64, status, said string) bool {
	t, ok := s.Ticket(id)
	return ok && (status == "" || t.Status == status) &&
		(said == "" || slices.ContainsFunc(s.Comments(id), func(c record.Comment) bool { return c.Body == said }))
}

// Edit changes a ticket as another agent. It fails when there is no such
// ticket, or the change cannot be saved.
func (s *Sandbox) Edit(e world.Edit) error { return s.account.Edit(e) }

// Generate adds so many generated tickets, unresolved and new to the account,
// to make a view as long as anybody wants. It fails beyond 100,000 in all.
func (s *Sandbox) Generate(count int) error { return s.account.Generate(count) }

// Settings returns the settings in force.
func (s *Sandbox) Settings() settings.Settings { return s.settings.Get() }

// Set puts settings in force. It fails on words that are none.
func (s *Sandbox) Set(o settings.Settings) error { return s.settings.Set(o) }

// Requests lists the last 10,000 requests of the API, oldest first.
func (s *Sandbox) Requests() []requests.Request { return s.requests.All() }

// AddFaults puts rules behind those in force. It fails on a rule that cannot
// work, and then adds none.
func (s *Sandbox) AddFaults(faults ...faults.Fault) error { return s.faults.Add(faults...) }

// Faults lists the rules in force; Skip and Times are what is left of them.
func (s *Sandbox) Faults() []faults.Fault { return s.faults.All() }

// ClearFaults drops all rules. Requests that are held stay held.
func (s *Sandbox) ClearFaults() { s.faults.Clear() }

// Held waits until a request has come to the hold of that name.
func (s *Sandbox) Held(ctx context.Context, name string) error { return s.faults.Held(ctx, name) }

// Release lets requests at the hold of that name go on, those to come too.
func (s *Sandbox) Release(name string) { s.faults.Release(name) }

// addRedirectURIs registers more addresses with the OAuth clients.
func (s *Sandbox) addRedirectURIs(uris ...string) { s.oauth.AddRedirects(uris...) }

// ExpireTokens ends all access tokens now; refresh tokens stay good.
func (s *Sandbox) ExpireTokens() { s.oauth.ExpireAll() }

// RevokeTokens ends all access and refresh tokens, as an admin does.
func (s *Sandbox) RevokeTokens() { s.oauth.RevokeAll() }

// AccessTokens lists the access tokens that are accepted now, in no order.
func (s *Sandbox) AccessTokens() []string { return s.oauth.Accepted() }
