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

// ImportReader reads which stories were imported.
type ImportReader interface {
	// Imported lists a project's stories that were imported, deleted ones too, by
	// their origin.
	Imported(project ProjectID) ([]Imported, error)
}

// ImportWriter changes which stories were imported.
type ImportWriter interface {
	// SaveImported remembers where a story comes from, in place of what was saved of
	// that origin before.
	SaveImported(project ProjectID, i Imported) error
}
