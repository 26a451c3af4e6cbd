package ui_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/deliveries"
	"storydesk/ui/find"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/story"
	"storydesk/ui/theme"
	"storydesk/ui/uitest"
)

// numbered makes operation ids that are the same in every run.
func (w *world) numbered() *world {
	var made atomic.Int64 // a rehearsal takes one beside what goes on
	w.Service.NewID = func() string {
		n := made.Add(1)
		return fmt.Sprintf("%08x-0000-4000-8000-%012x", n*0x1f3a5b7, n)
	}
	return w
}

// worked is a world with a story on which much has happened.
func worked(t testing.TB) *world {
	w := newWorld(t).numbered()
	tickets := uitest.Usual()
	tickets[1].Organization, tickets[0].Organization = "Northwind", "Globex"
	tickets[1].Priority, tickets[1].Type, tickets[1].Tags = "high", "question", []string{"export", "csv"}
	w.WithTickets(tickets...)
	w.Account.Conversations[1039] = usualComments()
	first := &w.Account.Conversations[1039][2]
	first.Role, first.HTML = "end-user", `<p>The file has a header row and nothing else, see <a href="https://acme.com/exports/7">the export</a>:</p>
		<pre>id,name</pre><blockquote>`+strings.Repeat("<p>We export once a week.</p>", 4)+`</blockquote>`
	first.Attachments = []tracker.Attachment{{Name: "export.csv", URL: "https://files.acme.com/7", Size: 1_536}}
	st := w.linked(1039, 1042)
	description, labels := "Since Monday the export has a header row and nothing else.\n\nSeen with 4.2.0 only.", []string{"export", "p1"}
	_, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Description: &description, Labels: &labels})
	if err == nil {
		_, err = w.Service.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID}}, new(2.0))
	}
	if err == nil {
		_, err = w.Service.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, tracker.Start, "")
	}
	for _, task := range []string{"Reproduce it", "Write a test that fails", "Tell support"} {
		if err == nil {
			st, err = w.Service.Stories.AddTask(t.Context(), st.ID, task)
		}
	}
	if err == nil {
		_, err = w.Service.Stories.SetTaskDone(t.Context(), st.ID, st.Tasks[0].ID, true)
	}
	if err == nil {
		_, err = w.Service.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "Found it: the cursor is closed before the rows are read.", "")
	}
	if err != nil {
		t.Fatal(err)
	}
	at, private := uitest.Now().Add(-57*time.Minute), false
	for id := range tracker.DeliveryID(3) {
		w.settle(id+1, func(d *tracker.Delivery) {
			d.State, d.AuditID, d.DeliveredAt, d.Attempts, d.Public = tracker.DeliverySent, 492000004675+tracker.AuditID(id), &at, 1, &private
		})
	}
	return w
}

// attacked is a world in which customers' texts try to take the terminal over.
func attacked(t testing.TB) *world {
	w := newWorld(t).numbered().WithTickets(hostile()...)
	nasty := "\x1b]0;title\a\x1b[2J\u202egnp.exe\u202c \u009b31mred \u200bzero\x00\r\n\tsecond 👩‍👩‍👧 ⚠️ नमस्ते"
	w.Account.Conversations[1] = []tracker.TicketComment{
		{ID: 2, Author: nasty, Text: nasty, CreatedAt: uitest.Now().Add(-time.Hour)},
		{ID: 1, Author: "\x1b[31m", Text: "x", Public: true, CreatedAt: uitest.Now().Add(-2 * time.Hour)},
	}
	st := w.linked(1, 2, 3, 4, 5, 6)
	name, owners := nasty, []string{"\x1b[31mMallory\x1b[m", "界"}
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: &name, Description: &nasty, Owners: &owners}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, nasty, ""); err != nil {
		t.Fatal(err)
	}
	w.settle(1, func(d *tracker.Delivery) { d.State, d.Reason = tracker.DeliveryParked, nasty })
	return w
}

