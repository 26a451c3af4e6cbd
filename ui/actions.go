package ui

import "slices"

// The headings of help and the README.
const (
	groupMove    = "Move around"
	groupItem    = "Tickets and stories"
	groupView    = "What is shown"
	groupScreens = "Screens"
	groupProgram = "Program"
	groupText    = "Text, forms and questions"
)

// actions is the table of all actions. Keys, footer, help, palette and the
// README's key table come from it.
func actions() []action {
	return slices.Concat(
		itemActions(), boardActions(), listActions(), globalActions(), welcomeActions(), moveActions(), dialogueActions(),
		detailActions(), conversationActions(), integrationActions(), signInActions(), keysActions(), formActions(), deliveryActions(), driftActions(),
	)
}

// Actions everywhere.
const (
	actQuit         actionID = "quit"
	actSuspend      actionID = "suspend"
	actHelp         actionID = "help"
	actPalette      actionID = "palette"
	actLog          actionID = "log"
	actIntegrations actionID = "integrations"
	actDeliveries   actionID = "deliveries"
	actProject      actionID = "project"
	actRefreshAll   actionID = "refresh-all"
	actMouse        actionID = "mouse"
	actSettings     actionID = "settings"
	actUndo         actionID = "undo"
	actRedo         actionID = "redo"
	actLeave        actionID = "leave"
)

func globalActions() []action {
	return []action{
		{id: actUndo, scope: scopeGlobal, keys: bind("u", "undo", "u"), group: groupItem, help: "undo the last change"},
		{id: actRedo, scope: scopeGlobal, keys: bind("ctrl+r", "redo", "ctrl+r"), group: groupItem, help: "redo the change that was undone"},
		{id: actDeliveries, scope: scopeGlobal, keys: bind("d", "deliveries", "d"), group: groupScreens, help: "show the private comments sent to tickets"},
		{id: actIntegrations, scope: scopeGlobal, keys: bind(",", "integrations", ","), group: groupScreens, help: "add, edit, test and remove integrations"},
		{id: actProject, scope: scopeGlobal, keys: bind("P", "project", "P"), group: groupScreens, help: "open another project"},
		{id: actLog, scope: scopeGlobal, keys: bind("!", "log", "!"), group: groupScreens, help: "show past messages"},
		{id: actPalette, scope: scopeGlobal, keys: bind(":", "palette", ":", "ctrl+p"), group: groupScreens, help: "find an action by its name"},
		{id: actHelp, scope: scopeGlobal, keys: bind("?", "help", "?"), group: groupScreens, help: "all keys, those that work here first", footer: 90},
		{id: actRefreshAll, scope: scopeGlobal, keys: bind("R", "refresh all", "R"), group: groupView, help: "refresh all views"},
		{id: actMouse, scope: scopeGlobal, keys: bind("M", "mouse", "M"), group: groupProgram, help: "turn the mouse on or off, to select text"},
		{id: actSettings, scope: scopeGlobal, keys: bind("O", "settings", "O"), group: groupProgram, help: "change theme, motion and other settings"},
		{id: actKeys, scope: scopeGlobal, keys: bind("ctrl+k", "keys", "ctrl+k"), group: groupProgram, help: "change keys"},
		{id: actQuit, scope: scopeGlobal, keys: bind("q", "quit", "q"), group: groupProgram, help: "send what is waiting and quit; twice: quit now"},
		{id: actLeave, scope: scopeAlways, keys: bind("ctrl+c", "quit", "ctrl+c"), group: groupProgram, help: "quit, even from a text field"},
		{id: actSuspend, scope: scopeAlways, keys: bind("ctrl+z", "suspend", "ctrl+z"), group: groupProgram, help: "suspend to the shell; fg returns"},
	}
}

