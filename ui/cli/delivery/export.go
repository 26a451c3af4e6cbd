package delivery

import (
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/usage"
)

// The formats of an export.
const (
	formatJSON = "json"
	formatCSV  = "csv"
)

func (c commands) export() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use: "export", Short: "Export all deliveries to standard output, oldest first",
		Long: `Write every delivery with its text to standard output, oldest first: as JSON,
one delivery a line, or as CSV with a line of headings. The names are those of
delivery list --json. Credentials are not among them.`,
		Example: "storydesk delivery export --format csv > comments.csv", Args: usage.Takes(),
		RunE: c.With(func(ctx context.Context, s *opened, _ []string) error {
			if format != formatJSON && format != formatCSV {
				return tracker.Invalid("format", "%q is not a format: use %s or %s", format, formatJSON, formatCSV)
			}
			list, err := s.Service.Outbox.Deliveries(ctx, tracker.DeliveryQuery{})
			if err != nil {
				return err
			}
			slices.Reverse(list)
			if format == formatCSV {
				return c.writeCSV(list)
			}
			for _, d := range list {
				if err := c.Printer().JSON(recordDelivery(d)); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	cmd.Flags().StringVar(&format, "format", formatJSON, "format: json, one delivery a line, or csv")
	usage.Choices(cmd, "format", formatJSON, formatCSV)
	return cmd
}

// writeCSV writes deliveries as RFC 4180 says. Line breaks in texts stay; what
// else a terminal might obey is taken out.
func (c commands) writeCSV(list []tracker.Delivery) error {
	var out strings.Builder
	w := csv.NewWriter(&out)
	rows := [][]string{{
		"id", "operation", "story_id", "host", "ticket_id", "integration", "kind", "state", "attempts", "behind", "late", "audit_id",
		"public", "last_attempt_at", "next_attempt_at", "reason", "text", "created_at", "delivered_at",
	}}
	for _, d := range list {
		rows = append(rows, csvRow(deliveryRecordOf(d)))
	}
	if err := w.WriteAll(rows); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return c.Printer().Write(out.String())
}

func csvRow(r deliveryRecord) []string {
	return []string{
		strconv.FormatInt(int64(r.ID), 10), r.Operation, strconv.FormatInt(int64(r.StoryID), 10), r.Host,
		strconv.FormatInt(int64(r.TicketID), 10), csvText(r.Integration), string(r.Kind), string(r.State), strconv.Itoa(r.Attempts),
		csvCell(r.Behind), strconv.FormatBool(r.Late), csvCell(r.AuditID), csvCell(r.Public), csvTime(r.LastAttemptAt),
		csvTime(r.NextAttemptAt), csvText(r.Reason), csvText(r.Text), csvTime(r.CreatedAt), csvTime(r.DeliveredAt),
	}
}

// csvCell writes a value that may be absent; ids as bare numbers.
func csvCell[T any](v *T) string {
	if v == nil {
		return ""
	}
	return fmt.Sprintf("%v", *v)
}

func csvText(s *string) string {
	if s == nil {
		return ""
	}
	return plaintext.Block(*s)
}

func csvTime(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.RFC3339)
}
