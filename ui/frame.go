package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// footerActions is how many actions the footer names at most.
const footerActions = 6

// screen draws the open panes below the status line and above the footer.
type screen struct {
	*pane.Host
	// status draws the first line; can reports whether an action can be done now, and
	// busy what the program itself is busy with, empty for nothing.
	status func(*draw.Canvas, draw.Rect)
	can    func(intent.ActionID) bool
	busy   func() string

	canvas draw.Canvas
	w, h   int
	// frame is the last drawing; it stands until stale.
	frame string
	stale bool
	// cursor is where text is typed in the frame, nil for nowhere.
	cursor *tea.Cursor
	// title is the terminal window's.
	title string
}

// View returns the frame, drawn again only when something has changed.
func (s *screen) View() string {
	if s.stale {
		s.draw()
		s.frame = s.canvas.String()
		if s.Theme.Options().ASCII {
			s.frame = text.ASCII(s.frame)
		}
		s.stale = false
	}
	return s.frame
}

// draw puts the open panes on the canvas.
func (s *screen) draw() {
	c := &s.canvas
	c.Reset(s.Theme, s.w, s.h)
	s.title = "storydesk · " + present.Cell(s.Project.Name)
	f, ok := frameOf(s.w, s.h)
	if !ok {
		s.drawTooSmall(c)
		s.cursor = nil
		return
	}
	if s.toastAbove(f.footer) {
		f.body.H-- // the panes make room, so that nothing of them is covered
	}
	c.Layer = len(s.Layers) - 1 // a click on the line closes nothing
	s.status(c, f.status)
	focus := s.focusedLayer()
	for i, l := range s.Layers[s.lowest():] {
		c.Layer = i + s.lowest()
		c.Focused = c.Layer == focus
		switch l.Place {
		case pane.Body:
			l.Pane.Draw(c, s.beside(f, c.Layer))
		case pane.Overlay:
			l.Pane.Draw(c, f.body)
		case pane.Side:
			l.Pane.Draw(c, f.side())
		case pane.Line:
			l.Pane.Draw(c, f.footer)
		}
	}
	if s.Layers[len(s.Layers)-1].Place != pane.Line {
		c.Layer = len(s.Layers) - 1
		s.drawFooter(c, f.footer)
	}
	s.cursor = nil
	if at := c.Cursor; at != nil {
		s.cursor = tea.NewCursor(at.X, at.Y)
	}
}

// beside is what a panel at the side leaves of the body to the layer below it.
func (s *screen) beside(f frame, layer int) draw.Rect {
	for _, l := range s.Layers[layer+1:] {
		if l.Place == pane.Side {
			return draw.Rect{X: f.body.X, Y: f.body.Y, W: f.body.W - f.side().W, H: f.body.H}
		}
	}
	return f.body
}

// focusedLayer is the pane that is drawn as focused: the topmost one that is
// not just a line at the bottom.
func (s *screen) focusedLayer() int {
	i := len(s.Layers) - 1
	for i > 0 && s.Layers[i].Place == pane.Line {
		i--
	}
	return i
}

// lowest is the first layer that can be seen: what covers the body hides all below.
func (s *screen) lowest() int {
	for i := len(s.Layers) - 1; i > 0; i-- {
		if s.Layers[i].Place == pane.Body || s.Layers[i].Place == pane.Side && s.w < layout.ThreePanes {
			return i
		}
	}
	return 0
}

func (s *screen) drawTooSmall(c *draw.Canvas) {
	msg := fmt.Sprintf("storydesk needs %d×%d, this is %d×%d", layout.MinWidth, layout.MinHeight, s.w, s.h)
	for i, l := range text.Wrap(msg, max(1, s.w)) {
		c.Text(0, i, s.w, theme.Text, l)
	}
}

