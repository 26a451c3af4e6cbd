package outbox

import (
	"storydesk/tracker"
	"storydesk/tracker/person"
)

// Record adds an activity to a story.
func (s *Service) Record(w tracker.Writer, id tracker.StoryID, verb string, changes []tracker.FieldChange) error {
	_, err := s.Activity(w, id, verb, changes)
	return err
}

// Activity adds an activity of the acting user to a story and returns it. Who does something
// for the first time is listed among the people.
func (s *Service) Activity(w tracker.Writer, id tracker.StoryID, verb string, changes []tracker.FieldChange) (tracker.Activity, error) {
	if me := s.Actor(); me != "" && !s.Listed() {
		if _, err := person.Settle(w, me); err != nil {
			return tracker.Activity{}, err
		}
	}
	a := tracker.Activity{StoryID: id, Actor: s.Actor(), Verb: verb, Changes: changes, At: s.Now()}
	err := w.AddActivity(&a)
	return a, err
}
