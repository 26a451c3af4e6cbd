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
