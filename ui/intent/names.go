package intent

// The names of actions here are those that more than one package needs. Any other
// stands in the record of its action.

// ActionID names something that a key does. It is no type of its own because
// every pane knows some of them only, and a switch need not name the others.
type ActionID = string

// Actions everywhere.
const (
	ActQuit         ActionID = "quit"
	ActHelp         ActionID = "help"
	ActPalette      ActionID = "palette"
	ActIntegrations ActionID = "integrations"
	ActDeliveries   ActionID = "deliveries"
	ActFind         ActionID = "find"
	ActProject      ActionID = "project"
	ActVelocity     ActionID = "velocity"
	ActRefreshAll   ActionID = "refresh-all"
	ActMouse        ActionID = "mouse"
	ActSettings     ActionID = "settings"
	ActUndo         ActionID = "undo"
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
	ActOpen    ActionID = "open"
	ActBacklog ActionID = "backlog"
	ActIcebox  ActionID = "icebox"
	// ActBacklogEnd and ActIceboxEnd lead to the end of a column.
	ActBacklogEnd ActionID = "backlog-end"
	ActIceboxEnd  ActionID = "icebox-end"
	ActMove       ActionID = "move"
	ActAdvance    ActionID = "advance"
	ActReject     ActionID = "reject"
	ActEstimate   ActionID = "estimate"
	ActComment    ActionID = "comment"
	ActEdit       ActionID = "edit"
	ActWrite      ActionID = "write"
	ActDelete     ActionID = "delete"
	ActLink       ActionID = "link"
	ActUnlink     ActionID = "unlink"
	ActBrowse     ActionID = "browse"
	ActCopyID     ActionID = "copy-id"
	ActCopyURL    ActionID = "copy-url"
)

// The board's actions.
const (
	ActMoveDown ActionID = "move-down"
	ActMoveUp   ActionID = "move-up"
	ActNew      ActionID = "new-story"
	ActFilter   ActionID = "filter"
	ActRefresh  ActionID = "refresh"
	ActContinue ActionID = "continue"
	ActBack     ActionID = "back"
)

// Actions while something is being moved, and in dialogues.
const (
	ActCancel ActionID = "cancel"
	ActAccept ActionID = "accept"
	ActYes    ActionID = "yes"
	ActNo     ActionID = "no"
	// ActDiscard and ActStay answer what becomes of what was typed.
	ActDiscard ActionID = "discard"
	ActStay    ActionID = "stay"
	// ActUseName and ActOtherName answer the question of the user's name.
	ActUseName   ActionID = "use-name"
	ActOtherName ActionID = "other-name"
	// What becomes of several tickets.
	ActTogether ActionID = "together"
	ActApart    ActionID = "apart"
	// What becomes of a ticket that has a story.
	ActAnother ActionID = "another-story"
	ActGoTo    ActionID = "go-to-story"
)

// Marks, and a first start.
const (
	ActMark      ActionID = "mark"
	ActMarkRange ActionID = "mark-range"
	ActMarkAll   ActionID = "mark-all"
	ActConnect   ActionID = "add-integration"
	// ActSwitchIntegration turns an integration on or off.
	ActSwitchIntegration ActionID = "switch-integration"
)

// ActEditor lets the user write a text in an editor of their own.
const ActEditor ActionID = "editor"

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

// What becomes of a ticket of which no story is made.
const (
	ActDismiss    ActionID = "dismiss"
	ActDismissWhy ActionID = "dismiss-with-reason"
	ActSnooze     ActionID = "snooze"
	ActRestore    ActionID = "restore"
	// The answers to until when a ticket is snoozed.
	ActTomorrow   ActionID = "tomorrow"
	ActMonday     ActionID = "monday"
	ActWeek       ActionID = "in-a-week"
	ActUntilMoved ActionID = "until-it-changes"
	ActOtherDay   ActionID = "another-day"
)

// ActVerify compares stories with their tickets.
const ActVerify ActionID = "verify"

// ActSave saves a form.
const ActSave ActionID = "save"

// ActPreview shows the private comments that an action would send.
const ActPreview ActionID = "preview"

// ActToggle turns on or off what is selected: a task, a row of a picker.
const ActToggle ActionID = "toggle"
