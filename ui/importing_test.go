package ui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/importing"
	"storydesk/ui/layout"
)

const exported = "Id,Title,Labels,Iteration,Iteration Start,Iteration End,Type,Estimate,Current State,Created at,Accepted at,Deadline,Requested By,Description,URL,Owned By,Mood,Comment\n" +
	"101,Log in,web,1,\"Jan 1, 2024\",\"Jan 14, 2024\",feature,2,accepted,\"Dec 20, 2023\",\"Jan 10, 2024\",,A. Lovelace,,,José Lind,,\"Done (José Lind - Jan 10, 2024)\"\n" +
	"102,Log out,,1,\"Jan 1, 2024\",\"Jan 14, 2024\",feature,5,accepted,\"Dec 21, 2023\",\"Jan 15, 2024\",,JOSE LIND,,,,good\n" +
	"103,Export,\"web, csv\",2,\"Jan 15, 2024\",\"Jan 28, 2024\",bug,,started,\"Feb 30, 2023\",,,Bo Ek,\"Two\nlines\",,Cy Ott\n"

// atFiles is a world with a folder of files to import.
func atFiles(t *testing.T, files map[string]string) (*world, string) {
	t.Helper()
	folder := t.TempDir()
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w := newWorld(t)
	w.Options.Environ = append(w.Options.Environ, "HOME="+folder)
	return w, folder
}

// exportFile is a file with an export.
func exportFile(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "acme.csv")
	if err := os.WriteFile(path, []byte(exported), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// readFile opens the import and has it read a file.
func (w *world) readFile(path string) {
	w.Press("ctrl+o").Write(path)
	w.Press("enter")
	w.Until("the file is read", func() bool {
		p, ok := w.Top().(*importing.Pane)
		return ok && p.Settled()
	})
}

// storyNames lists the project's stories as a command does.
func (w *world) storyNames() []string {
	w.T.Helper()
	list, err := w.Service.Stories.Stories(w.T.Context(), w.Project.ID, tracker.StoryFilter{})
	if err != nil {
		w.T.Fatal(err)
	}
	var names []string
	for _, st := range list {
		names = append(names, st.Name)
	}
	return names
}

// An import is shown before it is done: what it would add, and what has no place with
// line and column.
func TestImportIsShownAndThenDone(t *testing.T) {
	t.Parallel()
	w, folder := atFiles(t, map[string]string{"acme.csv": exported})
	w.Start(120, 40)
	w.readFile(filepath.Join(folder, "acme.csv"))
	w.Shows("Import · acme.csv · nothing is changed yet")
	w.Shows("point scale 0,1,2,3 → 0,1,2,3,5")
	w.Shows("JOSE LIND is José Lind")
	w.Shows("A. Lovelace is new, or Ada Lovelace")
	w.Shows("acme.csv:1:155: Mood: no column of stories is called so; what it holds is left out")
	w.Shows(`Created at: "Feb 30, 2023" is not a day; it is left out`)
	if names := w.storyNames(); len(names) > 0 {
		t.Errorf("reading the file made %q", names)
	}
	w.Press("enter")
	w.Shows("Who is A. Lovelace?")
	w.Press("enter")
	w.See("imported into Acme Mobile")
	w.Shows("Imported acme.csv: 3 stories added, 0 changed")
	if names := w.storyNames(); strings.Join(names, ", ") != "Log in, Log out, Export" {
		t.Errorf("the stories are %q", names)
	}
	list, err := w.Service.Stories.Stories(t.Context(), w.Project.ID, tracker.StoryFilter{Search: "name:in"})
	if err != nil || len(list) != 1 || list[0].Requester != "A. Lovelace" {
		t.Errorf("the requester is another one: %+v, %v", list, err)
	}
	w.Press("enter")
	w.Shows("the file is imported")
	w.Press("esc")
	if !w.OnBoard() {
		t.Errorf("esc leads to %T", w.Top())
	}
	w.See("Export")
}

// The answer to who is meant holds for the import.
func TestImportAsksWhoIsMeant(t *testing.T) {
	t.Parallel()
	w, folder := atFiles(t, map[string]string{"acme.csv": exported})
	w.Start(120, 40)
	w.readFile(filepath.Join(folder, "acme.csv"))
	w.Press("enter", "up", "enter") // the one who is here
	w.See("imported into Acme Mobile")
	list, err := w.Service.Stories.Stories(t.Context(), w.Project.ID, tracker.StoryFilter{Search: "name:in"})
	if err != nil || len(list) != 1 || list[0].Requester != "Ada Lovelace" {
		t.Errorf("the requester is another one: %+v, %v", list, err)
	}
}

// Names are offered while a path is typed, and completed.
func TestImportCompletesPaths(t *testing.T) {
	t.Parallel()
	w, _ := atFiles(t, map[string]string{"exports/acme.csv": exported, "exports/acme.zip": "", "exports/notes.txt": "", ".hidden.csv": ""})
	w.Start(120, 30)
	w.Press("ctrl+o").Write("~/")
	w.See("exports/")
	if screen := w.Screen(); strings.Contains(screen, ".hidden") {
		t.Errorf("a hidden file is offered:\n%s", screen)
	}
	w.Press("tab")
	w.See("acme.csv  acme.zip")
	w.Press("tab")
	w.Shows("~/exports/acme.")
	w.Write("c")
	w.Press("tab", "enter")
	w.See("nothing is changed yet")
	w.Press("f")
	w.Shows("~/exports/acme.csv")
	w.Press("esc", "esc")
	if !w.OnBoard() {
		t.Errorf("esc leads to %T", w.Top())
	}
}

// A file that cannot be read is told of, and another one can be chosen.
func TestImportSaysWhyAFileCannotBeRead(t *testing.T) {
	t.Parallel()
	w, folder := atFiles(t, map[string]string{"broken.csv": "name\n\"never", "good.csv": "name\nDark mode\n"})
	w.Start(100, 30)
	w.readFile(filepath.Join(folder, "broken.csv"))
	w.Shows("broken.csv:2:")
	w.Press("enter")
	w.Shows("the file cannot be read")
	w.readAnother(filepath.Join(folder, "none.csv"))
	w.Shows("there is no ")
	w.readAnother("'" + filepath.Join(folder, "good.csv") + "'") // as a terminal writes what is dropped on it
	w.Press("enter")
	w.See("imported into Acme Mobile")
}

// readAnother has the open import read another file.
func (w *world) readAnother(path string) {
	w.Press("f", "ctrl+u").Write(path)
	w.Press("enter")
	w.Until("the file is read", func() bool {
		p, ok := w.Top().(*importing.Pane)
		return ok && p.Settled()
	})
}

// manyExported is an export of so many stories.
func manyExported(n int) string {
	var b strings.Builder
	b.WriteString("Id,Title,Type,Current State\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Story %d,feature,unscheduled\n", i+1, i+1)
	}
	return b.String()
}

