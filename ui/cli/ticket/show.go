package ticket

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/cli/delivery"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/usage"
)

// showing is what was asked of a ticket.
type showing struct {
	integration    string
	noConversation bool
}

func (c commands) show() *cobra.Command {
	var how showing
	cmd := &cobra.Command{
		Use: "show TICKET", Short: "Show a ticket and what became of it",
		Long: `Show a ticket as last seen, its stories with their states and owners, what was sent to
it and when, what happened on it since it was linked, and its conversation, which is read
from Zendesk now: the newest 100 comments and, of a chat, its messages. Where that fails
everything else is shown all the same. TICKET is its number, or the id that a feed gives it.`,
		Example: `storydesk ticket show 1042
storydesk ticket show 1042 --json | jq -r '.conversation.comments[-1].text'`, Args: usage.Takes("ticket"),
		RunE: c.InProject(func(ctx context.Context, s *opened, args []string) error { return c.printTicket(ctx, s, args[0], how) }),
	}
	usage.IntegrationFlag(cmd, &how.integration)
	cmd.Flags().BoolVar(&how.noConversation, "no-conversation", false, "leave out the conversation, and ask Zendesk for nothing")
	return cmd
}

// printTicket prints a ticket in full, also where its conversation cannot be read.
func (c commands) printTicket(ctx context.Context, s *opened, ref string, how showing) error {
	in, err := s.Service.Accounts.Integration(ctx, s.Project.ID, how.integration)
	if err != nil {
		return err
	}
	id, err := kind.ParseTicket(in, ref)
	if err != nil {
		return err
	}
	d, err := s.Service.Views.Ticket(ctx, in.ID, id)
	if err != nil {
		return err
	}
	var said *tracker.Conversation
	var unread error
	if !how.noConversation && kind.Of(in).Conversation {
		read, err := s.Service.Conversation.Read(ctx, in.ID, id, 1)
		if err == nil {
			said = &read
		} else {
			unread = fmt.Errorf("read the conversation: %w", err)
		}
	}
	shown := shownTicket{tracker.TicketRow{Ticket: d.Ticket, Stories: d.Stories, Unread: d.Unread, Aside: d.Aside}, in.Name}
	now := time.Now()
	whole := tickets(now)
	whole.Record = func(t shownTicket) any { return recordTicketDetail(t, d, said, now) }
	if err := output.Full(c.Printer(), whole, shown, ticketSheet(shown, d, said, now, unread)); err != nil {
		return err
	}
	return errors.Join(unread, s.Service.Views.SeeTicket(ctx, in.ID, id, &d))
}

func ticketSheet(t shownTicket, d tracker.TicketDetail, said *tracker.Conversation, now time.Time, unread error) output.Sheet {
	return output.Sheet{
		Title: kind.TicketLabel(t.Ticket) + " " + t.Subject,
		Fields: []output.Field{
			{"status", statusWords(t.Ticket)}, {"channel", t.Channel}, {"priority", t.Priority}, {"type", t.Type}, {"requester", t.Requester},
			{"organization", t.Organization}, {"tags", strings.Join(t.Tags, ", ")}, {"integration", t.integration},
			{"sla", slaWords(t.SLA, now)}, {"waiting", output.Age(now, t.WaitingSince())}, {"satisfaction", t.Satisfaction},
			{"created", output.Moment(t.CreatedAt)}, {"updated", output.Moment(kind.Updated(t.Ticket))}, {"solved", output.Moment(t.Progress.SolvedAt)}, {"stories", refs(t.Stories)}, {"aside", asideWords(t.Aside)}, {"url", t.URL},
		},
		Sections: []output.Field{
			{"Description", description(t, said)}, {"Linked stories", storyLines(d.Stories)}, {"Deliveries", deliveryLines(d.Deliveries)},
			{"Since it was linked", EventLines(d.Events)}, {conversationTitle(said), conversationLines(said, unread)},
		},
	}
}

// description is a ticket's text where the conversation does not begin with it.
func description(t shownTicket, said *tracker.Conversation) string {
	if said != nil && len(said.Comments) > 0 && !said.Older && said.Problem == "" {
		return ""
	}
	return t.Description
}

// storyLines says how a ticket's stories stand, and who owns them.
func storyLines(stories []tracker.StoryRef) string {
	var lines strings.Builder
	for _, s := range stories {
		fmt.Fprintf(&lines, "%s %s, %s, %s\n", s.ID, s.Name, s.State, cmp.Or(strings.Join(s.Owners, ", "), "no owner"))
	}
	return lines.String()
}

// deliveryLines says what was sent to a ticket and when, oldest first.
func deliveryLines(deliveries []tracker.Delivery) string {
	var lines strings.Builder
	for _, d := range slices.Backward(deliveries) {
		at := d.CreatedAt
		if d.DeliveredAt != nil {
			at = *d.DeliveredAt
		}
		fmt.Fprintf(&lines, "%s  %s\n", output.Moment(at), delivery.Presenter().Summary(d))
	}
	return lines.String()
}

// statusWords are a ticket's status and the account's own name of it.
func statusWords(t tracker.Ticket) string {
	if t.CustomStatus == "" {
		return string(t.Status)
	}
	return string(t.Status) + " (" + t.CustomStatus + ")"
}
