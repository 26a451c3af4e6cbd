package board

import (
	"slices"
	"strconv"

	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
)

// Actions are those that the board alone has.
func Actions() []keymap.Action {
	return slices.Concat(focusActions(), []keymap.Action{
		{ID: intent.ActOpen, Scope: keymap.ScopeBoard, Keys: keymap.Bind("enter", "open", "enter"), Group: keymap.GroupItem, Help: "open the ticket or story", Footer: 30},
		{ID: intent.ActMove, Scope: keymap.ScopeBoard, Keys: keymap.Bind("m", "move", "m"), Group: keymap.GroupItem, Help: "move anywhere: arrows, then enter", Footer: 22},
		{ID: intent.ActUnfold, Scope: keymap.ScopeBoard, Keys: keymap.Bind("z", "in place", "z"), Group: keymap.GroupItem, Help: "open or close the story under its row"},
		{ID: intent.ActMoveDown, Scope: keymap.ScopeBoard, Keys: keymap.Bind("J", "move down", "J"), Group: keymap.GroupItem, Help: "move the story down"},
		{ID: intent.ActMoveUp, Scope: keymap.ScopeBoard, Keys: keymap.Bind("K", "move up", "K"), Group: keymap.GroupItem, Help: "move the story up"},
		{ID: intent.ActNew, Scope: keymap.ScopeBoard, Keys: keymap.Bind("n A", "new story", "n", "A"), Group: keymap.GroupItem, Help: "a new story where the cursor is", Footer: 60},
		{ID: intent.ActFilter, Scope: keymap.ScopeBoard, Keys: keymap.Bind("/", "filter", "/"), Group: keymap.GroupView, Help: "filter the rows", Footer: 50},
		{ID: intent.ActNumber, Scope: keymap.ScopeBoard, Keys: keymap.Bind("#", "by number", "#"), Group: keymap.GroupMove, Help: "open any ticket or story by its number"},
		{ID: intent.ActBack, Scope: keymap.ScopeBoard, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupMove, Help: "clear filter, clear marks, or stop loading"},
		{ID: intent.ActRight, Scope: keymap.ScopeBoard, Keys: keymap.Bind("l →", "right", "l", "right"), Group: keymap.GroupMove, Help: "go to the pane on the right"},
		{ID: intent.ActLeft, Scope: keymap.ScopeBoard, Keys: keymap.Bind("h ←", "left", "h", "left"), Group: keymap.GroupMove, Help: "go to the pane on the left"},
		{ID: intent.ActNextPane, Scope: keymap.ScopeBoard, Keys: keymap.Bind("tab", "next pane", "tab"), Group: keymap.GroupMove, Help: "go to the next pane"},
		{ID: intent.ActPrevPane, Scope: keymap.ScopeBoard, Keys: keymap.Bind("shift+tab", "previous pane", "shift+tab"), Group: keymap.GroupMove, Help: "go to the previous pane"},
		{ID: intent.ActNextPanel, Scope: keymap.ScopeBoard, Keys: keymap.Bind("]", "next panel", "]"), Group: keymap.GroupView, Help: "show the next integration's tickets"},
		{ID: intent.ActPrevPanel, Scope: keymap.ScopeBoard, Keys: keymap.Bind("[", "previous panel", "["), Group: keymap.GroupView, Help: "show the previous integration's tickets"},
		{ID: intent.ActHideLinked, Scope: keymap.ScopeBoard, Keys: keymap.Bind("H", "linked", "H"), Group: keymap.GroupView, Help: "show or hide tickets that have a story"},
		{ID: intent.ActHideTickets, Scope: keymap.ScopeBoard, Keys: keymap.Bind("t", "tickets pane", "t"), Group: keymap.GroupView, Help: "show or hide the Tickets pane"},
		{ID: intent.ActHide, Scope: keymap.ScopeBoard, Keys: keymap.Bind("w", "hide pane", "w"), Group: keymap.GroupView, Help: "hide this pane; its number shows it again"},
		{ID: intent.ActSort, Scope: keymap.ScopeBoard, Keys: keymap.Bind("S", "sort", "S"), Group: keymap.GroupView, Help: "sort the tickets"},
		{ID: intent.ActNarrower, Scope: keymap.ScopeBoard, Keys: keymap.Bind("<", "narrower", "<"), Group: keymap.GroupView, Help: "make this pane narrower"},
		{ID: intent.ActWider, Scope: keymap.ScopeBoard, Keys: keymap.Bind(">", "wider", ">"), Group: keymap.GroupView, Help: "make this pane wider"},
		{ID: intent.ActEven, Scope: keymap.ScopeBoard, Keys: keymap.Bind("=", "even", "="), Group: keymap.GroupView, Help: "give all panes the same width"},
		{ID: intent.ActRefresh, Scope: keymap.ScopeBoard, Keys: keymap.Bind("r", "refresh", "r"), Group: keymap.GroupView, Help: "refresh this view"},
		{ID: intent.ActContinue, Scope: keymap.ScopeBoard, Keys: keymap.Bind("+", "load more", "+"), Group: keymap.GroupView, Help: "load the rest of a partial view"},
		{ID: intent.ActMark, Scope: keymap.ScopeBoard, Keys: keymap.Bind("space", "mark", "space"), Group: keymap.GroupItem, Help: "mark the row, to act on several"},
		{ID: intent.ActMarkRange, Scope: keymap.ScopeBoard, Keys: keymap.Bind("v", "mark range", "v"), Group: keymap.GroupItem, Help: "mark rows from the last mark to here"},
		{ID: intent.ActMarkAll, Scope: keymap.ScopeBoard, Keys: keymap.Bind("ctrl+a", "mark all", "ctrl+a"), Group: keymap.GroupItem, Help: "mark all visible rows"},
	})
}

