package conversation

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/plaintext"
)

// describeTime is how long Zendesk may take to answer what was said on one ticket.
const describeTime = 15 * time.Second

// Describe completes the descriptions of stories that were just created from
// tickets. They have the tickets' own descriptions, which say nothing of a chat
// and have lost the tables, lists and links of an e-mail, so the first comment or
// the chat is read, with one request a ticket, or as many as a chat is long. A
// story that was described again or deleted meanwhile stays as it is, and so does
// the description of a ticket that cannot be read.
func (s *Service) Describe(ctx context.Context, made ...tracker.Story) {
	var lost error // why nothing more is asked
	for _, st := range made {
		if len(st.Tickets) == 0 {
			continue
		}
		in, t, err := s.views.LastSeen(ctx, st.Tickets[0].IntegrationID, st.Tickets[0].Ticket.ID)
		if err != nil || !kind.Of(in).Conversation || !flattened(t) {
			continue // what cannot be found out stays as it is
		}
		said, err := t.Description, lost
		if lost == nil {
			said, err = s.firstSaid(ctx, in, t)
		}
		if errors.Is(err, context.DeadlineExceeded) || slices.Contains([]tracker.Code{
			tracker.CodeUnavailable, tracker.CodeLimited, tracker.CodeUnauthorized,
		}, tracker.CodeOf(err)) {
			lost = err
		}
		if ctx.Err() != nil {
			return // the program ends
		}
		if err != nil && t.Messaging {
			said = strings.TrimSpace(said + "\n\n" + logProblem(err) + " Read them at " + t.URL)
		}
		if err := s.stories.CompleteDescription(ctx, st, said); err != nil {
			s.Log.Warn("a story keeps the plain description of its ticket", "story", st.ID, "error", err)
		}
	}
}

// flattened reports whether a ticket's description may lack something that was
// said: in a single line no table, list or quote was lost.
func flattened(t tracker.Ticket) bool {
	return t.Messaging || strings.Contains(strings.TrimSpace(t.Description), "\n")
}

// firstSaid is the first comment of a ticket as text, or all that was said in a
// chat; the ticket's own description where there is no more to learn, also
// beside an error.
func (s *Service) firstSaid(ctx context.Context, in tracker.Integration, t tracker.Ticket) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, describeTime)
	defer cancel()
	account, err := s.accounts.Account(ctx, in)
	if err != nil {
		return t.Description, err
	}
	if t.Messaging {
		log, _, err := readLog(ctx, account, t.ID, logPages)
		if said := transcript(t, log); said != "" {
			return said, nil
		}
		return t.Description, err
	}
	for page, err := range account.Comments(ctx, t.ID) {
		if err != nil || page.More || len(page.Comments) == 0 {
			return t.Description, err
		}
		first := page.Comments[len(page.Comments)-1]
		said := strings.TrimSpace(plaintext.FromHTML(first.HTML))
		if first.Cut {
			said += tracker.CutMark
		}
		return cmp.Or(said, t.Description), nil
	}
	return t.Description, nil
}
