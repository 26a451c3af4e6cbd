package ui_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/dialog"
	"storydesk/ui/pane"
	"storydesk/ui/uitest"
)

// large is a board of 10,000 stories and 1,000 tickets on a screen of 200×60.
func large(b testing.TB) *world { return stocked(b, 10_000, 1000) }

// stocked is a board of so many stories and tickets on a screen of 200×60.
func stocked(b testing.TB, stories, listed int) *world {
	tickets := make([]tracker.Ticket, listed)
	for i := range tickets {
		tickets[i] = uitest.Ticket(tracker.TicketID(i+1), tracker.TicketOpen, time.Hour, fmt.Sprintf("Ticket number %d", i+1))
	}
	w := newWorld(b).WithTickets(tickets...)
	err := w.Service.Store.Write(b.Context(), func(tx tracker.Writer) error {
		for i := range stories {
			points := float64(i % 4)
			s := tracker.Story{
				ProjectID: w.Project.ID, Name: sentence(i), Type: tracker.Feature, State: tracker.Unstarted, Estimate: &points,
				Rank: int64(i+1) << 20, CreatedAt: uitest.Now(), UpdatedAt: uitest.Now(),
			}
			if i%5 == 0 {
				s.Type, s.Estimate = tracker.Bug, nil
			}
			if err := tx.AddStory(&s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	w.Start(200, 60).Press("2")
	w.Model.View()
	return w
}

// sentence makes the n-th story's name, of three to eight words.
func sentence(n int) string {
	words := strings.Fields("export fails over rows login loops dark mode for reports avatar upload keys rotate the page is empty and slow")
	name := fmt.Sprintf("%d", n)
	for i := range 3 + n%6 {
		name = words[(n*7+i*i*5)%len(words)] + " " + name
	}
	return name
}

func BenchmarkCursorMove(b *testing.B) { benchmarkCursorMove(b, large(b)) }

// BenchmarkCursorMoveAmongAll moves the cursor while all parts stand side by side.
func BenchmarkCursorMoveAmongAll(b *testing.B) {
	w := large(b)
	w.Press("4", "5", "6").Write("export").Press("enter", "2")
	w.Idle()
	w.Model.View()
	benchmarkCursorMove(b, w)
}

// BenchmarkCursorMoveWithPreview moves the cursor while a preview follows it.
func BenchmarkCursorMoveWithPreview(b *testing.B) {
	w := large(b)
	w.Press("W")
	w.Idle()
	w.Model.View()
	benchmarkCursorMove(b, w)
}

func benchmarkCursorMove(b *testing.B, w *world) {
	down, up := uitest.Key("j"), uitest.Key("k")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		key := down
		if i%100 >= 50 {
			key = up
		}
		w.Model.Update(key)
		w.Model.View()
	}
}

func BenchmarkScroll(b *testing.B) {
	w := large(b)
	down := uitest.Key("j")
	for range 100 {
		w.Model.Update(down)
	}
	b.ReportAllocs()
	for b.Loop() {
		w.Model.Update(down)
		w.Model.View()
	}
}

func BenchmarkUnchangedView(b *testing.B) {
	w := large(b)
	w.Model.View()
	b.ReportAllocs()
	for b.Loop() {
		w.Model.View()
	}
}

func BenchmarkFilterKeystroke(b *testing.B) {
	// A word of the names, one that abbreviates some, and one with terms before it.
	for _, query := range []string{"", "expor", "expfai", "type:feature -state:started lo"} {
		b.Run(query, func(b *testing.B) {
			w := large(b)
			w.Press("/").Write(query)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%2 == 0 {
					w.Model.Update(uitest.Key("s"))
				} else {
					w.Model.Update(uitest.Key("backspace"))
				}
			}
		})
	}
}

func TestUnchangedViewAllocatesNothing(t *testing.T) {
	w := stocked(t, 200, 100)
	w.Model.View()
	if n := testing.AllocsPerRun(100, func() { w.Model.View() }); n != 0 {
		t.Errorf("an unchanged view allocates %v times", n)
	}
}

// output is a terminal's end that counts what it gets.
type output struct {
	mu sync.Mutex
	bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.Buffer.Write(p)
}

func (o *output) size() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.Len()
}

// TestBytesOfScrolling runs the real renderer: a pane that scrolls by one row
// may send 4 kB at 200×60 and 2.5 kB at 120×40.
func TestBytesOfScrolling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ w, h, most int }{{200, 60, 4096}, {120, 40, 2560}} {
		t.Run(fmt.Sprintf("%dx%d", c.w, c.h), func(t *testing.T) {
			if each := bytesOfRow(t, stocked(t, 200, 100), c.w, c.h, c.h); each > c.most {
				t.Errorf("scrolling by one row sends %d bytes, at most %d are allowed", each, c.most)
			}
		})
	}
}

