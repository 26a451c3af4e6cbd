package ticket

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/kind"
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
	return usage.Group("ticket", "Tickets of the integrations' views", c.list(), c.show(), c.dismiss(), c.snooze(), c.restore())
}

// shownTicket is a ticket with the name of the integration that shows it.
type shownTicket struct {
	tracker.TicketRow
	integration string
}

func tickets(now time.Time, columns ...columnName) output.Presenter[shownTicket] {
	how := output.Presenter[shownTicket]{
		None: "no tickets", Record: func(t shownTicket) any { return ticketRecordOf(t, now) },
		Cells: func(t shownTicket) []string {
			cells := make([]string, len(columns))
			for i, c := range columns {
				cells[i] = c.cell(t, now)
			}
			return cells
		},
		Summary: func(t shownTicket) string { return kind.TicketLabel(t.Ticket) + " " + t.Subject },
	}
	for _, c := range columns {
		how.Columns = append(how.Columns, c.header())
	}
	return how
}

func refs(stories []tracker.StoryRef) string {
	list := make([]string, len(stories))
	for i, ref := range stories {
		list[i] = ref.ID.String()
	}
	return strings.Join(list, " ")
}

// listing is what was asked of the list of tickets.
type listing struct {
	integration, search, sort string
	columns                   []string
	unread, refresh           bool
	// toAnswer lists the tickets whose stories are all accepted and which are not solved.
	toAnswer           bool
	dismissed, snoozed bool
}

func (c commands) list() *cobra.Command {
	var l listing
	cmd := &cobra.Command{
		Use: "list", Short: "List the tickets of the views",
		Long: `List the tickets of the active integrations' views as last loaded. Views that were
never loaded are loaded now; --refresh loads all of them again.`,
		Example: `storydesk ticket list --integration Support --refresh --json
storydesk ticket list --search "status:new,open priority:urgent linked:no"
storydesk ticket list --new --sort sla --columns number,priority,organisation,subject`, Args: usage.Takes(),
		RunE: c.InProject(func(ctx context.Context, s *opened, _ []string) error { return c.printList(ctx, s, l) }),
	}
	cmd.Flags().StringVar(&l.integration, "integration", "", "only the tickets of this integration, by name or id")
	cmd.Flags().StringVar(&l.search, "search", "", usage.Search(search.Tickets))
	cmd.Flags().BoolVar(&l.unread, "new", false, "only tickets that are new or changed since you looked at them")
	cmd.Flags().BoolVar(&l.toAnswer, "to-answer", false, "tickets whose stories are all accepted but which are still open, pending or on hold, as by --search '"+search.ToAnswerTerms()+"', in the views or not; longest waiting first")
	cmd.Flags().BoolVar(&l.dismissed, "dismissed", false, "only tickets that were dismissed; others leave them out")
	cmd.Flags().BoolVar(&l.snoozed, "snoozed", false, "only tickets that are snoozed; others leave them out")
	cmd.Flags().StringVar(&l.sort, "sort", string(tracker.OrderView), "order of each integration's tickets: "+tracker.OneOf(search.TicketOrders()))
	usage.Choices(cmd, "sort", usage.PlainWords(search.TicketOrders())...)
	cmd.Flags().StringSliceVar(&l.columns, "columns", nil, "columns to print, separated by commas: "+tracker.OneOf(columnNames()))
	usage.Choices(cmd, "columns", usage.PlainWords(columnNames())...)
	cmd.Flags().BoolVar(&l.refresh, "refresh", false, "refresh the views from Zendesk first")
	return cmd
}

func (c commands) printList(ctx context.Context, s *opened, l listing) error {
	query, err := s.Service.Stories.ParseQuery(search.Tickets, l.search+asideTerm(l.dismissed, l.snoozed))
	if err != nil {
		return err
	}
	query = query.In(s.Project)
	order, err := l.order()
	if err != nil {
		return err
	}
	columns, err := parseColumns(l.columns, order)
	if err != nil {
		return err
	}
	shown, err := Panels(ctx, s.Service.Accounts, s.Project.ID, l.integration)
	if err != nil {
		return err
	}
	var list []shownTicket
	var failed error
	listed := make(map[tracker.TicketKey]bool) // two views of an account have the same ones to answer
	for _, in := range shown {
		rows, err := readRows(ctx, s, in, l)
		failed = errors.Join(failed, err)
		search.Sort(order, rows)
		for _, row := range rows {
			again := l.toAnswer && listed[row.TicketKey]
			if query.Matches(search.Ticket(&row)) && (row.Unread || !l.unread) && !again {
				list = append(list, shownTicket{row, in.Name})
				listed[row.TicketKey] = true
			}
		}
	}
	if failed != nil && len(list) == 0 {
		return failed
	}
	return errors.Join(failed, output.List(c.Printer(), tickets(time.Now(), columns...), list))
}

// order is the order of the tickets: as they were read where none was chosen.
func (l listing) order() (tracker.TicketOrder, error) {
	if l.toAnswer && l.sort == string(tracker.OrderView) {
		return tracker.OrderWaiting, nil
	}
	return search.ParseTicketOrder(l.sort)
}

// readRows reads the tickets of an integration's view, or those to be answered.
func readRows(ctx context.Context, s *opened, in tracker.Integration, l listing) ([]tracker.TicketRow, error) {
	panel, err := readPanel(ctx, s, in, l.refresh)
	if !l.toAnswer {
		return panel.Tickets, err
	}
	due, failed := s.Service.Views.ToAnswer(ctx, in.ID)
	return due, errors.Join(err, failed)
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
