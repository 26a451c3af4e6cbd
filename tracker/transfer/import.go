package transfer

import "storydesk/tracker"

// Options say how a project is imported.
type Options struct {
	Project tracker.ProjectID
	// DryRun finds out what would be done and does nothing.
	DryRun bool
	// People says who is meant by names in the file that are written otherwise here.
	People map[string]string
	// Found hears of what cannot be placed, Changed of each story that is changed, and
	// Progress of how many stories of all are done. Each may be nil.
	Found    func(Finding)
	Changed  func(Change)
	Progress func(done, all int)
}

// Change is what an import changes of a story that is here already.
type Change struct {
	Story tracker.StoryID
	Name  string
	// Fields are those that differ, and Comments how many are new.
	Fields   []tracker.FieldChange
	Comments int
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
	// New is true for somebody whose name was not here before.
	New bool
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
