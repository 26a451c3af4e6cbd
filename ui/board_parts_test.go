package ui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
	"storydesk/ui/uitest"
)

// accepted adds stories that were accepted weeks ago.
func (w *world) accepted(names ...string) *world {
	w.T.Helper()
	err := w.Service.Store.Write(w.T.Context(), func(wr tracker.Writer) error {
		for i, name := range names {
			points, at := 2.0, uitest.Now().Add(time.Duration(i-len(names))*30*24*time.Hour)
			st := tracker.Story{
				ProjectID: w.Project.ID, Name: name, Type: tracker.Feature, State: tracker.Accepted, Estimate: &points,
				AcceptedAt: &at, Owners: []string{"Ada Lovelace"}, CreatedAt: at, UpdatedAt: at,
			}
			if err := wr.AddStory(&st); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.T.Fatal(err)
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
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(2).Start(140, 30)
	w.Press("2", "w")
	w.Idle()
	if screen := w.Screen(); strings.Contains(screen, "2 Backlog") || w.setting(setting.Parts) != "tickets icebox" {
		t.Errorf("saved %q:\n%s", w.setting(setting.Parts), screen)
	}
	if focus := w.focus(); focus != intent.PaneIcebox {
		t.Errorf("the focus is on %s", focus)
	}
	w.Start(140, 30).Press("t", "w")
	w.See("the last pane cannot be hidden")
	w.Press("2")
	w.Shows("2 Backlog")
	w.Press("1")
	w.Idle()
	if saved := w.setting(setting.Parts); saved != "" {
		t.Errorf("all are shown again, saved is %q", saved)
	}
}

// What is moved into a column that is hidden is seen where it lands.
func TestHiddenColumnTakesWhatIsMoved(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(2).Start(140, 30)
	w.Press("2", "w", "1", "m", "h")
	w.Shows("2 Backlog")
	w.Press("esc")
	if strings.Contains(w.Screen(), "2 Backlog") {
		t.Errorf("the Backlog is still shown:\n%s", w.Screen())
	}
	w.Press("m", "h", "enter")
	w.See("created from #1042")
	w.Idle()
	if got := cardNames(w.board().Backlog); got != "Login loops on SSO" {
		t.Errorf("the Backlog holds %s", got)
	}
}

// Done, My work and Search show stories of other columns.
func TestPartsOfOtherColumns(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).accepted("Old export", "Newer login").Start(200, 60)
	w.Press("4")
	w.Idle()
	if got := w.names(intent.PaneDone); got != "Newer login, Old export" {
		t.Errorf("Done shows %s", got)
	}
	w.Press("5")
	w.Idle()
	if got := w.names(intent.PaneMine); got != "Running, Shown to the customer" {
		t.Errorf("My work shows %s", got)
	}
	w.Press("6")
	w.Shows("Search all stories")
	w.Write("log").Press("enter")
	w.Idle()
	if got := w.names(intent.PaneSearch); got != "Login loops on SSO, Newer login" {
		t.Errorf("Search finds %s", got)
	}
	w.Shows("2 of 8")
	w.Press("esc").Idle()
	w.Shows("2 of 8")

	// The next start shows and searches the same.
	w.Start(200, 60)
	w.Shows("6 Search /log")
	w.Press("6", "/").Write("x").Press("esc")
	if got := w.names(intent.PaneSearch); got != "Login loops on SSO, Newer login" {
		t.Errorf("esc leaves %s", got)
	}
	w.Press("/", "backspace", "backspace", "backspace", "enter")
	w.Idle()
	w.Shows("/ searches all stories.")
	if saved := w.setting(setting.Search); saved != "" {
		t.Errorf("saved %q", saved)
	}
	w.Press("w", "5", "w", "4", "w")
	w.Idle()
	if saved := w.setting(setting.Parts); saved != "" {
		t.Errorf("all is as usual, saved is %q", saved)
	}
}

// A story is worked on in My work as in its column, but not ordered there.
func TestStoriesAreWorkedOnInMyWork(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(200, 60)
	w.Press("5")
	w.Idle()
	w.Press("J")
	w.See("My work is sorted by column; m moves stories")
	w.Press("s")
	w.See("S-1 is finished")
	w.Idle()
	if got := w.names(intent.PaneMine); got != "Running, Shown to the customer" {
		t.Errorf("My work shows %s", got)
	}
	w.Press("m")
	w.Shows("S-1 → Backlog, where it is")
	w.Press("esc")
	if focus := w.focus(); focus != intent.PaneMine {
		t.Errorf("the focus is on %s", focus)
	}
	w.Press("j", "s")
	w.See("S-2 is accepted")
	w.Idle()
	if got := w.names(intent.PaneMine); got != "Running" {
		t.Errorf("My work shows %s", got)
	}
	w.Press("u")
	w.Until("it is back", func() bool { return w.names(intent.PaneMine) == "Running, Shown to the customer" })
}

// The mouse drags out of My work into a column, and nothing into it.
func TestDragOutOfMyWork(t *testing.T) {
	w := filled(t, uitest.Usual())
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{3}, tracker.StoryEdit{Owners: &[]string{"Ada Lovelace"}}); err != nil {
		t.Fatal(err)
	}
	w.Start(200, 60).Press("5")
	w.Idle()
	left, top := w.Find("5 My work")
	m := w.Place(left+10, top+3).Press()
	if got := w.selected(); got != tracker.StoryID(3) {
		t.Fatalf("%v is selected:\n%s", got, w.Screen())
	}
	m = m.To(left+10, top+2)
	w.Shows("S-3: stories cannot be dropped on My work; drop on the Backlog or the Icebox")
	m.Release()
	w.See("drop on the Backlog or the Icebox")
	m = w.Place(left+10, top+3).Press().Over("Dark mode")
	w.Shows("S-3 → Icebox, above S-5")
	m.Release()
	w.See("S-3 moved")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Login loops on SSO, Next, Dark mode for reports" {
		t.Errorf("the Icebox holds %s", got)
	}
}

