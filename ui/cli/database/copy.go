package database

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
	"storydesk/ui/present"
)

// shownSum is how much of a checksum people compare.
const shownSum = 12

func (c commands) copy() *cobra.Command {
	return &cobra.Command{
		Use: "copy FROM TO", Short: "Copy everything from one database to another",
		Long: `Copy everything from one database to another: from a file to a PostgreSQL server, back,
or from one server to another. Each is a path, or postgres://USER@HOST/DATABASE. TO
must be empty, or not there yet if it is a file.

All is copied in one transaction, read back and compared: either TO holds everything
at the end, or nothing. Ids, order, history and the states of deliveries stay. FROM is not
changed, except that one of an older storydesk is upgraded first.

Close all other storydesk programs that use FROM before you start, and use only TO
afterwards. Private comments that have not been sent are in both then. Before storydesk
sends one from the copy, it looks on the ticket whether it is there already.`,
		Example: "storydesk db copy ~/.local/share/storydesk/storydesk.db postgres://storydesk@db.acme.internal/storydesk",
		Args:    usage.Takes("from", "to"),
		RunE: func(cmd *cobra.Command, args []string) error {
			for i, field := range []string{"from", "to"} {
				if err := session.CheckLocation(field, args[i]); err != nil {
					return err
				}
			}
			report, err := c.Storage.CopyAll(cmd.Context(), args[0], args[1])
			if err != nil {
				return err
			}
			if c.Flags.JSON {
				return c.Printer().JSON(copyRecord(report))
			}
			return c.printCopy(report, args)
		},
	}
}

// printCopy prints what was copied from one database to another.
func (c commands) printCopy(report verdict.StorageCopy, databases []string) error {
	p := c.Printer()
	rows := make([][]string, len(report.Tables))
	for i, t := range report.Tables {
		rows[i] = []string{t.Name, fmt.Sprint(t.Rows), t.Sum[:shownSum]}
	}
	if err := p.Table([]string{"TABLE", "ROWS", "CHECKSUM"}, rows); err != nil {
		return err
	}
	what := tracker.Counted(report.Rows(), "row", "rows") + " in " + tracker.Counted(len(report.Tables), "table", "tables")
	if err := p.Line("copied " + what + "; both databases hold the same"); err != nil {
		return err
	}
	if n := report.LeftBehind; n > 0 {
		line := tracker.Counted(n, "attachment was", "attachments were") + " not copied, for the content is missing or altered"
		// A check of a server looks at no attachments.
		if i := slices.IndexFunc(databases, func(name string) bool { return !session.IsServer(name) }); i >= 0 {
			line += fmt.Sprintf("; `storydesk db check --db %q` names them", databases[i])
		}
		if err := p.Line(line); err != nil {
			return err
		}
	}
	if report.Pending == 0 {
		return nil
	}
	return p.Line(tracker.Counted(report.Pending, "private comment has", "private comments have") +
		" not been sent and can be sent from both: use only the copy from now on")
}

// copied is a copy as JSON.
type copied struct {
	Tables  []tableRecord `json:"tables"`
	Rows    int           `json:"rows"`
	Pending int           `json:"pending"`
	// LeftBehind counts the attachments that were not copied.
	LeftBehind int `json:"attachments_left_behind"`
}

type tableRecord struct {
	Name string `json:"name"`
	Rows int    `json:"rows"`
	Sum  string `json:"sha256_sum"`
}

func copyRecord(report verdict.StorageCopy) copied {
	r := copied{Tables: []tableRecord{}, Rows: report.Rows(), Pending: report.Pending, LeftBehind: report.LeftBehind}
	for _, t := range report.Tables {
		r.Tables = append(r.Tables, tableRecord{t.Name, t.Rows, t.Sum})
	}
	return r
}

// described is what a database is as JSON.
type described struct {
	Name        string         `json:"name"`
	Engine      string         `json:"engine"`
	Version     string         `json:"version"`
	Schema      int64          `json:"schema"`
	Newest      int64          `json:"newest_schema"`
	Size        int64          `json:"size"`
	Rows        int64          `json:"rows"`
	Tables      []tableSummary `json:"tables"`
	Attachments string         `json:"attachments"`
}

type tableSummary struct {
	Name string `json:"name"`
	Rows int64  `json:"rows"`
}

func describe(i verdict.StorageInfo) described {
	r := described{
		Name: i.Name, Engine: i.Engine, Version: i.Version, Schema: i.Schema, Newest: i.Newest, Size: i.Size,
		Rows: i.Rows(), Tables: []tableSummary{}, Attachments: i.Attachments,
	}
	for _, t := range i.Tables {
		r.Tables = append(r.Tables, tableSummary{t.Name, t.Rows})
	}
	return r
}

func (c commands) info() *cobra.Command {
	return &cobra.Command{
		Use: "info", Short: "Show which database is used and what it holds",
		Long: `Show which database is used: its engine and version, the version of its tables, its
size, how many rows each table has, and where attachments are. Nothing secret is shown,
and nothing is changed.`,
		Example: "storydesk db info --db postgres://storydesk@db.acme.internal/storydesk", Args: usage.Takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, err := c.ChosenPath(cmd)
			if err != nil {
				return err
			}
			i, err := c.Storage.Describe(cmd.Context(), path)
			if err != nil {
				return err
			}
			if c.Flags.JSON {
				return c.Printer().JSON(describe(i))
			}
			schema := fmt.Sprint(i.Schema)
			if i.Schema < i.Newest {
				schema += fmt.Sprintf(" (this storydesk upgrades it to %d when it opens it)", i.Newest)
			}
			sheet := output.Sheet{Title: i.Name, Fields: []output.Field{
				{"engine", i.Engine + " " + i.Version}, {"schema", schema}, {"size", present.FileSize(i.Size)}, {"attachments", i.Attachments},
			}}
			if err := c.Printer().Text(sheet.String()); err != nil {
				return err
			}
			rows := make([][]string, len(i.Tables))
			for n, t := range i.Tables {
				rows[n] = []string{t.Name, fmt.Sprint(t.Rows)}
			}
			return c.Printer().Table([]string{"TABLE", "ROWS"}, rows)
		},
	}
}