// A stopped import leaves nothing behind, and can be done again.
func TestStoppedImportLeavesNothing(t *testing.T) {
	t.Parallel()
	w, folder := atFiles(t, map[string]string{"many.csv": manyExported(3000)})
	w.Start(100, 30)
	w.readFile(filepath.Join(folder, "many.csv"))
	// The only writer is taken, so that the import waits in its midst.
	release, held := make(chan struct{}), make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- w.Service.Imports.Store.Write(t.Context(), func(tracker.Writer) error {
			close(held)
			<-release
			return nil
		})
	}()
	<-held
	w.Press("enter")
	w.Shows("All of the file is imported, or nothing.")
	w.Press("esc")
	w.Shows("Stop the import?")
	w.Press("n", "esc", "y")
	w.See("Stopped. Nothing was imported.")
	w.Press("enter")
	w.Shows("read the file again first")
	close(release)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if names := w.storyNames(); len(names) > 0 {
		t.Errorf("there are %d stories", len(names))
	}
	w.Press("r")
	w.See("nothing is changed yet")
	w.Press("enter")
	w.See("imported into Acme Mobile")
	if names := w.storyNames(); len(names) != 3000 {
		t.Errorf("there are %d stories", len(names))
	}
}

// Pull requests and branches stand in the story, and their addresses open in the browser.
func TestStoryShowsWhatItBroughtAlong(t *testing.T) {
	t.Parallel()
	w, folder := atFiles(t, map[string]string{"acme.csv": "Id,Title,Type,Current State,Priority,Pull Request,Pull Request,Git Branch\n" +
		"7,Log in,feature,unstarted,p1 - High,https://github.com/acme/app/pull/1,javascript:alert(1),log-in\n"})
	w.Start(120, 40)
	w.readFile(filepath.Join(folder, "acme.csv"))
	w.Press("enter")
	w.See("imported into Acme Mobile")
	w.Press("esc", "2")
	w.See("Log in")
	w.Press("enter")
	w.See("Imported with it")
	for _, text := range []string{"Priority      p1 - High", "Pull request  https://github.com/acme/app/pull/1", "Pull request  javascript:alert(1)", "Branch        log-in"} {
		w.Shows(text)
	}
	w.Click("javascript:alert(1)")
	w.Click("https://github.com/acme/app/pull/1")
	w.Click("https://github.com/acme/app/pull/1")
	w.Until("the address is opened", func() bool { return len(w.Opened) > 0 })
	if w.Opened[0] != "https://github.com/acme/app/pull/1" {
		t.Errorf("the browser shows %q", w.Opened)
	}
}

// Attachments are counted before they are imported, and hang on their stories then.
func TestImportBringsAttachments(t *testing.T) {
	t.Parallel()
	w, folder := atFiles(t, map[string]string{
		"acme/acme.csv":       "Id,Title,Type,Current State\n7,Log in,feature,unstarted\n",
		"acme/7/drawing.txt":  "a drawing",
		"acme/7/a/deeper.txt": "too deep",
	})
	w.Start(120, 40)
	w.readFile(filepath.Join(folder, "acme"))
	w.Shows("attachments     1    1")
	w.Shows("7/a/deeper.txt: this file does not stand where files of a story do; it is left out")
	w.Press("enter")
	w.See("imported into Acme Mobile")
	w.Press("esc", "2")
	w.See("Log in")
	w.Press("enter")
	w.See("drawing.txt")
	w.Shows("9 B")
}

// What an epic brings beside its stories is shown beside its row.
func TestImportedEpicShowsItsCommentsAndAttachments(t *testing.T) {
	t.Parallel()
	w, folder := atFiles(t, map[string]string{
		"acme/acme.csv": "Id,Title,Labels,Type,Current State,Comment\n" +
			"7,Log in,checkout,feature,unstarted,\n8,Pay in one step,checkout,epic,,\"Three pages are two too many (Bo Ek - Jan 4, 2025)\"\n",
		"acme/e8/plan.pdf": "a plan",
	})
	w.Preview(layout.PreviewWide)
	w.Start(200, 50)
	w.readFile(filepath.Join(folder, "acme"))
	w.Press("enter")
	w.See("imported into Acme Mobile")
	w.Press("esc")
	w.See("Log in") // a board that knows of no story has no panes to go to
	w.Press("9")
	w.See("Pay in one step")
	w.See("plan.pdf")
	for _, want := range []string{"Attachments 1", "6 B", "Comments 1", "Three pages are two too many"} {
		w.Shows(want)
	}
}
