package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/config"
	"storydesk/ui/owncommand"
	"storydesk/ui/uitest"
)

// withCommands is a world of a ticket and a story with commands of the user's own.
func withCommands(t *testing.T, list ...owncommand.Command) *world {
	t.Helper()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Options.Config = config.Config{Commands: list}
	return w
}

// prints is a command whose arguments it writes into a file, one a line behind its length.
func prints(file, key string, where owncommand.Where, args ...string) owncommand.Command {
	return owncommand.Command{
		Key: key, Name: "Print it", Where: where, Output: owncommand.NoOutput,
		Args: append([]string{"sh", "-c", `f=$1; shift; for a; do printf '%s:%s\n' "${#a}" "$a"; done > "$f"`, "sh", file}, args...),
	}
}

func written(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What a ticket says arrives as one argument and does nothing else.
func TestOwnCommandsGetHostileSubjectsAsOneArgument(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file, trap := filepath.Join(folder, "arguments"), filepath.Join(folder, "x")
	subject := "$(touch " + trap + "); `touch " + trap + "`"
	w := newWorld(t).WithTickets(uitest.Ticket(7, tracker.TicketOpen, time.Hour, subject))
	w.Options.Config = config.Config{Commands: []owncommand.Command{prints(file, "f5", owncommand.OnTicket, "{{.Ticket.Subject}}", "{{.Ticket.ID}}")}}
	w.Start(200, 30)
	for range 2 { // from the list, and from the detail
		w.Press("f5")
		w.See("“Print it” is done")
		if got, want := written(t, file), "1:7\n"; !strings.HasSuffix(got, want) || !strings.Contains(got, ":"+subject+"\n") || strings.Count(got, "\n") != 2 {
			t.Errorf("the command got %q", got)
		}
		if _, err := os.Stat(trap); err == nil {
			t.Fatal("the subject was run")
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		w.Model.Host().Toasts.Current = nil
		w.Press("enter").detailRead()
	}
}

// Commands stand in footer, help and palette, and act on what the cursor is on.
func TestOwnCommandsStandAmongTheActions(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "arguments")
	onTicket, onStory := prints(file, "f7", owncommand.OnTicket, "ticket {{.Ticket.ID}}"), prints(file, "f7", owncommand.OnStory, "story {{.Story.ID}} {{.Story.State}} {{range .Story.Tickets}}#{{.ID}}{{end}}")
	onTicket.Name, onStory.Name = "Copy ticket", "Branch"
	onBoard := prints(file, "f6", owncommand.OnBoard, "{{.Project}}")
	onBoard.Name = "Report"
	w := withCommands(t, onTicket, onStory, onBoard)
	w.linked(1042)
	w.Start(200, 40)
	w.Press("j") // a ticket without a story: its footer has room for a command
	w.Shows("f6 Report")
	w.Press("k")
	w.Press("?", "c", "o", "p", "y").See("Copy ticket, Branch")
	w.Press("esc", ":").Write("report")
	w.See("Report")
	w.Press("enter")
	w.See("“Report” is done")
	if got := written(t, file); got != "11:Acme Mobile\n" {
		t.Errorf("the command got %q", got)
	}
	w.Press("f7").See("“Copy ticket” is done")
	if got := written(t, file); got != "11:ticket 1042\n" {
		t.Errorf("the command got %q", got)
	}
	w.Press("2", "f7").See("“Branch” is done")
	if got := written(t, file); got != "27:story S-1 unscheduled #1042\n" && got != "25:story S-1 unstarted #1042\n" {
		t.Errorf("the command got %q", got)
	}
}

// A command for stories acts on a ticket's only story; where there is none it says so.
func TestOwnCommandsSayWhatTheyNeed(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "arguments")
	c := prints(file, "f5", owncommand.OnStory, "{{.Story.ID}}")
	w := withCommands(t, c, prints(file, "f6", owncommand.OnTicket, "{{.Ticket.ID}}"))
	w.linked(1042)
	w.Start(200, 30)
	w.Press("f5").See("“Print it” is done")
	if got := written(t, file); got != "3:S-1\n" {
		t.Errorf("the command got %q", got)
	}
	w.Press("j", "f5").See("“Print it” needs a story")
	w.Press("2", "f6").See("“Print it” needs a ticket")
}

// Prompts and the confirmation come before the command; esc runs nothing.
func TestOwnCommandsAskFirst(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "arguments")
	c := prints(file, "f5", owncommand.OnTicket, "{{.Prompt.branch}}", "{{.Prompt.base}}")
	c.Prompts, c.Confirm, c.Name = []string{"branch", "base"}, true, "Branch"
	w := withCommands(t, c).Start(200, 30)
	w.Press("f5").See("Branch · branch")
	w.Write("a b").Press("enter").See("Branch · base")
	w.Press("esc")
	w.Press("f5").See("Branch · branch")
	w.Write("a b").Press("enter").See("Branch · base")
	w.Press("enter").See("Run “Branch”: sh -c")
	w.Press("n")
	if _, err := os.Stat(file); err == nil {
		t.Fatal("it ran although that was declined")
	}
	w.Press("f5").Write("a b").Press("enter").Write("main").Press("enter", "y").See("“Branch” is done")
	if got := written(t, file); got != "3:a b\n4:main\n" {
		t.Errorf("the command got %q", got)
	}
}

