package story

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/search"
	"storydesk/ui/cli/delivery"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/ticket"
	"storydesk/ui/cli/usage"
	"storydesk/ui/present"
)

// commands are the commands on stories.
type commands struct{ runner }

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
		list[i] = kind.LinkLabel(l)
	}
	return strings.Join(list, " ")
}

// Group returns the commands on stories.
func Group(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	commands := []*cobra.Command{c.add(), c.list(), c.show(), c.move()}
	for _, action := range []tracker.Action{
		tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept, tracker.Reject, tracker.Restart,
	} {
		commands = append(commands, c.transition(action))
	}
	parts := partCommands{c}
	commands = append(commands, c.estimate(), c.comment(), c.link(), c.unlink(), c.edit(), taskCommands(c).group(), attachmentCommands{c}.group(),
		parts.blockers(), parts.reviews(), parts.follow(true), parts.follow(false), labelCommands{c}.group(),
		c.delete(), c.restore(), c.purge())
	return usage.Group("story", "Stories of the Backlog and the Icebox", commands...)
}

func parseColumn(field, text string, columns ...tracker.Column) (tracker.Column, error) {
	if c := tracker.Column(strings.ToLower(text)); slices.Contains(columns, c) {
		return c, nil
	}
	return "", tracker.Invalid(field, "%q is not a column: use %s", text, tracker.OneOf(columns))
}

// current is where a story goes that is chosen for Current.
const current tracker.Column = "current"

const placeHelp = "column: backlog or icebox; current in a project with manual planning"

func places() []tracker.Column { return []tracker.Column{tracker.Backlog, tracker.Icebox, current} }

// parsePlace reads where on the board a story goes.
func parsePlace(text string) (tracker.Place, error) {
	column, err := parseColumn("to", text, places()...)
	if column == current {
		return tracker.Place{Column: tracker.Backlog, Current: true}, err
	}
	return tracker.Place{Column: column}, err
}

func (c commands) list() *cobra.Command {
	var column, wanted, sorted string
	var deleted bool
	columns := []tracker.Column{tracker.Backlog, tracker.Icebox, tracker.Done}
	cmd := &cobra.Command{
		Use: "list", Short: "List the project's stories in the board's order",
		Example: `storydesk story list --column icebox --search "export csv"
storydesk story list --search "owner:me state:started,finished -label:later"
storydesk story list --sort organisations`, Args: usage.Takes(),
	}
	cmd.RunE = c.InProject(func(ctx context.Context, s *opened, _ []string) (err error) {
		if deleted {
			return c.listDeleted(ctx, s, cmd.Flags())
		}
		order, err := search.ParseStoryOrder(sorted)
		if err != nil {
			return err
		}
		filter := tracker.StoryFilter{Search: wanted}
		if cmd.Flags().Changed("column") {
			if filter.Column, err = parseColumn("column", column, columns...); err != nil {
				return err
			}
		}
		list, err := s.Service.Stories.Stories(ctx, s.Project.ID, filter)
		if err != nil {
			return err
		}
		shown, err := inOrder(ctx, s, order, list)
		if err != nil {
			return err
		}
		return output.List(c.Printer(), shown.presenter(time.Now()), list)
	})
	cmd.Flags().StringVar(&sorted, "sort", string(search.StoriesByBoard), "order of the stories: "+tracker.OneOf(search.StoryOrders()))
	usage.Choices(cmd, "sort", usage.PlainWords(search.StoryOrders())...)
	cmd.Flags().StringVar(&column, "column", "", "only this column: "+tracker.OneOf(columns))
	cmd.Flags().StringVar(&wanted, "search", "", usage.Search(search.Stories))
	cmd.Flags().BoolVar(&deleted, "deleted", false, "the deleted stories instead, the last deleted first")
	usage.Choices(cmd, "column", usage.PlainWords(columns)...)
	return cmd
}

func (c commands) show() *cobra.Command {
	return &cobra.Command{
		Use: "show STORY", Short: "Show a story with its tasks, comments, deliveries and history", Example: "storydesk story show S-14",
		Args: usage.Takes("story"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			id, err := tracker.ParseStoryID(args[0])
			if err != nil {
				return err
			}
			return c.printWhole(ctx, s, id)
		}),
	}
}

