package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/find"
	"storydesk/ui/story"
	"storydesk/ui/ticket"
	"storydesk/ui/uitest"
)

// searched is a world in which much is written in stories.
func searched(t *testing.T) *world {
	t.Helper()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	said := w.Story("Charts", tracker.Backlog, 1)
	w.Story("Dark kaleidoscope", tracker.Icebox, 1)
	w.Story("Other", tracker.Backlog, 1)
	if _, err := w.Service.Stories.Comment(w.T.Context(), []tracker.StoryID{said.ID}, "turn the KALEIDOSCOPE again", ""); err != nil {
		t.Fatal(err)
	}
	return w
}

// What is written in a story is found while it is typed, and told.
func TestSearchFindsWhatIsWritten(t *testing.T) {
	t.Parallel()
	w := searched(t).Start(120, 30)
	w.Press("ctrl+f")
	w.Shows("both words, anywhere in names")
	w.Write("kaleidoscope")
	w.See("2 stories · 0 tickets")
	w.Shows("Charts · comment by ")
	w.Shows("turn the KALEIDOSCOPE again")
	w.Write(" -name:dark")
	w.See("1 story · 0 tickets")
	w.Press("enter", "enter")
	if _, ok := w.Top().(*story.Pane); !ok {
		t.Errorf("enter opens %T", w.Top())
	}
	w.Press("esc")
	if _, ok := w.Top().(*find.Pane); !ok {
		t.Errorf("esc leads back to %T", w.Top())
	}
	w.Press("esc")
	if !w.OnBoard() {
		t.Errorf("esc leads back to %T", w.Top())
	}
}

// Tickets stand below the stories; terms may be of either.
func TestSearchFindsTickets(t *testing.T) {
	t.Parallel()
	w := searched(t).Start(120, 30)
	w.Press("ctrl+f").Write("name:kaleidoscope OR status:new,open,pending")
	w.See("1 story · 3 tickets")
	screen := w.Screen()
	if strings.Index(screen, "Dark kaleidoscope") > strings.Index(screen, "#1042") {
		t.Errorf("stories stand first, then tickets:\n%s", screen)
	}
	w.Press("enter", "G", "enter")
	if _, ok := w.Top().(*ticket.Pane); !ok {
		t.Errorf("enter opens %T", w.Top())
	}
}

// A search that cannot be read says where and what would be right, and shows what was
// found before.
func TestSearchSaysWhereItIsWrong(t *testing.T) {
	t.Parallel()
	w := searched(t).Start(120, 30)
	w.Press("ctrl+f").Write("kaleidoscope stae:started")
	w.Shows("column 14: there is no term stae; did you mean state")
	w.Press("enter")
	w.Shows("column 14: there is no term stae")
	w.Press("backspace", "ctrl+u").Write("kaleidoscope state:unscheduled,acepted")
	w.Shows("column 32: state can be unscheduled,")
	w.See("1 story · 0 tickets")
}

// Tab completes terms and what they can be; what is whole becomes the next.
func TestSearchIsCompleted(t *testing.T) {
	t.Parallel()
	w := searched(t).Start(120, 30)
	w.Press("ctrl+f").Write("-sta").Press("tab")
	w.Shows("Search -state:  ")
	w.Write("fin").Press("tab")
	w.Shows("Search -state:finished")
	w.Press("tab")
	w.Shows("Search -state:delivered")
	w.See("3 stories")
	// Other prompts have nothing to complete.
	w.Press("esc").Press("n").Press("tab")
	w.exact(120, 30)
}

// A story is taken further from the search, which shows it as it is then.
func TestSearchActsOnWhatItFound(t *testing.T) {
	t.Parallel()
	w := searched(t).Start(120, 30)
	w.Press("ctrl+f").Write("name:kaleidoscope")
	w.See("1 story")
	w.Press("enter", "b")
	w.See("unstarted")
	w.Press("s")
	w.See("started     Dark")
	w.Press("/", "ctrl+u").Write("status:new")
	w.See("0 stories · 1 ticket ")
	w.Press("enter", "s")
	w.Shows("This is a ticket; enter opens it")
}
