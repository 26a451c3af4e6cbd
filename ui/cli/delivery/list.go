package delivery

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/usage"
)

// listing is which deliveries are listed: of each flag one value must be theirs.
type listing struct {
	stories, tickets, integrations, states []string
	limit                                  int
}

func (c commands) list() *cobra.Command {
	var l listing
	cmd := &cobra.Command{
		Use: "list", Short: "List the deliveries, newest first",
		Example: `storydesk delivery list --state waiting,parked
storydesk delivery list --ticket 1039 --integration "Support EU"
storydesk delivery list --story 14,15 --limit 20 --json`, Args: usage.Takes(),
		RunE: c.With(func(ctx context.Context, s *opened, _ []string) error {
			query, err := l.query(ctx, s)
			if err != nil {
				return err
			}
			list, err := s.Service.Outbox.Deliveries(ctx, query)
			if err != nil {
				return err
			}
			how := Presenter()
			if c.Flags.JSON {
				ids := make([]tracker.DeliveryID, len(list))
				for i, d := range list {
					ids[i] = d.ID
				}
				attempts, err := s.Service.Outbox.Attempts(ctx, ids...)
				if err != nil {
					return err
				}
				how = withAttempts(attempts)
			}
			return output.List(c.Printer(), how, list)
		}),
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&l.stories, "story", nil, "only deliveries of these stories, separated by commas")
	flags.StringSliceVar(&l.tickets, "ticket", nil, "only deliveries to the tickets with these numbers")
	flags.StringSliceVar(&l.integrations, "integration", nil, "only deliveries of these integrations, by name or id")
	flags.StringSliceVar(&l.states, "state", nil, "only deliveries in these states: "+tracker.OneOf(tracker.DeliveryStates()))
	flags.IntVar(&l.limit, "limit", 0, "at most this many, 0 for all")
	usage.Choices(cmd, "state", usage.PlainWords(tracker.DeliveryStates())...)
	return cmd
}

// query reads the flags.
func (l listing) query(ctx context.Context, s *opened) (q tracker.DeliveryQuery, err error) {
	if l.limit < 0 {
		return q, tracker.Invalid("limit", "--limit takes a number of deliveries, 0 for all")
	}
	q.Limit = l.limit
	if q.Stories, err = usage.ParseAll(l.stories, tracker.ParseStoryID); err != nil {
		return q, err
	}
	if q.TicketIDs, err = usage.ParseAll(l.tickets, tracker.ParseTicketID); err != nil {
		return q, err
	}
	if q.States, err = usage.ParseAll(l.states, parseState); err != nil {
		return q, err
	}
	if len(l.integrations) == 0 {
		return q, nil
	}
	all, err := s.Service.Accounts.Integrations(ctx, 0)
	for _, ref := range l.integrations {
		found := named(all, ref)
		if len(found) == 0 && err == nil {
			err = &tracker.Error{
				Code: tracker.CodeNotFound, Field: "integration", Reason: tracker.ReasonUnknownIntegration, Message: "there is no integration " + strconv.Quote(ref),
			}
		}
		q.Integrations = append(q.Integrations, found...)
	}
	return q, err
}

func parseState(text string) (tracker.DeliveryState, error) {
	state := tracker.DeliveryState(text)
	if !slices.Contains(tracker.DeliveryStates(), state) {
		return "", tracker.Invalid("state", "%q is not a state: use %s", text, tracker.OneOf(tracker.DeliveryStates()))
	}
	return state, nil
}

// named are the integrations with a name, one in each project at most, else the one
// with that id.
func named(all []tracker.Integration, ref string) (ids []tracker.IntegrationID) {
	for _, in := range all {
		if tracker.SameName(in.Name, ref) {
			ids = append(ids, in.ID)
		}
	}
	for _, in := range all {
		if len(ids) == 0 && strconv.FormatInt(int64(in.ID), 10) == strings.TrimSpace(ref) {
			return []tracker.IntegrationID{in.ID}
		}
	}
	return ids
}
