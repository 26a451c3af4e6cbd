package intent

// ActionID names something that a key does. It is no type of its own because
// every pane knows some of them only, and a switch need not name the others.
type ActionID = string

// Actions everywhere.
const (
	ActQuit         ActionID = "quit"
	ActSuspend      ActionID = "suspend"
	ActHelp         ActionID = "help"
	ActPalette      ActionID = "palette"
	ActLog          ActionID = "log"
	ActIntegrations ActionID = "integrations"
	ActDeliveries   ActionID = "deliveries"
	ActProject      ActionID = "project"
	ActRefreshAll   ActionID = "refresh-all"
	ActMouse        ActionID = "mouse"
	ActSettings     ActionID = "settings"
	ActUndo         ActionID = "undo"
	ActRedo         ActionID = "redo"
	ActLeave        ActionID = "leave"
)

// Actions in lists and scrolling text.
const (
	ActDown     ActionID = "down"
	ActUp       ActionID = "up"
	ActTop      ActionID = "top"
	ActBottom   ActionID = "bottom"
	ActHalfDown ActionID = "half-down"
	ActHalfUp   ActionID = "half-up"
	ActPageDown ActionID = "page-down"
	ActPageUp   ActionID = "page-up"
)

// Actions on the selected story or ticket.
const (
	ActOpen     ActionID = "open"
	ActBacklog  ActionID = "backlog"
	ActIcebox   ActionID = "icebox"
	ActMove     ActionID = "move"
	ActAdvance  ActionID = "advance"
	ActReject   ActionID = "reject"
	ActEstimate ActionID = "estimate"
	ActComment  ActionID = "comment"
	ActEdit     ActionID = "edit"
	ActWrite    ActionID = "write"
	ActDelete   ActionID = "delete"
	ActLink     ActionID = "link"
	ActUnlink   ActionID = "unlink"
	ActBrowse   ActionID = "browse"
	ActCopyID   ActionID = "copy-id"
	ActCopyURL  ActionID = "copy-url"
)

// The board's actions.
const (
	ActRight       ActionID = "focus-right"
	ActLeft        ActionID = "focus-left"
	ActNextPane    ActionID = "focus-next"
	ActPrevPane    ActionID = "focus-previous"
	ActUnfold      ActionID = "unfold"
	ActMoveDown    ActionID = "move-down"
	ActMoveUp      ActionID = "move-up"
	ActNew         ActionID = "new-story"
	ActFilter      ActionID = "filter"
	ActNumber      ActionID = "by-number"
	ActRefresh     ActionID = "refresh"
	ActContinue    ActionID = "continue"
	ActNextPanel   ActionID = "next-panel"
	ActPrevPanel   ActionID = "previous-panel"
	ActHideLinked  ActionID = "hide-linked"
	ActHideTickets ActionID = "hide-tickets"
	ActHide        ActionID = "hide"
	ActSort        ActionID = "sort"
	ActBack        ActionID = "back"
	ActNarrower    ActionID = "narrower"
	ActWider       ActionID = "wider"
	ActEven        ActionID = "even"
	// ActPreviewPane shows or hides the preview of the selected row, which the next
	// two scroll.
	ActPreviewPane ActionID = "preview-pane"
	ActPreviewDown ActionID = "preview-down"
	ActPreviewUp   ActionID = "preview-up"
)

// Actions while something is being moved, and in dialogues.
const (
	ActDrop   ActionID = "drop"
	ActCancel ActionID = "cancel"
	ActAccept ActionID = "accept"
	ActYes    ActionID = "yes"
	ActNo     ActionID = "no"
	// ActDiscard, ActKeepDraft and ActStay answer what becomes of what was typed.
	ActDiscard   ActionID = "discard"
	ActKeepDraft ActionID = "keep-draft"
	ActStay      ActionID = "stay"
	ActNext      ActionID = "next"
	ActPrev      ActionID = "previous"
	// ActUseName and ActOtherName answer the question of the user's name.
	ActUseName   ActionID = "use-name"
	ActOtherName ActionID = "other-name"
	// What becomes of several tickets.
	ActTogether ActionID = "together"
	ActApart    ActionID = "apart"
)

// Marks, and a first start.
const (
	ActMark      ActionID = "mark"
	ActMarkRange ActionID = "mark-range"
	ActMarkAll   ActionID = "mark-all"
	ActConnect   ActionID = "add-integration"
	ActSandbox   ActionID = "sandbox"
	// ActSwitchIntegration turns an integration on or off.
	ActSwitchIntegration ActionID = "switch-integration"
)

// Actions on a text that is being written.
const (
	ActSend   ActionID = "send"
	ActEditor ActionID = "editor"
)

// Actions of a detail that lead to the detail of the row beside on the board.
const (
	ActNextItem ActionID = "next-item"
	ActPrevItem ActionID = "previous-item"
)

// Actions on the places that a document's cursor stops at.
const (
	ActNextStop ActionID = "next-stop"
	ActPrevStop ActionID = "previous-stop"
)

// Actions on links to tickets.
const (
	ActVerify ActionID = "verify"
	ActFix    ActionID = "mend" // keys are saved under this name
)

// Actions of forms.
const (
	ActSave  ActionID = "save"
	ActTest  ActionID = "test"
	ActViews ActionID = "views"
)

// ActPreview shows the private comments that an action would send.
const ActPreview ActionID = "preview"

// Actions on a story's tasks.
const (
	ActAddTask    ActionID = "add-task"
	ActToggle     ActionID = "toggle"
	ActRemoveTask ActionID = "remove-task"
)
