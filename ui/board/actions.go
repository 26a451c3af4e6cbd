package board

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/dividers"
	"storydesk/ui/board/iterations"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
)

// Actions of the board that its sentences name too.
const (
	actRight      intent.ActionID = "focus-right"
	actLeft       intent.ActionID = "focus-left"
	actUnfold     intent.ActionID = "unfold"
	actHideLinked intent.ActionID = "hide-linked"
	actSandbox    intent.ActionID = "sandbox"
)

// Actions are those of the board while something is shown on it.
func Actions() []keymap.Action { return shownActions().Table() }

// MoveActions are those while something is being moved.
func MoveActions() []keymap.Action { return moveActions().Table() }

// WelcomeActions are those of a first start.
func WelcomeActions() []keymap.Action { return welcomeActions().Table() }

// actions are all of the board's.
func actions() pane.Actions[*Board] {
	return slices.Concat(shownActions(), welcomeActions(), moveActions(), pane.Actions[*Board]{
		// A second click on the place of the drop line drops there.
		pane.On(keymap.Action{ID: intent.ActOpen, Scope: keymap.ScopeMove}, func(b *Board) tea.Cmd { return b.picker.drop() }),
	})
}

func shownActions() pane.Actions[*Board] {
	return slices.Concat(focusActions(), boardActions(), itemActions(), asideActions(), cursorActions())
}

