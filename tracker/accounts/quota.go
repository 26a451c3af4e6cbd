package accounts

import "storydesk/tracker"

// Quota is what an account last told of its limits, to any of its integrations.
func (s *opened) Quota(host string) tracker.Quota {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, open := range s.accounts {
		if open.host == host {
			return open.account.Quota()
		}
	}
	return tracker.Quota{}
}

// Requests returns how many requests an account still takes for now, as far as it
// said to any of its integrations.
func (s *opened) Requests(host string) tracker.Allowance { return s.Quota(host).Requests }
