package story

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
	"storydesk/ui/present"
)

// change makes a change of all stories named or of none, and prints them.
func (c commands) change(ctx context.Context, s *opened, args []string, change func([]tracker.StoryID) error) error {
	ids, err := usage.ParseEach(args, tracker.ParseStoryID)
	if err != nil {
		return err
	}
	if err := change(ids); err != nil {
		return session.AllOrNone(ids, err)
	}
	return output.Reread(c.Printer(), stories(), ids, locate(ctx, s))
}

// changeAndReport does what change does to stories that send comments,
// and names those tickets that are not reached.
func (c commands) changeAndReport(ctx context.Context, s *opened, args []string, change func([]tracker.StoryID) error) error {
	var changed []tracker.StoryID
	err := c.change(ctx, s, args, func(ids []tracker.StoryID) error {
		err := change(ids)
		if err == nil {
			changed = ids
		}
		return err
	})
	c.unreached(ctx, s, changed)
	return err
}

// unreached names the tickets that a change of stories does not reach.
func (c commands) unreached(ctx context.Context, s *opened, ids []tracker.StoryID) {
	list, err := s.Service.Stories.Unreached(ctx, ids...)
	if err != nil {
		return // the change was saved, which is what is reported
	}
	for _, u := range list {
		c.Complain("not sent to ticket %s: %s\n", u.Ticket, plaintext.Line(u.Reason))
	}
}

// unfinished warns of what was not done about stories that a step has accepted.
func (c commands) unfinished(ctx context.Context, s *opened, a tracker.Action, after []tracker.Story) {
	for _, st := range after {
		if !tracker.AcceptedBy(a, st.Type) {
			continue
		}
		d, err := s.Service.Stories.Story(ctx, st.ID)
		if open := tracker.OpenOf(st, d.Parts); err == nil && open.Unfinished() {
			c.Complain("%s was accepted with %s\n", st.ID, present.OpenWords(open))
		}
	}
}

// locate reads a story with its place on the board.
func locate(ctx context.Context, s *opened) func(tracker.StoryID) (tracker.Story, error) {
	return func(id tracker.StoryID) (tracker.Story, error) { return s.Service.Stories.Locate(ctx, id) }
}

// asTheyAre names stories in whatever version they are.
func asTheyAre(ids []tracker.StoryID) []tracker.Seen {
	seen := make([]tracker.Seen, len(ids))
	for i, id := range ids {
		seen[i].ID = id
	}
	return seen
}

func (c commands) transition(action tracker.Action) *cobra.Command {
	var reason string
	verb := string(action)
	cmd := &cobra.Command{
		Use: verb + " STORY...", Short: strings.ToUpper(verb[:1]) + verb[1:] + " a story",
		Example: "storydesk story " + verb + " 14", Args: usage.TakesSome("story"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			return c.changeAndReport(ctx, s, args, func(ids []tracker.StoryID) error {
				after, err := s.Service.Stories.Transition(ctx, asTheyAre(ids), action, reason)
				c.unfinished(ctx, s, action, after)
				return err
			})
		}),
	}
	if action == tracker.Reject {
		cmd.Flags().StringVar(&reason, "reason", "", "why, as a comment on the story")
		cmd.Example += ` --reason "the header row is missing"`
	}
	return cmd
}

func (c commands) estimate() *cobra.Command {
	return &cobra.Command{
		Use: "estimate STORY... POINTS", Short: "Estimate a story",
		Example: "storydesk story estimate 14 2\nstorydesk story estimate 14 none",
		Args: func(cmd *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				return usage.Missing(cmd, "story")
			case 1:
				return usage.Missing(cmd, "points")
			}
			return nil
		},
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			last := len(args) - 1
			points, err := parseEstimate(args[last])
			if err != nil {
				return err
			}
			return c.change(ctx, s, args[:last], func(ids []tracker.StoryID) error {
				_, err := s.Service.Stories.Estimate(ctx, asTheyAre(ids), points)
				return err
			})
		}),
	}
}

func parseEstimate(text string) (*float64, error) {
	if strings.EqualFold(text, "none") {
		return nil, nil
	}
	points, err := tracker.ParsePoints(text)
	if err != nil {
		return nil, tracker.Invalid("estimate", "%q is not an estimate: give a number of points, or none", text)
	}
	return &points, nil
}