func boardActions() pane.Actions[*Board] {
	const scope = keymap.ScopeBoard
	return pane.Actions[*Board]{
		item{Action: keymap.Action{ID: intent.ActOpen, Scope: scope, Keys: keymap.Bind("enter", "open", "enter"), Group: keymap.GroupItem, Help: "open the ticket or story", Footer: 30},
			stories: (*storyActions).open, ticket: (*ticketActions).open, epic: storiesOfEpic}.record(),
		item{Action: keymap.Action{ID: intent.ActMove, Scope: scope, Keys: keymap.Bind("m", "move", "m"), Group: keymap.GroupItem, Help: "move anywhere on the board", Footer: 22},
			cannotStories: cannot(tracker.Move), do: func(b *Board) tea.Cmd { return b.picker.pickSelected() }}.record(),
		item{Action: keymap.Action{ID: actUnfold, Scope: scope, Keys: keymap.Bind("z", "in place", "z"), Group: keymap.GroupItem, Help: "open or close the story under its row"},
			stories: (*storyActions).unfold, linked: true}.record(),
		item{Action: keymap.Action{ID: intent.ActMoveDown, Scope: scope, Keys: keymap.Bind("J", "move down", "J"), Group: keymap.GroupItem, Help: "move the story down"},
			stories: reorder(1), cannotStories: cannotReorder(1), cannotTicket: (*ticketActions).noStory, epic: moveEpic(1)}.record(),
		item{Action: keymap.Action{ID: intent.ActMoveUp, Scope: scope, Keys: keymap.Bind("K", "move up", "K"), Group: keymap.GroupItem, Help: "move the story up"},
			stories: reorder(-1), cannotStories: cannotReorder(-1), cannotTicket: (*ticketActions).noStory, epic: moveEpic(-1)}.record(),
		pane.On(keymap.Action{ID: intent.ActNew, Scope: scope, Keys: keymap.Bind("n A", "new story", "n", "A"), Group: keymap.GroupItem, Help: "a new story where the cursor is", Footer: 60},
			create),
		pane.On(keymap.Action{ID: intent.ActFilter, Scope: scope, Keys: keymap.Bind("/", "filter", "/"), Group: keymap.GroupView, Help: "filter the rows", Footer: 50},
			func(b *Board) tea.Cmd { return b.filters.ask() }),
		pane.On(keymap.Action{ID: intent.ActBack, Scope: scope, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupMove, Help: "clear filter, clear marks, or stop loading"},
			(*Board).back),
		pane.On(keymap.Action{ID: actRight, Scope: scope, Keys: keymap.Bind("l →", "right", "l", "right"), Group: keymap.GroupMove, Help: "go to the pane on the right"},
			func(b *Board) tea.Cmd { return b.viewer.step(1, false) }),
		pane.On(keymap.Action{ID: actLeft, Scope: scope, Keys: keymap.Bind("h ←", "left", "h", "left"), Group: keymap.GroupMove, Help: "go to the pane on the left"},
			func(b *Board) tea.Cmd { return b.viewer.step(-1, false) }),
		pane.On(keymap.Action{ID: "focus-next", Scope: scope, Keys: keymap.Bind("tab", "next pane", "tab"), Group: keymap.GroupMove, Help: "go to the next pane"},
			func(b *Board) tea.Cmd { return b.viewer.step(1, true) }),
		pane.On(keymap.Action{ID: "focus-previous", Scope: scope, Keys: keymap.Bind("shift+tab", "previous pane", "shift+tab"), Group: keymap.GroupMove, Help: "go to the previous pane"},
			func(b *Board) tea.Cmd { return b.viewer.step(-1, true) }),
		pane.Unless(keymap.Action{ID: "next-panel", Scope: scope, Keys: keymap.Bind("]", "next panel", "]"), Group: keymap.GroupView, Help: "show the next integration's tickets"},
			func(b *Board) string { return b.panel.cannotTurn() }, func(b *Board) tea.Cmd { return b.viewer.turnPanel(1) }),
		pane.Unless(keymap.Action{ID: "previous-panel", Scope: scope, Keys: keymap.Bind("[", "previous panel", "["), Group: keymap.GroupView, Help: "show the previous integration's tickets"},
			func(b *Board) string { return b.panel.cannotTurn() }, func(b *Board) tea.Cmd { return b.viewer.turnPanel(-1) }),
		pane.On(keymap.Action{ID: actHideLinked, Scope: scope, Keys: keymap.Bind("H", "linked", "H"), Group: keymap.GroupView, Help: "show or hide tickets that have a story"},
			func(b *Board) tea.Cmd { b.viewer.toggleLinked(); return nil }),
		pane.Unless(keymap.Action{ID: "hide-tickets", Scope: scope, Keys: keymap.Bind("t", "tickets pane", "t"), Group: keymap.GroupView, Help: "show or hide the Tickets pane"},
			func(b *Board) string { return b.columns.CannotHide(intent.PaneTickets) }, func(b *Board) tea.Cmd { return b.viewer.toggle(intent.PaneTickets) }),
		pane.Unless(keymap.Action{ID: "hide", Scope: scope, Keys: keymap.Bind("w", "hide pane", "w"), Group: keymap.GroupView, Help: "hide this pane; its key shows it again"},
			func(b *Board) string { return b.columns.CannotHide(b.columns.View.Focus) }, func(b *Board) tea.Cmd { return b.viewer.hide(b.columns.View.Focus) }),
		pane.Unless(keymap.Action{ID: "sort", Scope: scope, Keys: keymap.Bind("S", "sort", "S"), Group: keymap.GroupView, Help: "sort the tickets, or Demand"},
			func(b *Board) string { return b.viewer.cannotSort() }, func(b *Board) tea.Cmd { return b.viewer.sort() }),
		pane.Unless(keymap.Action{ID: intent.ActVelocity, Scope: scope, Keys: keymap.Bind("T", "velocity", "T"), Group: keymap.GroupView, Help: "try another velocity, for yourself alone"},
			func(b *Board) string { return iterations.CannotTry(b.Plan) }, func(b *Board) tea.Cmd { return iterations.AskVelocity(b.Host, b.reader.tryVelocity) }),
		pane.Unless(keymap.Action{ID: "narrower", Scope: scope, Keys: keymap.Bind("<", "narrower", "<"), Group: keymap.GroupView, Help: "make this pane narrower"},
			noDivider, divided(func(d *dividers.Dividers) { d.Resize(-dividers.Step) })),
		pane.Unless(keymap.Action{ID: "wider", Scope: scope, Keys: keymap.Bind(">", "wider", ">"), Group: keymap.GroupView, Help: "make this pane wider"},
			noDivider, divided(func(d *dividers.Dividers) { d.Resize(dividers.Step) })),
		pane.Unless(keymap.Action{ID: "even", Scope: scope, Keys: keymap.Bind("=", "even", "="), Group: keymap.GroupView, Help: "give all panes the same width"},
			noDivider, divided((*dividers.Dividers).EvenOut)),
		pane.On(keymap.Action{ID: "preview-pane", Scope: scope, Keys: keymap.Bind("W", "preview", "W"), Group: keymap.GroupView, Help: "show or hide the preview of the selected row"},
			func(b *Board) tea.Cmd { b.viewer.togglePreview(); return nil }),
		pane.Unless(keymap.Action{ID: "preview-down", Scope: scope, Keys: keymap.Bind("ctrl+e", "preview down", "ctrl+e"), Group: keymap.GroupView, Help: "scroll the preview down"},
			noPreview, scrolls(1)),
		pane.Unless(keymap.Action{ID: "preview-up", Scope: scope, Keys: keymap.Bind("ctrl+y", "preview up", "ctrl+y"), Group: keymap.GroupView, Help: "scroll the preview up"},
			noPreview, scrolls(-1)),
		pane.On(keymap.Action{ID: intent.ActRefresh, Scope: scope, Keys: keymap.Bind("r", "refresh", "r"), Group: keymap.GroupView, Help: "refresh this view"},
			(*Board).refresh),
		pane.Unless(keymap.Action{ID: intent.ActContinue, Scope: scope, Keys: keymap.Bind("+", "load more", "+"), Group: keymap.GroupView, Help: "load the rest of a partial view"},
			func(b *Board) string { return b.panel.cannotLoadMore() }, func(b *Board) tea.Cmd { return b.panel.loadMore() }),
		item{Action: keymap.Action{ID: intent.ActMark, Scope: scope, Keys: keymap.Bind("space", "mark", "space"), Group: keymap.GroupItem, Help: "mark the row, to act on several"},
			do: marks(intent.ActMark)}.record(),
		item{Action: keymap.Action{ID: intent.ActMarkRange, Scope: scope, Keys: keymap.Bind("v", "mark range", "v"), Group: keymap.GroupItem, Help: "mark rows from the last mark to here"},
			do: marks(intent.ActMarkRange)}.record(),
		item{Action: keymap.Action{ID: intent.ActMarkAll, Scope: scope, Keys: keymap.Bind("ctrl+a", "mark all", "ctrl+a"), Group: keymap.GroupItem, Help: "mark all visible rows"},
			do: marks(intent.ActMarkAll)}.record(),
	}
}

