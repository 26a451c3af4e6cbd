package store

import (
	"slices"

	"storydesk/store/marks"
	"storydesk/store/people"
	"storydesk/store/query"
	"storydesk/tracker"
)

// People implements tracker.Reader.
func (r partReader) People() ([]tracker.Person, error) {
	return query.All(r.of.Session, "the people", func(p *tracker.Person) []any {
		return []any{&p.ID, &p.Name, &p.Initials, &p.Email, array[string]{&p.Aliases}}
	}, "SELECT id, name, initials, email, aliases FROM person ORDER BY name")
}

// SavePerson implements tracker.Writer.
func (w *projectWriter) SavePerson(p *tracker.Person) error {
	id, err := w.Put("person", "person", p.ID, "name, initials, email, aliases",
		"(name, initials, email, aliases) = (excluded.name, excluded.initials, excluded.email, excluded.aliases)",
		p.Name, p.Initials, p.Email, array[string]{&p.Aliases})
	if err == nil {
		p.ID = id
	}
	return query.NameTaken("a person", p.Name, err)
}

// RemovePerson implements tracker.Writer.
func (w *projectWriter) RemovePerson(id int64) error {
	return partWriter{w.statements}.remove("person", id)
}

// Rename implements tracker.Writer.
func (w *writer) Rename(from, to string, places *tracker.NamePlaces) (done tracker.NamePlaces, err error) {
	done.Stories = map[tracker.StoryID]tracker.StoryNames{}
	// A story is read again once its project is locked. Owners are a list that only Go reads alike on
	// both engines.
	type named struct {
		tracker.Story
		otherwise bool
	}
	list, err := query.All(w.Session, "whose names stand on stories", func(n *named) []any { return []any{&n.ID, array[string]{&n.Owners}, &n.otherwise} },
		"SELECT id, owners, requester = ?1 OR id IN (SELECT story_id FROM follower WHERE person = ?1) FROM story WHERE requester = ?1 OR owners <> '[]' OR id IN (SELECT story_id FROM follower WHERE person = ?1) ORDER BY project_id, id", from)
	for i := 0; i < len(list) && err == nil; i++ {
		if list[i].otherwise || slices.Contains(list[i].Owners, from) {
			err = w.renameOn(list[i].ID, from, to, places, done.Stories)
		}
	}
	if err != nil {
		return done, err
	}
	done.Rows, err = people.Rename(func(statement, to, from string, keys []string) ([]string, error) {
		return query.All(w.Session, "where "+from+" stands", query.Itself[string], statement, to, from, array[string]{&keys})
	}, from, to, places)
	if err != nil {
		return done, err
	}
	return done, marks.Carry(func(statement string, args ...any) (int64, error) {
		return w.Exec("what "+from+" has seen", statement, args...)
	}, from, to)
}

// renameOn puts a name in place of another on a story, and notes in before how it was there.
func (w *writer) renameOn(id tracker.StoryID, from, to string, places *tracker.NamePlaces, before map[tracker.StoryID]tracker.StoryNames) error {
	var was *tracker.StoryNames
	if places != nil {
		names, ok := places.Stories[id]
		if !ok {
			return nil
		}
		was = &names
	}
	st, err := storyOrDeleted(&w.reader, id)
	if err != nil {
		return err
	}
	followers, err := w.Followers(id)
	if err != nil {
		return err
	}
	now := tracker.StoryNames{Requester: st.Requester, Owners: st.Owners, Followers: followers}
	after := people.OnStory(now, from, to, was)
	if after.Requester == now.Requester && slices.Equal(after.Owners, now.Owners) && slices.Equal(after.Followers, now.Followers) {
		return nil
	}
	before[id] = now
	if err := w.SaveFollowers(id, after.Followers); err != nil {
		return err
	}
	st.Requester, st.Owners = after.Requester, after.Owners
	return w.SaveStory(&st)
}