func (c commands) comment() *cobra.Command {
	var message string
	var attach, carry []string
	cmd := &cobra.Command{
		Use: "comment STORY... (-m TEXT | -)", Short: "Comment on a story and, as private comments, on its tickets",
		Example: "storydesk story comment 14 -m \"Fixed in 4.2.1\"\ngit log -1 --format=%B | storydesk story comment 14 -",
		Args:    usage.TakesSome("story"),
	}
	cmd.RunE = c.With(func(ctx context.Context, s *opened, args []string) error {
		last := len(args) - 1
		fromInput := args[last] == "-"
		switch {
		case fromInput && cmd.Flags().Changed("message"):
			return tracker.Invalid("message", "give the text with -m or on standard input, not both")
		case fromInput && last == 0:
			return usage.Missing(cmd, "story")
		case fromInput:
			var err error
			if message, err = c.textOrInput("-", tracker.MaxCommentText, "text"); err != nil {
				return err
			}
			args = args[:last]
		case !cmd.Flags().Changed("message"):
			return tracker.Invalid("message", "give the text with -m TEXT, or - to read it from standard input")
		}
		return c.changeAndReport(ctx, s, args, func(ids []tracker.StoryID) error {
			files, err := usage.ParseEach(carry, parseFile)
			if err != nil {
				return err
			}
			_, err = s.Service.Parts.Comment(ctx, ids, message, nil, attach, files...)
			return err
		})
	})
	cmd.Flags().StringVarP(&message, "message", "m", "", "the comment's text")
	cmd.Flags().StringArrayVar(&attach, "attach", nil, "attach this file to the story and send it with the comment; repeatable")
	cmd.Flags().StringArrayVar(&carry, "attachment", nil, "send this attachment of the story, by its number, with the comment; repeatable")
	return cmd
}

// placeFlags say where a story goes.
type placeFlags struct {
	to, before, after string
	bottom            bool
}

func (f *placeFlags) bind(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.to, "to", "", placeHelp)
	flags.Bool("top", false, "to the column's top (the default)")
	flags.BoolVar(&f.bottom, "bottom", false, "to the column's end")
	flags.StringVar(&f.before, "before", "", "above this story")
	flags.StringVar(&f.after, "after", "", "below this story")
	usage.Choices(cmd, "to", usage.PlainWords(places())...)
}

func (f *placeFlags) place(flags *pflag.FlagSet) (to tracker.Place, err error) {
	for _, pair := range [][]string{
		{"to", "before", "after"}, {"top", "bottom"}, {"top", "before", "after"}, {"bottom", "before", "after"},
	} {
		if err := usage.Exclusive(flags, pair...); err != nil {
			return to, err
		}
	}
	switch {
	case flags.Changed("to"):
		to, err = parsePlace(f.to)
	case flags.Changed("before"):
		to.Before, err = parseNeighbour("before", f.before)
	case flags.Changed("after"):
		to.After, err = parseNeighbour("after", f.after)
	default:
		err = tracker.Invalid("to", "say where: --to backlog or icebox, --before STORY or --after STORY")
	}
	to.Bottom = f.bottom
	return to, err
}

func parseNeighbour(field, text string) (tracker.StoryID, error) {
	id, err := tracker.ParseStoryID(text)
	if err != nil {
		return 0, tracker.Invalid(field, "%s", err)
	}
	return id, nil
}

func (c commands) move() *cobra.Command {
	var f placeFlags
	cmd := &cobra.Command{
		Use: "move STORY...", Short: "Move a story",
		Long: `Move a story to the top or the end of a column, or next to another story.
Several stories keep the order in which you name them. An accepted story cannot be
moved: restart it first. In a project with manual planning you choose what Current holds:
a story that you move to current, or next to a planned one, is planned; one that you move
to the backlog is unstarted.`,
		Example: "storydesk story move 14 --to backlog\nstorydesk story move 14 15 --after 9", Args: usage.TakesSome("story"),
	}
	cmd.RunE = c.With(func(ctx context.Context, s *opened, args []string) error {
		to, err := f.place(cmd.Flags())
		if err != nil {
			return err
		}
		return c.change(ctx, s, args, func(ids []tracker.StoryID) error {
			_, err := s.Service.Stories.MoveStories(ctx, ids, to)
			return err
		})
	})
	f.bind(cmd)
	return cmd
}

