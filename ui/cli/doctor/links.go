package doctor

import (
	"context"
	"fmt"
	"os"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/linkcheck"
	"storydesk/tracker/plaintext"
	"storydesk/tracker/verdict"
	"storydesk/ui/cli/finding"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
)

// driftRecord is a drift as JSON.
type driftRecord struct {
	Kind        linkcheck.Kind      `json:"kind"`
	Level       verdict.Level       `json:"level"`
	Integration *string             `json:"integration"`
	StoryID     *tracker.StoryID    `json:"story_id"`
	TicketID    *tracker.TicketID   `json:"ticket_id"`
	URL         *string             `json:"url"`
	DeliveryID  *tracker.DeliveryID `json:"delivery_id"`
	MergedInto  *tracker.TicketID   `json:"merged_into"`
	Repair      *linkcheck.Repair   `json:"repair"`
	Text        string              `json:"text"`
}

func recordDrift(d linkcheck.Drift) any {
	return driftRecord{
		Kind: d.Kind, Level: d.Level, Integration: output.OrNull(d.Link.Integration), StoryID: output.OrNull(d.Story.ID),
		TicketID: output.OrNull(d.Link.Ticket.ID), URL: output.OrNull(d.Link.URL), DeliveryID: output.OrNull(d.Delivery),
		MergedInto: output.OrNull(d.MergedInto), Repair: output.OrNull(d.Repair), Text: d.Text,
	}
}

// driftRecords is null where links were not asked for.
func (d *examination) driftRecords() []any {
	if !d.links {
		return nil
	}
	list := make([]any, len(d.drifts))
	for i, drift := range d.drifts {
		list[i] = recordDrift(drift)
	}
	return list
}

// checkLinks compares linked stories with their tickets and prints each drift
// as it is found.
func (d *examination) checkLinks(ctx context.Context, s *opened) error {
	if !d.links {
		return nil
	}
	d.print(output.Bold("Links") + "\n")
	var last linkcheck.Progress
	err := s.Service.Checkup.FindDrift(ctx, s.Project.ID, func(p linkcheck.Progress) {
		if p.Waits > 0 && !d.Flags.JSON {
			d.Complain("waiting %s for Zendesk's limit; %d of %d are compared\n", p.Waits.Round(time.Second), p.Done, p.Total)
		}
		for _, drift := range p.Found {
			d.drifts = append(d.drifts, drift)
			d.print(driftLines(drift, output.ASCIILocale(os.Getenv), d.Printer().Width()))
		}
		last = p
	})
	if err != nil {
		return err
	}
	c := verdict.Check{Name: "links", Level: verdict.LevelOK, Text: "No problems found"}
	switch {
	case len(d.drifts) > 0:
		c.Level, c.Text = verdict.LevelInfo, fmt.Sprintf("%d found, listed above", len(d.drifts))
	case last.Total == 0:
		c.Text = "no story is linked to a ticket"
	}
	d.addCheck(c)
	return d.repairLinks(ctx, s)
}

// repairLinks asks about each repair offered, and makes those agreed to.
// What fails is reported; what is repaired is no longer listed.
func (d *examination) repairLinks(ctx context.Context, s *opened) error {
	if d.ask == nil {
		return nil
	}
	var left []linkcheck.Drift
	for _, drift := range d.drifts {
		repaired, err := d.repairOne(ctx, s, drift)
		if err != nil {
			return err
		}
		if !repaired {
			left = append(left, drift)
		}
	}
	d.drifts = left
	return nil
}

func (d *examination) repairOne(ctx context.Context, s *opened, drift linkcheck.Drift) (repaired bool, err error) {
	if drift.Repair == linkcheck.RepairNone {
		return false, nil
	}
	if agreed, err := d.ask.Agrees(ctx, drift.Question()); err != nil || !agreed {
		return false, err
	}
	said, err := s.Service.Checkup.Fix(ctx, drift, false)
	if err != nil {
		e := session.AsError(err)
		e.Reason, e.Field = "", "" // they name a flag of another command
		d.Report(&e)
		return false, nil
	}
	d.print(plaintext.Line(said) + "\n")
	return true, nil
}

// driftLines lays a drift out as a check is.
func driftLines(d linkcheck.Drift, ascii bool, width int) string {
	c := verdict.Check{Name: "link", Level: d.Level, Text: d.Text}
	if d.Story.ID != 0 {
		c.Text = fmt.Sprintf("%s %s: %s", d.Story.ID, d.Link.Ticket.ID, plaintext.Line(d.Text))
	}
	if step := repairStep(d); step != "" {
		c.Steps = []string{step}
	}
	return finding.Lines(c, ascii, width)
}

// repairStep is the command that does what a drift offers.
func repairStep(d linkcheck.Drift) string {
	switch d.Repair {
	case linkcheck.RepairUnlink:
		return fmt.Sprintf("storydesk story unlink %s --ticket %d", d.Story.ID, d.Link.Ticket.ID)
	case linkcheck.RepairRelink:
		return fmt.Sprintf("storydesk story link %s --ticket %d, then storydesk story unlink %s --ticket %d",
			d.Story.ID, d.MergedInto, d.Story.ID, d.Link.Ticket.ID)
	case linkcheck.RepairResend:
		return "storydesk doctor --links --repair offers to send it again; so does “verify links” in the board's deliveries"
	case linkcheck.RepairNone:
	}
	return ""
}
