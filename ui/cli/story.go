package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/conversation"
	"storydesk/ui/cli/output"
	"storydesk/ui/present"
)

// storyCommands are the commands on stories.
type storyCommands struct{ *app }

func stories() output.Presenter[tracker.Story] {
	return output.Presenter[tracker.Story]{
		None: "no stories", Record: recordStory,
		Columns: []string{"STORY", "COLUMN", "#", "TYPE", "STATE", "POINTS", "TICKETS", "OWNERS", "NAME"},
		Cells: func(st tracker.Story) []string {
			return []string{
				st.ID.String(), string(st.Column), strconv.Itoa(st.Position), string(st.Type), string(st.State), points(st),
				links(st), strings.Join(st.Owners, ", "), st.Name,
			}
		},
		Summary: func(st tracker.Story) string {
			line := fmt.Sprintf("%s %s, %s %d", st.ID, st.State, st.Column, st.Position)
			if st.Estimate != nil {
				line += ", points " + points(st)
			}
			if len(st.Tasks) > 0 {
				line += ", tasks " + progress(st)
			}
			if len(st.Tickets) > 0 {
				line += ", " + links(st)
			}
			return line + ": " + st.Name
		},
	}
}

func points(st tracker.Story) string {
	if st.Estimate == nil {
		return ""
	}
	return tracker.FormatPoints(*st.Estimate)
}

// progress counts a story's tasks, such as 2/5.
func progress(st tracker.Story) string {
	return fmt.Sprintf("%d/%d", st.TasksDone(), len(st.Tasks))
}

// deadline is the day on which a release is due, empty for none.
func deadline(st tracker.Story) string {
	if st.Deadline == nil {
		return ""
	}
	return st.Deadline.Format(time.DateOnly)
}

func links(st tracker.Story) string {
	list := make([]string, len(st.Tickets))
	for i, l := range st.Tickets {
		list[i] = l.Ticket.ID.String()
	}
	return strings.Join(list, " ")
}

func (c storyCommands) group() *cobra.Command {
	commands := []*cobra.Command{c.add(), c.list(), c.show(), c.move()}
	for _, action := range []tracker.Action{
		tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept, tracker.Reject, tracker.Restart,
	} {
		commands = append(commands, c.transition(action))
	}
	commands = append(commands, c.estimate(), c.comment(), c.link(), c.unlink(), c.edit(), taskCommands(c).group(),
		c.delete(), c.restore(), c.purge())
	return group("story", "Stories of the Backlog and the Icebox", commands...)
}

func parseColumn(field, text string, columns ...tracker.Column) (tracker.Column, error) {
	if c := tracker.Column(strings.ToLower(text)); slices.Contains(columns, c) {
		return c, nil
	}
	return "", tracker.Invalid(field, "%q is not a column: use %s", text, joinWords(columns))
}

func (c storyCommands) list() *cobra.Command {
	var column, search string
	var deleted bool
	columns := []tracker.Column{tracker.Backlog, tracker.Icebox, tracker.Done}
	cmd := &cobra.Command{
		Use: "list", Short: "List the project's stories in the board's order",
		Example: `storydesk story list --column icebox --search "export csv"
storydesk story list --search "owner:me state:started,finished -label:later"`, Args: takes(),
	}
	cmd.RunE = c.inProject(func(ctx context.Context, s *session, _ []string) (err error) {
		if deleted {
			return c.listDeleted(ctx, s, cmd.Flags())
		}
		filter := tracker.StoryFilter{Search: search}
		if cmd.Flags().Changed("column") {
			if filter.Column, err = parseColumn("column", column, columns...); err != nil {
				return err
			}
		}
		list, err := s.Stories.Stories(ctx, s.project.ID, filter)
		if err != nil {
			return err
		}
		return output.List(c.out(), stories(), list)
	})
	cmd.Flags().StringVar(&column, "column", "", "only this column: "+joinWords(columns))
	cmd.Flags().StringVar(&search, "search", "", searchUsage(tracker.SearchStories))
	cmd.Flags().BoolVar(&deleted, "deleted", false, "the deleted stories instead, the last deleted first")
	choices(cmd, "column", plainWords(columns)...)
	return cmd
}

