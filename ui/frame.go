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

// View returns the frame, drawn again only when something has changed.
func (a *app) View() string {
	if a.stale {
		a.draw()
		a.frame = a.canvas.String()
		if a.Theme.Options().ASCII {
			a.frame = text.ASCII(a.frame)
		}
		a.stale = false
	}
	return a.frame
}

// draw puts the open panes on the canvas.
func (a *app) draw() {
	c := &a.canvas
	c.Reset(a.Theme, a.w, a.h)
	a.title = "storydesk · " + present.Cell(a.Project.Name)
	f, ok := frameOf(a.w, a.h)
	if !ok {
		a.drawTooSmall(c)
		a.cursor = nil
		return
	}
	if a.toastAbove(f.footer) {
		f.body.H-- // the panes make room, so that nothing of them is covered
	}
	c.Layer = len(a.Layers) - 1 // a click on the line closes nothing
	a.board.DrawStatus(c, f.status)
	focus := a.focusedLayer()
	for i, l := range a.Layers[a.lowest():] {
		c.Layer = i + a.lowest()
		c.Focused = c.Layer == focus
		switch l.Place {
		case pane.Body:
			l.Pane.Draw(c, a.beside(f, c.Layer))
		case pane.Overlay:
			l.Pane.Draw(c, f.body)
		case pane.Side:
			l.Pane.Draw(c, f.side())
		case pane.Line:
			l.Pane.Draw(c, f.footer)
		}
	}
	if a.Layers[len(a.Layers)-1].Place != pane.Line {
		c.Layer = len(a.Layers) - 1
		a.drawFooter(c, f.footer)
	}
	a.cursor = nil
	if at := c.Cursor; at != nil {
		a.cursor = tea.NewCursor(at.X, at.Y)
	}
}

// beside is what a panel at the side leaves of the body to the layer below it.
func (a *app) beside(f frame, layer int) draw.Rect {
	for _, l := range a.Layers[layer+1:] {
		if l.Place == pane.Side {
			return draw.Rect{X: f.body.X, Y: f.body.Y, W: f.body.W - f.side().W, H: f.body.H}
		}
	}
	return f.body
}

// focusedLayer is the pane that is drawn as focused: the topmost one that is
// not just a line at the bottom.
func (a *app) focusedLayer() int {
	i := len(a.Layers) - 1
	for i > 0 && a.Layers[i].Place == pane.Line {
		i--
	}
	return i
}

// lowest is the first layer that can be seen: what covers the body hides all below.
func (a *app) lowest() int {
	for i := len(a.Layers) - 1; i > 0; i-- {
		if a.Layers[i].Place == pane.Body || a.Layers[i].Place == pane.Side && a.w < layout.ThreePanes {
			return i
		}
	}
	return 0
}

func (a *app) drawTooSmall(c *draw.Canvas) {
	msg := fmt.Sprintf("storydesk needs %d×%d, this is %d×%d", layout.MinWidth, layout.MinHeight, a.w, a.h)
	for i, l := range text.Wrap(msg, max(1, a.w)) {
		c.Text(0, i, a.w, theme.Text, l)
	}
}

// drawFooter names what can be done now, as far as the toast leaves room.
func (a *app) drawFooter(c *draw.Canvas, r draw.Rect) {
	room := r.W - a.drawToast(c, r)
	x := r.X
	if hint := a.hint(); hint != "" {
		w := min(a.hintWidth(), room)
		c.Text(x, r.Y, w, theme.Accent, " "+hint)
		x += w
	}
	for _, f := range a.footer() {
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
// to itself. The key that undoes what it tells can be clicked.
func (a *app) drawToast(c *draw.Canvas, r draw.Rect) (taken int) {
	t := a.Toasts.Current
	if t == nil {
		return 0
	}
	w := toastWidth(t, r)
	at := draw.Rect{X: r.X + r.W - w, Y: r.Y, W: w, H: 1}
	if a.toastAbove(r) {
		at.Y--
		c.Fill(draw.Rect{X: r.X, Y: at.Y, W: r.W, H: 1})
		taken = 0
	} else {
		taken = w
	}
	said := " " + text.Truncate(t.Text, w-2) + " "
	c.Text(at.X, at.Y, w, toastRole(t.Kind), said)
	undo := a.Keys.Key(keymap.ScopeGlobal, intent.ActUndo) + " undo"
	if i := strings.LastIndex(said, undo); i >= 0 && slices.Contains(a.Top().Scopes(), keymap.ScopeGlobal) {
		c.Hit(draw.Region{Rect: draw.Rect{X: at.X + text.Width(said[:i]), Y: at.Y, W: text.Width(undo), H: 1}, Click: intent.Act{ID: intent.ActUndo}})
	}
	return taken
}

// toastWidth is how wide a toast is at most in r.
func toastWidth(t *pane.Toast, r draw.Rect) int { return min(text.Width(t.Text)+2, r.W) }

// toastAbove reports whether there is a toast for which the footer has no room.
func (a *app) toastAbove(footer draw.Rect) bool {
	t := a.Toasts.Current
	if t == nil {
		return false
	}
	stays := a.staysWidth()
	return stays > 0 && toastWidth(t, footer)+stays > footer.W
}

// staysWidth is how wide that part of the footer is which gives way to nothing.
func (a *app) staysWidth() int {
	w := a.hintWidth()
	if a.Top().Scopes()[0].TakesText() {
		for _, f := range a.footer() {
			w += footerWidth(f)
		}
	}
	return w
}

func (a *app) hintWidth() int {
	if hint := a.hint(); hint != "" {
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
func (a *app) hint() string {
	if a.leaving {
		return "Sending what is waiting… " + a.Keys.Key(keymap.ScopeGlobal, intent.ActQuit) + " quits now and sends the rest at the next start"
	}
	if a.suspension.slow {
		return "Sending a private comment, then suspending"
	}
	if h, ok := a.Top().(pane.Hinter); ok {
		return h.Hint()
	}
	return ""
}

func toastRole(k pane.ToastKind) theme.Role {
	switch k {
	case pane.ToastError:
		return theme.Danger
	case pane.ToastWarning, pane.ToastRefusal:
		return theme.Warning
	case pane.ToastHint:
		return theme.Muted
	default:
		return theme.Success
	}
}

// footer picks the most useful actions that can be done now.
func (a *app) footer() []keymap.Action {
	var list []keymap.Action
	for _, f := range a.Keys.Footers(a.Top().Scopes()) {
		if len(list) < footerActions && a.disabled(f.ID) == "" {
			list = append(list, namedStep(a.Top(), f))
		}
	}
	return list
}

// namedStep calls the action for the next state what it does to the story that a
// pane would do it to.
func namedStep(on pane.Pane, f keymap.Action) keymap.Action {
	p, ok := on.(pane.Stepper)
	if f.ID != intent.ActAdvance || !ok {
		return f
	}
	f.Keys.SetHelp(f.Keys.Help().Key, cmp.Or(string(p.NextStep()), f.Keys.Help().Desc))
	return f
}
