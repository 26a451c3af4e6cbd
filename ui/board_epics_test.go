package ui_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/theme"
)

// epic adds an epic.
func (w *world) epic(name, label, description string) tracker.Epic {
	w.T.Helper()
	e, err := w.Service.Epics.AddEpic(w.T.Context(), tracker.Epic{ProjectID: w.Project.ID, Name: name, Label: label, Description: description})
	if err != nil {
		w.T.Fatal(err)
	}
	return e
}

// labelled gives a story labels.
func (w *world) labelled(st tracker.Story, labels ...string) {
	w.T.Helper()
	if _, err := w.Service.Stories.Edit(w.T.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Labels: &labels}); err != nil {
		w.T.Fatal(err)
	}
}

// leading is a project with epics at several stages.
func leading(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.epic("Pay in one step", "checkout", "Nobody fills in three pages.\nOne is enough.")
	w.epic("Search that finds", "search", "")
	w.epic("An epic 漢字 with a long name that does not fit into a narrow pane", "later", "")
	w.epic("Done and dusted", "done", "")
	w.labelled(w.Story("Cards", tracker.Backlog, 3, tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept), "checkout")
	w.labelled(w.Story("Vouchers", tracker.Backlog, 2, tracker.Start), "checkout", "search")
	w.labelled(w.Story("Index", tracker.Backlog, 3), "search")
	w.labelled(w.Story("Refunds", tracker.Icebox, -1), "checkout")
	w.labelled(w.Story("Some day", tracker.Icebox, -1), "later")
	w.labelled(w.Story("Tidy up", tracker.Backlog, 1, tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept), "done")
	return w
}

func TestEpicsOnTheBoard(t *testing.T) {
	t.Parallel()
	w := leading(t).Start(240, 30).Press("9")
	w.Until("the epics stand there", func() bool { return len(w.rows(intent.PaneEpics)) == 4 })
	w.Idle()
	for name, wants := range map[string][]string{
		"Pay in one step": {"60 %", "1/3", "3/5", "22 Nov"}, "Done and dusted": {"100 %", "1/1", "1/1", "done"}, "An epic": {"0 %", "0/1", "icebox"},
	} {
		for _, want := range wants {
			if row := w.Row(name); !strings.Contains(row, want) {
				t.Errorf("%q is not in %q", want, row)
			}
		}
	}

	w.Press("enter")
	w.Until("the epic's stories are shown", func() bool { return w.Sight().Board.Focus == intent.PaneSearch })
	w.Idle()
	if got := w.rows(intent.PaneSearch); len(got) != 3 {
		t.Errorf("the search shows %v", got)
	}
	w.Press("t", "3", "w", "2", "w", "6") // the search has room for its title
	w.Idle()
	w.Shows(`epic:"Pay in one step"`)

	// The name changes, and the label stays: the epic is found by its number and new name.
	w.Press("9", "e", "enter").Write(" now").Press("enter").See("Epic E-1 saved")
	w.Idle()
	w.See("Pay in one step now")
	w.Press("u").See("Undone: E-1 edited")
	w.Idle()

	w.Press("n").Write("Refund at once").Press("enter")
	w.See("Label that its stories carry")
	w.Shows("refund at once")
	w.Press("enter").See("Epic E-5 created")
	w.Until("five epics stand there", func() bool { return len(w.rows(intent.PaneEpics)) == 5 })

	w.Press("g", "J").See("Epic E-1 moved")
	w.Until("the first is the second", func() bool { return w.rows(intent.PaneEpics)[1] == any(tracker.EpicID(1)) })
	if at := w.Part(intent.PaneEpics).Selected; at != any(tracker.EpicID(1)) {
		t.Errorf("the cursor is on %v", at)
	}
	w.Press("D").See("Its label stays on 3 stories.")
	w.Press("y").See("Epic E-1 deleted")
	w.Until("it is gone", func() bool { return len(w.rows(intent.PaneEpics)) == 4 })
	w.Press("u").See("Undone: E-1 restored")
	w.Until("it is back", func() bool { return len(w.rows(intent.PaneEpics)) == 5 })
}

