package ui_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/uitest"
)

// walk wanders through the program: keys, clicks, texts, intents and sizes as
// they come.
type walk struct {
	*world
	random        *rand.Rand
	keys          keymap.Map
	width, height int
}

// TestAnythingAnySize wanders through the program: whatever is pressed, clicked
// or wanted at whatever size, the frame is exact, one pane has the focus and the
// row that the cursor is on can be seen.
func TestAnythingAnySize(t *testing.T) {
	t.Parallel()
	const walks, steps = 20, 250
	for seed := range uint64(walks) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := &walk{random: rand.New(rand.NewPCG(seed, 1)), keys: keymap.New(ui.DefaultKeys()), width: 120, height: 40}
			w.world = filled(t, append(uitest.Usual(), hostile()...)).accepted("Long ago", "設定画面").stack(30).Start(w.width, w.height)
			for range steps {
				w.step()
				w.Take()
				w.check()
			}
		})
	}
}

func (w *walk) step() {
	switch n := w.random.IntN(20); {
	case n == 0:
		w.width, w.height = sizes(w.random)
		w.Send(uitest.Size(w.width, w.height))
	case n < 7:
		w.useMouse()
	case n == 7:
		w.Write([]string{"a界", "state:", "-new", "lo \"x"}[w.random.IntN(4)])
	case n == 8:
		w.Run(w.Model.Handle(w.randomIntent()))
	default:
		list := w.keys.In(w.Top().Scopes())
		a := list[w.random.IntN(len(list))]
		if a.ID != intent.ActQuit && a.ID != intent.ActLeave && a.ID != intent.ActEditor {
			w.Press(a.Keys.Keys()[w.random.IntN(len(a.Keys.Keys()))])
		}
	}
}

func (w *walk) useMouse() {
	at := tea.Mouse{X: w.random.IntN(w.width + 1), Y: w.random.IntN(w.height + 1), Button: tea.MouseLeft}
	w.Send([]tea.Msg{
		tea.MouseClickMsg(at), tea.MouseMotionMsg(at), ui.MotionDue{}, tea.MouseMotionMsg(at), tea.MouseReleaseMsg(at),
		tea.MouseWheelMsg{X: at.X, Y: at.Y, Button: tea.MouseWheelDown},
	}[w.random.IntN(6)])
}

// randomIntent is an intent about any part of the board, shown or not.
func (w *walk) randomIntent() intent.Intent {
	parts := layout.Parts()
	part := parts[w.random.IntN(len(parts))].Name
	row := intent.SelectRow{Part: part, Key: tracker.StoryID(w.random.IntN(40))}
	if part == intent.PaneTickets {
		row.Key = uitest.Usual()[w.random.IntN(len(uitest.Usual()))].ID
	}
	return []intent.Intent{
		row, intent.FocusPart{Part: part}, intent.Scroll{Part: part, Rows: w.random.IntN(9) - 4}, intent.Divide{Part: part, X: w.random.IntN(w.width + 1)}, intent.Divided{},
		intent.Aim{Row: row}, intent.Drop{}, intent.ActOn{Row: row, ID: intent.ActOpen}, intent.Grab{Row: row, Dragged: w.random.IntN(2) == 0},
	}[w.random.IntN(9)]
}

func (w *walk) check() {
	w.T.Helper()
	w.exact(w.width, w.height)
	screen, onBoard := w.Screen(), w.OnBoard()
	if w.width < layout.MinWidth || w.height < layout.MinHeight {
		return
	}
	needed := onBoard && !w.Model.Host().Theme.Options().ASCII // whose corners are no others
	if focused := strings.Count(screen, "┏"); focused > 1 || focused == 0 && needed {
		w.T.Fatalf("%d panes have the focus:\n%s", focused, screen)
	}
	if onBoard && !w.moving() && w.cursorHidden() {
		w.T.Fatalf("the cursor of %s is out of sight:\n%s", w.focus(), screen)
	}
}

// cursorHidden is true where the focused part has rows and none of those that
// are drawn has the cursor.
func (w *walk) cursorHidden() bool {
	p := w.focused()
	at := slices.Index(p.Rows, p.Selected)
	return len(p.Rows) > 0 && (at < p.First || at >= p.End)
}

func sizes(random *rand.Rand) (int, int) {
	usual := [][2]int{
		{0, 0}, {1, 1}, {39, 10}, {40, 9}, {40, 10}, {40, 12}, {69, 24}, {70, 24}, {80, 24}, {109, 30}, {110, 30}, {132, 43},
		{165, 50}, {200, 60}, {400, 120},
	}
	if random.IntN(2) == 0 {
		s := usual[random.IntN(len(usual))]
		return s[0], s[1]
	}
	return random.IntN(220), random.IntN(70)
}
