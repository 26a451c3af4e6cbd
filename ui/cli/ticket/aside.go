package ticket

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/until"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/usage"
)

func (c commands) dismiss() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: "dismiss TICKET...", Short: "Dismiss tickets until the customer writes",
		Long: `Dismiss tickets: they leave the list until the customer writes again. Either all of
them are dismissed or none is. Zendesk is told nothing of it.`,
		Example: `storydesk ticket dismiss 1042
storydesk ticket dismiss 1042 1039 --reason "a question for sales"`,
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why no story is made of them")
	return c.deciding(cmd, func(ctx context.Context, s *opened, in tracker.IntegrationID, ids []tracker.TicketID) error {
		return s.Service.Triage.Dismiss(ctx, in, ids, reason)
	})
}

func (c commands) snooze() *cobra.Command {
	var day string
	cmd := &cobra.Command{
		Use: "snooze TICKET...", Short: "Snooze tickets until a day or until they change",
		Long: `Snooze tickets: they leave the list until a day begins, until they change, or until
the customer writes. Either all of them are snoozed or none is. Zendesk is told nothing of it.`,
		Example: `storydesk ticket snooze 1042 --until monday
storydesk ticket snooze 1042 1039 --until 2030-12-24
storydesk ticket snooze 1042 --until "it changes"`,
	}
	cmd.Flags().StringVar(&day, "until", "", `tomorrow, monday, next week, 3d, 2w, a date or "it changes"`)
	return c.deciding(cmd, func(ctx context.Context, s *opened, in tracker.IntegrationID, ids []tracker.TicketID) error {
		if day == "" {
			return tracker.Invalid("until", "say until when with --until, such as --until monday")
		}
		at, err := until.Parse(day, time.Now())
		if err != nil {
			return err
		}
		return s.Service.Triage.Snooze(ctx, in, ids, at)
	})
}

func (c commands) restore() *cobra.Command {
	cmd := &cobra.Command{
		Use: "restore TICKET...", Short: "Restore dismissed and snoozed tickets",
		Long:    "Restore tickets that were dismissed or snoozed. Either all of them are restored or none is.",
		Example: "storydesk ticket restore 1042 1039",
	}
	return c.deciding(cmd, func(ctx context.Context, s *opened, in tracker.IntegrationID, ids []tracker.TicketID) error {
		return s.Service.Triage.Restore(ctx, in, ids)
	})
}

// deciding completes a command that decides what becomes of tickets, and prints them.
func (c commands) deciding(cmd *cobra.Command, decide func(ctx context.Context, s *opened, in tracker.IntegrationID, ids []tracker.TicketID) error) *cobra.Command {
	var integration string
	cmd.Args = usage.TakesSome("ticket")
	cmd.RunE = c.InProject(func(ctx context.Context, s *opened, args []string) error {
		in, err := s.Service.Accounts.Integration(ctx, s.Project.ID, integration)
		if err != nil {
			return err
		}
		ids := make([]tracker.TicketID, len(args))
		for i, arg := range args {
			if ids[i], err = kind.ParseTicket(in, arg); err != nil {
				return err
			}
		}
		if err := decide(ctx, s, in.ID, ids); err != nil {
			return err
		}
		list := make([]shownTicket, len(ids))
		for i, id := range ids {
			d, err := s.Service.Views.Ticket(ctx, in.ID, id)
			if err != nil {
				return err
			}
			list[i] = shownTicket{tracker.TicketRow{Ticket: d.Ticket, Stories: d.Stories, Unread: d.Unread, Aside: d.Aside}, in.Name}
		}
		return output.List(c.Printer(), tickets(time.Now(), colNumber, colAside, colSubject), list)
	})
	usage.IntegrationFlag(cmd, &integration)
	return cmd
}

// asideRecord is how a ticket was put aside.
type asideRecord struct {
	Kind   tracker.AsideKind `json:"kind"`
	Reason *string           `json:"reason"`
	// Until is null for a ticket that is dismissed, or snoozed until it changes.
	Until *time.Time `json:"until"`
	By    string     `json:"by"`
	At    *time.Time `json:"at"`
}

func asideRecordOf(a *tracker.Aside) *asideRecord {
	if a == nil {
		return nil
	}
	return &asideRecord{a.Kind, output.OrNull(a.Reason), output.Stamp(a.Until), a.By, output.Stamp(a.At)}
}

// asideWords says how a ticket was put aside, by whom and why.
func asideWords(a *tracker.Aside) string {
	if a == nil {
		return ""
	}
	said := string(a.Kind)
	switch {
	case a.Kind == tracker.Snoozed && a.Until.IsZero():
		said += " until " + until.Changed
	case a.Kind == tracker.Snoozed:
		said += " until " + output.Day(a.Until)
	}
	if a.Reason != "" {
		said = fmt.Sprintf("%s: %s", said, a.Reason)
	}
	return said
}

// asideTerm is the search term for the tickets that flags ask for.
func asideTerm(dismissed, snoozed bool) string {
	var kinds []string
	if dismissed {
		kinds = append(kinds, string(tracker.Dismissed))
	}
	if snoozed {
		kinds = append(kinds, string(tracker.Snoozed))
	}
	if kinds == nil {
		return ""
	}
	return " is:" + strings.Join(kinds, ",")
}
