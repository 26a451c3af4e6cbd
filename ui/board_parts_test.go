package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// accepted adds stories that were accepted weeks ago.
func (w *world) accepted(names ...string) *world {
	w.t.Helper()
	err := w.svc.Store.Write(w.t.Context(), func(wr tracker.Writer) error {
		for i, name := range names {
			points, at := 2.0, testNow().Add(time.Duration(i-len(names))*30*24*time.Hour)
			st := tracker.Story{
				ProjectID: w.project.ID, Name: name, Type: tracker.Feature, State: tracker.Accepted, Estimate: &points,
				AcceptedAt: &at, Owners: []string{"Ada Lovelace"}, CreatedAt: at, UpdatedAt: at,
			}
			if err := wr.AddStory(&st); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return w
}

// names lists the names of a part's stories as they are shown.
func (w *world) names(part intent.PaneName) string {
	rows := w.rows(part)
	list := make([]string, len(rows))
	for i, id := range rows {
		list[i] = w.read(id.(tracker.StoryID)).Story.Name
	}
	return strings.Join(list, ", ")
}

// A part that is hidden comes back with its digit; the last one stays.
func TestPartsAreHiddenAndShown(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(2).start(140, 30)
	w.press("2", "w")
	w.idle()
	if screen := w.screen(); strings.Contains(screen, "2 Backlog") || w.setting(setting.Parts) != "tickets icebox" {
		t.Errorf("saved %q:\n%s", w.setting(setting.Parts), screen)
	}
	if focus := w.focus(); focus != intent.PaneIcebox {
		t.Errorf("the focus is on %s", focus)
	}
	w.start(140, 30).press("t", "w")
	w.see("the last pane cannot be hidden")
	w.press("2")
	w.shows("2 Backlog")
	w.press("1")
	w.idle()
	if saved := w.setting(setting.Parts); saved != "" {
		t.Errorf("all are shown again, saved is %q", saved)
	}
}

// What is moved into a column that is hidden is seen where it lands.
func TestHiddenColumnTakesWhatIsMoved(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(2).start(140, 30)
	w.press("2", "w", "1", "m", "h")
	w.shows("2 Backlog")
	w.press("esc")
	if strings.Contains(w.screen(), "2 Backlog") {
		t.Errorf("the Backlog is still shown:\n%s", w.screen())
	}
	w.press("m", "h", "enter")
	w.see("created from #1042")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Login loops on SSO" {
		t.Errorf("the Backlog holds %s", got)
	}
}

// Done, My work and Search show stories of other columns.
func TestPartsOfOtherColumns(t *testing.T) {
	w := filled(t, usual()).accepted("Old export", "Newer login").start(200, 60)
	w.press("4")
	w.idle()
	if got := w.names(intent.PaneDone); got != "Newer login, Old export" {
		t.Errorf("Done shows %s", got)
	}
	w.press("5")
	w.idle()
	if got := w.names(intent.PaneMine); got != "Running, Shown to the customer" {
		t.Errorf("My work shows %s", got)
	}
	w.press("6")
	w.shows("Search all stories")
	w.write("log").press("enter")
	w.idle()
	if got := w.names(intent.PaneSearch); got != "Login loops on SSO, Newer login" {
		t.Errorf("Search finds %s", got)
	}
	w.shows("2 of 8")
	w.press("esc").idle()
	w.shows("2 of 8")

	// The next start shows and searches the same.
	w.start(200, 60)
	w.shows("6 Search /log")
	w.press("6", "/").write("x").press("esc")
	if got := w.names(intent.PaneSearch); got != "Login loops on SSO, Newer login" {
		t.Errorf("esc leaves %s", got)
	}
	w.press("/", "backspace", "backspace", "backspace", "enter")
	w.idle()
	w.shows("/ searches all stories.")
	if saved := w.setting(setting.Search); saved != "" {
		t.Errorf("saved %q", saved)
	}
	w.press("w", "5", "w", "4", "w")
	w.idle()
	if saved := w.setting(setting.Parts); saved != "" {
		t.Errorf("all is as usual, saved is %q", saved)
	}
}

// A story is worked on in My work as in its column, but not ordered there.
func TestStoriesAreWorkedOnInMyWork(t *testing.T) {
	w := filled(t, usual()).start(200, 60)
	w.press("5")
	w.idle()
	w.press("J")
	w.see("My work is sorted by column; m moves stories")
	w.press("s")
	w.see("S-1 is finished")
	w.idle()
	if got := w.names(intent.PaneMine); got != "Running, Shown to the customer" {
		t.Errorf("My work shows %s", got)
	}
	w.press("m")
	w.shows("S-1 → Backlog, where it is")
	w.press("esc")
	if focus := w.focus(); focus != intent.PaneMine {
		t.Errorf("the focus is on %s", focus)
	}
	w.press("j", "s")
	w.see("S-2 is accepted")
	w.idle()
	if got := w.names(intent.PaneMine); got != "Running" {
		t.Errorf("My work shows %s", got)
	}
	w.press("u")
	w.until("it is back", func() bool { return w.names(intent.PaneMine) == "Running, Shown to the customer" })
}

// The mouse drags out of My work into a column, and nothing into it.
func TestDragOutOfMyWork(t *testing.T) {
	w := filled(t, usual())
	if _, err := w.svc.Stories.Edit(t.Context(), []tracker.StoryID{3}, tracker.StoryEdit{Owners: &[]string{"Ada Lovelace"}}); err != nil {
		t.Fatal(err)
	}
	w.start(200, 60).press("5")
	w.idle()
	left, top := w.find("5 My work")
	m := mouse{w, left + 10, top + 3}.press()
	if got := w.selected(); got != tracker.StoryID(3) {
		t.Fatalf("%v is selected:\n%s", got, w.screen())
	}
	m = m.to(left+10, top+2)
	w.shows("S-3: stories cannot be dropped on My work; drop on the Backlog or the Icebox")
	m.release()
	w.see("drop on the Backlog or the Icebox")
	m = mouse{w, left + 10, top + 3}.press().over("Dark mode")
	w.shows("S-3 → Icebox, above S-5")
	m.release()
	w.see("S-3 moved")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Login loops on SSO, Next, Dark mode for reports" {
		t.Errorf("the Icebox holds %s", got)
	}
}

// Parts stand side by side where there is room; the strip names the others.
func TestGoldenParts(t *testing.T) {
	for _, c := range []struct {
		w, h int
		look theme.Options
		keys string
	}{
		{200, 60, theme.Options{Dark: true}, "4 5 1"},
		{200, 60, theme.Options{NoColor: true}, "4 5 6 e x p enter"},
		{120, 40, theme.Options{}, "4 5"},
		{80, 24, theme.Options{Dark: true}, "5 4"},
		{40, 12, theme.Options{NoColor: true}, "4 5 6 l o g enter 4"},
	} {
		t.Run(fmt.Sprintf("%dx%d %s", c.w, c.h, strings.ReplaceAll(c.keys, " ", "")), func(t *testing.T) {
			w := filled(t, usual()).accepted("Old export", "Newer login").start(c.w, c.h)
			w.model.SetLook(c.look)
			w.press(strings.Fields(c.keys)...)
			w.idle()
			w.exact(c.w, c.h)
			golden.RequireEqual(t, w.frame())
		})
	}
}

// What is moved is what was asked for: a row that a filter hides is shown, and
// one that is not on the board moves no other.
func TestOnlyWhatIsMeantIsMoved(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(2).start(140, 30)
	w.press("/").write("login").press("enter", "#").write("#1031").press("enter")
	w.see("Refund page 404")
	w.press("m")
	w.shows("#1031 → Backlog")
	w.press("esc")
	w.account.tickets = append(w.account.tickets, ticketOf(77, "open", time.Hour, "In no view"))
	w.press("#").write("#77").press("enter")
	w.see("In no view")
	w.press("m")
	w.see("#77 is not on the board")
	if w.moving() {
		t.Error("something else is moved")
	}
}

// The mouse reaches every part: by its name in the strip, by its rows and by
// the wheel over them.
func TestMouseReachesEveryPart(t *testing.T) {
	w := filled(t, usual()).accepted("Long ago", "Old export", "Newer login").start(120, 14)
	w.press("4", "5")
	w.idle()
	m := w.at("4 Done 3").press()
	m.release()
	if w.focus() != intent.PaneDone {
		t.Fatalf("the focus is on %s:\n%s", w.focus(), w.screen())
	}
	w.at("Old export").press().release()
	if id, _ := w.selected().(tracker.StoryID); w.read(id).Story.Name != "Old export" {
		t.Errorf("%s is selected", id)
	}
	w.at("Old export").press().release()
	w.see("accepted ━")
}

// The line that names the parts writes out as many names as have room, that of
// the focused part always, beside an open detail too.
func TestNamesOfPartsAreShownWhereTheyFit(t *testing.T) {
	for width, want := range map[int]string{
		70:  " 1 Tickets 4  2 Backlog 1  3 Icebox 0  4 Done 0  5 My work  6 Search  ",
		80:  " 1 Tickets 4  2 Backlog 1  3 Icebox 0  4 Done 0  5 My work 0  6 Search 0 ",
		120: " 1 Tickets 4  2 Backlog 1  3 Icebox 0  4 Done  5 My work  6 ┏",
		40:  " 1 Tickets 4  2 Backlog 1  3  4  5  6   ",
	} {
		w := newWorld(t).withTickets(usual()...)
		st := w.story("Rotate the keys", tracker.Backlog, 1)
		w.start(width, 24).press("4", "5", "6", "esc", "2")
		if width == 120 {
			w.detail(st.ID)
		}
		w.idle()
		if line := strings.Split(w.screen(), "\n")[1]; !strings.HasPrefix(line, want) {
			t.Errorf("%d columns: %q, want %q", width, line, want)
		}
		w.exact(width, 24)
	}
}
