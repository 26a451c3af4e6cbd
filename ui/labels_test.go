package ui_test

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/labels"
)

// withLabels is a project with labels.
func withLabels(t testing.TB) *world {
	w := newWorld(t)
	w.labelled(w.Story("Cards", tracker.Backlog, 3, tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept), "checkout")
	w.labelled(w.Story("Vouchers", tracker.Backlog, 2), "checkout", "search")
	w.labelled(w.Story("Index", tracker.Backlog, 3), "search")
	w.labelled(w.Story("漢字", tracker.Icebox, -1), "漢字 "+strings.Repeat("long ", 20))
	return w
}

// labelsOf are the labels that a story carries.
func (w *world) labelsOf(id tracker.StoryID) []string {
	w.T.Helper()
	st, err := w.Service.Stories.Locate(w.T.Context(), id)
	if err != nil {
		w.T.Fatal(err)
	}
	return st.Labels
}

func (w *world) onLabels() bool {
	_, ok := w.Top().(*labels.Pane)
	return ok
}

func (w *world) openLabels() {
	w.T.Helper()
	w.Press("N")
	w.Until("the labels are read", func() bool { return w.onLabels() && !strings.Contains(w.Screen(), "Loading…") })
}

func TestLabelsAreRenamed(t *testing.T) {
	t.Parallel()
	w := withLabels(t).Start(100, 30)
	w.openLabels()
	for name, want := range map[string]string{"checkout": "2        1", "search": "2        0"} {
		if row := w.Row(name); !strings.Contains(row, want) {
			t.Errorf("the row of %s is %q", name, row)
		}
	}
	w.Press("e").See("Rename checkout to")
	w.Write(" NOW").Press("enter").See("Label checkout renamed to checkout now on 2 stories")
	w.See("▌ checkout now")
	if got := w.labelsOf(1); !slices.Equal(got, []string{"checkout now"}) {
		t.Errorf("the story carries %v", got)
	}
	w.Press("u").See("Undone: ")
	w.Until("it is as it was", func() bool { return slices.Equal(w.labelsOf(1), []string{"checkout"}) })
	w.Until("the list says so", func() bool { return !strings.Contains(w.Screen(), "checkout now") })
	w.Press("g", "e").Press("enter") // nothing is changed
	w.Press("e").Write(",b").Press("enter").See("a label has no comma")
	w.Press("e", "ctrl+u").Press("enter").See("a label needs some text")
	if got := w.labelsOf(1); !slices.Equal(got, []string{"checkout"}) {
		t.Errorf("the story carries %v", got)
	}
}

// A name that another label has merges the two, once that is agreed to.
func TestLabelsAreMerged(t *testing.T) {
	t.Parallel()
	w := withLabels(t).Start(120, 30)
	w.openLabels()
	w.Press("e", "ctrl+u").Write("search").Press("enter")
	w.See("Merge label checkout (2 stories) into search (2 stories)?")
	w.Press("n")
	if got := w.labelsOf(1); !slices.Equal(got, []string{"checkout"}) {
		t.Errorf("without an agreement the story carries %v", got)
	}
	w.Press("m").See("Merge checkout into")
	w.Press("enter").See("Merge label checkout")
	w.Press("y").See("Label checkout merged into search on 2 stories")
	w.Until("there is one less", func() bool {
		return !strings.Contains(w.Row("search"), "2  ") && strings.Contains(w.Row("search"), "3")
	})
	if got := w.labelsOf(2); !slices.Equal(got, []string{"search"}) {
		t.Errorf("the story of both carries %v", got)
	}
	w.Press("u")
	w.Until("it is as it was", func() bool { return slices.Equal(w.labelsOf(2), []string{"checkout", "search"}) })
}

func TestLabelsAreDeleted(t *testing.T) {
	t.Parallel()
	w := withLabels(t).Start(120, 30)
	w.epic("Find", "search", "")
	w.openLabels()
	w.Press("D").See("Delete label checkout? 2 stories carry it.")
	w.Press("y").See("Label checkout deleted on 2 stories")
	if got := w.labelsOf(2); !slices.Equal(got, []string{"search"}) {
		t.Errorf("the story carries %v", got)
	}
	w.Press("u")
	w.Until("it is as it was", func() bool { return slices.Equal(w.labelsOf(2), []string{"checkout", "search"}) })
	w.Press("/").Write("SEA").Press("enter").See("Labels · sea")
	w.Press("D", "y").See("is the label of epic E-1; delete the epic first")
	w.Press("esc").See("漢字")
	w.Press("esc")
	w.Until("the board is there", w.OnBoard)
}

// The stories of a label are those that the search finds, accepted ones too.
func TestTheStoriesOfALabelAreSearchedFor(t *testing.T) {
	t.Parallel()
	w := withLabels(t)
	w.labelled(w.Story("Another one", tracker.Backlog, 1), "checkout later")
	w.Start(120, 30)
	w.openLabels()
	w.Click("checkout")
	w.Press("enter").See("Cards")
	w.Shows("Vouchers")
	if strings.Contains(w.Screen(), "Another one") {
		t.Errorf("a label that only contains it is found:\n%s", w.Screen())
	}
	w.Press("esc")
	w.Until("the labels are there again", w.onLabels)
	w.Press("N").See("labels are already open")
	w.Press("esc")
	w.Until("the board is there", w.OnBoard)
	if w.Sight().Board.Focus != intent.PaneBacklog {
		t.Errorf("the focus is on %v", w.Sight().Board.Focus)
	}
}