// drawFooter names what can be done now, as far as the toast leaves room.
func (s *screen) drawFooter(c *draw.Canvas, r draw.Rect) {
	room := r.W - s.drawToast(c, r)
	x := r.X
	if hint := s.hint(); hint != "" {
		w := min(s.hintWidth(), room)
		c.Text(x, r.Y, w, theme.Accent, " "+hint)
		x += w
	}
	for _, f := range s.footer() {
		h := f.Keys.Help()
		w := footerWidth(f)
		if x+w > r.X+room {
			return
		}
		c.Text(x, r.Y, text.Width(h.Key)+2, theme.Accent, " "+h.Key+" ")
		c.Text(x+text.Width(h.Key)+2, r.Y, text.Width(h.Desc)+1, theme.Muted, h.Desc+" ")
		c.Hit(draw.Region{Rect: draw.Rect{X: x, Y: r.Y, W: w, H: 1}, Click: intent.Act{ID: f.ID}})
		x += w
	}
}

// drawToast shows the newest message at the right end of the footer, whole where
// the line has room for it, and returns how much of it that takes. Where what goes on would give way, or
// somebody types and the keys that save and leave would, it has the line above
// to itself. The key that undoes what it shows can be clicked.
func (s *screen) drawToast(c *draw.Canvas, r draw.Rect) (taken int) {
	t := s.Toasts.Current
	if t == nil {
		return 0
	}
	w := toastWidth(t, r)
	at := draw.Rect{X: r.X + r.W - w, Y: r.Y, W: w, H: 1}
	if s.toastAbove(r) {
		at.Y--
		c.Fill(draw.Rect{X: r.X, Y: at.Y, W: r.W, H: 1})
		taken = 0
	} else {
		taken = w
	}
	said := " " + text.Truncate(t.Text, w-2) + " "
	c.Text(at.X, at.Y, w, t.Kind.Role(), said)
	undo := s.Keys.Key(keymap.ScopeGlobal, intent.ActUndo) + " undo"
	if i := strings.LastIndex(said, undo); i >= 0 && slices.Contains(s.Top().Scopes(), keymap.ScopeGlobal) {
		c.Hit(draw.Region{Rect: draw.Rect{X: at.X + text.Width(said[:i]), Y: at.Y, W: text.Width(undo), H: 1}, Click: intent.Act{ID: intent.ActUndo}})
	}
	return taken
}

// toastWidth is how wide a toast is at most in r.
func toastWidth(t *pane.Toast, r draw.Rect) int { return min(text.Width(t.Text)+2, r.W) }

// toastAbove reports whether there is a toast for which the footer has no room.
func (s *screen) toastAbove(footer draw.Rect) bool {
	t := s.Toasts.Current
	if t == nil {
		return false
	}
	stays := s.staysWidth()
	return stays > 0 && toastWidth(t, footer)+stays > footer.W
}

// staysWidth is how wide that part of the footer is which gives way to nothing.
func (s *screen) staysWidth() int {
	w := s.hintWidth()
	if s.Top().Scopes()[0].TakesText() {
		for _, f := range s.footer() {
			w += footerWidth(f)
		}
	}
	return w
}

func (s *screen) hintWidth() int {
	if hint := s.hint(); hint != "" {
		return text.Width(hint) + 2
	}
	return 0
}

// footerWidth is how wide an action stands in the footer.
func footerWidth(a keymap.Action) int {
	h := a.Keys.Help()
	return text.Width(h.Key) + text.Width(h.Desc) + 3
}

// hint is what stands before the keys: what goes on.
func (s *screen) hint() string {
	if busy := s.busy(); busy != "" {
		return busy
	}
	if h, ok := s.Top().(pane.Hinter); ok {
		return h.Hint()
	}
	return ""
}

// footer picks the most useful actions that can be done now.
func (s *screen) footer() []keymap.Action {
	var list []keymap.Action
	for _, f := range s.Keys.Footers(s.Top().Scopes()) {
		if len(list) < footerActions && s.can(f.ID) {
			list = append(list, named(s.Top(), f))
		}
	}
	return list
}

// named is an action by what it does on a pane now.
func named(on pane.Pane, f keymap.Action) keymap.Action {
	p, ok := on.(pane.Namer)
	if !ok {
		return f
	}
	brief, help := p.Named(f.ID)
	f.Keys.SetHelp(f.Keys.Help().Key, cmp.Or(brief, f.Keys.Help().Desc))
	f.Help = cmp.Or(help, f.Help)
	return f
}