// searchUsage is the help of a flag that takes a search.
func searchUsage(kind tracker.SearchKind) string {
	return fmt.Sprintf("only %s with these words, \"phrases\" and terms such as linked:yes (prefix with - to exclude); terms: %s",
		kind, strings.Join(tracker.SearchFields(kind), ", "))
}

func (c storyCommands) show() *cobra.Command {
	return &cobra.Command{
		Use: "show STORY", Short: "Show a story with its tasks, comments, deliveries and, with --json, changes", Example: "storydesk story show S-14",
		Args: takes("story"),
		RunE: c.with(func(ctx context.Context, s *session, args []string) error {
			id, err := tracker.ParseStoryID(args[0])
			if err != nil {
				return err
			}
			st, err := s.Stories.Locate(ctx, id)
			if err != nil {
				return err
			}
			detail, err := s.Stories.Story(ctx, id)
			if err != nil {
				return err
			}
			all, err := s.Accounts.Integrations(ctx, 0)
			if err != nil {
				return err
			}
			whole := stories()
			whole.Record = func(st tracker.Story) any { return recordStoryDetail(st, detail) }
			return output.Full(c.out(), whole, st, storySheet(st, detail, all))
		}),
	}
}

func storySheet(st tracker.Story, d tracker.StoryDetail, all []tracker.Integration) output.Sheet {
	s := output.Sheet{
		Title: st.ID.String() + " " + st.Name,
		Fields: []output.Field{
			{"type", string(st.Type)}, {"state", string(st.State)}, {"points", points(st)},
			{"column", fmt.Sprintf("%s %d", st.Column, st.Position)}, {"project", d.Project.Name},
			{"owners", strings.Join(st.Owners, ", ")}, {"requester", st.Requester}, {"labels", strings.Join(st.Labels, ", ")}, {"deadline", deadline(st)},
			{"created", moment(st.CreatedAt)}, {"updated", moment(st.UpdatedAt)},
		},
	}
	var tickets, tasks, comments, sent strings.Builder
	for _, t := range st.Tasks {
		fmt.Fprintf(&tasks, "%d %s\n", t.ID, t)
	}
	for i, t := range d.Tickets {
		stays := present.CommentStays(st.Tickets[i], all)
		if stays != "" {
			stays = " (gets no comments: " + stays + ")"
		}
		fmt.Fprintf(&tickets, "%s %s %s%s\n  %s\n", t.ID, t.Status, t.Subject, stays, st.Tickets[i].URL)
	}
	for _, c := range d.Comments {
		fmt.Fprintf(&comments, "%s, %s\n%s\n%s\n", c.Author, moment(c.CreatedAt), c.Text, commentFate(c, d, all))
	}
	for _, delivery := range d.Deliveries {
		fmt.Fprintln(&sent, deliveries().Summary(delivery))
	}
	s.Sections = []output.Field{
		{"Description", st.Description}, {"Tickets", tickets.String()}, {"Tasks", tasks.String()}, {"Comments", comments.String()}, {"Deliveries", sent.String()},
	}
	return s
}

// commentFate says for each ticket how a comment's delivery stands, or that it
// went to none.
func commentFate(c tracker.Comment, d tracker.StoryDetail, all []tracker.Integration) string {
	var lines strings.Builder
	for _, delivery := range slices.Backward(d.Deliveries) {
		if delivery.CommentID == c.ID {
			fmt.Fprintf(&lines, "%s: %s (%s)\n", delivery.Ticket.ID, present.DeliveryText(delivery, all, time.Now()), deliveryName(delivery.ID))
		}
	}
	if lines.Len() == 0 && len(d.Tickets) > 0 {
		return "sent to no ticket\n"
	}
	return lines.String()
}

// newStory is a story to be added, as flags tell it.
type newStory struct {
	name, description, kind, to, integration string
	from                                     []string
	again                                    bool
}

