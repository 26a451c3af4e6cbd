package ui

import (
	"slices"

	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// actions is the table of all actions. Keys, footer, help, palette and the
// README's key table come from it.
func actions() []keymap.Action {
	return slices.Concat(
		itemActions(), boardActions(), listActions(), globalActions(), welcomeActions(), moveActions(), dialogueActions(),
		detailActions(), conversationActions(), integrationActions(), signInActions(), keysActions(), formActions(), deliveryActions(), driftActions(),
	)
}

// defaultKeys are the keys of all actions as the table has them.
func defaultKeys() keymap.Keys { return keymap.Defaults(actions()) }

// ReadKeys reads what SettingKeys keeps. What does not fit this program, such as
// an action of another version, is left out and told in problems.
func ReadKeys(kept string) (k keymap.Keys, problems []error) { return keymap.Read(actions(), kept) }

func globalActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActUndo, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("u", "undo", "u"), Group: keymap.GroupItem, Help: "undo the last change"},
		{ID: intent.ActRedo, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("ctrl+r", "redo", "ctrl+r"), Group: keymap.GroupItem, Help: "redo the change that was undone"},
		{ID: intent.ActDeliveries, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("d", "deliveries", "d"), Group: keymap.GroupScreens, Help: "show the private comments sent to tickets"},
		{ID: intent.ActIntegrations, Scope: keymap.ScopeGlobal, Keys: keymap.Bind(",", "integrations", ","), Group: keymap.GroupScreens, Help: "add, edit, test and remove integrations"},
		{ID: intent.ActProject, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("P", "project", "P"), Group: keymap.GroupScreens, Help: "open another project"},
		{ID: intent.ActLog, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("!", "log", "!"), Group: keymap.GroupScreens, Help: "show past messages"},
		{ID: intent.ActPalette, Scope: keymap.ScopeGlobal, Keys: keymap.Bind(":", "palette", ":", "ctrl+p"), Group: keymap.GroupScreens, Help: "find an action by its name"},
		{ID: intent.ActHelp, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("?", "help", "?"), Group: keymap.GroupScreens, Help: "all keys, those that work here first", Footer: 90},
		{ID: intent.ActRefreshAll, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("R", "refresh all", "R"), Group: keymap.GroupView, Help: "refresh all views"},
		{ID: intent.ActMouse, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("M", "mouse", "M"), Group: keymap.GroupProgram, Help: "turn the mouse on or off, to select text"},
		{ID: intent.ActSettings, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("O", "settings", "O"), Group: keymap.GroupProgram, Help: "change theme, motion and other settings"},
		{ID: actKeys, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("ctrl+k", "keys", "ctrl+k"), Group: keymap.GroupProgram, Help: "change keys"},
		{ID: intent.ActQuit, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("q", "quit", "q"), Group: keymap.GroupProgram, Help: "send what is waiting and quit; twice: quit now"},
		{ID: intent.ActLeave, Scope: keymap.ScopeAlways, Keys: keymap.Bind("ctrl+c", "quit", "ctrl+c"), Group: keymap.GroupProgram, Help: "quit, even from a text field"},
		{ID: intent.ActSuspend, Scope: keymap.ScopeAlways, Keys: keymap.Bind("ctrl+z", "suspend", "ctrl+z"), Group: keymap.GroupProgram, Help: "suspend to the shell; fg returns"},
	}
}

func listActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActDown, Scope: keymap.ScopeList, Keys: keymap.Bind("j ↓", "down", "j", "down"), Group: keymap.GroupMove, Help: "go to the next row"},
		{ID: intent.ActUp, Scope: keymap.ScopeList, Keys: keymap.Bind("k ↑", "up", "k", "up"), Group: keymap.GroupMove, Help: "go to the previous row"},
		{ID: intent.ActTop, Scope: keymap.ScopeList, Keys: keymap.Bind("g home", "top", "g", "home"), Group: keymap.GroupMove, Help: "go to the first row"},
		{ID: intent.ActBottom, Scope: keymap.ScopeList, Keys: keymap.Bind("G end", "bottom", "G", "end"), Group: keymap.GroupMove, Help: "go to the last row"},
		{ID: intent.ActHalfDown, Scope: keymap.ScopeList, Keys: keymap.Bind("ctrl+d", "half down", "ctrl+d"), Group: keymap.GroupMove, Help: "scroll down half a page"},
		{ID: intent.ActHalfUp, Scope: keymap.ScopeList, Keys: keymap.Bind("ctrl+u", "half up", "ctrl+u"), Group: keymap.GroupMove, Help: "scroll up half a page"},
		{ID: intent.ActPageDown, Scope: keymap.ScopeList, Keys: keymap.Bind("pgdn", "page down", "pgdown"), Group: keymap.GroupMove, Help: "scroll down a page"},
		{ID: intent.ActPageUp, Scope: keymap.ScopeList, Keys: keymap.Bind("pgup", "page up", "pgup"), Group: keymap.GroupMove, Help: "scroll up a page"},
	}
}

func itemActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActBacklog, Scope: keymap.ScopeItem, Keys: keymap.Bind("b", "backlog", "b"), Group: keymap.GroupItem, Help: "move to the top of the Backlog", Footer: 20},
		{ID: intent.ActIcebox, Scope: keymap.ScopeItem, Keys: keymap.Bind("i", "icebox", "i"), Group: keymap.GroupItem, Help: "move to the top of the Icebox", Footer: 21},
		{ID: intent.ActAdvance, Scope: keymap.ScopeItem, Keys: keymap.Bind("s", "next state", "s"), Group: keymap.GroupItem, Help: "start, finish, deliver, accept or restart the story", Footer: 10},
		{ID: intent.ActReject, Scope: keymap.ScopeItem, Keys: keymap.Bind("x", "reject", "x"), Group: keymap.GroupItem, Help: "reject the delivered story, with a reason", Footer: 11},
		{ID: intent.ActEstimate, Scope: keymap.ScopeItem, Keys: keymap.Bind("p", "points", "p"), Group: keymap.GroupItem, Help: "estimate the story; then press a number", Footer: 12},
		{ID: intent.ActPreview, Scope: keymap.ScopeItem, Keys: keymap.Bind("V", "preview", "V"), Group: keymap.GroupItem, Help: "preview the next state's private comment"},
		{ID: intent.ActComment, Scope: keymap.ScopeItem, Keys: keymap.Bind("c", "comment", "c"), Group: keymap.GroupItem, Help: "comment on the story", Footer: 31},
		{ID: intent.ActEdit, Scope: keymap.ScopeItem, Keys: keymap.Bind("e", "edit", "e"), Group: keymap.GroupItem, Help: "edit the name or the selected field"},
		{ID: intent.ActWrite, Scope: keymap.ScopeItem, Keys: keymap.Bind("E", "editor", "E"), Group: keymap.GroupItem, Help: "edit in $VISUAL or $EDITOR"},
		{ID: intent.ActDelete, Scope: keymap.ScopeItem, Keys: keymap.Bind("D", "delete", "D"), Group: keymap.GroupItem, Help: "delete the story"},
		{ID: intent.ActLink, Scope: keymap.ScopeItem, Keys: keymap.Bind("L", "link", "L"), Group: keymap.GroupItem, Help: "link a story and a ticket"},
		{ID: intent.ActUnlink, Scope: keymap.ScopeItem, Keys: keymap.Bind("U", "unlink", "U"), Group: keymap.GroupItem, Help: "unlink a story and a ticket"},
		{ID: intent.ActBrowse, Scope: keymap.ScopeItem, Keys: keymap.Bind("o", "browser", "o"), Group: keymap.GroupItem, Help: "open the ticket in the browser", Footer: 40},
		{ID: intent.ActCopyID, Scope: keymap.ScopeItem, Keys: keymap.Bind("y", "copy id", "y"), Group: keymap.GroupItem, Help: "copy the number"},
		{ID: intent.ActCopyURL, Scope: keymap.ScopeItem, Keys: keymap.Bind("Y", "copy URL", "Y"), Group: keymap.GroupItem, Help: "copy the ticket's URL"},
	}
}

