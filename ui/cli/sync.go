package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/remedy"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

// syncRecord is what is left after a sync.
type syncRecord struct {
	Waiting     int      `json:"waiting"`
	Sending     int      `json:"sending"`
	Unconfirmed int      `json:"unconfirmed"`
	Parked      int      `json:"parked"`
	Problems    []string `json:"problems"`
}

// syncNow returns the command that refreshes and sends once.
func syncNow(p session.Runner[Syncing]) *cobra.Command {
	return &cobra.Command{
		Use: "sync", Short: "Refresh the views and send what is waiting, once",
		Long: `Refresh the views of all active integrations and try every due delivery once.
The exit code is 0 only when no private comment is waiting, sending,
unconfirmed or parked, and every view could be loaded.`,
		Example: "storydesk sync --json", Args: usage.Takes(),
		RunE: p.With(func(ctx context.Context, s *session.Session[Syncing], _ []string) error {
			report, err := s.Service.Sync(ctx)
			if err != nil {
				return err
			}
			if err := printSync(p.Program, report); err != nil {
				return err
			}
			return unsettled(report)
		}),
	}
}

func printSync(p *session.Program, r tracker.SyncReport) error {
	if p.Flags.JSON {
		return p.Printer().JSON(syncRecord{
			Waiting: r.Counts[tracker.DeliveryWaiting], Sending: r.Counts[tracker.DeliverySending],
			Unconfirmed: r.Counts[tracker.DeliveryUnconfirmed], Parked: r.Counts[tracker.DeliveryParked], Problems: problems(r),
		})
	}
	if r.Settled() {
		return p.Printer().Line(tracker.Counted(r.Views, "view", "views") + " refreshed, no private comments left to send")
	}
	return p.Printer().Line(leftover(r))
}

// leftover counts what is not sent, such as "1 waiting, 2 parked".
func leftover(r tracker.SyncReport) string {
	var parts []string
	for _, state := range tracker.DeliveryStates() {
		if n := r.Counts[state]; n > 0 && state != tracker.DeliverySent && state != tracker.DeliveryDropped {
			parts = append(parts, fmt.Sprintf("%d %s", n, state))
		}
	}
	return strings.Join(parts, ", ")
}

// problems are the sentences of what went wrong while reading views.
func problems(r tracker.SyncReport) []string {
	said := make([]string, len(r.Problems))
	for i, err := range r.Problems {
		said[i] = remedy.Sentence(err)
	}
	return said
}

// unsettled is the error of a sync that left something.
func unsettled(r tracker.SyncReport) error {
	problems := strings.Join(problems(r), "; ")
	switch {
	case r.Settled() && problems == "":
		return nil
	case r.Settled():
		return tracker.Errorf(tracker.CodeUnavailable, "%s", problems)
	case problems == "":
		return tracker.Errorf(tracker.CodeUnavailable, "not all private comments are sent (%s); `storydesk delivery list` shows why", leftover(r))
	}
	return tracker.Errorf(tracker.CodeUnavailable, "not all private comments are sent (%s): %s", leftover(r), problems)
}
