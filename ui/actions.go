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
		{id: actUndo, scope: scopeGlobal, keys: bind("u", "undo", "u"), group: groupItem, help: "take the last change back"},
		{id: actRedo, scope: scopeGlobal, keys: bind("ctrl+r", "redo", "ctrl+r"), group: groupItem, help: "make the change again that was taken back"},
		{id: actDeliveries, scope: scopeGlobal, keys: bind("d", "deliveries", "d"), group: groupScreens, help: "the notes to tickets and what became of them"},
		{id: actIntegrations, scope: scopeGlobal, keys: bind(",", "integrations", ","), group: groupScreens, help: "add, edit, test and remove integrations"},
		{id: actProject, scope: scopeGlobal, keys: bind("P", "project", "P"), group: groupScreens, help: "open another project"},
		{id: actLog, scope: scopeGlobal, keys: bind("!", "log", "!"), group: groupScreens, help: "the messages so far"},
		{id: actPalette, scope: scopeGlobal, keys: bind(":", "palette", ":", "ctrl+p"), group: groupScreens, help: "find an action by its name"},
		{id: actHelp, scope: scopeGlobal, keys: bind("?", "help", "?"), group: groupScreens, help: "all keys, those that work here first", footer: 90},
		{id: actRefreshAll, scope: scopeGlobal, keys: bind("R", "refresh all", "R"), group: groupView, help: "read all views again"},
		{id: actMouse, scope: scopeGlobal, keys: bind("M", "mouse", "M"), group: groupProgram, help: "mouse on or off, so that the terminal can select text"},
		{id: actSettings, scope: scopeGlobal, keys: bind("O", "settings", "O"), group: groupProgram, help: "theme, motion and other options"},
		{id: actKeys, scope: scopeGlobal, keys: bind("ctrl+k", "keys", "ctrl+k"), group: groupProgram, help: "give actions other keys"},
		{id: actQuit, scope: scopeGlobal, keys: bind("q", "quit", "q"), group: groupProgram, help: "send what waits, then leave; again to leave at once"},
		{id: actLeave, scope: scopeAlways, keys: bind("ctrl+c", "quit", "ctrl+c"), group: groupProgram, help: "quit, from a text field too"},
		{id: actSuspend, scope: scopeAlways, keys: bind("ctrl+z", "suspend", "ctrl+z"), group: groupProgram, help: "back to the shell; fg returns"},
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
		{id: actDown, scope: scopeList, keys: bind("j ↓", "down", "j", "down"), group: groupMove, help: "next row"},
		{id: actUp, scope: scopeList, keys: bind("k ↑", "up", "k", "up"), group: groupMove, help: "previous row"},
		{id: actTop, scope: scopeList, keys: bind("g home", "top", "g", "home"), group: groupMove, help: "first row"},
		{id: actBottom, scope: scopeList, keys: bind("G end", "bottom", "G", "end"), group: groupMove, help: "last row"},
		{id: actHalfDown, scope: scopeList, keys: bind("ctrl+d", "half down", "ctrl+d"), group: groupMove, help: "half a page down"},
		{id: actHalfUp, scope: scopeList, keys: bind("ctrl+u", "half up", "ctrl+u"), group: groupMove, help: "half a page up"},
		{id: actPageDown, scope: scopeList, keys: bind("pgdn", "page down", "pgdown"), group: groupMove, help: "a page down"},
		{id: actPageUp, scope: scopeList, keys: bind("pgup", "page up", "pgup"), group: groupMove, help: "a page up"},
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
		{id: actBacklog, scope: scopeItem, keys: bind("b", "backlog", "b"), group: groupItem, help: "to the Backlog's top; a ticket becomes a story", footer: 20},
		{id: actIcebox, scope: scopeItem, keys: bind("i", "icebox", "i"), group: groupItem, help: "to the Icebox's top; a ticket becomes a story", footer: 21},
		{id: actAdvance, scope: scopeItem, keys: bind("s", "next state", "s"), group: groupItem, help: "start, finish, deliver, accept or restart the story", footer: 10},
		{id: actReject, scope: scopeItem, keys: bind("x", "reject", "x"), group: groupItem, help: "reject the delivered story, with a reason", footer: 11},
		{id: actEstimate, scope: scopeItem, keys: bind("p", "points", "p"), group: groupItem, help: "estimate the story, then the number", footer: 12},
		{id: actPreview, scope: scopeItem, keys: bind("V", "preview", "V"), group: groupItem, help: "the note that the next state sends, before it is sent"},
		{id: actComment, scope: scopeItem, keys: bind("c", "comment", "c"), group: groupItem, help: "comment on the story", footer: 31},
		{id: actEdit, scope: scopeItem, keys: bind("e", "edit", "e"), group: groupItem, help: "edit the story's name, or the field that the cursor is on"},
		{id: actWrite, scope: scopeItem, keys: bind("E", "editor", "E"), group: groupItem, help: "write name and description in $VISUAL or $EDITOR"},
		{id: actDelete, scope: scopeItem, keys: bind("D", "delete", "D"), group: groupItem, help: "delete the story; asks first"},
		{id: actLink, scope: scopeItem, keys: bind("L", "link", "L"), group: groupItem, help: "link the story to a ticket, or the ticket to a story"},
		{id: actUnlink, scope: scopeItem, keys: bind("U", "unlink", "U"), group: groupItem, help: "unlink a ticket from the story, or the ticket from a story"},
		{id: actBrowse, scope: scopeItem, keys: bind("o", "browser", "o"), group: groupItem, help: "open the ticket in the browser", footer: 40},
		{id: actCopyID, scope: scopeItem, keys: bind("y", "copy id", "y"), group: groupItem, help: "copy the number"},
		{id: actCopyURL, scope: scopeItem, keys: bind("Y", "copy URL", "Y"), group: groupItem, help: "copy the ticket's address"},
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
		{id: actMove, scope: scopeBoard, keys: bind("m", "move", "m"), group: groupItem, help: "to any place: arrows, then enter", footer: 22},
		{id: actUnfold, scope: scopeBoard, keys: bind("z", "in place", "z"), group: groupItem, help: "open or close the story under its row"},
		{id: actMoveDown, scope: scopeBoard, keys: bind("J", "move down", "J"), group: groupItem, help: "move the story down"},
		{id: actMoveUp, scope: scopeBoard, keys: bind("K", "move up", "K"), group: groupItem, help: "move the story up"},
		{id: actNew, scope: scopeBoard, keys: bind("n A", "new story", "n", "A"), group: groupItem, help: "a new story where the cursor is", footer: 60},
		{id: actFilter, scope: scopeBoard, keys: bind("/", "filter", "/"), group: groupView, help: "show only rows that answer a search", footer: 50},
		{id: actNumber, scope: scopeBoard, keys: bind("#", "by number", "#"), group: groupMove, help: "open any ticket or story by its number"},
		{id: actBack, scope: scopeBoard, keys: bind("esc", "back", "esc"), group: groupMove, help: "clear the filter, then the marks; or stop reading"},
		{id: actRight, scope: scopeBoard, keys: bind("l →", "right", "l", "right"), group: groupMove, help: "to the pane on the right"},
		{id: actLeft, scope: scopeBoard, keys: bind("h ←", "left", "h", "left"), group: groupMove, help: "to the pane on the left"},
		{id: actNextPane, scope: scopeBoard, keys: bind("tab", "next pane", "tab"), group: groupMove, help: "to the next pane"},
		{id: actPrevPane, scope: scopeBoard, keys: bind("shift+tab", "previous pane", "shift+tab"), group: groupMove, help: "to the previous pane"},
		{id: actNextPanel, scope: scopeBoard, keys: bind("]", "next panel", "]"), group: groupView, help: "tickets of the next integration"},
		{id: actPrevPanel, scope: scopeBoard, keys: bind("[", "previous panel", "["), group: groupView, help: "tickets of the previous integration"},
		{id: actHideLinked, scope: scopeBoard, keys: bind("H", "linked", "H"), group: groupView, help: "hide or show tickets that have a story"},
		{id: actHideTickets, scope: scopeBoard, keys: bind("t", "tickets pane", "t"), group: groupView, help: "hide or show the tickets"},
		{id: actHide, scope: scopeBoard, keys: bind("w", "hide pane", "w"), group: groupView, help: "hide this pane; its digit shows it again"},
		{id: actSort, scope: scopeBoard, keys: bind("S", "sort", "S"), group: groupView, help: "sort the tickets"},
		{id: actNarrower, scope: scopeBoard, keys: bind("<", "narrower", "<"), group: groupView, help: "make this pane narrower"},
		{id: actWider, scope: scopeBoard, keys: bind(">", "wider", ">"), group: groupView, help: "make this pane wider"},
		{id: actEven, scope: scopeBoard, keys: bind("=", "even", "="), group: groupView, help: "make all panes equally wide"},
		{id: actRefresh, scope: scopeBoard, keys: bind("r", "refresh", "r"), group: groupView, help: "read this view again"},
		{id: actContinue, scope: scopeBoard, keys: bind("+", "go on", "+"), group: groupView, help: "go on reading a view that came in part"},
		{id: actMark, scope: scopeBoard, keys: bind("space", "mark", "space"), group: groupItem, help: "mark the row; actions take all that are marked"},
		{id: actMarkRange, scope: scopeBoard, keys: bind("v", "mark range", "v"), group: groupItem, help: "mark the rows from the last mark to here"},
		{id: actMarkAll, scope: scopeBoard, keys: bind("ctrl+a", "mark all", "ctrl+a"), group: groupItem, help: "mark all rows shown"},
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
		{id: actDown, scope: scopeMove, keys: bind("j ↓", "down", "j", "down"), group: groupMove, help: "drop line down"},
		{id: actUp, scope: scopeMove, keys: bind("k ↑", "up", "k", "up"), group: groupMove, help: "drop line up"},
		{id: actTop, scope: scopeMove, keys: bind("g home", "top", "g", "home"), group: groupMove, help: "drop line to the top"},
		{id: actBottom, scope: scopeMove, keys: bind("G end", "bottom", "G", "end"), group: groupMove, help: "drop line to the end"},
		{id: actLeft, scope: scopeMove, keys: bind("h ←", "left", "h", "left"), group: groupMove, help: "drop line to the Backlog"},
		{id: actRight, scope: scopeMove, keys: bind("l →", "right", "l", "right"), group: groupMove, help: "drop line to the Icebox"},
		{id: actDrop, scope: scopeMove, keys: bind("enter", "drops", "enter"), group: groupItem, help: "drop it here", footer: 1},
		{id: actCancel, scope: scopeMove, keys: bind("esc", "cancels", "esc"), group: groupItem, help: "leave it where it was", footer: 2},
		{id: actCancel, scope: scopeDrag, keys: bind("esc", "cancels", "esc"), group: groupItem, help: "leave what the mouse drags where it was", footer: 2},
	}
}