func boardActions() []keymap.Action {
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

func moveActions() []keymap.Action {
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

func dialogueActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActAccept, Scope: keymap.ScopePrompt, Keys: keymap.Bind("enter", "ok", "enter"), Group: keymap.GroupText, Help: "confirm", Footer: 1},
		{ID: intent.ActCancel, Scope: keymap.ScopePrompt, Keys: keymap.Bind("esc", "cancel", "esc"), Group: keymap.GroupText, Help: "cancel", Footer: 2},
		{ID: intent.ActPreview, Scope: keymap.ScopeNote, Keys: keymap.Bind("ctrl+y", "preview", "ctrl+y"), Group: keymap.GroupText, Help: "preview the private comment"},
		{ID: intent.ActYes, Scope: keymap.ScopeQuestion, Keys: keymap.Bind("y", "yes", "y"), Group: keymap.GroupText, Help: "yes", Footer: 1},
		{ID: intent.ActNo, Scope: keymap.ScopeQuestion, Keys: keymap.Bind("n esc", "no", "n", "esc"), Group: keymap.GroupText, Help: "no", Footer: 2},
		{ID: intent.ActDiscard, Scope: keymap.ScopeDiscard, Keys: keymap.Bind("d", "discard", "d"), Group: keymap.GroupText, Help: "discard the changes", Footer: 1},
		{ID: intent.ActKeepDraft, Scope: keymap.ScopeDiscard, Keys: keymap.Bind("k", "keep as draft", "k"), Group: keymap.GroupText, Help: "keep the changes as a draft and leave", Footer: 2},
		{ID: intent.ActStay, Scope: keymap.ScopeDiscard, Keys: keymap.Bind("esc", "stay", "esc"), Group: keymap.GroupText, Help: "continue editing", Footer: 3},
		{ID: actUseName, Scope: keymap.ScopeUser, Keys: keymap.Bind("enter", "use it", "enter"), Group: keymap.GroupText, Help: "use the suggested name", Footer: 1},
		{ID: actOtherName, Scope: keymap.ScopeUser, Keys: keymap.Bind("ctrl+e", "change it", "ctrl+e"), Group: keymap.GroupText, Help: "enter another name", Footer: 2},
		{ID: intent.ActCancel, Scope: keymap.ScopeUser, Keys: keymap.Bind("esc", "cancel", "esc"), Group: keymap.GroupText, Help: "change nothing", Footer: 3},
		{ID: intent.ActYes, Scope: keymap.ScopeSend, Keys: keymap.Bind("y", "send", "y"), Group: keymap.GroupText, Help: "undo or redo, and send the private comment shown", Footer: 1},
		{ID: intent.ActNo, Scope: keymap.ScopeSend, Keys: keymap.Bind("esc n", "change nothing", "esc", "n"), Group: keymap.GroupText, Help: "change nothing and send nothing", Footer: 2},
		{ID: intent.ActTogether, Scope: keymap.ScopeGather, Keys: keymap.Bind("o", "one story", "o"), Group: keymap.GroupText, Help: "create one story from all the tickets", Footer: 1},
		{ID: intent.ActApart, Scope: keymap.ScopeGather, Keys: keymap.Bind("e", "one each", "e"), Group: keymap.GroupText, Help: "create one story per ticket", Footer: 2},
		{ID: intent.ActNo, Scope: keymap.ScopeGather, Keys: keymap.Bind("n esc", "neither", "n", "esc"), Group: keymap.GroupText, Help: "cancel; keep the marks", Footer: 3},
		{ID: intent.ActAccept, Scope: keymap.ScopeChooser, Keys: keymap.Bind("enter", "choose", "enter"), Group: keymap.GroupText, Help: "choose the row", Footer: 1},
		{ID: intent.ActCancel, Scope: keymap.ScopeChooser, Keys: keymap.Bind("esc", "close", "esc"), Group: keymap.GroupText, Help: "close", Footer: 2},
		{ID: intent.ActNext, Scope: keymap.ScopeChooser, Keys: keymap.Bind("↓", "next", "down", "ctrl+n"), Group: keymap.GroupText, Help: "go to the next row"},
		{ID: intent.ActPrev, Scope: keymap.ScopeChooser, Keys: keymap.Bind("↑", "previous", "up", "ctrl+p"), Group: keymap.GroupText, Help: "go to the previous row"},
		{ID: intent.ActPageDown, Scope: keymap.ScopeChooser, Keys: keymap.Bind("pgdn", "page down", "pgdown"), Group: keymap.GroupText, Help: "scroll down a page"},
		{ID: intent.ActPageUp, Scope: keymap.ScopeChooser, Keys: keymap.Bind("pgup", "page up", "pgup"), Group: keymap.GroupText, Help: "scroll up a page"},
	}
}

func welcomeActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActConnect, Scope: keymap.ScopeWelcome, Keys: keymap.Bind("a", "add integration", "a"), Group: keymap.GroupScreens, Help: "add a Zendesk integration", Footer: 1},
		{ID: intent.ActNew, Scope: keymap.ScopeWelcome, Keys: keymap.Bind("n", "write stories", "n"), Group: keymap.GroupItem, Help: "create stories without Zendesk", Footer: 3},
		{ID: intent.ActSandbox, Scope: keymap.ScopeSandbox, Keys: keymap.Bind("d", "sandbox", "d"), Group: keymap.GroupScreens, Help: "explore with sample tickets", Footer: 2},
	}
}