// TestBytesOfCursorMoveWithPreview moves the cursor over tickets whose
// conversations have nothing in common: 6 kB may be sent for each at 200×60.
func TestBytesOfCursorMoveWithPreview(t *testing.T) {
	t.Parallel()
	w := stocked(t, 20, 100)
	for i := range 100 {
		id := tracker.TicketID(i + 1)
		w.Account.Conversations[id] = []tracker.TicketComment{
			{ID: int64(2*i + 1), Author: "Sam", Public: true, Text: said(i), CreatedAt: uitest.Now().Add(-time.Hour)},
			{ID: int64(2*i + 2), Author: "Ada Lovelace", Text: said(100 + i), CreatedAt: uitest.Now()},
		}
	}
	w.Press("1", "W")
	w.See("Text 0:")
	for i := range 12 { // what was read is shown at once when the cursor comes again
		w.Press("j")
		w.See(fmt.Sprintf("Text %d:", i+1))
	}
	w.Press("g")
	w.See("Text 0:")
	if each := bytesOfRow(t, w, 200, 60, 1); each > 6144 {
		t.Errorf("moving the cursor by one row sends %d bytes, at most 6144 are allowed", each)
	}
	w.See("Text 9:")
}

// said is the n-th text of a conversation, of about ten lines.
func said(n int) string {
	text := fmt.Sprintf("Text %d:", n)
	for i := range 12 {
		text += " " + sentence(n*31+i*7) + "."
	}
	return text
}

// bytesOfRow is how much the renderer sends for each of eight keys that move the
// cursor down, when so many rows were gone down before.
func bytesOfRow(t *testing.T, w *world, width, height, before int) int {
	t.Helper()
	w.Send(tea.WindowSizeMsg{Width: width, Height: height})
	ctx, cancel := context.WithCancel(t.Context())
	out := &output{}
	in, keep := io.Pipe()
	defer keep.Close()
	keys := &atomic.Int64{}
	program := tea.NewProgram(still{w.Model, keys}, tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(out),
		tea.WithWindowSize(width, height), tea.WithColorProfile(colorprofile.TrueColor), tea.WithoutSignals(),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = program.Run()
	}()
	defer func() { cancel(); <-ended }()
	settled(t, out)
	down := func(rows int) int {
		want := keys.Load() + int64(rows)
		for range rows {
			program.Send(uitest.Key("j"))
		}
		for keys.Load() < want {
			time.Sleep(time.Millisecond)
		}
		return settled(t, out)
	}
	start := down(before)
	const rows = 8
	for range rows {
		down(1)
	}
	each := (out.size() - start) / rows
	t.Logf("%d bytes for one row", each)
	return each
}

// still is the program without what it does by itself. It counts the keys
// that it has taken.
type still struct {
	*ui.Model
	keys *atomic.Int64
}

// Init asks for nothing.
func (still) Init() tea.Cmd { return nil }

// Update leaves the model unchanged.
func (s still) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := s.Model.Update(msg)
	if _, ok := msg.(tea.KeyPressMsg); ok {
		s.keys.Add(1)
	}
	return s, cmd
}

// settled waits until bytes came and none came for a good many frames.
func settled(t *testing.T, out *output) int {
	t.Helper()
	deadline := time.Now().Add(uitest.Timeout)
	last, same := -1, 0
	for same < 25 { // a busy machine is late with a frame
		if time.Now().After(deadline) {
			t.Fatal("the renderer sent nothing")
		}
		time.Sleep(20 * time.Millisecond)
		if size := out.size(); size == last && size > 0 {
			same++
		} else {
			last, same = size, 0
		}
	}
	return last
}

// BenchmarkDragMotion drags a story up and down in a Backlog of 10,000.
func BenchmarkDragMotion(b *testing.B) {
	w := large(b)
	m := w.At("9 ").Press()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.To(90, 10+i%30)
		w.Model.View()
	}
	if !w.moving() {
		b.Error("nothing is dragged")
	}
}

// BenchmarkLinkKeystroke types into the search for a story to link to, among 10,000.
func BenchmarkLinkKeystroke(b *testing.B) {
	for _, query := range []string{"expor", "zz"} {
		b.Run(query, func(b *testing.B) {
			w := large(b)
			rows := make([]dialog.Choice, 0, 10_000)
			for i := range 10_000 {
				rows = append(rows, dialog.Choice{Key: tracker.StoryID(i + 1).String(), Text: sentence(i), Note: "unstarted · 1 ticket"})
			}
			w.do(func(h *pane.Host) tea.Cmd { return h.Open(dialog.NewChooser(h, "Link", rows, nil), pane.Overlay) })
			w.Write(query)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%2 == 0 {
					w.Model.Update(uitest.Key("s"))
				} else {
					w.Model.Update(uitest.Key("backspace"))
				}
			}
		})
	}
}