// Actions in lists and scrolling text.
const (
	actDown     actionID = "down"
	actUp       actionID = "up"
	actTop      actionID = "top"
	actBottom   actionID = "bottom"
	actHalfDown actionID = "half-down"
	actHalfUp   actionID = "half-up"
	actPageDown actionID = "page-down"
	actPageUp   actionID = "page-up"
)

func listActions() []action {
	return []action{
		{id: actDown, scope: scopeList, keys: bind("j ↓", "down", "j", "down"), group: groupMove, help: "go to the next row"},
		{id: actUp, scope: scopeList, keys: bind("k ↑", "up", "k", "up"), group: groupMove, help: "go to the previous row"},
		{id: actTop, scope: scopeList, keys: bind("g home", "top", "g", "home"), group: groupMove, help: "go to the first row"},
		{id: actBottom, scope: scopeList, keys: bind("G end", "bottom", "G", "end"), group: groupMove, help: "go to the last row"},
		{id: actHalfDown, scope: scopeList, keys: bind("ctrl+d", "half down", "ctrl+d"), group: groupMove, help: "scroll down half a page"},
		{id: actHalfUp, scope: scopeList, keys: bind("ctrl+u", "half up", "ctrl+u"), group: groupMove, help: "scroll up half a page"},
		{id: actPageDown, scope: scopeList, keys: bind("pgdn", "page down", "pgdown"), group: groupMove, help: "scroll down a page"},
		{id: actPageUp, scope: scopeList, keys: bind("pgup", "page up", "pgup"), group: groupMove, help: "scroll up a page"},
	}
}

// Actions on the selected story or ticket.
const (
	actOpen     actionID = "open"
	actBacklog  actionID = "backlog"
	actIcebox   actionID = "icebox"
	actMove     actionID = "move"
	actAdvance  actionID = "advance"
	actReject   actionID = "reject"
	actEstimate actionID = "estimate"
	actComment  actionID = "comment"
	actEdit     actionID = "edit"
	actWrite    actionID = "write"
	actDelete   actionID = "delete"
	actLink     actionID = "link"
	actUnlink   actionID = "unlink"
	actBrowse   actionID = "browse"
	actCopyID   actionID = "copy-id"
	actCopyURL  actionID = "copy-url"
)

func itemActions() []action {
	return []action{
		{id: actBacklog, scope: scopeItem, keys: bind("b", "backlog", "b"), group: groupItem, help: "move to the top of the Backlog", footer: 20},
		{id: actIcebox, scope: scopeItem, keys: bind("i", "icebox", "i"), group: groupItem, help: "move to the top of the Icebox", footer: 21},
		{id: actAdvance, scope: scopeItem, keys: bind("s", "next state", "s"), group: groupItem, help: "start, finish, deliver, accept or restart the story", footer: 10},
		{id: actReject, scope: scopeItem, keys: bind("x", "reject", "x"), group: groupItem, help: "reject the delivered story, with a reason", footer: 11},
		{id: actEstimate, scope: scopeItem, keys: bind("p", "points", "p"), group: groupItem, help: "estimate the story; then press a number", footer: 12},
		{id: actPreview, scope: scopeItem, keys: bind("V", "preview", "V"), group: groupItem, help: "preview the next state's private comment"},
		{id: actComment, scope: scopeItem, keys: bind("c", "comment", "c"), group: groupItem, help: "comment on the story", footer: 31},
		{id: actEdit, scope: scopeItem, keys: bind("e", "edit", "e"), group: groupItem, help: "edit the name or the selected field"},
		{id: actWrite, scope: scopeItem, keys: bind("E", "editor", "E"), group: groupItem, help: "edit in $VISUAL or $EDITOR"},
		{id: actDelete, scope: scopeItem, keys: bind("D", "delete", "D"), group: groupItem, help: "delete the story"},
		{id: actLink, scope: scopeItem, keys: bind("L", "link", "L"), group: groupItem, help: "link a story and a ticket"},
		{id: actUnlink, scope: scopeItem, keys: bind("U", "unlink", "U"), group: groupItem, help: "unlink a story and a ticket"},
		{id: actBrowse, scope: scopeItem, keys: bind("o", "browser", "o"), group: groupItem, help: "open the ticket in the browser", footer: 40},
		{id: actCopyID, scope: scopeItem, keys: bind("y", "copy id", "y"), group: groupItem, help: "copy the number"},
		{id: actCopyURL, scope: scopeItem, keys: bind("Y", "copy URL", "Y"), group: groupItem, help: "copy the ticket's URL"},
	}
}