// Parts stand side by side where there is room; the strip names the others.
func TestGoldenParts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		w, h int
		look theme.Options
		keys string
	}{
		{"Done and My work", 200, 60, theme.Options{Dark: true}, "4 5 1"},
		{"all parts and a search", 200, 60, theme.Options{NoColor: true}, "4 5 6 e x p enter"},
		{"Done and My work", 120, 40, theme.Options{}, "4 5"},
		{"Done focused", 80, 24, theme.Options{Dark: true}, "5 4"},
		{"Done alone", 40, 12, theme.Options{NoColor: true}, "4 5 6 l o g enter 4"},
	} {
		t.Run(pictureName("board with "+c.name, c.w, c.h, c.look), func(t *testing.T) {
			w := filled(t, uitest.Usual()).accepted("Old export", "Newer login").Start(c.w, c.h)
			w.Model.SetLook(c.look)
			w.Press(strings.Fields(c.keys)...)
			w.Idle()
			w.exact(c.w, c.h)
			golden.RequireEqual(t, w.Frame())
		})
	}
}

// What is moved is what was asked for: a row that a filter hides is shown, and
// one that is not on the board moves no other.
func TestOnlyWhatIsMeantIsMoved(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(2).Start(140, 30)
	w.Press("/").Write("login").Press("enter", "#").Write("#1031").Press("enter")
	w.See("Refund page 404")
	w.Press("m")
	w.Shows("#1031 → Backlog")
	w.Press("esc")
	w.Account.List = append(w.Account.List, uitest.Ticket(77, "open", time.Hour, "In no view"))
	w.Press("#").Write("#77").Press("enter")
	w.See("In no view")
	w.Press("m")
	w.See("#77 is not on the board")
	if w.moving() {
		t.Error("something else is moved")
	}
}

// The mouse reaches every part: by its name in the strip, by its rows and by
// the wheel over them.
func TestMouseReachesEveryPart(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).accepted("Long ago", "Old export", "Newer login").Start(120, 14)
	w.Press("4", "5")
	w.Idle()
	m := w.At("4 Done 3").Press()
	m.Release()
	if w.focus() != intent.PaneDone {
		t.Fatalf("the focus is on %s:\n%s", w.focus(), w.Screen())
	}
	w.At("Old export").Press().Release()
	if id, _ := w.selected().(tracker.StoryID); w.read(id).Story.Name != "Old export" {
		t.Errorf("%s is selected", id)
	}
	w.At("Old export").Press().Release()
	w.See("accepted ━")
}

// The line that names the parts writes out as many names as have room, that of
// the focused part always, beside an open detail too.
func TestNamesOfPartsAreShownWhereTheyFit(t *testing.T) {
	t.Parallel()
	for width, want := range map[int]string{
		70:  " 1 Tickets 4  2 Backlog 1  3 Icebox 0  4 Done 0  5 My work  6 Search  ",
		80:  " 1 Tickets 4  2 Backlog 1  3 Icebox 0  4 Done 0  5 My work 0  6 Search 0 ",
		120: " 1 Tickets 4  2 Backlog 1  3 Icebox 0  4 Done  5 My work  6 ┏",
		40:  " 1 Tickets 4  2 Backlog 1  3  4  5  6   ",
	} {
		w := newWorld(t).WithTickets(uitest.Usual()...)
		st := w.Story("Rotate the keys", tracker.Backlog, 1)
		w.Start(width, 24).Press("4", "5", "6", "esc", "2")
		if width == 120 {
			w.detail(st.ID)
		}
		w.Idle()
		if line := strings.Split(w.Screen(), "\n")[1]; !strings.HasPrefix(line, want) {
			t.Errorf("%d columns: %q, want %q", width, line, want)
		}
		w.exact(width, 24)
	}
}
