package views

import (
	"context"
	"sync"

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

// feedVersions are those of the feeds that this process read. They are safe for
// concurrent use.
type feedVersions struct {
	mu sync.Mutex
	of map[tracker.IntegrationID]feedVersion
}

// known is the version of a feed whose items are those of the last reading; empty where
// that is not known.
func (v *feedVersions) known(in tracker.Integration, last tracker.Fetch) kind.Version {
	v.mu.Lock()
	defer v.mu.Unlock()
	is := v.of[in.ID]
	if last.Partial || last.Problem != "" || last.FinishedAt.IsZero() || is != (feedVersion{is.version, last.ID, in.URL, in.Host, in.Email}) {
		return ""
	}
	return is.version
}

func (v *feedVersions) keep(in tracker.Integration, last tracker.Fetch, version kind.Version) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.of == nil {
		v.of = map[tracker.IntegrationID]feedVersion{}
	}
	v.of[in.ID] = feedVersion{version, last.ID, in.URL, in.Host, in.Email}
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
			if err := r.begin(context.WithoutCancel(ctx), s, always); err != nil {
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
	s.versions.keep(r.in, r.fetch, version)
	return nil
}