// The board's actions.
const (
	actRight       actionID = "focus-right"
	actLeft        actionID = "focus-left"
	actNextPane    actionID = "focus-next"
	actPrevPane    actionID = "focus-previous"
	actUnfold      actionID = "unfold"
	actMoveDown    actionID = "move-down"
	actMoveUp      actionID = "move-up"
	actNew         actionID = "new-story"
	actFilter      actionID = "filter"
	actNumber      actionID = "by-number"
	actRefresh     actionID = "refresh"
	actContinue    actionID = "continue"
	actNextPanel   actionID = "next-panel"
	actPrevPanel   actionID = "previous-panel"
	actHideLinked  actionID = "hide-linked"
	actHideTickets actionID = "hide-tickets"
	actHide        actionID = "hide"
	actSort        actionID = "sort"
	actBack        actionID = "back"
	actNarrower    actionID = "narrower"
	actWider       actionID = "wider"
	actEven        actionID = "even"
)

func boardActions() []action {
	return slices.Concat(focusActions(), []action{
		{id: actOpen, scope: scopeBoard, keys: bind("enter", "open", "enter"), group: groupItem, help: "open the ticket or story", footer: 30},
		{id: actMove, scope: scopeBoard, keys: bind("m", "move", "m"), group: groupItem, help: "move anywhere: arrows, then enter", footer: 22},
		{id: actUnfold, scope: scopeBoard, keys: bind("z", "in place", "z"), group: groupItem, help: "open or close the story under its row"},
		{id: actMoveDown, scope: scopeBoard, keys: bind("J", "move down", "J"), group: groupItem, help: "move the story down"},
		{id: actMoveUp, scope: scopeBoard, keys: bind("K", "move up", "K"), group: groupItem, help: "move the story up"},
		{id: actNew, scope: scopeBoard, keys: bind("n A", "new story", "n", "A"), group: groupItem, help: "a new story where the cursor is", footer: 60},
		{id: actFilter, scope: scopeBoard, keys: bind("/", "filter", "/"), group: groupView, help: "filter the rows", footer: 50},
		{id: actNumber, scope: scopeBoard, keys: bind("#", "by number", "#"), group: groupMove, help: "open any ticket or story by its number"},
		{id: actBack, scope: scopeBoard, keys: bind("esc", "back", "esc"), group: groupMove, help: "clear filter, clear marks, or stop loading"},
		{id: actRight, scope: scopeBoard, keys: bind("l →", "right", "l", "right"), group: groupMove, help: "go to the pane on the right"},
		{id: actLeft, scope: scopeBoard, keys: bind("h ←", "left", "h", "left"), group: groupMove, help: "go to the pane on the left"},
		{id: actNextPane, scope: scopeBoard, keys: bind("tab", "next pane", "tab"), group: groupMove, help: "go to the next pane"},
		{id: actPrevPane, scope: scopeBoard, keys: bind("shift+tab", "previous pane", "shift+tab"), group: groupMove, help: "go to the previous pane"},
		{id: actNextPanel, scope: scopeBoard, keys: bind("]", "next panel", "]"), group: groupView, help: "show the next integration's tickets"},
		{id: actPrevPanel, scope: scopeBoard, keys: bind("[", "previous panel", "["), group: groupView, help: "show the previous integration's tickets"},
		{id: actHideLinked, scope: scopeBoard, keys: bind("H", "linked", "H"), group: groupView, help: "show or hide tickets that have a story"},
		{id: actHideTickets, scope: scopeBoard, keys: bind("t", "tickets pane", "t"), group: groupView, help: "show or hide the Tickets pane"},
		{id: actHide, scope: scopeBoard, keys: bind("w", "hide pane", "w"), group: groupView, help: "hide this pane; its number shows it again"},
		{id: actSort, scope: scopeBoard, keys: bind("S", "sort", "S"), group: groupView, help: "sort the tickets"},
		{id: actNarrower, scope: scopeBoard, keys: bind("<", "narrower", "<"), group: groupView, help: "make this pane narrower"},
		{id: actWider, scope: scopeBoard, keys: bind(">", "wider", ">"), group: groupView, help: "make this pane wider"},
		{id: actEven, scope: scopeBoard, keys: bind("=", "even", "="), group: groupView, help: "give all panes the same width"},
		{id: actRefresh, scope: scopeBoard, keys: bind("r", "refresh", "r"), group: groupView, help: "refresh this view"},
		{id: actContinue, scope: scopeBoard, keys: bind("+", "go on", "+"), group: groupView, help: "load the rest of a partial view"},
		{id: actMark, scope: scopeBoard, keys: bind("space", "mark", "space"), group: groupItem, help: "mark the row, to act on several"},
		{id: actMarkRange, scope: scopeBoard, keys: bind("v", "mark range", "v"), group: groupItem, help: "mark rows from the last mark to here"},
		{id: actMarkAll, scope: scopeBoard, keys: bind("ctrl+a", "mark all", "ctrl+a"), group: groupItem, help: "mark all visible rows"},
	})
}