// What is for stories says that this is an epic, and nothing happens to any story.
func TestAnEpicIsNoStory(t *testing.T) {
	t.Parallel()
	w := leading(t).Start(160, 30).Press("9")
	w.Until("the epics stand there", func() bool { return len(w.rows(intent.PaneEpics)) == 4 })
	w.Idle()
	before := w.board()
	for _, key := range []string{"s", "x", "p", "c", "b", "i", "L", "U", "o", "y", "Y", "m", "z", "E", "V", "space", "v", "ctrl+a", "X", "Z"} {
		w.Press(key)
		w.Idle()
		if w.Sight().Layers != 1 || w.Sight().Board.Moving {
			t.Fatalf("%s opened something:\n%s", key, w.Screen())
		}
		if key != "X" && key != "Z" && !strings.Contains(w.Screen(), "this is an epic") {
			t.Errorf("%s does not say that this is an epic:\n%s", key, w.Screen())
		}
	}
	if after := w.board(); cardNames(after.Backlog) != cardNames(before.Backlog) || len(w.Part(intent.PaneEpics).Marked) > 0 {
		t.Error("something was changed or marked")
	}
	w.Press("/").Write("pay").Press("enter")
	w.Idle()
	if got := w.rows(intent.PaneEpics); len(got) != 1 {
		t.Errorf("the filter shows %v", got)
	}
	w.Press("esc")
	w.Idle()
	if got := w.rows(intent.PaneEpics); len(got) != 4 {
		t.Errorf("without a filter there are %v", got)
	}
}

// A filter by epic follows the epics: it is asked for by name before they are read.
func TestAFilterFollowsEpics(t *testing.T) {
	t.Parallel()
	w := leading(t).Start(160, 30).Press("2", "/").Write(`epic:"search that finds"`).Press("enter")
	w.Idle()
	if got := w.rows(intent.PaneBacklog); len(got) != 2 {
		t.Fatalf("the filter shows %v", got)
	}
	name := "Something else"
	if _, err := w.Service.Epics.EditEpic(t.Context(), w.Project.ID, "search", epic.Edit{Name: &name}); err != nil {
		t.Fatal(err)
	}
	w.Until("no story has such an epic", func() bool { return len(w.rows(intent.PaneBacklog)) == 0 })
}

func TestEpicsWithTheMouse(t *testing.T) {
	t.Parallel()
	w := leading(t).Start(200, 30).Press("9", "t")
	w.Until("the epics stand there", func() bool { return len(w.rows(intent.PaneEpics)) == 4 })
	w.Idle()
	w.Click("Search that finds")
	if at := w.Part(intent.PaneEpics).Selected; at != any(tracker.EpicID(2)) {
		t.Fatalf("the click selects %v", at)
	}
	w.Click("Search that finds")
	w.Until("its stories are shown", func() bool { return w.Sight().Board.Focus == intent.PaneSearch })
}

func TestGoldenEpics(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		w, h    int
		look    theme.Options
		preview layout.Preview
	}{
		{"80x24", 80, 24, theme.Options{Dark: true}, layout.PreviewHidden},
		{"120x32", 120, 32, theme.Options{Dark: true}, layout.PreviewWide},
		{"200x60", 200, 60, theme.Options{}, layout.PreviewWide},
		{"ascii", 80, 24, theme.Options{NoColor: true, ASCII: true}, layout.PreviewHidden},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := leading(t)
			w.Preview(c.preview)
			w.Start(c.w, c.h).Press("9")
			w.Until("the epics stand there", func() bool { return len(w.rows(intent.PaneEpics)) == 4 })
			w.Idle()
			w.Model.Host().Toasts.Current = nil
			w.Model.SetLook(c.look)
			w.exact(c.w, c.h)
			golden.RequireEqual(t, w.Frame())
		})
	}
}

