package database

import (
	"time"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
	"storydesk/ui/cli/output"
)

// restored is a restoration as JSON.
type restored struct {
	File   string         `json:"file"`
	DryRun bool           `json:"dry_run"`
	Backup summaryRecord  `json:"backup"`
	Now    *summaryRecord `json:"now"`
	// Kept is where what was there before is.
	Kept *string `json:"kept"`
}

// summaryRecord is what a database holds as JSON.
type summaryRecord struct {
	File       string     `json:"file"`
	Projects   int        `json:"projects"`
	Stories    int        `json:"stories"`
	Comments   int        `json:"comments"`
	Deliveries int        `json:"deliveries"`
	ChangedAt  *time.Time `json:"changed_at"`
	words      string
}

func record(file string, s verdict.StorageSummary) summaryRecord {
	return summaryRecord{file, s.Projects, s.Stories, s.Comments, s.Deliveries, output.Stamp(s.ChangedAt), words(s)}
}

// words says what a database holds.
func words(s verdict.StorageSummary) string {
	text := tracker.Counted(s.Projects, "project", "projects") + ", " + tracker.Counted(s.Stories, "story", "stories") + ", " +
		tracker.Counted(s.Comments, "comment", "comments") + ", " + tracker.Counted(s.Deliveries, "delivery", "deliveries")
	if !s.ChangedAt.IsZero() {
		text += ", last changed " + output.Moment(s.ChangedAt)
	}
	return text
}
