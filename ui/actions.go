package ui

import (
	"slices"

	"storydesk/ui/intent"
)

// The headings of help and the README.
const (
	groupMove    = "Move around"
	groupItem    = "Tickets and stories"
	groupView    = "Display"
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

// defaultKeys are the keys of all actions as the table has them.
func defaultKeys() Keys { return defaults(actions()) }

// ReadKeys reads what SettingKeys keeps. What does not fit this program, such as
// an action of another version, is left out and told in problems.
func ReadKeys(kept string) (k Keys, problems []error) { return readKeys(actions(), kept) }

func globalActions() []action {
	return []action{
		{id: intent.ActUndo, scope: scopeGlobal, keys: bind("u", "undo", "u"), group: groupItem, help: "undo the last change"},
		{id: intent.ActRedo, scope: scopeGlobal, keys: bind("ctrl+r", "redo", "ctrl+r"), group: groupItem, help: "redo the change that was undone"},
		{id: intent.ActDeliveries, scope: scopeGlobal, keys: bind("d", "deliveries", "d"), group: groupScreens, help: "show the private comments sent to tickets"},
		{id: intent.ActIntegrations, scope: scopeGlobal, keys: bind(",", "integrations", ","), group: groupScreens, help: "add, edit, test and remove integrations"},
		{id: intent.ActProject, scope: scopeGlobal, keys: bind("P", "project", "P"), group: groupScreens, help: "open another project"},
		{id: intent.ActLog, scope: scopeGlobal, keys: bind("!", "log", "!"), group: groupScreens, help: "show past messages"},
		{id: intent.ActPalette, scope: scopeGlobal, keys: bind(":", "palette", ":", "ctrl+p"), group: groupScreens, help: "find an action by its name"},
		{id: intent.ActHelp, scope: scopeGlobal, keys: bind("?", "help", "?"), group: groupScreens, help: "all keys, those that work here first", footer: 90},
		{id: intent.ActRefreshAll, scope: scopeGlobal, keys: bind("R", "refresh all", "R"), group: groupView, help: "refresh all views"},
		{id: intent.ActMouse, scope: scopeGlobal, keys: bind("M", "mouse", "M"), group: groupProgram, help: "turn the mouse on or off, to select text"},
		{id: intent.ActSettings, scope: scopeGlobal, keys: bind("O", "settings", "O"), group: groupProgram, help: "change theme, motion and other settings"},
		{id: actKeys, scope: scopeGlobal, keys: bind("ctrl+k", "keys", "ctrl+k"), group: groupProgram, help: "change keys"},
		{id: intent.ActQuit, scope: scopeGlobal, keys: bind("q", "quit", "q"), group: groupProgram, help: "send what is waiting and quit; twice: quit now"},
		{id: intent.ActLeave, scope: scopeAlways, keys: bind("ctrl+c", "quit", "ctrl+c"), group: groupProgram, help: "quit, even from a text field"},
		{id: intent.ActSuspend, scope: scopeAlways, keys: bind("ctrl+z", "suspend", "ctrl+z"), group: groupProgram, help: "suspend to the shell; fg returns"},
	}
}

func listActions() []action {
	return []action{
		{id: intent.ActDown, scope: scopeList, keys: bind("j ↓", "down", "j", "down"), group: groupMove, help: "go to the next row"},
		{id: intent.ActUp, scope: scopeList, keys: bind("k ↑", "up", "k", "up"), group: groupMove, help: "go to the previous row"},
		{id: intent.ActTop, scope: scopeList, keys: bind("g home", "top", "g", "home"), group: groupMove, help: "go to the first row"},
		{id: intent.ActBottom, scope: scopeList, keys: bind("G end", "bottom", "G", "end"), group: groupMove, help: "go to the last row"},
		{id: intent.ActHalfDown, scope: scopeList, keys: bind("ctrl+d", "half down", "ctrl+d"), group: groupMove, help: "scroll down half a page"},
		{id: intent.ActHalfUp, scope: scopeList, keys: bind("ctrl+u", "half up", "ctrl+u"), group: groupMove, help: "scroll up half a page"},
		{id: intent.ActPageDown, scope: scopeList, keys: bind("pgdn", "page down", "pgdown"), group: groupMove, help: "scroll down a page"},
		{id: intent.ActPageUp, scope: scopeList, keys: bind("pgup", "page up", "pgup"), group: groupMove, help: "scroll up a page"},
	}
}

func itemActions() []action {
	return []action{
		{id: intent.ActBacklog, scope: scopeItem, keys: bind("b", "backlog", "b"), group: groupItem, help: "move to the top of the Backlog", footer: 20},
		{id: intent.ActIcebox, scope: scopeItem, keys: bind("i", "icebox", "i"), group: groupItem, help: "move to the top of the Icebox", footer: 21},
		{id: intent.ActAdvance, scope: scopeItem, keys: bind("s", "next state", "s"), group: groupItem, help: "start, finish, deliver, accept or restart the story", footer: 10},
		{id: intent.ActReject, scope: scopeItem, keys: bind("x", "reject", "x"), group: groupItem, help: "reject the delivered story, with a reason", footer: 11},
		{id: intent.ActEstimate, scope: scopeItem, keys: bind("p", "points", "p"), group: groupItem, help: "estimate the story; then press a number", footer: 12},
		{id: intent.ActPreview, scope: scopeItem, keys: bind("V", "preview", "V"), group: groupItem, help: "preview the next state's private comment"},
		{id: intent.ActComment, scope: scopeItem, keys: bind("c", "comment", "c"), group: groupItem, help: "comment on the story", footer: 31},
		{id: intent.ActEdit, scope: scopeItem, keys: bind("e", "edit", "e"), group: groupItem, help: "edit the name or the selected field"},
		{id: intent.ActWrite, scope: scopeItem, keys: bind("E", "editor", "E"), group: groupItem, help: "edit in $VISUAL or $EDITOR"},
		{id: intent.ActDelete, scope: scopeItem, keys: bind("D", "delete", "D"), group: groupItem, help: "delete the story"},
		{id: intent.ActLink, scope: scopeItem, keys: bind("L", "link", "L"), group: groupItem, help: "link a story and a ticket"},
		{id: intent.ActUnlink, scope: scopeItem, keys: bind("U", "unlink", "U"), group: groupItem, help: "unlink a story and a ticket"},
		{id: intent.ActBrowse, scope: scopeItem, keys: bind("o", "browser", "o"), group: groupItem, help: "open the ticket in the browser", footer: 40},
		{id: intent.ActCopyID, scope: scopeItem, keys: bind("y", "copy id", "y"), group: groupItem, help: "copy the number"},
		{id: intent.ActCopyURL, scope: scopeItem, keys: bind("Y", "copy URL", "Y"), group: groupItem, help: "copy the ticket's URL"},
	}
}

func boardActions() []action {
	return slices.Concat(focusActions(), []action{
		{id: intent.ActOpen, scope: scopeBoard, keys: bind("enter", "open", "enter"), group: groupItem, help: "open the ticket or story", footer: 30},
		{id: intent.ActMove, scope: scopeBoard, keys: bind("m", "move", "m"), group: groupItem, help: "move anywhere: arrows, then enter", footer: 22},
		{id: intent.ActUnfold, scope: scopeBoard, keys: bind("z", "in place", "z"), group: groupItem, help: "open or close the story under its row"},
		{id: intent.ActMoveDown, scope: scopeBoard, keys: bind("J", "move down", "J"), group: groupItem, help: "move the story down"},
		{id: intent.ActMoveUp, scope: scopeBoard, keys: bind("K", "move up", "K"), group: groupItem, help: "move the story up"},
		{id: intent.ActNew, scope: scopeBoard, keys: bind("n A", "new story", "n", "A"), group: groupItem, help: "a new story where the cursor is", footer: 60},
		{id: intent.ActFilter, scope: scopeBoard, keys: bind("/", "filter", "/"), group: groupView, help: "filter the rows", footer: 50},
		{id: intent.ActNumber, scope: scopeBoard, keys: bind("#", "by number", "#"), group: groupMove, help: "open any ticket or story by its number"},
		{id: intent.ActBack, scope: scopeBoard, keys: bind("esc", "back", "esc"), group: groupMove, help: "clear filter, clear marks, or stop loading"},
		{id: intent.ActRight, scope: scopeBoard, keys: bind("l →", "right", "l", "right"), group: groupMove, help: "go to the pane on the right"},
		{id: intent.ActLeft, scope: scopeBoard, keys: bind("h ←", "left", "h", "left"), group: groupMove, help: "go to the pane on the left"},
		{id: intent.ActNextPane, scope: scopeBoard, keys: bind("tab", "next pane", "tab"), group: groupMove, help: "go to the next pane"},
		{id: intent.ActPrevPane, scope: scopeBoard, keys: bind("shift+tab", "previous pane", "shift+tab"), group: groupMove, help: "go to the previous pane"},
		{id: intent.ActNextPanel, scope: scopeBoard, keys: bind("]", "next panel", "]"), group: groupView, help: "show the next integration's tickets"},
		{id: intent.ActPrevPanel, scope: scopeBoard, keys: bind("[", "previous panel", "["), group: groupView, help: "show the previous integration's tickets"},
		{id: intent.ActHideLinked, scope: scopeBoard, keys: bind("H", "linked", "H"), group: groupView, help: "show or hide tickets that have a story"},
		{id: intent.ActHideTickets, scope: scopeBoard, keys: bind("t", "tickets pane", "t"), group: groupView, help: "show or hide the Tickets pane"},
		{id: intent.ActHide, scope: scopeBoard, keys: bind("w", "hide pane", "w"), group: groupView, help: "hide this pane; its number shows it again"},
		{id: intent.ActSort, scope: scopeBoard, keys: bind("S", "sort", "S"), group: groupView, help: "sort the tickets"},
		{id: intent.ActNarrower, scope: scopeBoard, keys: bind("<", "narrower", "<"), group: groupView, help: "make this pane narrower"},
		{id: intent.ActWider, scope: scopeBoard, keys: bind(">", "wider", ">"), group: groupView, help: "make this pane wider"},
		{id: intent.ActEven, scope: scopeBoard, keys: bind("=", "even", "="), group: groupView, help: "give all panes the same width"},
		{id: intent.ActRefresh, scope: scopeBoard, keys: bind("r", "refresh", "r"), group: groupView, help: "refresh this view"},
		{id: intent.ActContinue, scope: scopeBoard, keys: bind("+", "load more", "+"), group: groupView, help: "load the rest of a partial view"},
		{id: intent.ActMark, scope: scopeBoard, keys: bind("space", "mark", "space"), group: groupItem, help: "mark the row, to act on several"},
		{id: intent.ActMarkRange, scope: scopeBoard, keys: bind("v", "mark range", "v"), group: groupItem, help: "mark rows from the last mark to here"},
		{id: intent.ActMarkAll, scope: scopeBoard, keys: bind("ctrl+a", "mark all", "ctrl+a"), group: groupItem, help: "mark all visible rows"},
	})
}

func moveActions() []action {
	return []action{
		{id: intent.ActDown, scope: scopeMove, keys: bind("j ↓", "down", "j", "down"), group: groupMove, help: "lower the drop line"},
		{id: intent.ActUp, scope: scopeMove, keys: bind("k ↑", "up", "k", "up"), group: groupMove, help: "raise the drop line"},
		{id: intent.ActTop, scope: scopeMove, keys: bind("g home", "top", "g", "home"), group: groupMove, help: "move the drop line to the top"},
		{id: intent.ActBottom, scope: scopeMove, keys: bind("G end", "bottom", "G", "end"), group: groupMove, help: "move the drop line to the end"},
		{id: intent.ActLeft, scope: scopeMove, keys: bind("h ←", "left", "h", "left"), group: groupMove, help: "move the drop line to the Backlog"},
		{id: intent.ActRight, scope: scopeMove, keys: bind("l →", "right", "l", "right"), group: groupMove, help: "move the drop line to the Icebox"},
		{id: intent.ActDrop, scope: scopeMove, keys: bind("enter", "drops", "enter"), group: groupItem, help: "drop here", footer: 1},
		{id: intent.ActCancel, scope: scopeMove, keys: bind("esc", "cancels", "esc"), group: groupItem, help: "cancel the move", footer: 2},
		{id: intent.ActCancel, scope: scopeDrag, keys: bind("esc", "cancels", "esc"), group: groupItem, help: "cancel the drag", footer: 2},
	}
}

func dialogueActions() []action {
	return []action{
		{id: intent.ActAccept, scope: scopePrompt, keys: bind("enter", "ok", "enter"), group: groupText, help: "confirm", footer: 1},
		{id: intent.ActCancel, scope: scopePrompt, keys: bind("esc", "cancel", "esc"), group: groupText, help: "cancel", footer: 2},
		{id: intent.ActPreview, scope: scopeNote, keys: bind("ctrl+y", "preview", "ctrl+y"), group: groupText, help: "preview the private comment"},
		{id: intent.ActYes, scope: scopeQuestion, keys: bind("y", "yes", "y"), group: groupText, help: "yes", footer: 1},
		{id: intent.ActNo, scope: scopeQuestion, keys: bind("n esc", "no", "n", "esc"), group: groupText, help: "no", footer: 2},
		{id: intent.ActDiscard, scope: scopeDiscard, keys: bind("d", "discard", "d"), group: groupText, help: "discard the changes", footer: 1},
		{id: intent.ActKeepDraft, scope: scopeDiscard, keys: bind("k", "keep as draft", "k"), group: groupText, help: "keep the changes as a draft and leave", footer: 2},
		{id: intent.ActStay, scope: scopeDiscard, keys: bind("esc", "stay", "esc"), group: groupText, help: "continue editing", footer: 3},
		{id: actUseName, scope: scopeUser, keys: bind("enter", "use it", "enter"), group: groupText, help: "use the suggested name", footer: 1},
		{id: actOtherName, scope: scopeUser, keys: bind("ctrl+e", "change it", "ctrl+e"), group: groupText, help: "enter another name", footer: 2},
		{id: intent.ActCancel, scope: scopeUser, keys: bind("esc", "cancel", "esc"), group: groupText, help: "change nothing", footer: 3},
		{id: intent.ActYes, scope: scopeSend, keys: bind("y", "send", "y"), group: groupText, help: "undo or redo, and send the private comment shown", footer: 1},
		{id: intent.ActNo, scope: scopeSend, keys: bind("esc n", "change nothing", "esc", "n"), group: groupText, help: "change nothing and send nothing", footer: 2},
		{id: intent.ActTogether, scope: scopeGather, keys: bind("o", "one story", "o"), group: groupText, help: "create one story from all the tickets", footer: 1},
		{id: intent.ActApart, scope: scopeGather, keys: bind("e", "one each", "e"), group: groupText, help: "create one story per ticket", footer: 2},
		{id: intent.ActNo, scope: scopeGather, keys: bind("n esc", "neither", "n", "esc"), group: groupText, help: "cancel; keep the marks", footer: 3},
		{id: intent.ActAccept, scope: scopeChooser, keys: bind("enter", "choose", "enter"), group: groupText, help: "choose the row", footer: 1},
		{id: intent.ActCancel, scope: scopeChooser, keys: bind("esc", "close", "esc"), group: groupText, help: "close", footer: 2},
		{id: intent.ActNext, scope: scopeChooser, keys: bind("↓", "next", "down", "ctrl+n"), group: groupText, help: "go to the next row"},
		{id: intent.ActPrev, scope: scopeChooser, keys: bind("↑", "previous", "up", "ctrl+p"), group: groupText, help: "go to the previous row"},
		{id: intent.ActPageDown, scope: scopeChooser, keys: bind("pgdn", "page down", "pgdown"), group: groupText, help: "scroll down a page"},
		{id: intent.ActPageUp, scope: scopeChooser, keys: bind("pgup", "page up", "pgup"), group: groupText, help: "scroll up a page"},
	}
}

func welcomeActions() []action {
	return []action{
		{id: intent.ActConnect, scope: scopeWelcome, keys: bind("a", "add integration", "a"), group: groupScreens, help: "add a Zendesk integration", footer: 1},
		{id: intent.ActNew, scope: scopeWelcome, keys: bind("n", "write stories", "n"), group: groupItem, help: "create stories without Zendesk", footer: 3},
		{id: intent.ActSandbox, scope: scopeSandbox, keys: bind("d", "sandbox", "d"), group: groupScreens, help: "explore with sample tickets", footer: 2},
	}
}