// moveActions are those while something is being moved, the last one while the mouse
// moves it.
func moveActions() pane.Actions[*Board] {
	const scope = keymap.ScopeMove
	return pane.Actions[*Board]{
		pane.On(keymap.Action{ID: intent.ActDown, Scope: scope, Keys: keymap.Bind("j ↓", "down", "j", "down"), Group: keymap.GroupMove, Help: "lower the drop line"},
			func(b *Board) tea.Cmd { b.mover.Step(1); return nil }),
		pane.On(keymap.Action{ID: intent.ActUp, Scope: scope, Keys: keymap.Bind("k ↑", "up", "k", "up"), Group: keymap.GroupMove, Help: "raise the drop line"},
			func(b *Board) tea.Cmd { b.mover.Step(-1); return nil }),
		pane.On(keymap.Action{ID: intent.ActTop, Scope: scope, Keys: keymap.Bind("g home", "top", "g", "home"), Group: keymap.GroupMove, Help: "move the drop line to the top"},
			func(b *Board) tea.Cmd { b.mover.LineAtTop(); return nil }),
		pane.On(keymap.Action{ID: intent.ActBottom, Scope: scope, Keys: keymap.Bind("G end", "bottom", "G", "end"), Group: keymap.GroupMove, Help: "move the drop line to the end"},
			func(b *Board) tea.Cmd { b.mover.LineAtEnd(); return nil }),
		pane.On(keymap.Action{ID: actLeft, Scope: scope, Keys: keymap.Bind("h ←", "left", "h", "left"), Group: keymap.GroupMove, Help: "move the drop line to the Backlog"},
			func(b *Board) tea.Cmd { b.mover.LineIn(intent.PaneBacklog); return nil }),
		pane.On(keymap.Action{ID: actRight, Scope: scope, Keys: keymap.Bind("l →", "right", "l", "right"), Group: keymap.GroupMove, Help: "move the drop line to the Icebox"},
			func(b *Board) tea.Cmd { b.mover.LineIn(intent.PaneIcebox); return nil }),
		pane.On(keymap.Action{ID: "drop", Scope: scope, Keys: keymap.Bind("enter", "drops", "enter"), Group: keymap.GroupItem, Help: "drop here", Footer: 1},
			func(b *Board) tea.Cmd { return b.picker.drop() }),
		pane.On(keymap.Action{ID: intent.ActCancel, Scope: scope, Keys: keymap.Bind("esc", "cancels", "esc"), Group: keymap.GroupItem, Help: "cancel the move", Footer: 2},
			func(b *Board) tea.Cmd { b.mover.End(); return nil }),
		pane.On(keymap.Action{ID: intent.ActCancel, Scope: keymap.ScopeDrag, Keys: keymap.Bind("esc", "cancels", "esc"), Group: keymap.GroupItem, Help: "cancel the drag", Footer: 2},
			func(b *Board) tea.Cmd { b.mover.End(); return nil }),
	}
}

