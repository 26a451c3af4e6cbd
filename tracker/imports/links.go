package imports

import (
	"context"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// linker finds the tickets that texts name by their addresses.
type linker struct {
	s *Service
	// byHost are the integrations, by their account's host and by that of their address.
	byHost  map[string]tracker.Integration
	pattern *regexp.Regexp
}

func (s *Service) newLinker(list []tracker.Integration) *linker {
	l := &linker{s: s, byHost: map[string]tracker.Integration{}, pattern: ticketAddress()}
	for _, in := range list {
		l.byHost[strings.ToLower(in.Host)] = in
		if base, err := url.Parse(in.URL); err == nil && base.Host != "" {
			l.byHost[strings.ToLower(base.Host)] = in
		}
	}
	return l
}

// ticketAddress matches the address of a ticket, as agents and as customers see it.
func ticketAddress() *regexp.Regexp {
	return regexp.MustCompile(`(?i)https?://([a-z0-9.-]+(?::\d+)?)/(?:agent/(?:#/)?tickets|tickets|(?:hc/[a-z-]+/)?requests)/(\d{1,15})\b`)
}

// in lists the tickets of integrations whose addresses stand in a text.
func (l *linker) in(text string) []tracker.Link {
	if len(l.byHost) == 0 || !strings.Contains(text, "://") {
		return nil
	}
	var list []tracker.Link
	for _, found := range l.pattern.FindAllStringSubmatch(text, -1) {
		in, ok := l.byHost[strings.ToLower(found[1])]
		id, err := strconv.ParseInt(found[2], 10, 64)
		if ok && err == nil && id > 0 {
			list = append(list, l.to(in, tracker.TicketID(id)))
		}
	}
	return list
}

func (l *linker) to(in tracker.Integration, id tracker.TicketID) tracker.Link {
	return tracker.Link{
		Ticket: tracker.TicketKey{Host: in.Host, ID: id}, IntegrationID: in.ID, Integration: in.Name,
		URL: l.s.Zendesk.TicketURL(in.URL, id), CreatedAt: l.s.Now(),
	}
}

// link links a story to the tickets that its record and its description name.
func (p *pass) link(from transfer.Story, st tracker.Story) error {
	list := p.links.in(st.Description)
	for _, t := range from.Tickets {
		if in, ok := p.links.byHost[strings.ToLower(t.Host)]; ok {
			list = append(list, p.links.to(in, tracker.TicketID(t.ID)))
			continue
		}
		list = append(list, tracker.Link{Ticket: tracker.TicketKey{Host: t.Host, ID: tracker.TicketID(t.ID)}, URL: t.URL, CreatedAt: p.s.Now()})
	}
	return p.insert(st, list)
}

// insert makes the links that a story does not have.
func (p *pass) insert(st tracker.Story, list []tracker.Link) error {
	have := map[tracker.TicketKey]bool{}
	for _, l := range st.Tickets {
		have[l.Ticket] = true
	}
	for _, l := range list {
		if have[l.Ticket] {
			p.count(transfer.Links, transfer.Count{Read: 1, Same: 1})
			continue
		}
		have[l.Ticket] = true
		p.count(transfer.Links, transfer.Count{Read: 1, Added: 1})
		if p.w == nil {
			continue
		}
		l.StoryID = st.ID
		if err := p.w.AddLink(&l); err != nil {
			return err
		}
	}
	return nil
}

// Relink links a project's stories to the tickets whose addresses stand in their
// descriptions, where an integration with that account exists by now. It returns how
// many links that made. Nothing is sent.
func (s *Service) Relink(ctx context.Context, project tracker.ProjectID) (made int, err error) {
	err = s.Write(ctx, tracker.HintStories|tracker.HintTickets, func(w tracker.Writer) error {
		p, err := s.newPass(ctx, w, transfer.Options{Project: project}, nil)
		if err != nil {
			return err
		}
		p.w = w
		stories, err := w.Stories(project)
		if err != nil {
			return err
		}
		for _, st := range stories {
			before := p.counts[transfer.Links].Added
			if err := p.insert(st, p.links.in(st.Description)); err != nil {
				return err
			}
			if n := p.counts[transfer.Links].Added - before; n > 0 {
				p.note(st.ID, []tracker.FieldChange{{Field: "tickets", New: strconv.Itoa(len(st.Tickets) + n)}})
			}
		}
		made = p.counts[transfer.Links].Added
		return p.history()
	})
	return made, err
}
