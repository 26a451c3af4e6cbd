package keymap

import "storydesk/ui/intent"

// ListActions move in lists and scrolling texts, whatever they show.
func ListActions() []Action {
	return []Action{
		{ID: intent.ActDown, Scope: ScopeList, Keys: Bind("j ↓", "down", "j", "down"), Group: GroupMove, Help: "go to the next row"},
		{ID: intent.ActUp, Scope: ScopeList, Keys: Bind("k ↑", "up", "k", "up"), Group: GroupMove, Help: "go to the previous row"},
		{ID: intent.ActTop, Scope: ScopeList, Keys: Bind("g home", "top", "g", "home"), Group: GroupMove, Help: "go to the first row"},
		{ID: intent.ActBottom, Scope: ScopeList, Keys: Bind("G end", "bottom", "G", "end"), Group: GroupMove, Help: "go to the last row"},
		{ID: intent.ActHalfDown, Scope: ScopeList, Keys: Bind("ctrl+d", "half down", "ctrl+d"), Group: GroupMove, Help: "scroll down half a page"},
		{ID: intent.ActHalfUp, Scope: ScopeList, Keys: Bind("ctrl+u", "half up", "ctrl+u"), Group: GroupMove, Help: "scroll up half a page"},
		{ID: intent.ActPageDown, Scope: ScopeList, Keys: Bind("pgdn", "page down", "pgdown"), Group: GroupMove, Help: "scroll down a page"},
		{ID: intent.ActPageUp, Scope: ScopeList, Keys: Bind("pgup", "page up", "pgup"), Group: GroupMove, Help: "scroll up a page"},
	}
}
