package ui_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/pane"
	"storydesk/ui/text"
	"storydesk/ui/theme"
	"storydesk/ui/uitest"
)

// hostile are tickets whose subjects try to take the terminal over.
func hostile() []tracker.Ticket {
	return []tracker.Ticket{
		uitest.Ticket(1, "new", time.Hour, "\x1b]52;c;cm0gLXJm\x07clipboard \x1b[2J\x1b[?1049l"),
		uitest.Ticket(2, "open", time.Hour, "\u202egnp.exe\u202c \u009b31mred\u009c \x1bPq\x1b\\dcs"),
		uitest.Ticket(3, "p\x1b[31mending", time.Hour, "line\nbreak\ttab\r\x00nul"),
		uitest.Ticket(4, "", time.Hour, ""),
		uitest.Ticket(5, "hold", time.Hour, "👩‍👩‍👧 🇩🇪 ⚠️ नमस्ते ｶﾞ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢"),
		uitest.Ticket(6, "open", time.Hour, "界"+strings.Repeat("漢字", 200)),
	}
}

// filled is a world with tickets, stories in all states and a linked ticket.
func filled(t testing.TB, tickets []tracker.Ticket) *world {
	w := newWorld(t).WithTickets(tickets...)
	w.Story("Running", tracker.Backlog, 3, tracker.Start)
	w.Story("Shown to the customer", tracker.Backlog, 1, tracker.Start, tracker.Finish, tracker.Deliver)
	w.Story("Next", tracker.Backlog, 2)
	w.Story("設定画面の文字が切れる", tracker.Backlog, -1)
	w.Story("Dark mode for reports", tracker.Icebox, -1)
	_, err := w.Service.Stories.AddFromTickets(t.Context(), tracker.FromTickets{
		Integration: w.In.ID, Tickets: []tracker.TicketID{tickets[0].ID}, Place: tracker.Place{Column: tracker.Icebox},
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// pictureName is what a golden file is called: what it shows, the size and the look.
func pictureName(shown string, w, h int, look theme.Options) string {
	as := "light"
	switch {
	case look.ASCII:
		as = "ASCII"
	case look.NoColor:
		as = "no colour"
	case look.HighContrast:
		as = "high contrast"
	case look.Dark:
		as = "dark"
	}
	return strings.Join(strings.Fields(fmt.Sprintf("%s %dx%d %s", shown, w, h, as)), " ")
}

// told is a world of whose tickets Zendesk tells everything: urgent and breached ones,
// paused ones, a status with a name of the account's own, and one that is done.
func told(t testing.TB) *world {
	tickets := append(uitest.Usual(),
		uitest.Ticket(1027, tracker.TicketOpen, 50*time.Hour, "Reminder went out to a customer who had paid already"),
		uitest.Ticket(1026, tracker.TicketOpen, 60*time.Hour, "Scheduled report stopped arriving"))
	now := uitest.Now()
	for i, facts := range []struct {
		priority, requester, organization, custom string
		breach                                    time.Duration
		paused                                    bool
	}{
		{"high", "Dana Kowalczyk", "Pinecrest Veterinary Group", "", 38 * time.Minute, false},
		{"urgent", "Noah Whitlock", "Northwind", "With engineering", 3 * time.Hour, false},
		{"normal", "Mia Ito", "Globex", "", 0, true},
		{"low", "Sam", "", "", 0, false},
		{"urgent", "Lena Okafor", "Bellwether", "", -12 * time.Minute, false},
		{"normal", "Ada Byron", "Initech", "", -26 * time.Hour, false},
	} {
		ticket := &tickets[i]
		ticket.Priority, ticket.Requester, ticket.Organization, ticket.CustomStatus = facts.priority, facts.requester, facts.organization, facts.custom
		ticket.SLA.Told, ticket.Progress.Told = true, true
		ticket.Progress.RepliedAt = now.Add(-time.Duration(i+1) * time.Hour)
		if facts.paused || facts.breach != 0 {
			ticket.SLA.Metric, ticket.SLA.Paused, ticket.SLA.BreachAt = "next_reply_time", facts.paused, now.Add(facts.breach)
		}
	}
	w := newWorld(t).WithTickets(tickets...)
	done := w.linked(1031)
	one := 1.0
	_, err := w.Service.Stories.Estimate(t.Context(), []tracker.Seen{{ID: done.ID}}, &one)
	for _, step := range []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept} {
		if err == nil {
			_, err = w.Service.Stories.Transition(t.Context(), []tracker.Seen{{ID: done.ID}}, step, "")
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	w.Story("Running", tracker.Backlog, 3, tracker.Start)
	w.Story("Shown to the customer", tracker.Backlog, 1, tracker.Start, tracker.Finish, tracker.Deliver)
	return w
}

func TestGoldenFrames(t *testing.T) {
	t.Parallel()
	dark, light, mono := theme.Options{Dark: true}, theme.Options{}, theme.Options{NoColor: true}
	ascii := theme.Options{Dark: true, NoColor: true, ASCII: true}
	for _, c := range []struct {
		name string
		w, h int
		look theme.Options
		make func(testing.TB) *world
		keys string
	}{
		{"board without an integration", 80, 24, dark, func(t testing.TB) *world { return newWorld(t) }, ""},
		{"board without an integration", 40, 12, mono, func(t testing.TB) *world { return newWorld(t) }, ""},
		{"board with Tickets focused", 200, 60, dark, func(t testing.TB) *world { return filled(t, uitest.Usual()) }, ""},
		{"board with Backlog focused", 120, 40, light, func(t testing.TB) *world { return filled(t, uitest.Usual()) }, "2 j"},
		{"board with Icebox focused", 80, 24, mono, func(t testing.TB) *world { return filled(t, uitest.Usual()) }, "3"},
		{"board with Backlog focused", 40, 12, dark, func(t testing.TB) *world { return filled(t, uitest.Usual()) }, "2"},
		{"board with Tickets focused", 120, 40, ascii, func(t testing.TB) *world { return filled(t, uitest.Usual()) }, ""},
		{"board with hostile text", 80, 24, light, func(t testing.TB) *world { return filled(t, hostile()) }, ""},
		{"board with hostile text", 200, 60, mono, func(t testing.TB) *world { return filled(t, hostile()) }, ""},
		{"board moving a ticket", 120, 40, dark, func(t testing.TB) *world { return filled(t, uitest.Usual()) }, "j m j"},
		{"board filtered", 80, 24, dark, func(t testing.TB) *world { return filled(t, uitest.Usual()) }, "/ c s v"},
		{"palette searched", 80, 24, mono, func(t testing.TB) *world { return filled(t, uitest.Usual()) }, ": m o"},
		{"help", 120, 40, dark, func(t testing.TB) *world { return filled(t, uitest.Usual()) }, "?"},
		{"asking before a deletion", 40, 12, light, func(t testing.TB) *world { return filled(t, uitest.Usual()) }, "3 D"},
		{"board with an empty view", 80, 24, light, func(t testing.TB) *world { return newWorld(t).WithTickets() }, "t t"},
		{"board with all columns", 80, 24, dark, func(t testing.TB) *world { return told(t) }, ""},
		{"board with all columns", 80, 24, ascii, func(t testing.TB) *world { return told(t) }, ""},
		{"board with all columns", 120, 32, dark, func(t testing.TB) *world { return told(t) }, ""},
		{"board with all columns", 120, 32, mono, func(t testing.TB) *world { return told(t) }, ""},
		{"board with all columns", 120, 32, ascii, func(t testing.TB) *world { return told(t) }, ""},
		{"board with all columns", 200, 60, light, func(t testing.TB) *world { return told(t) }, ""},
		{"board with all columns", 200, 60, mono, func(t testing.TB) *world { return told(t) }, ""},
		{"terminal too small", 32, 8, dark, func(t testing.TB) *world { return newWorld(t) }, ""},
	} {
		t.Run(pictureName(c.name, c.w, c.h, c.look), func(t *testing.T) {
			w := c.make(t).Start(c.w, c.h)
			w.Model.SetLook(c.look)
			w.Press(strings.Fields(c.keys)...)
			w.Idle()
			w.exact(c.w, c.h)
			golden.RequireEqual(t, w.Frame())
		})
	}
}

// The column by which tickets are sorted stands out, and the title names it.
func TestGoldenTicketsBySLA(t *testing.T) {
	t.Parallel()
	w := told(t).Start(120, 32)
	w.Press("S").Write("sla").Press("enter")
	w.See("1 Tickets · by SLA")
	w.Idle()
	w.Model.SetLook(theme.Options{NoColor: true})
	golden.RequireEqual(t, w.Frame())
}

func TestGoldenBoardLoading120x40(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	m := ui.New(t.Context(), ui.Options{Service: uitest.UseCases(w.Service), Project: w.Project})
	m.Init() // nothing of it runs
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	golden.RequireEqual(t, m.View().Content)
	m.Do(func(h *pane.Host) tea.Cmd { h.Spinner.Turn = 1; return nil })
	for _, want := range []string{"Acme Mobile   ⠙", "loading…"} {
		if !strings.Contains(ansi.Strip(m.View().Content), want) {
			t.Errorf("%q is not shown after a while", want)
		}
	}
}

func TestGoldenBoardAfterAFailedRefresh120x40(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Account.Err = tracker.Errorf(tracker.CodeUnavailable, "acme.zendesk.com does not answer; the tickets shown are the last known ones")
	w.Start(120, 40)
	w.Press("r")
	w.See("✓")
	w.Until("the error is shown", func() bool { return w.Said() != nil && w.Sight().Board.Fetch.Problem != "" })
	w.Idle()
	golden.RequireEqual(t, w.Frame())
}

// exact fails unless the frame is exactly w×h cells.
func (w *world) exact(width, height int) {
	w.T.Helper()
	frame := w.Frame()
	lines := strings.Split(frame, "\n")
	if height > 0 && len(lines) != height {
		w.T.Fatalf("the frame has %d lines, want %d", len(lines), height)
	}
	for i, l := range lines {
		if n := w.Model.CellWidth(l); height > 0 && n != width {
			w.T.Fatalf("line %d is %d cells wide, want %d: %q", i, n, width, l)
		}
	}
}

func TestResizeKeepsSelection(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(200, 60)
	w.Press("2", "j", "j")
	before := w.selected()
	for _, size := range [][2]int{{40, 10}, {10, 3}, {80, 24}, {200, 60}} {
		w.Send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		w.exact(size[0], size[1])
	}
	if after := w.selected(); after != before || before == nil {
		t.Errorf("%s is selected after resizing, %s before", after, before)
	}
}

func TestHostileTextIsDrawnSafely(t *testing.T) {
	t.Parallel()
	w := filled(t, hostile()).Start(200, 60)
	for _, forbidden := range []string{"\x1b]", "\x1bP", "\x1b[2J", "\x1b[?", "\u009b", "\u202e", "\x00", "\r", "\t"} {
		if strings.Contains(w.Frame(), forbidden) {
			t.Errorf("the frame holds %q", forbidden)
		}
	}
}

// scripts are tickets in scripts that terminals measure in different ways.
func scripts() []tracker.Ticket {
	return []tracker.Ticket{
		uitest.Ticket(1, "new", time.Hour, "जीएसटी रिपोर्ट में नमस्ते नहीं दिखता, कृपया ठीक करें"),
		uitest.Ticket(2, "open", time.Hour, "தமிழ் மொழி அறிக்கை திறக்கவில்லை"),
		uitest.Ticket(3, "open", time.Hour, "ใบแจ้งหนี้หายไป ช่วยดูน้ำหนักไฟล์ให้ด้วย"),
		uitest.Ticket(4, "open", time.Hour, "مرحبًا، الفاتورة لا تُطبع منذ أمس"),
		uitest.Ticket(5, "open", time.Hour, "שָׁלוֹם, החשבונית לא נפתחת"),
		uitest.Ticket(6, "hold", time.Hour, "👩\u200d👩\u200d👧 ⚠\ufe0f 👍🏽 🇩🇪 1\ufe0f⃣ ｶﾞ क्\u200dष می\u200cخواهم"),
		uitest.Ticket(7, "open", time.Hour, "plain"),
	}
}

// Text is drawn as it is written, and what stands right of it stays in its
// column, whether the terminal counts clusters or code points.
func TestGoldenScripts(t *testing.T) {
	t.Parallel()
	for name, reports := range map[string]tea.Msg{
		"measured by code point": tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeNotRecognized},
		"measured by cluster":    tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			look := theme.Options{NoColor: true}
			t.Run(pictureName("board with many scripts "+name, size[0], size[1], look), func(t *testing.T) {
				w := filled(t, scripts()).Start(size[0], size[1])
				w.Model.SetLook(look)
				w.Send(reports)
				w.exact(size[0], size[1])
				golden.RequireEqual(t, w.Frame())
				if size[0] < 120 {
					return
				}
				for _, ticket := range scripts() {
					if start := text.Truncate(ticket.Subject, 16); !strings.Contains(ansi.Strip(w.Frame()), strings.TrimSuffix(start, "…")) {
						t.Errorf("%s is not drawn as it is written", ticket.Subject)
					}
				}
			})
		}
	}
}

// What saves and leaves a form stays in sight under a message.
func TestToastLeavesTheKeysOfAForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(50, 20)
	w.settings()
	w.newForm()
	w.do(func(h *pane.Host) tea.Cmd { return h.Fail(errors.New("Zendesk does not answer; try again later")) })
	for _, want := range []string{"ctrl+s save", "esc back", "Zendesk does not answer"} {
		if !strings.Contains(w.Screen(), want) {
			t.Errorf("%q is not shown:\n%s", want, w.Screen())
		}
	}
	w.exact(50, 20)
}

// What a drag would do stays in sight under a message.
func TestToastLeavesTheHint(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(80, 24)
	w.At("Export CSV").Press().Over("Next")
	const hint = " #1039 → Backlog, above S-3   release drops"
	for _, said := range []string{"you are Ada", "acme.zendesk.com has no ticket #99999, or ada@acme.com cannot see it"} {
		w.do(func(h *pane.Host) tea.Cmd { return h.Warn(said) })
		if !strings.HasPrefix(w.footer(), hint) {
			t.Errorf("the footer is %q", w.footer())
		}
		w.Shows(said)
		w.exact(80, 24)
	}
}

// A message is shown whole while the line has room for it, beside the keys that
// still fit; only a longer one is cut.
func TestToastIsAsLargeAsItsText(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(80, 24)
	const said = "no delivery is selected; choose one with j and k, then try again"
	w.do(func(h *pane.Host) tea.Cmd { return h.Warn(said) })
	if last := w.footer(); !strings.HasSuffix(last, " "+said+" ") || !strings.HasPrefix(last, " p points ") {
		t.Errorf("the footer is %q", last)
	}
	w.exact(80, 24)
	w.do(func(h *pane.Host) tea.Cmd { return h.Say(strings.Repeat("word ", 30)) })
	if last := w.footer(); !strings.HasPrefix(last, " word word") || !strings.HasSuffix(last, "… ") {
		t.Errorf("the footer is %q", last)
	}
	w.exact(80, 24)
}

// footer is the last line of the screen.
func (w *world) footer() string {
	w.T.Helper()
	screen := w.Screen()
	return screen[strings.LastIndex(screen, "\n")+1:]
}

// Why a key does nothing is of no use on another screen; what was done still is.
func TestRefusalStaysOnItsScreen(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 30)
	const refusal = "no delivery is selected"
	w.Press("d")
	w.See("Deliveries")
	for _, key := range []string{"?", "esc"} {
		w.Press("R")
		w.Shows(refusal)
		w.Press(key)
		if strings.Contains(w.Screen(), refusal) {
			t.Errorf("the refusal stays after %s:\n%s", key, w.Screen())
		}
		w.Press("esc")
	}
	w.do(func(h *pane.Host) tea.Cmd { return h.Say("Story S-2 created") })
	w.Press("?", "esc")
	w.Shows("Story S-2 created")
}
