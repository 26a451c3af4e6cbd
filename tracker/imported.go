package tracker

// Imported is a story that came from another one: of Tracker, or of another database.
type Imported struct {
	// Origin is its number there.
	Origin  int64
	StoryID StoryID
	// Marks tell what its fields were there when they were read last. Their meaning is
	// that of whoever saves them.
	Marks []byte
}

// ImportedEpic is an epic that came from another one.
type ImportedEpic struct {
	// Origin is its number there.
	Origin int64
	EpicID EpicID
	// Marks tell what its fields were there when they were read last.
	Marks []byte
}

// ImportedFile is an attachment that was imported, whether it is still there or not.
type ImportedFile struct {
	Name string
	Size int64
	// Sum is the SHA-256 of its content, in hex.
	Sum string
}

// Brought is what a story brought along from where it comes from, besides its fields.
type Brought struct {
	// Priority is a word such as "p1 - High", empty for none.
	Priority string
	// PullRequests and Branches are addresses.
	PullRequests, Branches []string
}

// Empty reports whether there is nothing.
func (b Brought) Empty() bool { return b.Priority == "" && len(b.PullRequests)+len(b.Branches) == 0 }

// ImportReader reads which stories were imported.
type ImportReader interface {
	// Imported lists a project's stories that were imported, deleted ones too, by
	// their origin.
	Imported(project ProjectID) ([]Imported, error)
	// ImportedEpics lists a project's epics that were imported, removed ones too.
	ImportedEpics(project ProjectID) ([]ImportedEpic, error)
	// ImportedFiles lists the attachments that were imported with a story, in the order in
	// which they were.
	ImportedFiles(story StoryID) ([]ImportedFile, error)
	// Brought reads what a story brought along.
	Brought(story StoryID) (Brought, error)
}

// ImportWriter changes which stories were imported.
type ImportWriter interface {
	// SaveImported remembers where a story comes from, in place of what was saved of
	// that origin before.
	SaveImported(project ProjectID, i Imported) error
	// SaveImportedEpic does so for an epic.
	SaveImportedEpic(project ProjectID, i ImportedEpic) error
	// AddImportedFile remembers that an attachment was imported with a story.
	AddImportedFile(story StoryID, f ImportedFile) error
	// SaveBrought saves what a story brought along, in place of what was saved before.
	SaveBrought(story StoryID, b Brought) error
}
