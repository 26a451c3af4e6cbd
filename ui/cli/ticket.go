package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
)

// ticketCommands are the commands on tickets.
type ticketCommands struct{ *app }

func (c ticketCommands) group() *cobra.Command {
	return group("ticket", "Tickets of the integrations' views", c.list(), c.show())
}

// shownTicket is a ticket with the name of the integration that shows it.
type shownTicket struct {
	tracker.TicketRow
	integration string
}

func tickets() output.Presenter[shownTicket] {
	return output.Presenter[shownTicket]{
		None: "no tickets", Record: recordTicket,
		Columns: []string{"TICKET", "STATUS", "TYPE", "UPDATED", "STORIES", "SUBJECT"},
		Cells: func(t shownTicket) []string {
			return []string{t.ID.String(), string(t.Status), t.Type, day(t.UpdatedAt), refs(t.Stories), t.Subject}
		},
		Summary: func(t shownTicket) string { return t.ID.String() + " " + t.Subject },
	}
}

func refs(stories []tracker.StoryRef) string {
	list := make([]string, len(stories))
	for i, ref := range stories {
		list[i] = ref.ID.String()
	}
	return strings.Join(list, " ")
}

func (c ticketCommands) list() *cobra.Command {
	var integration, search, sort string
	var refresh bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the tickets of the views",
		Long: `List the tickets of the active integrations' views as last loaded. Views that were
never loaded are loaded now; --refresh loads all of them again.`,
		Example: `storydesk ticket list --integration Support --refresh --json
storydesk ticket list --search "status:new,open priority:urgent linked:no"`, Args: takes(),
		RunE: c.inProject(func(ctx context.Context, s *session, _ []string) error {
			query, err := s.Stories.ParseQuery(tracker.SearchTickets, search)
			if err != nil {
				return err
			}
			order, err := tracker.ParseTicketOrder(sort)
			if err != nil {
				return err
			}
			shown, err := s.panels(ctx, integration)
			if err != nil {
				return err
			}
			var list []shownTicket
			var failed error
			for _, in := range shown {
				panel, err := s.readPanel(ctx, in, refresh)
				failed = errors.Join(failed, err)
				order.Sort(panel.Tickets)
				for _, row := range panel.Tickets {
					if query.Matches(row, row.SearchText()) {
						list = append(list, shownTicket{row, in.Name})
					}
				}
			}
			if failed != nil && len(list) == 0 {
				return failed
			}
			return errors.Join(failed, output.List(c.out(), tickets(), list))
		}),
	}
	cmd.Flags().StringVar(&integration, "integration", "", "only the tickets of this integration, by name or id")
	cmd.Flags().StringVar(&search, "search", "", searchUsage(tracker.SearchTickets))
	cmd.Flags().StringVar(&sort, "sort", string(tracker.OrderView), "order of each integration's tickets: "+joinWords(tracker.TicketOrders()))
	choices(cmd, "sort", plainWords(tracker.TicketOrders())...)
	cmd.Flags().BoolVar(&refresh, "refresh", false, "refresh the views from Zendesk first")
	return cmd
}

// panels are the integrations whose tickets are listed: the named one, else
// all that are active in the project.
func (s *session) panels(ctx context.Context, name string) ([]tracker.Integration, error) {
	if name != "" {
		in, err := s.Accounts.Integration(ctx, s.project.ID, name)
		return []tracker.Integration{in}, err
	}
	all, err := s.Accounts.Integrations(ctx, s.project.ID)
	if err != nil {
		return nil, err
	}
	var active []tracker.Integration
	for _, in := range all {
		if in.Active {
			active = append(active, in)
		}
	}
	if len(active) == 0 {
		// It says what to do.
		_, err = s.Accounts.Integration(ctx, s.project.ID, "")
	}
	return active, err
}

// readPanel reads an integration's cached tickets, after reading its view if
// that is wanted or was never done. What is cached comes with an error, too.
func (s *session) readPanel(ctx context.Context, in tracker.Integration, refresh bool) (tracker.TicketList, error) {
	panel, err := s.Views.Tickets(ctx, in.ID)
	if err != nil || !refresh && panel.Fetch.ID != 0 {
		return panel, err
	}
	failed := s.Views.RefreshView(ctx, in.ID)
	panel, err = s.Views.Tickets(ctx, in.ID)
	return panel, errors.Join(failed, err)
}

func (c ticketCommands) show() *cobra.Command {
	var integration string
	cmd := &cobra.Command{
		Use: "show TICKET", Short: "Show a ticket as last seen", Example: "storydesk ticket show 1042", Args: takes("ticket"),
		RunE: c.inProject(func(ctx context.Context, s *session, args []string) error {
			id, err := tracker.ParseTicketID(args[0])
			if err != nil {
				return err
			}
			in, err := s.Accounts.Integration(ctx, s.project.ID, integration)
			if err != nil {
				return err
			}
			d, err := s.Views.Ticket(ctx, in.ID, id)
			if err != nil {
				return err
			}
			shown := shownTicket{tracker.TicketRow{Ticket: d.Ticket, Stories: d.Stories}, in.Name}
			whole := tickets()
			whole.Record = recordTicketDetail
			return output.Full(c.out(), whole, shown, ticketSheet(shown))
		}),
	}
	integrationFlag(cmd, &integration)
	return cmd
}

func ticketSheet(t shownTicket) output.Sheet {
	return output.Sheet{
		Title: t.ID.String() + " " + t.Subject,
		Fields: []output.Field{
			{"status", statusWords(t.Ticket)}, {"channel", t.Channel}, {"priority", t.Priority}, {"type", t.Type}, {"requester", t.Requester},
			{"organization", t.Organization}, {"tags", strings.Join(t.Tags, ", ")}, {"integration", t.integration},
			{"created", moment(t.CreatedAt)}, {"updated", moment(t.UpdatedAt)}, {"stories", refs(t.Stories)}, {"url", t.URL},
		},
		Sections: []output.Field{{"Description", t.Description}},
	}
}

// statusWords are a ticket's status and the account's own name of it.
func statusWords(t tracker.Ticket) string {
	if t.CustomStatus == "" {
		return string(t.Status)
	}
	return string(t.Status) + " (" + t.CustomStatus + ")"
}

// integrationFlag lets a command say which integration's ticket is meant.
func integrationFlag(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "integration", "", "the ticket's integration by name or id, where several accounts have one")
}