// What the preview shows of an epic is more than its row says.
func TestThePreviewOfAnEpicFollowsIt(t *testing.T) {
	t.Parallel()
	w := leading(t)
	w.Preview(layout.PreviewWide)
	w.Start(200, 50).Press("9")
	w.Until("the epics stand there", func() bool { return len(w.rows(intent.PaneEpics)) == 4 })
	w.See("Nobody fills in three pages.")

	label, text := "paying", "One page.\nNo more."
	if _, err := w.Service.Epics.EditEpic(t.Context(), w.Project.ID, "E-1", epic.Edit{Description: &text}); err != nil {
		t.Fatal(err)
	}
	w.See("No more.")
	w.labelled(w.Story("Receipts", tracker.Icebox, -1), "later")
	w.labelled(tracker.Story{ID: 4}, "checkout", "asked")
	name := "Refunds by post"
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{4}, tracker.StoryEdit{Name: &name}); err != nil {
		t.Fatal(err)
	}
	w.See("S-4 Refunds by post") // a story's name changes no figure
	if _, err := w.Service.Epics.EditEpic(t.Context(), w.Project.ID, "E-1", epic.Edit{Label: &label}); err != nil {
		t.Fatal(err)
	}
	w.See("label paying")
}

// Keys are named by what they do to epics where epics have the focus.
func TestKeysAreNamedByWhatTheyDoToEpics(t *testing.T) {
	t.Parallel()
	w := leading(t).Start(200, 70).Press("9")
	w.Until("the epics stand there", func() bool { return len(w.rows(intent.PaneEpics)) == 4 })
	w.Idle()
	footer := func() string { return lastLine(w) }
	for _, want := range []string{"enter stories", "n A new epic"} {
		if !strings.Contains(footer(), want) {
			t.Errorf("the footer does not say %q: %q", want, footer())
		}
	}
	if strings.Contains(footer(), "new story") {
		t.Errorf("the footer offers a new story: %q", footer())
	}
	w.Press("?")
	w.Idle()
	for _, want := range []string{"show the epic's stories", "a new epic at the end", "move the epic down", "move the epic up", "edit the epic's name", "delete the epic"} {
		if !strings.Contains(w.Screen(), want) {
			t.Errorf("help does not say %q:\n%s", want, w.Screen())
		}
	}
	w.Press("esc", "2")
	w.Idle()
	if !strings.Contains(footer(), "new story") || strings.Contains(footer(), "epic") {
		t.Errorf("the footer of stories: %q", footer())
	}
}

// The filter of epics knows what epics have.
func TestTheFilterOfEpicsOffersWhatEpicsHave(t *testing.T) {
	t.Parallel()
	w := leading(t).Start(200, 30).Press("9")
	w.Until("the epics stand there", func() bool { return len(w.rows(intent.PaneEpics)) == 4 })
	w.Press("/")
	w.Idle()
	if line := lastLine(w); !strings.Contains(line, "label: id: name:") || strings.Contains(line, "owner") {
		t.Errorf("the hint is %q", line)
	}
	for query, want := range map[string][]any{
		"label:search": {tracker.EpicID(2)}, "id:E-3": {tracker.EpicID(3)}, `name:"and dusted"`: {tracker.EpicID(4)}, "three pages": {tracker.EpicID(1)},
	} {
		w.Write(query).Press("enter")
		w.Idle()
		if got := w.rows(intent.PaneEpics); !slices.Equal(got, want) {
			t.Errorf("%s finds %v", query, got)
		}
		w.Press("esc", "/")
	}
	w.Write("state:started")
	w.Idle()
	w.Shows("there is no term state")
}

// A description of several lines is written on screen; what was typed outlives the writing.
func TestTheDescriptionOfAnEpicIsWrittenOnScreen(t *testing.T) {
	t.Parallel()
	w := leading(t)
	w.Preview(layout.PreviewWide)
	w.Start(200, 50).Press("9")
	w.Until("the epics stand there", func() bool { return len(w.rows(intent.PaneEpics)) == 4 })
	w.Idle()
	describe := func() {
		t.Helper()
		w.Press("e").See("Edit epic E-1")
		w.Press("down", "down", "enter").See("Description of E-1")
	}
	describe()
	w.Press("enter").Write("Three is too many.")
	w.Press("esc").See("Discard changes?")
	w.Press("k").See("Draft saved")
	w.Idle()
	describe()
	w.See("draft, not saved")
	w.Shows("Three is too many.")
	w.Press("ctrl+s").See("Epic E-1 saved")
	w.Idle()
	if e := w.epicNamed("E-1"); e.Description != "Nobody fills in three pages.\nOne is enough.\nThree is too many." {
		t.Errorf("the description is %q", e.Description)
	}
	w.Press("u").See("Undone: E-1 edited")
	w.Idle()
	if e := w.epicNamed("E-1"); e.Description != "Nobody fills in three pages.\nOne is enough." {
		t.Errorf("after undo the description is %q", e.Description)
	}
	describe()
	w.Idle()
	if strings.Contains(w.Screen(), "not saved") {
		t.Errorf("the draft is still there:\n%s", w.Screen())
	}
	w.Press("esc")
	w.Until("it is closed", func() bool { return w.Sight().Layers == 1 })
}

