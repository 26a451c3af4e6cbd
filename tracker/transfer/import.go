package transfer

import (
	"fmt"
	"strconv"
	"strings"

	"storydesk/tracker"
)

// Options say how a project is imported.
type Options struct {
	Project tracker.ProjectID
	// DryRun finds out what would be done and does nothing.
	DryRun bool
	// People says who is meant by names in the file that are written otherwise here.
	People map[string]string
	// Found hears of what cannot be placed, Changed of each story that is changed, and
	// Progress of how far the import is. Each may be nil.
	Found    func(Finding)
	Changed  func(Change)
	Progress func(Progress)
}

// Progress is how far an import is. First the file is read to find out what it holds, then
// the attachments are copied, then the stories are written.
type Progress struct {
	// Stories of AllStories are done; AllStories is 0 while the file is read.
	Stories, AllStories int
	// Bytes of AllBytes are copied; AllBytes is 0 but while attachments are.
	Bytes, AllBytes int64
}

// String says it in a few words.
func (p Progress) String() string {
	const mega = 1 << 20
	switch {
	case p.AllBytes > 0:
		return fmt.Sprintf("%d of %d MB of attachments", p.Bytes/mega, (p.AllBytes+mega-1)/mega)
	case p.AllStories > 0:
		return fmt.Sprintf("%d of %d stories", p.Stories, p.AllStories)
	}
	return fmt.Sprintf("reading: %d stories", p.Stories)
}

// Share is how much of the stage is done, from 0 to 1.
func (p Progress) Share() float64 {
	switch {
	case p.AllBytes > 0:
		return float64(p.Bytes) / float64(p.AllBytes)
	case p.AllStories > 0:
		return float64(p.Stories) / float64(p.AllStories)
	}
	return 0
}

// Change is what an import changes of a story or an epic that is here already.
type Change struct {
	// One of the two is set.
	Story tracker.StoryID
	Epic  tracker.EpicID
	Name  string
	// Fields are those that differ; of Comments and Attachments so many are new.
	Fields                []tracker.FieldChange
	Comments, Attachments int
}

// String says what is different.
func (c Change) String() string {
	var parts []string
	for _, f := range c.Fields {
		if f.Field == "description" {
			parts = append(parts, f.Field)
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %s → %s", f.Field, orNone(f.Old), orNone(f.New)))
	}
	if c.Comments > 0 {
		parts = append(parts, tracker.Counted(c.Comments, "new comment", "new comments"))
	}
	if c.Attachments > 0 {
		parts = append(parts, tracker.Counted(c.Attachments, "new attachment", "new attachments"))
	}
	id := c.Story.String()
	if c.Epic != 0 {
		id = c.Epic.String()
	}
	return id + " " + c.Name + ": " + strings.Join(parts, " · ")
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// Kind is a kind of things that a project holds, in the plural.
type Kind string

// The kinds.
const (
	Stories      Kind = "stories"
	Epics        Kind = "epics"
	Comments     Kind = "comments"
	Tasks        Kind = "tasks"
	Blockers     Kind = "blockers"
	Reviews      Kind = "reviews"
	PullRequests Kind = "pull requests"
	Branches     Kind = "branches"
	Attachments  Kind = "attachments"
	Activities   Kind = "changes in the history"
	Links        Kind = "links to tickets"
)

// Kinds lists the kinds in the order in which people read of them.
func Kinds() []Kind {
	return []Kind{Stories, Epics, Comments, Tasks, Blockers, Reviews, PullRequests, Branches, Attachments, Activities, Links}
}

// Count says what became of the things of a kind.
type Count struct {
	// Read is how many the file holds. Of them so many are new here, changed what is
	// here, or are here as they are.
	Read, Added, Changed, Same int
	// Left is how many were left out.
	Left int
}

// Person is a name in the file and who that is here.
type Person struct {
	Name, Here string
	// New is true for somebody whose name was not here before. Alike are the people here
	// who may be meant then.
	New   bool
	Alike []string
}

// Report says what an import did, or would do.
type Report struct {
	Project tracker.Project
	// Settled are the changes of the project's own settings: an empty project takes
	// those that the file tells of.
	Settled  []tracker.FieldChange
	Counts   map[Kind]Count
	People   []Person
	Findings int
}

// Notes say what the project takes over of the file's settings, and who is meant by the
// names in it.
func (r Report) Notes() []string {
	var notes []string
	for _, c := range r.Settled {
		notes = append(notes, "project: "+c.Field+" "+c.Old+" → "+c.New)
	}
	for _, p := range r.People {
		if note := p.Note(); note != "" {
			notes = append(notes, note)
		}
	}
	return notes
}

// Note says who is meant by a name that is not written so here, empty for somebody whose
// name is.
func (p Person) Note() string {
	switch {
	case p.Name != p.Here:
		return "person: " + p.Name + " is " + p.Here
	case len(p.Alike) > 0:
		return "person: " + p.Name + " is new; " + tracker.OneOf(p.Alike) + " is alike"
	}
	return ""
}

// Unsure lists the people who may be somebody who is here under another name.
func (r Report) Unsure() []Person {
	var list []Person
	for _, p := range r.People {
		if len(p.Alike) > 0 {
			list = append(list, p)
		}
	}
	return list
}

// Headings are those of [Report.Table].
func Headings() []string { return []string{"READ", "NEW", "CHANGED", "SAME", "LEFT OUT", "KIND"} }

// Table counts what became of each kind that the file holds.
func (r Report) Table() [][]string {
	var rows [][]string
	for _, kind := range Kinds() {
		if n := r.Counts[kind]; n.Read > 0 {
			rows = append(rows, []string{
				strconv.Itoa(n.Read), strconv.Itoa(n.Added), strconv.Itoa(n.Changed), strconv.Itoa(n.Same), strconv.Itoa(n.Left), string(kind),
			})
		}
	}
	return rows
}
