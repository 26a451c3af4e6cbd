package stories

import (
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/person"
)

// settle calls the people who are new on a story as they are called here, and makes those
// known who are not.
func (s *changes) settle(w tracker.Writer, before tracker.Story, st *tracker.Story) error {
	known := func(name string) bool {
		return name == "" || name == before.Requester || slices.Contains(before.Owners, name) || name == s.Actor() && s.Listed()
	}
	if known(st.Requester) && !slices.ContainsFunc(st.Owners, func(name string) bool { return !known(name) }) {
		return nil
	}
	names, err := person.Settle(w, append([]string{st.Requester}, st.Owners...)...)
	if err == nil {
		st.Requester, st.Owners = names[0], tracker.CleanNames(names[1:])
	}
	return err
}

// PeopleChange is a change of who is known that another use case made, undone in turn with
// those of stories. It sends nothing.
type PeopleChange interface {
	// String is whom it is about, Did what was done, in a word.
	String() string
	Did() string
	// TakeBack makes it undone and returns what makes it done again. CodeRefused when
	// somebody else has changed it since.
	TakeBack(w tracker.Writer) (inverse PeopleChange, err error)
}

// RememberPeople adds what another use case changed to what Undo takes back.
func (s *undoing) RememberPeople(made PeopleChange) {
	remember(s, []PeopleChange{made}, func(c PeopleChange) change { return ofPeople{c} })
}

// ofPeople is a change of who is known.
type ofPeople struct{ PeopleChange }

// of is no story.
func (c ofPeople) of() tracker.StoryID { return 0 }

func (c ofPeople) did() string { return c.Did() }

func (c ofPeople) takeBack(_ *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	inverse, err := c.TakeBack(w)
	return ofPeople{inverse}, commentsNone, err
}

// tell says nothing: the sentence names who it is about.
func (c ofPeople) tell(*tracker.Undone) {}