func (c storyCommands) add() *cobra.Command {
	var n newStory
	cmd := &cobra.Command{
		Use: "add", Short: "Add a story, of its own or from tickets",
		Long: `Add a story to the Backlog or the Icebox. From tickets it takes the first one's
subject and description and is linked to all of them; nothing is sent to them.`,
		Example: `storydesk story add --name "Export over 10k rows" --type bug --to backlog
storydesk story add --from-ticket 1042 --from-ticket 1039`,
		Args: takes(),
		RunE: c.inProject(func(ctx context.Context, s *session, _ []string) error {
			add := c.addStory
			if len(n.from) > 0 {
				add = addFromTickets
			}
			st, err := add(ctx, s, n)
			if err != nil {
				return err
			}
			if st, err = s.Stories.Locate(ctx, st.ID); err != nil {
				return err
			}
			return output.Object(c.out(), stories(), st)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&n.name, "name", "", "the story's name")
	flags.StringVar(&n.description, "description", "", "description; - reads it from standard input")
	flags.StringVar(&n.kind, "type", "", "type: "+joinWords(tracker.StoryTypes())+" (default from the ticket, else feature)")
	flags.StringVar(&n.to, "to", string(tracker.Icebox), "column: backlog or icebox")
	flags.StringSliceVar(&n.from, "from-ticket", nil, "create it from this ticket; repeat for several")
	integrationFlag(cmd, &n.integration)
	flags.BoolVar(&n.again, "again", false, "even if the ticket has a story already")
	choices(cmd, "type", plainWords(tracker.StoryTypes())...)
	choices(cmd, "to", string(tracker.Backlog), string(tracker.Icebox))
	return cmd
}

// placeAndType reads the flags that both kinds of new stories have.
func (n newStory) placeAndType() (to tracker.Place, kind tracker.StoryType, err error) {
	if to.Column, err = parseColumn("to", n.to, tracker.Backlog, tracker.Icebox); err != nil || n.kind == "" {
		return to, "", err
	}
	kind, err = tracker.ParseStoryType(n.kind)
	return to, kind, err
}

func (c storyCommands) addStory(ctx context.Context, s *session, n newStory) (tracker.Story, error) {
	to, kind, err := n.placeAndType()
	if err != nil {
		return tracker.Story{}, err
	}
	description, err := c.textOrInput(n.description, tracker.MaxStoryDescription, "description")
	if err != nil {
		return tracker.Story{}, err
	}
	return s.Stories.AddStory(ctx, tracker.NewStory{
		ProjectID: s.project.ID, Name: n.name, Description: description, Type: kind, Place: to,
	})
}

func addFromTickets(ctx context.Context, s *session, n newStory) (tracker.Story, error) {
	if n.description != "" {
		return tracker.Story{}, tracker.Invalid("description", "a story created from a ticket gets the ticket's description; edit it afterwards")
	}
	to, kind, err := n.placeAndType()
	if err != nil {
		return tracker.Story{}, err
	}
	ids, err := parseAll(n.from, tracker.ParseTicketID)
	if err != nil {
		return tracker.Story{}, err
	}
	in, err := s.Accounts.Integration(ctx, s.project.ID, n.integration)
	if err != nil {
		return tracker.Story{}, err
	}
	st, err := s.Stories.AddStoryFromTickets(ctx, tracker.FromTickets{
		Integration: in.ID, Tickets: ids, Name: n.name, Type: kind, Place: to, Again: n.again,
	})
	if err == nil {
		conversation.Describe(ctx, s.Engine, st)
	}
	return st, err
}

// textOrInput is a flag's text, or standard input for "-".
func (c storyCommands) textOrInput(text string, limit int, field string) (string, error) {
	if text != "-" {
		return text, nil
	}
	const longestCharacter = 4
	return readAll(c.In, int64(limit)*longestCharacter, field)
}

// dropFlag lets a command give up the notes that have not left.
func dropFlag(cmd *cobra.Command, drop *bool) {
	cmd.Flags().BoolVar(drop, "drop", false, "drop private comments that have not been sent")
}