func (c commands) link() *cobra.Command {
	var ticket, integration string
	cmd := &cobra.Command{
		Use: "link STORY...", Short: "Link a story to a ticket; nothing is sent",
		Example: "storydesk story link 14 --ticket 1039", Args: usage.TakesSome("story"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			if err := named(ticket); err != nil {
				return err
			}
			return c.change(ctx, s, args, func(ids []tracker.StoryID) error {
				in, err := integrationFor(ctx, s, ids[0], integration)
				if err != nil {
					return err
				}
				id, err := kind.ParseTicket(in, ticket)
				if err != nil {
					return err
				}
				_, err = s.Service.Stories.LinkTickets(ctx, ids, in, []tracker.TicketID{id})
				return err
			})
		}),
	}
	cmd.Flags().StringVar(&ticket, "ticket", "", "the ticket's number, or a feed's id of it")
	usage.IntegrationFlag(cmd, &integration)
	return cmd
}

// integrationFor finds the integration by which a story is linked: that of its
// own project, unless --project names another.
func integrationFor(ctx context.Context, s *opened, story tracker.StoryID, ref string) (tracker.Integration, error) {
	project := s.Project.ID
	if project == 0 {
		st, err := s.Service.Stories.Locate(ctx, story)
		if err != nil {
			return tracker.Integration{}, err
		}
		project = st.ProjectID
	}
	return s.Service.Accounts.Integration(ctx, project, ref)
}

// named fails where --ticket names nothing.
func named(ticket string) error {
	if strings.TrimSpace(ticket) == "" {
		return tracker.Invalid("ticket", "say which ticket with --ticket, such as --ticket 1042")
	}
	return nil
}

func (c commands) unlink() *cobra.Command {
	var ticket, integration string
	var drop bool
	cmd := &cobra.Command{
		Use: "unlink STORY...", Short: "Unlink a story from a ticket; nothing is sent",
		Long: `Unlink a story from a ticket. If private comments to the ticket have not been sent,
this needs --drop, which drops them.`,
		Example: "storydesk story unlink 14 --ticket 1039", Args: usage.TakesSome("story"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			if err := named(ticket); err != nil {
				return err
			}
			return c.change(ctx, s, args, func(ids []tracker.StoryID) error {
				key, err := linkedToAll(ctx, s, ids, strings.TrimSpace(ticket), integration)
				if err != nil {
					return err
				}
				return s.Service.Stories.UnlinkTicket(ctx, ids, key, drop)
			})
		}),
	}
	cmd.Flags().StringVar(&ticket, "ticket", "", "the ticket's number, or a feed's id of it")
	cmd.Flags().StringVar(&integration, "integration", "", "the ticket's integration by name or id, where accounts share the number")
	usage.DropFlag(cmd, &drop)
	return cmd
}

// linkedToAll finds the ticket with a number, or a feed's id, that all of some stories are linked
// to, of one integration's account when that is named.
func linkedToAll(ctx context.Context, s *opened, ids []tracker.StoryID, ticket, integration string) (key tracker.TicketKey, err error) {
	host := ""
	if integration != "" {
		in, err := integrationFor(ctx, s, ids[0], integration)
		if err != nil {
			return key, err
		}
		host = in.Host
	}
	for i, id := range ids {
		found, err := linked(ctx, s, id, ticket, host)
		switch {
		case err != nil:
			return key, err
		case i > 0 && found != key:
			return key, tracker.Invalid("integration",
				"%s and %s are linked to tickets %s of different accounts; name one with --integration", ids[0], id, ticket)
		}
		key = found
	}
	return key, nil
}

// linked finds the ticket with a number, or a feed's id, among those of a story, at one
// host when that is given.
func linked(ctx context.Context, s *opened, story tracker.StoryID, ticket, host string) (tracker.TicketKey, error) {
	st, err := s.Service.Stories.Locate(ctx, story)
	if err != nil {
		return tracker.TicketKey{}, err
	}
	id, bad := tracker.ParseTicketID(ticket)
	var found []tracker.TicketKey
	for _, l := range st.Tickets {
		if (bad == nil && l.Ticket.ID == id || kind.ID(l.Ticket, l.URL) == ticket) && (host == "" || l.Ticket.Host == host) {
			found = append(found, l.Ticket)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return tracker.TicketKey{}, &tracker.Error{
			Code: tracker.CodeNotFound, Field: "ticket", Message: fmt.Sprintf("%s is not linked to ticket %s", story, orText(id, ticket)),
		}
	}
	return tracker.TicketKey{}, tracker.Invalid("integration",
		"%s is linked to tickets %s of %d accounts; name one with --integration", story, orText(id, ticket), len(found))
}

// orText is a ticket's number, or what was typed where that is none.
func orText(id tracker.TicketID, typed string) string {
	if id == 0 {
		return typed
	}
	return id.String()
}
