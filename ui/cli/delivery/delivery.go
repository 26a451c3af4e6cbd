package delivery

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/tracker/wording"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
	"storydesk/ui/present"
)

// commands are the commands on deliveries.
type commands struct{ runner }

// Group returns the commands on deliveries.
func Group(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	return usage.Group("delivery", "Deliveries: private comments sent to tickets", c.list(), c.show(), c.export(), c.retry(), c.drop())
}

// Presenter returns how deliveries are printed.
func Presenter() output.Presenter[tracker.Delivery] {
	return output.Presenter[tracker.Delivery]{
		None: "no deliveries", Record: recordDelivery,
		Columns: []string{"ID", "CREATED", "STORY", "TICKET", "BY", "CHANGE", "STATE", "TRIES", "AUDIT", "REASON"},
		Cells: func(d tracker.Delivery) []string {
			return []string{
				strconv.FormatInt(int64(d.ID), 10), output.Moment(d.CreatedAt), d.StoryID.String(), d.Ticket.ID.String(), by(d), changeText(d),
				string(d.State), strconv.Itoa(d.Attempts), auditText(d.AuditID), waitsFor(d),
			}
		},
		Summary: func(d tracker.Delivery) string {
			line := fmt.Sprintf("delivery %d (%s of %s to %s) is %s", d.ID, d.Kind, d.StoryID, d.Ticket.ID, d.State)
			if why := waitsFor(d); why != "" {
				line += ": " + why
			}
			return line
		},
	}
}

// waitsFor returns the reason of a delivery, or the delivery that is sent before it.
func waitsFor(d tracker.Delivery) string {
	if d.Reason == "" && d.Behind != 0 {
		return Name(d.Behind) + " is sent first"
	}
	return d.Reason
}

func auditText(id tracker.AuditID) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

// maxChange is how many characters of a comment the table shows.
const maxChange = 40

// changeText says what a delivery tells: a verb, or a comment's first words in
// quotation marks.
func changeText(d tracker.Delivery) string {
	_, what := wording.Change(d)
	if d.Kind != tracker.KindComment {
		return what
	}
	words := []rune(plaintext.Line(what))
	if len(words) > maxChange {
		words = append(words[:maxChange-1], '…')
	}
	return "“" + string(words) + "”"
}

func by(d tracker.Delivery) string {
	who, _ := wording.Change(d)
	return who
}

func (c commands) show() *cobra.Command {
	return &cobra.Command{
		Use: "show DELIVERY", Short: "Show a delivery with its text", Example: "storydesk delivery show 7", Args: usage.Takes("delivery"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			id, err := parseDeliveryID(args[0])
			if err != nil {
				return err
			}
			d, err := s.Service.Outbox.Delivery(ctx, id)
			if err != nil {
				return err
			}
			attempts, err := s.Service.Outbox.Attempts(ctx, id)
			if err != nil {
				return err
			}
			return output.Full(c.Printer(), withAttempts(attempts), d, deliverySheet(d, attempts[id]))
		}),
	}
}

func deliverySheet(d tracker.Delivery, attempts []tracker.DeliveryAttempt) output.Sheet {
	var trail strings.Builder
	for _, a := range attempts {
		fmt.Fprintf(&trail, "%s  %s\n", output.Moment(a.At), present.AttemptWords(a))
	}
	s := output.Sheet{
		Title: Presenter().Summary(d),
		Fields: []output.Field{
			{"by", by(d)}, {"integration", d.Integration}, {"ticket", d.Ticket.ID.String() + " of " + d.Ticket.Host},
			{"tries", strconv.Itoa(d.Attempts)}, {"audit", auditText(d.AuditID)},
			{"operation", d.Operation}, {"created", output.Moment(d.CreatedAt)}, {"last try", output.Moment(d.SentAt)},
		},
		Sections: []output.Field{{"Attempts", trail.String()}, {"Text as sent", d.Text}},
	}
	if d.State.InLane() {
		s.Fields = append(s.Fields, output.Field{"next try", output.Moment(d.NotBefore)})
	}
	if d.Behind != 0 {
		s.Fields = append(s.Fields, output.Field{"waiting for", Name(d.Behind)})
	}
	if d.Late {
		s.Fields = append(s.Fields, output.Field{"order", "late: sent after newer private comments, because it was parked"})
	}
	if d.DeliveredAt != nil {
		s.Fields = append(s.Fields, output.Field{"sent", output.Moment(*d.DeliveredAt)})
	}
	if d.Public != nil {
		visibility := map[bool]string{true: "public", false: "private"}
		s.Fields = append(s.Fields, output.Field{"visibility", visibility[*d.Public]})
	}
	return s
}

func (c commands) retry() *cobra.Command {
	cmd := c.change("retry", "Retry deliveries", Outbox.RetryDeliveries)
	var all bool
	cmd.Flags().BoolVar(&all, "all", false, "all parked deliveries")
	named, one := cmd.Args, cmd.RunE
	cmd.Use = "retry [DELIVERY...]"
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		switch {
		case all:
			return usage.Takes()(cmd, args)
		case len(args) == 0:
			return tracker.Invalid("delivery", "give the number of a delivery, or --all for all that are parked")
		}
		return named(cmd, args)
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !all {
			return one(cmd, args)
		}
		return c.With(c.retryParked)(cmd, args)
	}
	return cmd
}

// retryParked tries all parked deliveries again and prints them.
func (c commands) retryParked(ctx context.Context, s *opened, _ []string) error {
	parked, err := s.Service.Outbox.Deliveries(ctx, tracker.DeliveryQuery{States: []tracker.DeliveryState{tracker.DeliveryParked}})
	if err != nil {
		return err
	}
	if _, err := s.Service.Outbox.RetryParked(ctx); err != nil {
		return err
	}
	retried := make([]tracker.Delivery, len(parked))
	for i, d := range slices.Backward(parked) {
		if retried[len(parked)-1-i], err = s.Service.Outbox.Delivery(ctx, d.ID); err != nil {
			return err
		}
	}
	if len(retried) == 0 && !c.Flags.JSON {
		c.Complain("no delivery is parked\n")
	}
	return output.Objects(c.Printer(), Presenter(), retried)
}

func (c commands) drop() *cobra.Command {
	return c.change("drop", "Drop deliveries", Outbox.DropDeliveries)
}

func (c commands) change(
	verb, short string, do func(Outbox, context.Context, []tracker.DeliveryID) ([]tracker.Delivery, error),
) *cobra.Command {
	return &cobra.Command{
		Use: verb + " DELIVERY...", Short: short, Example: "storydesk delivery " + verb + " 7 8", Args: usage.TakesSome("delivery"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			ids, err := usage.ParseEach(args, parseDeliveryID)
			if err != nil {
				return err
			}
			if _, err := do(s.Service.Outbox, ctx, ids); err != nil {
				return session.AllOrNone(ids, err)
			}
			return output.Reread(c.Printer(), Presenter(), ids, func(id tracker.DeliveryID) (tracker.Delivery, error) {
				return s.Service.Outbox.Delivery(ctx, id)
			})
		}),
	}
}

// Name names a delivery in a sentence.
func Name(id tracker.DeliveryID) string {
	return "delivery " + strconv.FormatInt(int64(id), 10)
}

func parseDeliveryID(text string) (tracker.DeliveryID, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return 0, tracker.Invalid("delivery", "%q is not a delivery: give its number, such as 7", text)
	}
	return tracker.DeliveryID(n), nil
}
