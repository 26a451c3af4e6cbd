package report

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/figures"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
	"storydesk/ui/figure"
	"storydesk/ui/text"
)

// commands are the commands on figures.
type commands struct{ session.Runner[UseCases] }

// Group returns the commands.
func Group(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	var list []*cobra.Command
	for _, f := range []struct {
		kind           figure.Kind
		short, example string
	}{
		{figure.Velocity, "Show what was accepted in each iteration", "storydesk report velocity --iterations 6\nstorydesk report velocity --csv > velocity.csv"},
		{figure.Planned, "Compare accepted with planned points", "storydesk report planned --from 2026-10-01 --to 2026-12-31"},
		{figure.Cycle, "Show how long stories take, by state", "storydesk report cycle --iterations 4 --json"},
		{figure.BurnUp, "Show how a release or a label comes to its end", "storydesk report burnup --release S-12\nstorydesk report burnup --label checkout --csv"},
		{figure.Rejections, "Show how often delivered work is rejected", "storydesk report rejections --iterations 8"},
		{figure.Tickets, "Count the tickets that accepted stories closed", "storydesk report tickets --json"},
	} {
		list = append(list, c.report(f.kind, f.short, f.example))
	}
	return usage.Group("report", "A project's figures: velocity, cycle time, burn-ups and more", list...)
}

// flags choose what is reported, and how.
type flags struct {
	iterations     int
	from, to       string
	csv            bool
	release, label string
}

// helpWidth is how wide a paragraph of help is.
const helpWidth = 88

const rangeHelp = `Without a choice the table has as many done iterations as the project shows, and Current.
--iterations takes another number, 0 for all; --from and --to the iterations with a day
between them.

--csv prints the table for a spreadsheet, with days as 2026-12-24; a text that a
spreadsheet would take for a formula begins with an apostrophe.`

func (c commands) report(kind figure.Kind, short, example string) *cobra.Command {
	var f flags
	long := strings.Join(text.Wrap(kind.About(), helpWidth), "\n") + "\n\n" + rangeHelp
	if kind == figure.BurnUp {
		long += "\n\nWithout --release or --label it is that of the next release, else of the label that most\nstories have which are to do. An epic is the label that it has."
	}
	cmd := &cobra.Command{Use: string(kind), Short: short, Long: long, Example: example, Args: usage.Takes()}
	cmd.RunE = c.InProject(func(ctx context.Context, s *opened, _ []string) error {
		if err := usage.Exclusive(cmd.Flags(), "csv", "json"); err != nil {
			return err
		}
		if err := usage.Exclusive(cmd.Flags(), "release", "label"); err != nil {
			return err
		}
		r, err := f.chosen(s.Project, cmd.Flags().Changed("iterations"))
		if err != nil {
			return err
		}
		h, err := s.Service.Report.Figures(ctx, s.Project.ID)
		if err != nil {
			return err
		}
		of, err := f.subject(kind, h)
		if err != nil {
			return err
		}
		return c.print(kind, f.csv, h, r, of)
	})
	to := cmd.Flags()
	to.IntVar(&f.iterations, "iterations", 0, "how many done iterations, 0 for all (default as the project shows)")
	to.StringVar(&f.from, "from", "", "the first day, such as 2026-12-24")
	to.StringVar(&f.to, "to", "", "the last day")
	to.BoolVar(&f.csv, "csv", false, "print CSV")
	if kind == figure.BurnUp {
		to.StringVar(&f.release, "release", "", "the release, by its story's number")
		to.StringVar(&f.label, "label", "", "the label")
	}
	return cmd
}

// chosen is the range that the flags choose.
func (f flags) chosen(p tracker.Project, counted bool) (r figures.Range, err error) {
	if f.iterations < 0 {
		return r, tracker.Invalid("iterations", "--iterations takes 0 for all, or a number of iterations")
	}
	if r.From, err = tracker.ParseDay("from", f.from); err != nil {
		return r, err
	}
	if r.To, err = tracker.ParseDay("to", f.to); err != nil {
		return r, err
	}
	if !r.From.IsZero() && !r.To.IsZero() && r.To.Before(r.From) {
		return r, tracker.Invalid("to", "--to %s is before --from %s", r.To.Format(time.DateOnly), r.From.Format(time.DateOnly))
	}
	r.Last = f.iterations
	if !counted && r.From.IsZero() && r.To.IsZero() {
		r.Last = max(1, p.DoneShown)
	}
	return r, nil
}

// subject is what a burn-up is of.
func (f flags) subject(kind figure.Kind, h *figures.History) (figures.Subject, error) {
	switch {
	case kind != figure.BurnUp:
		return figures.Subject{}, nil
	case f.release != "":
		id, err := tracker.ParseStoryID(f.release)
		return figures.Subject{Release: id}, err
	case f.label != "":
		return figures.Subject{Label: f.label}, nil
	}
	of, ok := h.Usual()
	if !ok {
		return of, tracker.Errorf(tracker.CodeNotFound, "the project has no release and no label to show a burn-up of")
	}
	return of, nil
}

// print prints a figure as JSON, as CSV, or as a table below what is most noticeable.
func (c commands) print(kind figure.Kind, asCSV bool, h *figures.History, r figures.Range, of figures.Subject) error {
	if asCSV || c.Printer().AsJSON {
		rec, err := recordOf(kind, h, r, of)
		if err != nil {
			return err
		}
		if asCSV {
			return writeCSV(c.Printer(), rec.rows())
		}
		return c.Printer().JSON(rec)
	}
	f, err := figure.Of(kind, h, r, of)
	if err != nil {
		return err
	}
	for _, sentence := range f.Said {
		if err := c.Printer().Line(sentence); err != nil {
			return err
		}
	}
	if len(f.Rows) == 0 {
		return nil
	}
	return c.Printer().Table(f.Headings, f.Rows)
}
