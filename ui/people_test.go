package ui_test

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/uitest"
)

// listed is a world with people.
func listed(t *testing.T, names ...string) *world {
	t.Helper()
	w := newWorld(t)
	for _, name := range names {
		w.addPerson(name)
	}
	return w
}

func (w *world) addPerson(name string) {
	w.T.Helper()
	if _, err := w.Service.People.Add(w.T.Context(), tracker.Person{Name: name}); err != nil {
		w.T.Fatal(err)
	}
}

// people are the names on the list.
func (w *world) people() []string {
	w.T.Helper()
	names, err := w.Service.People.Names(w.T.Context())
	if err != nil {
		w.T.Fatal(err)
	}
	return names
}

// owned is a story of somebody.
func (w *world) owned(name string, owners ...string) tracker.Story {
	w.T.Helper()
	st := w.Story(name, tracker.Backlog, 1)
	if _, err := w.Service.Stories.Edit(w.T.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Owners: &owners}); err != nil {
		w.T.Fatal(err)
	}
	return st
}

// openPerson opens what can be done about somebody.
func (w *world) openPerson(name string) *world {
	w.T.Helper()
	w.Idle()
	w.Press("Q").See("Bo Diaz")
	w.Write(strings.Fields(name)[0]).Press("enter").See("Merge into another person")
	return w
}

func TestPeopleAreAddedAndRemoved(t *testing.T) {
	t.Parallel()
	w := listed(t, "Bo Diaz")
	w.Start(120, 40)
	w.Press("Q").See("Bo Diaz")
	w.Write("Cy Young").Press("enter").See("Cy Young added")
	w.Idle()
	if got := w.people(); !slices.Contains(got, "Cy Young") {
		t.Errorf("the list is %v", got)
	}
	w.openPerson("Cy Young").Press("down", "down", "down", "enter").See("Cy Young removed from the list")
	w.Idle()
	if got := w.people(); slices.Contains(got, "Cy Young") {
		t.Errorf("the list is %v", got)
	}
	w.Press("u").See("Undone")
	w.Until("they are back", func() bool { return slices.Contains(w.people(), "Cy Young") })
	// Who is on the list in other letters is not new.
	w.Press("Q").See("Bo Diaz")
	w.Write("bó diaz")
	w.See("▌ Bo Diaz")
	if strings.Count(w.Screen(), "bó diaz") != 1 {
		t.Errorf("somebody is new who is not:\n%s", w.Screen())
	}
}

func TestAPersonIsRenamed(t *testing.T) {
	t.Parallel()
	w := listed(t, "Bo Diaz")
	st := w.owned("Rotate the keys", "Bo Diaz")
	w.Start(120, 40)
	w.openPerson("Bo Diaz").Press("down", "enter").See("Rename Bo Diaz to")
	w.Press("ctrl+u").Write("Bo Berg").Press("enter").See("Bo Diaz renamed to Bo Berg")
	w.Idle()
	if got := w.read(st.ID).Story.Owners; !slices.Equal(got, []string{"Bo Berg"}) {
		t.Errorf("the story is %v's", got)
	}
	w.Press("u").See("Undone")
	w.Until("it is as it was", func() bool { return slices.Equal(w.read(st.ID).Story.Owners, []string{"Bo Diaz"}) })
}

// Who is merged goes into somebody who is on the list.
func TestAPersonIsMerged(t *testing.T) {
	t.Parallel()
	w := listed(t, "Bo Diaz", "Bodo")
	st := w.owned("Rotate the keys", "Bodo")
	w.Start(120, 40)
	w.openPerson("Bodo").Press("down", "down", "enter").See("Merge Bodo into")
	w.Idle()
	w.Write("Nobody").See("nothing matches")
	if strings.Contains(w.Screen(), "new") {
		t.Errorf("somebody new is offered:\n%s", w.Screen())
	}
	w.Press("ctrl+u").Write("Diaz").See("▌ Bo Diaz")
	w.Press("enter").See("Bodo merged into Bo Diaz")
	w.Idle()
	if got := w.read(st.ID).Story.Owners; !slices.Equal(got, []string{"Bo Diaz"}) || slices.Contains(w.people(), "Bodo") {
		t.Errorf("the story is %v's, the list %v", got, w.people())
	}
	w.Press("u").See("Undone")
	w.Until("it is as it was", func() bool { return slices.Equal(w.read(st.ID).Story.Owners, []string{"Bodo"}) })
}

// A key that comes before the list is read waits for it.
func TestAPersonIsChosenAhead(t *testing.T) {
	t.Parallel()
	w := listed(t, "Bo Diaz")
	w.Start(120, 40)
	w.Press("Q").Write("Diaz").Press("enter").See("Merge into another person")
}

