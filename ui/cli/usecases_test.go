package cli

import (
	"reflect"
	"testing"
	"time"

	"storydesk/ui"
	"storydesk/ui/cli/transfer"
)

// These are embedded, and have methods of their own names.
type (
	someStories  = Stories
	someProjects = Projects
	someEpics    = Epics
	somePeople   = People
)

// What the board needs and is not given is found when a key is pressed, and not before.
func TestTheBoardGetsAllUseCases(t *testing.T) {
	t.Parallel()
	screens := UseCases{
		Board: struct{ ui.Snapshots }{}, Find: struct{ ui.Finder }{}, Report: struct{ ui.Reporter }{}, Epics: struct{ someEpics }{}, Stories: struct{ someStories }{}, Parts: struct{ Parts }{}, People: struct{ somePeople }{}, Triage: struct{ ui.Triage }{},
		Views: struct{ Views }{}, Accounts: struct{ Accounts }{}, Outbox: struct{ Outbox }{}, Settings: struct{ Settings }{}, Projects: struct{ someProjects }{},
		Conversation: struct{ ui.Conversation }{}, Checkup: struct{ Checkup }{}, Courier: struct{ Courier }{}, Imports: struct{ transfer.Imports }{},
		Surroundings: Surroundings{Presence: struct{ ui.Presence }{}, Subscribe: func() ui.Feed { return nil }, Now: time.Now},
	}.screens()
	all := reflect.ValueOf(screens)
	for i := range all.NumField() {
		if all.Field(i).IsZero() {
			t.Errorf("the board is not given %s", all.Type().Field(i).Name)
		}
	}
}
