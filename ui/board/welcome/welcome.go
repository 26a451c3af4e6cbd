// Package welcome draws what a first start shows.
package welcome

import (
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Draw draws what a first start shows: the keys that work, unless something
// else has them, such as the question of the user's name. sandbox is the
// action that opens one, empty where none can be opened.
func Draw(c *draw.Canvas, r draw.Rect, keys keymap.Map, sandbox intent.ActionID, focused bool) {
	type entry struct {
		id        intent.ActionID
		key, text string
	}
	var lines []entry
	column := 4
	add := func(s keymap.Scope, id intent.ActionID, what string) {
		key := keys.Key(s, id)
		lines, column = append(lines, entry{id: id, key: key, text: what}), max(column, text.Width(key)+1)
	}
	add(keymap.ScopeWelcome, intent.ActConnect, "add an integration")
	if sandbox != "" {
		add(keymap.ScopeSandbox, sandbox, "explore with sample tickets")
	}
	add(keymap.ScopeWelcome, intent.ActNew, "create stories without Zendesk")
	at := r.Centre(38, len(lines)+4)
	c.Text(at.X, at.Y, at.W, theme.Accent|theme.Bold, "storydesk")
	c.Text(at.X, at.Y+1, at.W, theme.Muted, "Zendesk tickets beside your backlog.")
	if !focused {
		return
	}
	for i, l := range lines {
		y := at.Y + 3 + i
		c.Text(at.X, y, column, theme.Accent, l.key)
		c.Text(at.X+column, y, at.W-column, theme.Text, l.text)
		c.Hit(draw.Region{Rect: draw.Rect{X: at.X, Y: y, W: at.W, H: 1}, Click: intent.Act{ID: l.id}})
	}
}