// MoveActions are those while something is being moved.
func MoveActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActDown, Scope: keymap.ScopeMove, Keys: keymap.Bind("j ↓", "down", "j", "down"), Group: keymap.GroupMove, Help: "lower the drop line"},
		{ID: intent.ActUp, Scope: keymap.ScopeMove, Keys: keymap.Bind("k ↑", "up", "k", "up"), Group: keymap.GroupMove, Help: "raise the drop line"},
		{ID: intent.ActTop, Scope: keymap.ScopeMove, Keys: keymap.Bind("g home", "top", "g", "home"), Group: keymap.GroupMove, Help: "move the drop line to the top"},
		{ID: intent.ActBottom, Scope: keymap.ScopeMove, Keys: keymap.Bind("G end", "bottom", "G", "end"), Group: keymap.GroupMove, Help: "move the drop line to the end"},
		{ID: intent.ActLeft, Scope: keymap.ScopeMove, Keys: keymap.Bind("h ←", "left", "h", "left"), Group: keymap.GroupMove, Help: "move the drop line to the Backlog"},
		{ID: intent.ActRight, Scope: keymap.ScopeMove, Keys: keymap.Bind("l →", "right", "l", "right"), Group: keymap.GroupMove, Help: "move the drop line to the Icebox"},
		{ID: intent.ActDrop, Scope: keymap.ScopeMove, Keys: keymap.Bind("enter", "drops", "enter"), Group: keymap.GroupItem, Help: "drop here", Footer: 1},
		{ID: intent.ActCancel, Scope: keymap.ScopeMove, Keys: keymap.Bind("esc", "cancels", "esc"), Group: keymap.GroupItem, Help: "cancel the move", Footer: 2},
		{ID: intent.ActCancel, Scope: keymap.ScopeDrag, Keys: keymap.Bind("esc", "cancels", "esc"), Group: keymap.GroupItem, Help: "cancel the drag", Footer: 2},
	}
}

// WelcomeActions are those of a first start.
func WelcomeActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActConnect, Scope: keymap.ScopeWelcome, Keys: keymap.Bind("a", "add integration", "a"), Group: keymap.GroupScreens, Help: "add a Zendesk integration", Footer: 1},
		{ID: intent.ActNew, Scope: keymap.ScopeWelcome, Keys: keymap.Bind("n", "write stories", "n"), Group: keymap.GroupItem, Help: "create stories without Zendesk", Footer: 3},
		{ID: intent.ActSandbox, Scope: keymap.ScopeSandbox, Keys: keymap.Bind("d", "sandbox", "d"), Group: keymap.GroupScreens, Help: "explore with sample tickets", Footer: 2},
	}
}

// focusActions are the actions that lead to the parts of the board.
func focusActions() []keymap.Action {
	table := layout.Parts()
	list := make([]keymap.Action, len(table))
	for i, p := range table {
		digit := strconv.Itoa(i + 1)
		list[i] = keymap.Action{ID: layout.FocusAction(p.Name), Scope: keymap.ScopeBoard, Keys: keymap.Bind(digit, string(p.Name), digit), Group: keymap.GroupMove, Help: p.To}
	}
	return list
}