// sent is a world with a delivery in each state, of states and comments, by two people.
func sent(t testing.TB) *world {
	w := newWorld(t).numbered().WithTickets(uitest.Usual()...)
	st := w.everyState()
	if _, err := w.Service.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID}}, new(2.0)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, tracker.Start, ""); err != nil {
		t.Fatal(err)
	}
	w.Service.SetActor("Grace Hopper")
	if _, err := w.Service.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "Found it: the cursor is closed before the rows are read.\n\nA fix follows.", ""); err != nil {
		t.Fatal(err)
	}
	return w
}

// bare is a world with one story and nothing else.
func bare(t testing.TB) *world {
	w := newWorld(t)
	w.Story("Rotate the keys", tracker.Backlog, -1)
	return w
}

// edit edits a field of the story on top, as a click on it does.
func (w *world) edit(field string) *world {
	w.T.Helper()
	w.do(func(h *pane.Host) tea.Cmd { return h.Dispatch(w.Top(), story.EditField{Name: field}) })
	return w
}

// openers lead from the board to each screen.
func openers() map[string]func(*world) {
	return map[string]func(*world){
		"story":                    func(w *world) { w.detail(1) },
		"story composer":           func(w *world) { w.detail(1).Press("c").Write("Fixed in 4.2.1") },
		"story name edited":        func(w *world) { w.detail(1).Press("e") },
		"story description edited": func(w *world) { w.detail(1).edit("description").Write(" And with 4.2.1.") },
		"story task added":         func(w *world) { w.detail(1).Press("a").Write("Close the tickets") },
		"story labels edited":      func(w *world) { w.detail(1).edit("labels").Write("ops") },
		"comments preview": func(w *world) {
			w.detail(1).Press("c").Write("Use {{ticket.id}}").Press("ctrl+y")
			w.Until("the comments are read", func() bool {
				p, ok := w.Top().(*command.PreviewPane)
				return ok && p.Read != nil
			})
		},
		"ticket":         func(w *world) { w.ticketDetail(1039) },
		"hostile ticket": func(w *world) { w.ticketDetail(1) },
		"deliveries":     func(w *world) { w.openDeliveries() },
		"import":         func(w *world) { w.Press("ctrl+o") },
		"import shown":   func(w *world) { w.readFile(exportFile(w.T)) },
		"search":         func(w *world) { w.Press("ctrl+f") },
		"search found": func(w *world) {
			w.Press("ctrl+f").Write("-zzz")
			w.Press("enter")
			w.Until("the search is over", func() bool {
				p, ok := w.Top().(*find.Pane)
				return ok && p.Settled()
			})
		},
		"labels":             func(w *world) { w.openLabels() },
		"figures":            func(w *world) { w.figures("1") },
		"figures planned":    func(w *world) { w.figures("2") },
		"figures cycle":      func(w *world) { w.figures("3") },
		"figures burn-up":    func(w *world) { w.figures("4") },
		"figures rejections": func(w *world) { w.figures("5") },
		"figures tickets":    func(w *world) { w.figures("6") },
		"figures in a table": func(w *world) { w.figures("1", "t") },
		"burn-up in a table": func(w *world) { w.figures("4", "t") },
		"delivery": func(w *world) {
			w.openDeliveries()
			w.Press("enter")
			w.Until("the comment is read", func() bool {
				p, ok := w.Top().(*deliveries.Detail)
				return ok && p.Settled()
			})
		},
		"integrations": func(w *world) { w.settings() },
		"integration form": func(w *world) {
			w.settings()
			w.fill(w.newForm(), complete())
		},
		"integration form with errors": func(w *world) {
			w.settings()
			w.newForm()
			w.Press("ctrl+s")
			w.Send(pane.ToastExpired{ID: w.Said().ID})
		},
		"integration form for OAuth": func(w *world) {
			w.settings()
			w.Press("a", "enter")
			w.formAtHand().Focus(present.FieldClientID)
		},
		"kinds of integrations": func(w *world) {
			w.settings()
			w.Press("a")
		},
		"feed form": func(w *world) {
			w.settings()
			w.fillFeed(w.newFeedForm(), "https://acme.com/stories.xml")
		},
		"feed form with errors": func(w *world) {
			w.settings()
			w.newFeedForm()
			w.Press("ctrl+s")
			w.Send(pane.ToastExpired{ID: w.Said().ID})
		},
		"feed": func(w *world) { w.Press("1") },
		"sign-in": func(w *world) {
			w.settings()
			w.beginSignIn()
			w.Until("the board shows the new integration", func() bool { return w.Sight().Board.Panel != 0 })
			w.Idle()
		},
		"connection test": func(w *world) {
			w.settings()
			w.Press("t")
			w.See("The connection works.")
		},
	}
}

