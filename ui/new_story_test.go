package ui_test

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/config"
	"storydesk/ui/intent"
	"storydesk/ui/uitest"
)

// newStoryDraft is the key of the draft of a new story in the first project.
const newStoryDraft = "new story/1"

// planned is a world with a story in each column, one of which has an owner and a label.
func planned(t testing.TB) *world {
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("Waiting", tracker.Backlog, 1)
	st := w.Story("Later", tracker.Icebox, -1)
	edit := tracker.StoryEdit{Owners: &[]string{"Grace Hopper"}, Labels: &[]string{"export", "exports"}}
	if _, err := w.Service.Stories.Edit(w.T.Context(), []tracker.StoryID{st.ID}, edit); err != nil {
		w.T.Fatal(err)
	}
	return w
}

// form opens the form of a new story from the Backlog.
func (w *world) form() *world {
	w.T.Helper()
	w.Press("2", "n")
	w.See("New story in the Backlog, above S")
	w.Idle()
	return w
}

// draft is what was saved of a new story.
func (w *world) draft() string {
	w.T.Helper()
	text, err := w.Service.Settings.Draft(w.T.Context(), newStoryDraft)
	if err != nil {
		w.T.Fatal(err)
	}
	return text
}

// All fields are reached with tab and arrows, names are completed, and the story has all
// that was given: in another column it goes to the top.
func TestNewStoryWithAllItsFields(t *testing.T) {
	t.Parallel()
	w := planned(t).Start(80, 24).form()
	w.Write("Rotate the keys").Press("down", "right", "tab", "right")
	w.See("New story in the Icebox")
	w.Shows("‹ bug ›")
	w.Press("tab").Write("gra")
	w.See("→ Grace Hopper")
	w.Press("right").Write(", Ben Okafor").Press("tab").Write("ops,exports")
	w.Press("enter")
	w.See("Story S-3 created")
	w.Idle()
	st := w.read(3).Story
	if st.Name != "Rotate the keys" || st.Type != tracker.Bug || st.State != tracker.Unscheduled ||
		!slices.Equal(st.Owners, []string{"Grace Hopper", "Ben Okafor"}) || !slices.Equal(st.Labels, []string{"ops", "exports"}) {
		t.Errorf("%+v", st)
	}
	w.standsAt(intent.PaneIcebox, st.ID, 0)
	if d := w.draft(); d != "" {
		t.Errorf("the draft is still %q", d)
	}
}

// The mouse does what the keys do.
func TestNewStoryByMouse(t *testing.T) {
	t.Parallel()
	w := planned(t).Start(120, 32).form()
	w.Write("Rotate the keys")
	w.Click("chore")
	w.Click("Owners")
	w.Write("gra")
	w.See("→ Grace Hopper")
	w.Click("→ Grace Hopper")
	w.Click("enter create")
	w.See("Story S-3 created")
	w.Idle()
	if st := w.read(3).Story; st.Type != tracker.Chore || !slices.Equal(st.Owners, []string{"Grace Hopper"}) {
		t.Errorf("%+v", st)
	}
	w.form()
	w.Place(0, 3).Click()
	if !w.OnBoard() {
		t.Errorf("a click beside an empty form leaves it open:\n%s", w.Screen())
	}
}

// What was typed is asked for when the form is left, and is there again where it was kept.
func TestNewStoryIsADraft(t *testing.T) {
	t.Parallel()
	w := planned(t).Start(120, 32).form()
	w.Press("esc")
	if !w.OnBoard() {
		t.Fatalf("an empty form asks something:\n%s", w.Screen())
	}
	w.form().Write("Rotate the keys").Press("tab", "right", "esc")
	w.See("Discard changes?")
	w.Press("esc")
	w.Shows("New story in the Backlog")
	w.Press("esc", "k")
	w.See("Draft saved")
	w.Idle()
	if !strings.Contains(w.draft(), "Rotate") {
		t.Errorf("the draft is %q", w.draft())
	}
	w.Press("3", "n")
	w.See("draft, not saved")
	w.Shows("New story in the Icebox, above S-2")
	w.Shows("‹ bug ›")
	w.Press("esc", "d")
	w.Idle()
	if d := w.draft(); d != "" {
		t.Errorf("the draft that was discarded is %q", d)
	}
	w.form()
	if strings.Contains(w.Screen(), "Rotate the keys") {
		t.Errorf("what was discarded is there again:\n%s", w.Screen())
	}
}

