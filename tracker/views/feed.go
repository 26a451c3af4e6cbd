package views

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/kind"
)

// feedVersion is that of a feed when this process read it last.
type feedVersion struct {
	version kind.Version
	// fetch is that reading: another one since then, of another process, may have been of
	// another version.
	fetch int64
	// url, base and user are what was asked.
	url, base, user string
}

// versionOf is the version of a feed whose items are those of the last reading; empty
// where that is not known.
func (s *Service) versionOf(in tracker.Integration, last tracker.Fetch) kind.Version {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.versions[in.ID]
	if last.Partial || last.Problem != "" || last.FinishedAt.IsZero() || v != (feedVersion{v.version, last.ID, in.URL, in.Host, in.Email}) {
		return ""
	}
	return v.version
}

func (s *Service) keepVersion(in tracker.Integration, last tracker.Fetch, v kind.Version) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.versions[in.ID] = feedVersion{v, last.ID, in.URL, in.Host, in.Email}
}

// readFeed saves the items of a feed as they come; nothing where it is as it was when it
// was read last. A feed is read anew from its beginning: where it broke off it cannot go on.
func readFeed(ctx context.Context, s *Service, r *viewReading) error {
	var version kind.Version
	for page, err := range s.accounts.Items(ctx, r.in, r.since) {
		switch {
		case err != nil:
			return err
		case page.Unchanged:
			return nil
		}
		if r.since != "" { // what is there goes, as far as it is not in the feed any more
			r.since = ""
			if err := s.beginFetch(context.WithoutCancel(ctx), r); err != nil {
				return err
			}
		}
		for _, t := range page.Items {
			r.seen[t.ID] = true
		}
		err = s.Write(context.WithoutCancel(ctx), tracker.HintTickets, func(w tracker.Writer) error { return w.SaveTickets(r.fetch, page.Items) })
		if err != nil {
			return err
		}
		version = page.Version
	}
	r.fetch.Total = len(r.seen)
	s.keepVersion(r.in, r.fetch, version)
	return nil
}