func TestGoldenScreens(t *testing.T) {
	t.Parallel()
	dark, light, mono := theme.Options{Dark: true}, theme.Options{}, theme.Options{NoColor: true}
	ascii := theme.Options{NoColor: true, ASCII: true}
	for _, c := range []struct {
		screen string
		make   func(testing.TB) *world
		state  string
		w, h   int
		look   theme.Options
	}{
		{"story", worked, "in progress", 80, 24, light},
		{"story", worked, "in progress", 200, 60, dark},
		{"story", bare, "unestimated", 80, 24, mono},
		{"story", attacked, "with hostile text", 200, 60, mono},
		{"story composer", worked, "", 80, 24, mono},
		{"story composer", worked, "", 200, 60, light},
		{"story composer", attacked, "with hostile text", 80, 24, dark},
		{"story name edited", worked, "", 80, 24, dark},
		{"story", worked, "in progress", 120, 40, dark},
		{"story description edited", worked, "", 80, 24, light},
		{"story description edited", worked, "", 40, 12, mono},
		{"story task added", worked, "", 120, 40, mono},
		{"story labels edited", worked, "", 80, 24, dark},
		{"comments preview", worked, "", 80, 24, mono},
		{"comments preview", worked, "", 200, 60, dark},
		{"ticket", worked, "with a conversation", 80, 24, mono},
		{"ticket", worked, "with a conversation", 200, 60, dark},
		{"hostile ticket", attacked, "", 80, 24, light},
		{"deliveries", worked, "sent", 80, 24, dark},
		{"deliveries", attacked, "parked with hostile text", 200, 60, mono},
		{"deliveries", sent, "in every state", 80, 24, mono},
		{"deliveries", sent, "in every state", 120, 32, dark},
		{"deliveries", sent, "in every state", 200, 60, light},
		{"deliveries", bare, "none", 80, 24, light},
		{"search", bare, "", 80, 24, mono},
		{"search", bare, "", 200, 60, dark},
		{"search found", worked, "", 80, 24, dark},
		{"search found", worked, "", 120, 32, light},
		{"search found", attacked, "hostile text", 200, 60, mono},
		{"labels", withLabels, "", 80, 24, dark},
		{"labels", withLabels, "", 120, 32, light},
		{"labels", withLabels, "", 40, 12, mono},
		{"labels", bare, "none", 200, 60, mono},
		{"import", bare, "", 80, 24, mono},
		{"import shown", worked, "", 80, 24, dark},
		{"import shown", worked, "", 120, 32, light},
		{"import shown", worked, "", 200, 60, mono},
		{"figures", past, "velocity", 80, 24, dark},
		{"figures", past, "velocity", 120, 32, light},
		{"figures", past, "velocity", 200, 60, mono},
		{"figures planned", past, "", 80, 24, mono},
		{"figures cycle", past, "", 120, 32, dark},
		{"figures burn-up", past, "", 80, 24, dark},
		{"figures burn-up", past, "", 120, 32, mono},
		{"figures burn-up", past, "", 200, 60, light},
		{"figures rejections", past, "", 80, 24, light},
		{"figures tickets", past, "", 80, 24, dark},
		{"figures in a table", past, "", 80, 24, dark},
		{"burn-up in a table", past, "", 120, 32, light},
		{"figures", past, "velocity", 80, 24, ascii},
		{"figures burn-up", past, "", 40, 12, dark},
		{"figures burn-up", bare, "of nothing", 80, 24, mono},
		{"delivery", worked, "sent", 80, 24, mono},
		{"integrations", worked, "one", 80, 24, mono},
		{"integrations", worked, "one", 200, 60, dark},
		{"integrations", bare, "none", 80, 24, dark},
		{"integration form", bare, "filled in", 80, 24, mono},
		{"integration form", bare, "filled in", 200, 60, light},
		{"integration form with errors", bare, "", 80, 24, dark},
		{"integration form", bare, "filled in", 80, 24, ascii},
		{"connection test", worked, "passed", 80, 24, dark},
		{"story", worked, "in progress", 40, 12, mono},
		{"story", attacked, "with hostile text", 120, 40, light},
		{"story composer", worked, "", 40, 12, light},
		{"story composer", worked, "", 120, 40, ascii},
		{"story name edited", worked, "", 40, 12, light},
		{"story name edited", attacked, "with hostile text", 120, 40, mono},
		{"ticket", worked, "with a conversation", 40, 12, dark},
		{"ticket", worked, "with a conversation", 120, 40, ascii},
		{"hostile ticket", attacked, "", 120, 40, mono},
		{"deliveries", worked, "sent", 40, 12, mono},
		{"deliveries", worked, "sent", 120, 40, light},
		{"delivery", worked, "sent", 40, 12, light},
		{"delivery", attacked, "parked with hostile text", 120, 40, dark},
		{"integrations", worked, "one", 40, 12, dark},
		{"integrations", worked, "one", 120, 40, ascii},
		{"integration form", bare, "filled in", 40, 12, dark},
		{"integration form with errors", bare, "", 120, 40, light},
		{"connection test", worked, "passed", 120, 40, mono},
		{"integration form for OAuth", bare, "", 80, 24, mono},
		{"integration form for OAuth", bare, "", 40, 12, light},
		{"kinds of integrations", bare, "", 80, 24, mono},
		{"kinds of integrations", bare, "", 120, 32, dark},
		{"kinds of integrations", bare, "", 200, 60, light},
		{"feed form", bare, "filled in", 80, 24, mono},
		{"feed form", bare, "filled in", 120, 32, light},
		{"feed form with errors", bare, "", 80, 24, dark},
		{"feed", fed, "", 80, 24, mono},
		{"feed", fed, "", 120, 32, dark},
		{"feed", fed, "", 200, 60, light},
		{"sign-in", bare, "waiting", 80, 24, dark},
		{"sign-in", bare, "waiting", 40, 12, ascii},
	} {
		t.Run(pictureName(c.screen+" "+c.state, c.w, c.h, c.look), func(t *testing.T) {
			w := c.make(t).Start(c.w, c.h)
			openers()[c.screen](w)
			w.Model.Host().Toasts.Current = nil
			w.Model.SetLook(c.look)
			w.exact(c.w, c.h)
			golden.RequireEqual(t, w.Frame())
		})
	}
}

// TestScreensFitEverySize draws each screen at random sizes while keys are
// pressed in it: every frame is exact.
func TestScreensFitEverySize(t *testing.T) {
	t.Parallel()
	keys := []string{"j", "G", "g", "pgdown", "tab", "shift+tab", "down", "right", "space", "x", "L", "esc", "?", "c", "a"}
	for name, open := range openers() {
		t.Run(name, func(t *testing.T) {
			scene := worked
			if name == "hostile ticket" {
				scene = attacked
			}
			w := scene(t).Start(120, 40)
			open(w)
			random := rand.New(rand.NewPCG(1, uint64(len(name))))
			for range 60 {
				width, height := random.IntN(220), random.IntN(70)
				w.Send(tea.WindowSizeMsg{Width: width, Height: height})
				w.Press(keys[random.IntN(len(keys))])
				w.exact(width, height)
			}
		})
	}
}
