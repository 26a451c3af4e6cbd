package ticket

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

// commands are the commands on tickets.
type commands struct{ runner }

// Group returns the commands on tickets.
func Group(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	return usage.Group("ticket", "Tickets of the integrations' views", c.list(), c.show())
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
			return []string{t.ID.String(), string(t.Status), t.Type, output.Day(t.UpdatedAt), refs(t.Stories), t.Subject}
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

func (c commands) list() *cobra.Command {
	var integration, wanted, sort string
	var refresh bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the tickets of the views",
		Long: `List the tickets of the active integrations' views as last loaded. Views that were
never loaded are loaded now; --refresh loads all of them again.`,
		Example: `storydesk ticket list --integration Support --refresh --json
storydesk ticket list --search "status:new,open priority:urgent linked:no"`, Args: usage.Takes(),
		RunE: c.InProject(func(ctx context.Context, s *opened, _ []string) error {
			query, err := s.Service.Stories.ParseQuery(search.Tickets, wanted)
			if err != nil {
				return err
			}
			order, err := tracker.ParseTicketOrder(sort)
			if err != nil {
				return err
			}
			shown, err := Panels(ctx, s.Service.Accounts, s.Project.ID, integration)
			if err != nil {
				return err
			}
			var list []shownTicket
			var failed error
			for _, in := range shown {
				panel, err := readPanel(ctx, s, in, refresh)
				failed = errors.Join(failed, err)
				search.Sort(order, panel.Tickets)
				for _, row := range panel.Tickets {
					if query.Matches(search.Ticket(&row)) {
						list = append(list, shownTicket{row, in.Name})
					}
				}
			}
			if failed != nil && len(list) == 0 {
				return failed
			}
			return errors.Join(failed, output.List(c.Printer(), tickets(), list))
		}),
	}
	cmd.Flags().StringVar(&integration, "integration", "", "only the tickets of this integration, by name or id")
	cmd.Flags().StringVar(&wanted, "search", "", usage.Search(search.Tickets))
	cmd.Flags().StringVar(&sort, "sort", string(tracker.OrderView), "order of each integration's tickets: "+tracker.OneOf(tracker.TicketOrders()))
	usage.Choices(cmd, "sort", usage.PlainWords(tracker.TicketOrders())...)
	cmd.Flags().BoolVar(&refresh, "refresh", false, "refresh the views from Zendesk first")
	return cmd
}

// Panels are the integrations whose tickets are listed: the named one, else
// all that are active in the project.
func Panels(ctx context.Context, accounts Accounts, project tracker.ProjectID, name string) ([]tracker.Integration, error) {
	if name != "" {
		in, err := accounts.Integration(ctx, project, name)
		return []tracker.Integration{in}, err
	}
	all, err := accounts.Integrations(ctx, project)
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
		_, err = accounts.Integration(ctx, project, "")
	}
	return active, err
}

// readPanel reads an integration's cached tickets, after reading its view if
// that is wanted or was never done. What is cached comes with an error, too.
func readPanel(ctx context.Context, s *opened, in tracker.Integration, refresh bool) (tracker.TicketList, error) {
	panel, err := s.Service.Views.Tickets(ctx, in.ID)
	if err != nil || !refresh && panel.Fetch.ID != 0 {
		return panel, err
	}
	failed := s.Service.Views.RefreshView(ctx, in.ID)
	panel, err = s.Service.Views.Tickets(ctx, in.ID)
	return panel, errors.Join(failed, err)
}

func (c commands) show() *cobra.Command {
	var integration string
	cmd := &cobra.Command{
		Use: "show TICKET", Short: "Show a ticket as last seen", Example: "storydesk ticket show 1042", Args: usage.Takes("ticket"),
		RunE: c.InProject(func(ctx context.Context, s *opened, args []string) error {
			id, err := tracker.ParseTicketID(args[0])
			if err != nil {
				return err
			}
			in, err := s.Service.Accounts.Integration(ctx, s.Project.ID, integration)
			if err != nil {
				return err
			}
			d, err := s.Service.Views.Ticket(ctx, in.ID, id)
			if err != nil {
				return err
			}
			shown := shownTicket{tracker.TicketRow{Ticket: d.Ticket, Stories: d.Stories}, in.Name}
			whole := tickets()
			whole.Record = recordTicketDetail
			return output.Full(c.Printer(), whole, shown, ticketSheet(shown))
		}),
	}
	usage.IntegrationFlag(cmd, &integration)
	return cmd
}

func ticketSheet(t shownTicket) output.Sheet {
	return output.Sheet{
		Title: t.ID.String() + " " + t.Subject,
		Fields: []output.Field{
			{"status", statusWords(t.Ticket)}, {"channel", t.Channel}, {"priority", t.Priority}, {"type", t.Type}, {"requester", t.Requester},
			{"organization", t.Organization}, {"tags", strings.Join(t.Tags, ", ")}, {"integration", t.integration},
			{"created", output.Moment(t.CreatedAt)}, {"updated", output.Moment(t.UpdatedAt)}, {"stories", refs(t.Stories)}, {"url", t.URL},
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