// Actions while something is being moved, and in dialogues.
const (
	actDrop   actionID = "drop"
	actCancel actionID = "cancel"
	actAccept actionID = "accept"
	actYes    actionID = "yes"
	actNo     actionID = "no"
	// actDiscard, actKeepDraft and actStay answer what becomes of what was typed.
	actDiscard   actionID = "discard"
	actKeepDraft actionID = "keep-draft"
	actStay      actionID = "stay"
	actNext      actionID = "next"
	actPrev      actionID = "previous"
	// What becomes of several tickets.
	actTogether actionID = "together"
	actApart    actionID = "apart"
)

func moveActions() []action {
	return []action{
		{id: actDown, scope: scopeMove, keys: bind("j ↓", "down", "j", "down"), group: groupMove, help: "lower the drop line"},
		{id: actUp, scope: scopeMove, keys: bind("k ↑", "up", "k", "up"), group: groupMove, help: "raise the drop line"},
		{id: actTop, scope: scopeMove, keys: bind("g home", "top", "g", "home"), group: groupMove, help: "move the drop line to the top"},
		{id: actBottom, scope: scopeMove, keys: bind("G end", "bottom", "G", "end"), group: groupMove, help: "move the drop line to the end"},
		{id: actLeft, scope: scopeMove, keys: bind("h ←", "left", "h", "left"), group: groupMove, help: "move the drop line to the Backlog"},
		{id: actRight, scope: scopeMove, keys: bind("l →", "right", "l", "right"), group: groupMove, help: "move the drop line to the Icebox"},
		{id: actDrop, scope: scopeMove, keys: bind("enter", "drops", "enter"), group: groupItem, help: "drop here", footer: 1},
		{id: actCancel, scope: scopeMove, keys: bind("esc", "cancels", "esc"), group: groupItem, help: "cancel the move", footer: 2},
		{id: actCancel, scope: scopeDrag, keys: bind("esc", "cancels", "esc"), group: groupItem, help: "cancel the drag", footer: 2},
	}
}