// The stories of somebody are found, those in Done too.
func TestThePersonsStoriesAreShown(t *testing.T) {
	t.Parallel()
	w := listed(t, "Bo Diaz")
	w.owned("Rotate the keys", "Bo Diaz")
	w.owned("Write the docs", "Cy Young")
	w.Start(120, 40)
	w.openPerson("Bo Diaz").Press("enter")
	w.Until("the one is found", func() bool {
		return strings.Contains(w.Screen(), "Rotate the keys") && !strings.Contains(w.Screen(), "Write the docs")
	})
}

// alike is a world whose user may be somebody on the list.
func alike(t *testing.T, names ...string) *world {
	t.Helper()
	w := listed(t, names...)
	w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Options.AskUser, w.Options.Alike = "Grace", names
	w.Start(120, 40)
	w.Press("2", "s")
	w.See("You are Grace, and " + strings.Join(names, ", ") + " is on the list of people.")
	return w
}

// Nobody becomes somebody else by a key that was meant for the board.
func TestWhoTheUserIsWaitsForAnAnswer(t *testing.T) {
	t.Parallel()
	w := alike(t, "Grace Hopper")
	w.Press("enter", "j", "y")
	w.Idle()
	if st := w.read(1).Story; st.State != tracker.Unstarted || w.user() != "" {
		t.Fatalf("S-1 is %s, remembered %q", st.State, w.user())
	}
	w.Press("esc").See("nothing was changed: say who you are first")
	w.Idle()
	if st := w.read(1).Story; st.State != tracker.Unstarted || w.user() != "" {
		t.Errorf("S-1 is %s, remembered %q", st.State, w.user())
	}
}

func TestTheUserIsSomebodyOnTheList(t *testing.T) {
	t.Parallel()
	w := alike(t, "Grace Hopper")
	w.Press("ctrl+e").See("on the list of people")
	w.Press("enter").See("S-1 is started")
	w.Idle()
	if st := w.read(1).Story; w.user() != "Grace Hopper" || !slices.Equal(st.Owners, []string{"Grace Hopper"}) {
		t.Errorf("remembered %q, owned by %v", w.user(), st.Owners)
	}
}

func TestTheUserIsNew(t *testing.T) {
	t.Parallel()
	w := alike(t, "Grace Hopper")
	w.Press("ctrl+e").See("somebody else, new here")
	w.Press("down", "enter").See("S-1 is started")
	w.Idle()
	if st := w.read(1).Story; w.user() != "Grace" || !slices.Equal(st.Owners, []string{"Grace"}) || !slices.Contains(w.people(), "Grace Hopper") {
		t.Errorf("remembered %q, owned by %v", w.user(), st.Owners)
	}
}

func TestTheUserHasAnotherName(t *testing.T) {
	t.Parallel()
	w := alike(t, "Grace Hopper", "Grace Lee")
	w.Press("ctrl+e").See("Another name")
	w.Press("down", "down", "down", "enter").See("Your name on stories and private comments")
	w.Write("Katherine").Press("enter").See("S-1 is started")
	w.Idle()
	if st := w.read(1).Story; w.user() != "Katherine" || !slices.Equal(st.Owners, []string{"Katherine"}) {
		t.Errorf("remembered %q, owned by %v", w.user(), st.Owners)
	}
}

// The question has room in narrow windows.
func TestWhoTheUserIsIsAskedInNarrowWindows(t *testing.T) {
	t.Parallel()
	w := alike(t, "Grace Hopper")
	w.Send(uitest.Size(60, 20))
	w.Shows("Are you Grace Hopper?")
	w.Shows("choose")
}

// Rows show the initials that somebody chose, at once, and are found by them.
func TestChosenInitialsAreOnTheRow(t *testing.T) {
	t.Parallel()
	w := listed(t, "Bo Diaz", "Cy Young")
	w.owned("Rotate the keys", "Bo Diaz", "Cy Young")
	w.owned("Write the docs", "Cy Young")
	w.Start(140, 40)
	w.See("BD CY")
	chosen := "BOD"
	if _, err := w.Service.People.Edit(t.Context(), "Bo Diaz", &chosen, nil); err != nil {
		t.Fatal(err)
	}
	w.See("Start  BOD CY")
	w.Shows("Start  CY    ") // below each other
	w.Press("2", "/").Write("owner:bod").Press("enter").See("1 of 2 ")
	w.Shows("Rotate the keys")
	other := "BO"
	if _, err := w.Service.People.Edit(t.Context(), "Bo Diaz", &other, nil); err != nil {
		t.Fatal(err)
	}
	w.See("0 of 2 ")
}
