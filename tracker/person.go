package tracker

// Person is somebody whose name stands on stories.
type Person struct {
	ID                    int64
	Name, Initials, Email string
	// Aliases are other names of theirs: former ones, and those in imported files.
	Aliases []string
}

// PeopleReader reads who is known.
type PeopleReader interface {
	// People lists everybody by name.
	People() ([]Person, error)
}

// PeopleWriter changes who is known.
type PeopleWriter interface {
	// SavePerson adds somebody without an id and sets it; it replaces the one with that
	// id, or they come back under it. A taken name fails with CodeInvalid, field "name".
	SavePerson(p *Person) error
	// RemovePerson takes somebody off the list; CodeNotFound.
	RemovePerson(id int64) error
	// Rename puts a name in place of another on all stories, deleted ones too, epics and
	// tickets put aside, and returns where that was. Given that, in places, it puts the
	// name back there alone, where it is still the one that Rename had put. What was seen
	// under a name goes along unless somebody is listed under it still.
	Rename(from, to string, places *NamePlaces) (NamePlaces, error)
}

// NamePlaces is where a name stood.
type NamePlaces struct {
	// Rows are those that hold one name, by their column: each as the store tells it from others.
	Rows map[string][]string
	// Stories are the names on stories as they were.
	Stories map[StoryID]StoryNames
}

// StoryNames are the names on a story.
type StoryNames struct {
	Requester         string
	Owners, Followers []string
}
