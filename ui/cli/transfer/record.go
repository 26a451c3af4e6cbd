package transfer

import (
	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/ui/cli/output"
)

// reportRecord is an import as JSON.
type reportRecord struct {
	Project  string                `json:"project"`
	DryRun   bool                  `json:"dry_run"`
	Counts   []countRecord         `json:"counts"`
	Settings []tracker.FieldChange `json:"settings"`
	People   []personRecord        `json:"people"`
	Changes  []changeRecord        `json:"changes"`
	Findings []findingRecord       `json:"findings"`
}

type countRecord struct {
	Kind    string `json:"kind"`
	Read    int    `json:"read"`
	Added   int    `json:"added"`
	Changed int    `json:"changed"`
	Same    int    `json:"same"`
	Left    int    `json:"left_out"`
}

type personRecord struct {
	Name string `json:"name"`
	Here string `json:"here"`
	New  bool   `json:"new"`
	// Alike are the people here who may be meant.
	Alike []string `json:"alike"`
}

type changeRecord struct {
	Story    int64                 `json:"story_id"`
	Epic     int64                 `json:"epic_id"`
	Name     string                `json:"name"`
	Fields   []tracker.FieldChange `json:"fields"`
	Comments int                   `json:"new_comments"`
	Files    int                   `json:"new_attachments"`
}

type findingRecord struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Heading string `json:"heading"`
	Message string `json:"message"`
}

// exportRecord is an export as JSON.
type exportRecord struct {
	Project string `json:"project"`
	Format  string `json:"format"`
	File    string `json:"file"`
	// Left are the attachments whose content is not in it.
	Left int `json:"attachments_left_out"`
}

func recordReport(r transfer.Report, dryRun bool, findings []findingRecord, changes []changeRecord) reportRecord {
	record := reportRecord{
		Project: r.Project.Name, DryRun: dryRun, Settings: output.OrEmpty(r.Settled), Changes: output.OrEmpty(changes), Findings: output.OrEmpty(findings),
		People: []personRecord{}, Counts: []countRecord{},
	}
	for _, kind := range transfer.Kinds() {
		if n := r.Counts[kind]; n.Read > 0 {
			record.Counts = append(record.Counts, countRecord{string(kind), n.Read, n.Added, n.Changed, n.Same, n.Left})
		}
	}
	for _, p := range r.People {
		record.People = append(record.People, personRecord{p.Name, p.Here, p.New, output.OrEmpty(p.Alike)})
	}
	return record
}