func welcomeActions() pane.Actions[*Board] {
	return pane.Actions[*Board]{
		pane.On(keymap.Action{ID: intent.ActConnect, Scope: keymap.ScopeWelcome, Keys: keymap.Bind("a", "add integration", "a"), Group: keymap.GroupScreens, Help: "add an integration", Footer: 1},
			func(b *Board) tea.Cmd { return b.GoTo(intent.NewIntegration{}) }),
		pane.On(keymap.Action{ID: intent.ActNew, Scope: keymap.ScopeWelcome, Keys: keymap.Bind("n", "write stories", "n"), Group: keymap.GroupItem, Help: "create stories without Zendesk", Footer: 3},
			func(b *Board) tea.Cmd { return b.creator.ask(b.empty()) }),
		pane.On(keymap.Action{ID: actSandbox, Scope: keymap.ScopeSandbox, Keys: keymap.Bind("d", "sandbox", "d"), Group: keymap.GroupScreens, Help: "explore with sample tickets", Footer: 2},
			func(b *Board) tea.Cmd { return b.GoTo(intent.OpenSandbox{}) }),
	}
}

// asideActions decide what becomes of tickets of which no story is made.
func asideActions() pane.Actions[*Board] {
	return command.AsideRecords(
		func(b *Board, id intent.ActionID) string { return b.onTickets.cannotAside(id) },
		func(b *Board) command.Aside { return b.onTickets.aside() })
}

// focusActions lead to the parts of the board.
func focusActions() pane.Actions[*Board] {
	parts := layout.Parts()
	list := make(pane.Actions[*Board], len(parts))
	for i, p := range parts {
		digit := strconv.Itoa(i + 1)
		a := keymap.Action{ID: layout.FocusAction(p.Name), Scope: keymap.ScopeBoard, Keys: keymap.Bind(digit, string(p.Name), digit), Group: keymap.GroupMove, Help: p.To}
		list[i] = pane.On(a, destination(p.Name).visit)
	}
	return list
}

// cursorActions move the cursor.
func cursorActions() pane.Actions[*Board] {
	table := keymap.ListActions()
	list := make(pane.Actions[*Board], len(table))
	for i, a := range table {
		list[i] = pane.On(a, func(b *Board) tea.Cmd { b.moveCursor(a.ID); return nil })
	}
	return list
}

// marks does an action that marks rows.
func marks(id intent.ActionID) func(*Board) tea.Cmd {
	return func(b *Board) tea.Cmd { b.selection.Mark(id); return nil }
}

// previewStep is how far a key scrolls the preview, in lines.
const previewStep = 3

// scrolls scrolls the preview by steps.
func scrolls(steps int) func(*Board) tea.Cmd {
	return func(b *Board) tea.Cmd { return b.previewer.scroll(steps * previewStep) }
}

func noPreview(b *Board) string { return b.previewer.cannotScroll() }

func noDivider(b *Board) string { return b.dividers.CannotDivide() }

// divided moves dividers and remembers where they stand.
func divided(move func(*dividers.Dividers)) func(*Board) tea.Cmd {
	return func(b *Board) tea.Cmd {
		move(b.dividers)
		b.rememberShares()
		return nil
	}
}

// destination is a part of the board that an action leads to.
type destination intent.PaneName

func (d destination) visit(b *Board) tea.Cmd { return b.viewer.visit(intent.PaneName(d)) }