// A draft that is due while the text is being saved does not outlive it.
func TestNoDraftOfADescriptionThatIsSaved(t *testing.T) {
	t.Parallel()
	w := leading(t).Start(200, 50).Press("9")
	w.Until("the epics stand there", func() bool { return len(w.rows(intent.PaneEpics)) == 4 })
	w.Press("e").See("Edit epic E-1")
	w.Press("down", "down", "enter").See("Description of E-1")
	w.Idle()
	w.Write(" And more.").Press("ctrl+s").Send(dialog.DraftDue{Key: "epic/E-1/description"})
	w.See("Epic E-1 saved")
	w.Idle()
	if text, err := w.Service.Settings.Draft(t.Context(), "epic/E-1/description"); err != nil || text != "" {
		t.Errorf("the draft is %q (%v)", text, err)
	}
}

// Whoever's description counts in the end, nothing that was typed is lost.
func TestWhoseDescriptionOfAnEpicCounts(t *testing.T) {
	t.Parallel()
	w := leading(t).Start(200, 50).Press("9")
	w.Until("the epics stand there", func() bool { return len(w.rows(intent.PaneEpics)) == 4 })
	theirs := func(text string) {
		t.Helper()
		if _, err := w.Service.Epics.EditEpic(t.Context(), w.Project.ID, "E-1", epic.Edit{Description: &text}); err != nil {
			t.Fatal(err)
		}
		w.Idle()
	}
	describe := func() {
		t.Helper()
		w.Press("e").See("Edit epic E-1")
		w.Press("down", "down", "enter").See("Description of E-1")
		w.Idle()
	}
	saved := func() string {
		text, err := w.Service.Settings.Draft(t.Context(), "epic/E-1/description")
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	w.Idle()
	describe()
	w.Press("enter").Write("Mine.")
	theirs("Theirs.")
	w.Press("ctrl+s").See("The description has changed meanwhile.  t keep theirs  m take mine  esc edit again")
	w.Press("esc").See("Mine.")
	w.Write(" Still mine.").Press("ctrl+s")
	w.Until("what was seen is replaced", func() bool {
		return w.epicNamed("E-1").Description == "Nobody fills in three pages.\nOne is enough.\nMine. Still mine."
	})
	w.Idle()

	describe()
	w.Press("enter").Write("More.")
	theirs("Theirs again.")
	w.Press("ctrl+s").See("The description has changed meanwhile.")
	w.Press("m").See("Epic E-1 saved")
	w.Idle()
	if got := w.epicNamed("E-1").Description; !strings.HasSuffix(got, "More.") {
		t.Errorf("the description is %q", got)
	}

	describe()
	w.Press("enter").Write("Most.")
	theirs("Theirs for good.")
	w.Press("ctrl+s").See("The description has changed meanwhile.")
	w.Press("t").See("Theirs stays; yours is saved as a draft")
	w.Idle()
	if got, draft := w.epicNamed("E-1").Description, saved(); got != "Theirs for good." || !strings.HasSuffix(draft, "Most.") {
		t.Errorf("the description is %q, the draft %q", got, draft)
	}
	describe()
	w.See("draft, not saved")
	w.Shows("Most.")
}

// epicNamed reads an epic.
func (w *world) epicNamed(ref string) tracker.Epic {
	w.T.Helper()
	d, err := w.Service.Epics.Epic(w.T.Context(), w.Project.ID, ref)
	if err != nil {
		w.T.Fatal(err)
	}
	return d.Epic
}

// lastLine is the last line of the screen.
func lastLine(w *world) string {
	lines := strings.Split(w.Screen(), "\n")
	return lines[len(lines)-1]
}