// printWhole prints a story with all that belongs to it.
func (c commands) printWhole(ctx context.Context, s *opened, id tracker.StoryID) error {
	st, err := s.Service.Stories.Locate(ctx, id)
	if err != nil {
		return err
	}
	detail, err := s.Service.Stories.Story(ctx, id)
	if err != nil {
		return err
	}
	all, err := s.Service.Accounts.Integrations(ctx, 0)
	if err != nil {
		return err
	}
	whole := stories()
	whole.Record = func(st tracker.Story) any { return recordStoryDetail(st, detail) }
	return output.Full(c.Printer(), whole, st, storySheet(st, detail, all))
}

func storySheet(st tracker.Story, d tracker.StoryDetail, all []tracker.Integration) output.Sheet {
	s := output.Sheet{
		Title: st.ID.String() + " " + st.Name,
		Fields: []output.Field{
			{"type", string(st.Type)}, {"state", string(st.State)}, {"points", points(st)},
			{"column", fmt.Sprintf("%s %d", st.Column, st.Position)}, {"project", d.Project.Name},
			{"owners", strings.Join(st.Owners, ", ")}, {"requester", st.Requester}, {"labels", strings.Join(st.Labels, ", ")}, {"deadline", deadline(st)},
			{"followers", strings.Join(d.Parts.Followers, ", ")}, {"priority", d.Brought.Priority},
			{"pull requests", strings.Join(d.Brought.PullRequests, " ")}, {"branches", strings.Join(d.Brought.Branches, " ")},
			{"created", output.Moment(st.CreatedAt)}, {"updated", output.Moment(st.UpdatedAt)},
		},
	}
	var tickets, tasks, comments, sent, history strings.Builder
	for _, t := range st.Tasks {
		fmt.Fprintf(&tasks, "%d %s\n", t.ID, t)
	}
	for i, t := range d.Tickets {
		stays := present.CommentStays(st.Tickets[i], all)
		if stays != "" {
			stays = " (gets no comments: " + stays + ")"
		}
		fmt.Fprintf(&tickets, "%s %s %s%s\n  %s\n", kind.LinkLabel(st.Tickets[i]), t.Status, t.Subject, stays, st.Tickets[i].URL)
	}
	for _, c := range d.Comments {
		fmt.Fprintf(&comments, "%s, %s\n%s\n%s\n", c.Author, output.Moment(c.CreatedAt), c.Text, carriedLine(c, d.Parts.Files)+commentFate(c, d, all))
	}
	for _, a := range d.Activities {
		fmt.Fprintf(&history, "%s %s\n", output.Moment(a.At), present.ActivitySentence(a))
	}
	for _, sending := range d.Deliveries {
		fmt.Fprintln(&sent, delivery.Presenter().Summary(sending))
	}
	s.Sections = append([]output.Field{
		{"Description", st.Description}, {"Tickets", tickets.String()}, {"Tasks", tasks.String()},
	}, partSections(d.Parts)...)
	s.Sections = append(s.Sections, []output.Field{
		{"Comments", comments.String()}, {"Since on the tickets", ticket.EventLines(d.Events)}, {"Deliveries", sent.String()}, {"History", history.String()},
	}...)
	return s
}

// commentFate says for each ticket how a comment's delivery stands, or that it
// went to none.
func commentFate(c tracker.Comment, d tracker.StoryDetail, all []tracker.Integration) string {
	var lines strings.Builder
	for _, sending := range slices.Backward(d.Deliveries) {
		if sending.CommentID == c.ID {
			fmt.Fprintf(&lines, "%s: %s (%s)\n", sending.Ticket.ID, present.DeliveryText(sending, all, time.Now()), delivery.Name(sending.ID))
		}
	}
	if lines.Len() == 0 && len(d.Tickets) > 0 {
		return "sent to no ticket\n"
	}
	return lines.String()
}

// newStory is a story to be added, as flags give it.
type newStory struct {
	name, description, kind, to, integration string
	from, owners, labels                     []string
	again, noTemplate                        bool
}