// What was typed outlives a program that is killed.
func TestNewStoryOutlivesTheProgram(t *testing.T) {
	t.Parallel()
	w := planned(t).Start(120, 32).form()
	w.Write("Rotate the keys")
	w.Until("the draft is saved", func() bool { return strings.Contains(w.draft(), "Rotate") })
	w.Start(120, 32)
	w.Press("2", "n")
	w.See("draft, not saved")
	w.Press("enter")
	w.See("Story S-3 created")
	w.Idle()
	if st, d := w.read(3).Story, w.draft(); st.Name != "Rotate the keys" || d != "" {
		t.Errorf("the story is %q, the draft %q", st.Name, d)
	}
}

// long describes a story by more than a description may have.
type long struct{}

func (long) Describe(tracker.StoryType, string, *tracker.Ticket) string {
	return strings.Repeat("x", tracker.MaxStoryDescription+1)
}

// A story that cannot be created says why, and nothing of it is lost.
func TestNewStoryThatIsRefused(t *testing.T) {
	t.Parallel()
	w := planned(t).Start(80, 24).form()
	w.Press("tab", "right", "enter")
	w.See("! a story needs a name")
	w.Write("Rotate the keys")
	w.Service.Templates = long{}
	w.Press("enter")
	w.See("a story's description has at most 20000 characters")
	w.See("draft, not saved")
	w.Shows("Rotate the keys")
	w.Idle()
	w.Service.Templates = config.Config{}
	w.Press("enter")
	w.See("Story S-3 created")
	w.Idle()
	if st := w.read(3).Story; st.Name != "Rotate the keys" || st.Type != tracker.Bug {
		t.Errorf("%+v", st)
	}
}

// The form says that the description comes from a template, and the story has it; one
// that is made of a ticket has it above the ticket's text.
func TestNewStoryHasItsTemplate(t *testing.T) {
	t.Parallel()
	w := planned(t)
	w.Options.Config.Templates = map[string]string{"bug": "Steps in {{.Project}}:", "feature": "From #{{.Ticket.ID}} by {{.Ticket.Requester}}"}
	w.Service.Templates = w.Options.Config
	w.Start(120, 32).form()
	w.Write("Rotate the keys").Press("tab")
	if strings.Contains(w.Screen(), "your template") {
		t.Errorf("a template is promised that needs a ticket:\n%s", w.Screen())
	}
	w.Press("right")
	w.See("the description comes from your template")
	w.Press("enter")
	w.See("Story S-3 created")
	w.Press("1", "b")
	w.See("S-4 created")
	w.Idle()
	if alone, of := w.read(3).Story.Description, w.read(4).Story.Description; alone != "Steps in Acme Mobile:" || !strings.HasPrefix(of, "From #1042 by Sam") {
		t.Errorf("descriptions %q and %q", alone, of)
	}
}

// The form is inside the screen, and all of its fields can be reached, whatever the size.
func TestNewStoryFitsTheScreen(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 10}, {60, 14}, {80, 24}, {120, 32}, {200, 60}} {
		w := planned(t).Start(size[0], size[1]).form()
		for _, field := range []string{"Name", "Type", "Column", "Owners", "Labels"} {
			w.Shows("▌")
			if !strings.Contains(w.Screen(), field) {
				t.Errorf("%v: no %s in sight:\n%s", size, field, w.Screen())
			}
			w.exact(size[0], size[1])
			w.Press("tab")
		}
	}
}