func dialogueActions() []action {
	return []action{
		{id: actAccept, scope: scopePrompt, keys: bind("enter", "ok", "enter"), group: groupText, help: "take the text", footer: 1},
		{id: actCancel, scope: scopePrompt, keys: bind("esc", "cancel", "esc"), group: groupText, help: "close without a change", footer: 2},
		{id: actPreview, scope: scopeNote, keys: bind("ctrl+y", "preview", "ctrl+y"), group: groupText, help: "the note as it will be sent, and the tickets it goes to"},
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
		{id: actTogether, scope: scopeGather, keys: bind("o", "one story", "o"), group: groupText, help: "one story of all the tickets", footer: 1},
		{id: actApart, scope: scopeGather, keys: bind("e", "one each", "e"), group: groupText, help: "one story of each ticket", footer: 2},
		{id: actNo, scope: scopeGather, keys: bind("n esc", "neither", "n", "esc"), group: groupText, help: "neither; the marks stay", footer: 3},
		{id: actAccept, scope: scopeChooser, keys: bind("enter", "choose", "enter"), group: groupText, help: "take the row", footer: 1},
		{id: actCancel, scope: scopeChooser, keys: bind("esc", "close", "esc"), group: groupText, help: "close", footer: 2},
		{id: actNext, scope: scopeChooser, keys: bind("↓", "next", "down", "ctrl+n"), group: groupText, help: "next row"},
		{id: actPrev, scope: scopeChooser, keys: bind("↑", "previous", "up", "ctrl+p"), group: groupText, help: "previous row"},
		{id: actPageDown, scope: scopeChooser, keys: bind("pgdn", "page down", "pgdown"), group: groupText, help: "a page down"},
		{id: actPageUp, scope: scopeChooser, keys: bind("pgup", "page up", "pgup"), group: groupText, help: "a page up"},
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
		{id: actNew, scope: scopeWelcome, keys: bind("n", "write stories", "n"), group: groupItem, help: "just write stories", footer: 3},
		{id: actSandbox, scope: scopeSandbox, keys: bind("d", "sandbox", "d"), group: groupScreens, help: "look around with a sandbox first", footer: 2},
	}
}