func dialogueActions() []action {
	return []action{
		{id: actAccept, scope: scopePrompt, keys: bind("enter", "ok", "enter"), group: groupText, help: "confirm", footer: 1},
		{id: actCancel, scope: scopePrompt, keys: bind("esc", "cancel", "esc"), group: groupText, help: "cancel", footer: 2},
		{id: actPreview, scope: scopeNote, keys: bind("ctrl+y", "preview", "ctrl+y"), group: groupText, help: "preview the private comment"},
		{id: actYes, scope: scopeQuestion, keys: bind("y", "yes", "y"), group: groupText, help: "yes", footer: 1},
		{id: actNo, scope: scopeQuestion, keys: bind("n esc", "no", "n", "esc"), group: groupText, help: "no", footer: 2},
		{id: actDiscard, scope: scopeDiscard, keys: bind("d", "discard", "d"), group: groupText, help: "discard the changes", footer: 1},
		{id: actKeepDraft, scope: scopeDiscard, keys: bind("k", "keep as draft", "k"), group: groupText, help: "keep the changes as a draft and leave", footer: 2},
		{id: actStay, scope: scopeDiscard, keys: bind("esc", "stay", "esc"), group: groupText, help: "go on editing", footer: 3},
		{id: actUseName, scope: scopeUser, keys: bind("enter", "use it", "enter"), group: groupText, help: "take the name that is offered", footer: 1},
		{id: actOtherName, scope: scopeUser, keys: bind("ctrl+e", "change it", "ctrl+e"), group: groupText, help: "enter another name", footer: 2},
		{id: actCancel, scope: scopeUser, keys: bind("esc", "cancel", "esc"), group: groupText, help: "change nothing", footer: 3},
		{id: actYes, scope: scopeSend, keys: bind("y", "send", "y"), group: groupText, help: "undo or redo, and send the private comment that is shown", footer: 1},
		{id: actNo, scope: scopeSend, keys: bind("esc n", "change nothing", "esc", "n"), group: groupText, help: "undo or redo nothing, and send nothing", footer: 2},
		{id: actTogether, scope: scopeGather, keys: bind("o", "one story", "o"), group: groupText, help: "create one story from all the tickets", footer: 1},
		{id: actApart, scope: scopeGather, keys: bind("e", "one each", "e"), group: groupText, help: "create one story per ticket", footer: 2},
		{id: actNo, scope: scopeGather, keys: bind("n esc", "neither", "n", "esc"), group: groupText, help: "cancel; keep the marks", footer: 3},
		{id: actAccept, scope: scopeChooser, keys: bind("enter", "choose", "enter"), group: groupText, help: "choose the row", footer: 1},
		{id: actCancel, scope: scopeChooser, keys: bind("esc", "close", "esc"), group: groupText, help: "close", footer: 2},
		{id: actNext, scope: scopeChooser, keys: bind("↓", "next", "down", "ctrl+n"), group: groupText, help: "go to the next row"},
		{id: actPrev, scope: scopeChooser, keys: bind("↑", "previous", "up", "ctrl+p"), group: groupText, help: "go to the previous row"},
		{id: actPageDown, scope: scopeChooser, keys: bind("pgdn", "page down", "pgdown"), group: groupText, help: "scroll down a page"},
		{id: actPageUp, scope: scopeChooser, keys: bind("pgup", "page up", "pgup"), group: groupText, help: "scroll up a page"},
	}
}

// Marks, and a first start.
const (
	actMark      actionID = "mark"
	actMarkRange actionID = "mark-range"
	actMarkAll   actionID = "mark-all"
	actConnect   actionID = "add-integration"
	actSandbox   actionID = "sandbox"
)

func welcomeActions() []action {
	return []action{
		{id: actConnect, scope: scopeWelcome, keys: bind("a", "add integration", "a"), group: groupScreens, help: "add a Zendesk integration", footer: 1},
		{id: actNew, scope: scopeWelcome, keys: bind("n", "write stories", "n"), group: groupItem, help: "create stories without Zendesk", footer: 3},
		{id: actSandbox, scope: scopeSandbox, keys: bind("d", "sandbox", "d"), group: groupScreens, help: "explore with sample tickets", footer: 2},
	}
}