func (c commands) add() *cobra.Command {
	var n newStory
	cmd := &cobra.Command{
		Use: "add", Short: "Add a story, of its own or from tickets",
		Long: `Add a story to the Backlog or the Icebox. From tickets it takes the first one's
subject and description and is linked to all of them; nothing is sent to them.
Without a description it gets the template of its type in the config file; from a
ticket a template that names the ticket stands above the ticket's text.`,
		Example: `storydesk story add --name "Export over 10k rows" --type bug --to backlog
storydesk story add --name "Rotate the keys" --owner "Ada Lovelace" --label security
storydesk story add --from-ticket 1042 --from-ticket 1039`,
		Args: usage.Takes(),
		RunE: c.InProject(func(ctx context.Context, s *opened, _ []string) error {
			add := c.addStory
			if len(n.from) > 0 {
				add = addFromTickets
			}
			st, err := add(ctx, s, n)
			if err != nil {
				return err
			}
			if st, err = s.Service.Stories.Locate(ctx, st.ID); err != nil {
				return err
			}
			return output.Object(c.Printer(), stories(), st)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&n.name, "name", "", "the story's name")
	flags.StringVar(&n.description, "description", "", "description; - reads it from standard input")
	flags.StringVar(&n.kind, "type", "", "type: "+tracker.OneOf(tracker.StoryTypes())+" (default from the ticket, else feature)")
	flags.StringVar(&n.to, "to", string(tracker.Icebox), placeHelp)
	flags.StringArrayVar(&n.owners, "owner", nil, "name of an owner; repeat for several")
	flags.StringArrayVar(&n.labels, "label", nil, "label; repeat for several")
	flags.StringSliceVar(&n.from, "from-ticket", nil, "create it from this ticket; repeat for several")
	usage.IntegrationFlag(cmd, &n.integration)
	flags.BoolVar(&n.noTemplate, "no-template", false, "leave out the template that the config file has for this type")
	flags.BoolVar(&n.again, "again", false, "even if the ticket has a story already")
	usage.Choices(cmd, "type", usage.PlainWords(tracker.StoryTypes())...)
	usage.Choices(cmd, "to", usage.PlainWords(places())...)
	return cmd
}

// placeAndType reads the flags that both kinds of new stories have.
func (n newStory) placeAndType() (to tracker.Place, kind tracker.StoryType, err error) {
	if to, err = parsePlace(n.to); err != nil || n.kind == "" {
		return to, "", err
	}
	kind, err = tracker.ParseStoryType(n.kind)
	return to, kind, err
}

func (c commands) addStory(ctx context.Context, s *opened, n newStory) (tracker.Story, error) {
	to, kind, err := n.placeAndType()
	if err != nil {
		return tracker.Story{}, err
	}
	description, err := c.textOrInput(n.description, tracker.MaxStoryDescription, "description")
	if err != nil {
		return tracker.Story{}, err
	}
	return s.Service.Stories.AddStory(ctx, tracker.NewStory{
		ProjectID: s.Project.ID, Name: n.name, Description: description, Type: kind, Owners: n.owners, Labels: n.labels, Template: !n.noTemplate, Place: to,
	})
}

func addFromTickets(ctx context.Context, s *opened, n newStory) (tracker.Story, error) {
	if n.description != "" {
		return tracker.Story{}, tracker.Invalid("description", "a story created from a ticket gets the ticket's description; edit it afterwards")
	}
	to, storyType, err := n.placeAndType()
	if err != nil {
		return tracker.Story{}, err
	}
	in, err := s.Service.Accounts.Integration(ctx, s.Project.ID, n.integration)
	if err != nil {
		return tracker.Story{}, err
	}
	ids, err := usage.ParseAll(n.from, func(text string) (tracker.TicketID, error) { return kind.ParseTicket(in, text) })
	if err != nil {
		return tracker.Story{}, err
	}
	made, err := s.Service.Stories.AddFromTickets(ctx, tracker.FromTickets{
		Integration: in.ID, Tickets: ids, Name: n.name, Type: storyType, Owners: n.owners, Labels: n.labels, Template: !n.noTemplate, Place: to, Again: n.again,
	})
	if err != nil {
		return tracker.Story{}, err
	}
	s.Service.Conversation.Describe(ctx, made...)
	return made[0], nil
}

// textOrInput is a flag's text, or standard input for "-".
func (c commands) textOrInput(text string, limit int, field string) (string, error) {
	if text != "-" {
		return text, nil
	}
	const longestCharacter = 4
	return c.ReadInput(int64(limit)*longestCharacter, field)
}