// A failure is one sentence with the exit status and what the command complained of.
func TestOwnCommandsSayHowTheyFailed(t *testing.T) {
	t.Parallel()
	fails := owncommand.Command{
		Key: "f5", Name: "Fail", Where: owncommand.OnBoard, Output: owncommand.NoOutput,
		Args: []string{"sh", "-c", `echo said; printf '\n\033[31mno such \007branch\033[m\nmore\n' >&2; exit 4`},
	}
	missing := owncommand.Command{Key: "f6", Name: "Miss", Where: owncommand.OnBoard, Output: owncommand.NoOutput, Args: []string{"storydesk-no-such-program"}}
	w := withCommands(t, fails, missing).Start(200, 30)
	w.Press("f5").See("“Fail” failed with exit status 4: no such branch")
	w.Press("f6").See("“Miss” could not be run: there is no program \"storydesk-no-such-program\" on the path")
}

// A window shows what a command prints, made safe; closing it stops the command.
func TestOwnCommandsPopUp(t *testing.T) {
	t.Parallel()
	prints := owncommand.Command{
		Key: "f5", Name: "Show", Where: owncommand.OnBoard, Output: owncommand.Popup,
		Args: []string{"sh", "-c", `printf 'first\n\033]0;title\007second\n'; echo oh no >&2; exit 2`},
	}
	waits := owncommand.Command{Key: "f6", Name: "Wait", Where: owncommand.OnBoard, Output: owncommand.Popup, Args: []string{"sh", "-c", "sleep 1000"}}
	w := withCommands(t, prints, waits).Start(120, 30)
	w.Press("f5").See("“Show” failed with exit status 2: oh no")
	for _, want := range []string{"first", "second", "esc closes"} {
		w.Shows(want)
	}
	w.Press("esc")
	w.Send(uitest.Key("f6"))
	w.See("esc stops it")
	w.Send(uitest.Key("esc"))
	w.See("“Wait” was stopped")
}

// A key that an action has in that place stays the action's.
func TestOwnCommandsGiveWayToActions(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "arguments")
	w := withCommands(t, prints(file, "b", owncommand.OnTicket, "x"), prints(file, "f7", owncommand.OnTicket, "x"))
	if err := w.Service.Settings.SaveSetting(t.Context(), "keys", `{"board/new-story":["f7"]}`); err != nil {
		t.Fatal(err)
	}
	w.Start(200, 30)
	w.Press("!")
	w.See("f7 means “new story” (board/new-story) and does not run “Print it”")
	w.Press("esc", "b")
	w.See("created from #1042")
	if _, err := os.Stat(file); err == nil {
		t.Error("the command ran")
	}
}

// appends is a command that adds its arguments to a file as a line; a line of only "#1031"
// or "S-2" fails.
func appends(file, key string, where owncommand.Where, arg string) owncommand.Command {
	return owncommand.Command{
		Key: key, Name: "Note", Where: where, Output: owncommand.NoOutput,
		Args: []string{"sh", "-c", `echo "seen $2"; if [ "$2" = "#1031" ]; then echo no >&2; exit 3; fi; printf '%s\n' "$2" >> "$1"`, "sh", file, arg},
	}
}

// With several rows marked a command runs once for each, in their order, after a question
// that says how many; one that names the list runs once. The answers to prompts are for all.
func TestOwnCommandsActOnMarkedRows(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "lines")
	each, all := appends(file, "f5", owncommand.OnTicket, "{{.Ticket.ID}} {{.Prompt.why}}"), appends(file, "f6", owncommand.OnTicket, "{{range .Tickets}}{{.ID}};{{end}}")
	each.Prompts = []string{"why"}
	w := withCommands(t, each, all).Start(200, 30)
	w.Press("space", "space", "f5").See("Note · why")
	w.Write("now").Press("enter")
	w.See("Run “Note” 2 times, once for each of 2 tickets?")
	w.Press("n")
	if _, err := os.Stat(file); err == nil {
		t.Fatal("it ran although that was declined")
	}
	w.Press("f5").See("Note · why")
	w.Write("now").Press("enter", "y").See("“Note” is done · 2 times")
	w.Press("f6").See("Run “Note” once for 2 tickets?")
	w.Model.Host().Toasts.Current = nil
	w.Press("y").See("“Note” is done")
	if got := written(t, file); got != "1042 now\n1039 now\n1042;1039;\n" {
		t.Errorf("the command wrote %q", got)
	}
}

// It stops at the first row on which it fails, and says which that is; a window shows
// what it printed on each.
func TestOwnCommandsStopAtTheFirstFailure(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "lines")
	c := appends(file, "f5", owncommand.OnTicket, "#{{.Ticket.ID}}")
	shown := c
	shown.Key, shown.Output = "f6", owncommand.Popup
	w := withCommands(t, c, shown).Start(200, 30)
	w.Press("ctrl+a", "f5").See("Run “Note” 4 times, once for each of 4 tickets?")
	w.Press("y").See("“Note” on #1031 failed with exit status 3: no; 2 of 4 are done")
	if got := written(t, file); got != "#1042\n#1039\n" {
		t.Errorf("the command wrote %q", got)
	}
	w.Press("f6", "y").See("2 of 4 are done")
	for _, want := range []string{"── #1042 ──", "seen #1042", "── #1031 ──", "seen #1031"} {
		w.Shows(want)
	}
}

// A command for stories acts on the stories of marked tickets, on each once, and says
// where one has none.
func TestOwnCommandsActOnTheStoriesOfMarkedTickets(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "lines")
	w := withCommands(t, appends(file, "f5", owncommand.OnStory, "{{.Story.ID}}"))
	w.linked(1042)
	w.Start(200, 30)
	w.Press("space", "space", "f5").See("“Note” needs stories; 1 marked ticket is without one")
	w.Press("esc", "g", "space", "f5").See("“Note” is done")
	if got := written(t, file); got != "S-1\n" {
		t.Errorf("the command wrote %q", got)
	}
}
