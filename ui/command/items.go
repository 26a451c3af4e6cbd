package command

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/document"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
)

// actSend sends a comment.
const actSend intent.ActionID = "send"

// ItemActions are those on the selected story or ticket, in its detail too.
func ItemActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActBacklog, Scope: keymap.ScopeItem, Keys: keymap.Bind("b", "backlog", "b"), Group: keymap.GroupItem, Help: "move to the top of the Backlog; several in a row keep their order", Footer: 20},
		{ID: intent.ActIcebox, Scope: keymap.ScopeItem, Keys: keymap.Bind("i", "icebox", "i"), Group: keymap.GroupItem, Help: "move to the top of the Icebox; several in a row keep their order", Footer: 21},
		{ID: intent.ActBacklogEnd, Scope: keymap.ScopeItem, Keys: keymap.Bind("B", "backlog end", "B"), Group: keymap.GroupItem, Help: "move to the end of the Backlog"},
		{ID: intent.ActIceboxEnd, Scope: keymap.ScopeItem, Keys: keymap.Bind("I", "icebox end", "I"), Group: keymap.GroupItem, Help: "move to the end of the Icebox"},
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

// Decision is an action that puts the selected story or ticket into a column.
type Decision struct {
	keymap.Action
	To tracker.Place
}

// Decisions are the actions that decide into which column something goes, and whether
// to its top, below what was decided before it, or to its end.
func Decisions() []Decision {
	return []Decision{
		{Item(intent.ActBacklog), tracker.Place{Column: tracker.Backlog, Following: true}},
		{Item(intent.ActIcebox), tracker.Place{Column: tracker.Icebox, Following: true}},
		{Item(intent.ActBacklogEnd), tracker.Place{Column: tracker.Backlog, Bottom: true}},
		{Item(intent.ActIceboxEnd), tracker.Place{Column: tracker.Icebox, Bottom: true}},
	}
}

// Item is the record of an action on the selected story or ticket.
func Item(id intent.ActionID) keymap.Action { return keymap.Pick(ItemActions(), id) }

// DetailActions are those that the details of stories and tickets share.
func DetailActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActBack, Scope: keymap.ScopeDetail, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupScreens, Help: "go back to the board", Footer: 70},
		{ID: intent.ActRefresh, Scope: keymap.ScopeDetail, Keys: keymap.Bind("r", "refresh", "r"), Group: keymap.GroupView, Help: "refresh the story or the conversation"},
		{ID: intent.ActMove, Scope: keymap.ScopeDetail, Keys: keymap.Bind("m", "move", "m"), Group: keymap.GroupItem, Help: "move anywhere on the board"},
		{ID: intent.ActNextItem, Scope: keymap.ScopeDetail, Keys: keymap.Bind("]", "next", "]"), Group: keymap.GroupMove, Help: "open the next ticket or story of the board"},
		{ID: intent.ActPrevItem, Scope: keymap.ScopeDetail, Keys: keymap.Bind("[", "previous", "["), Group: keymap.GroupMove, Help: "open the previous ticket or story of the board"},
		{ID: intent.ActNextStop, Scope: keymap.ScopeStops, Keys: keymap.Bind("tab", "next", "tab"), Group: keymap.GroupMove, Help: "go to the next field or link"},
		{ID: intent.ActPrevStop, Scope: keymap.ScopeStops, Keys: keymap.Bind("shift+tab", "previous", "shift+tab"), Group: keymap.GroupMove, Help: "go to the previous field or link"},
		{ID: intent.ActOpen, Scope: keymap.ScopeStops, Keys: keymap.Bind("enter", "open", "enter"), Group: keymap.GroupItem, Help: "edit the field or open the link", Footer: 5},
	}
}

// Detail is the record of an action that the details share.
func Detail(id intent.ActionID) keymap.Action { return keymap.Pick(DetailActions(), id) }

// Beside are the records of the actions that lead from a detail to that of the row
// beside on the board.
func Beside[P any](host func(P) *pane.Host) []pane.Action[P] {
	leads := func(id intent.ActionID, by int) pane.Action[P] {
		return pane.On(Detail(id), func(p P) tea.Cmd { return host(p).GoTo(intent.OpenBeside{By: by}) })
	}
	return []pane.Action[P]{leads(intent.ActNextItem, 1), leads(intent.ActPrevItem, -1)}
}

// Stop is the record of an action that moves the cursor in a detail's document.
func Stop[P any](id intent.ActionID, doc func(P) *document.Document) pane.Action[P] {
	return pane.On(Detail(id), func(p P) tea.Cmd {
		doc(p).Handle(intent.Act{ID: id})
		return nil
	})
}

// ComposerActions are those of a comment that is being written, and of its preview.
func ComposerActions() []keymap.Action {
	return []keymap.Action{
		{ID: actSend, Scope: keymap.ScopeComposer, Keys: keymap.Bind("ctrl+s", "send", "ctrl+s"), Group: keymap.GroupText, Help: "send the comment", Footer: 1},
		{ID: intent.ActPreview, Scope: keymap.ScopeComposer, Keys: keymap.Bind("ctrl+y", "preview", "ctrl+y"), Group: keymap.GroupText, Help: "preview the private comment", Footer: 4},
		{ID: actAttach, Scope: keymap.ScopeComposer, Keys: keymap.Bind("ctrl+t", "attach", "ctrl+t"), Group: keymap.GroupText, Help: "attach a file to the comment, or leave the attached ones out", Footer: 5},
		closePreview(),
		{ID: intent.ActEditor, Scope: keymap.ScopeComposer, Keys: keymap.Bind("ctrl+o", "editor", "ctrl+o"), Group: keymap.GroupText, Help: "edit in $VISUAL or $EDITOR", Footer: 2},
		leaveComposer(),
	}
}

// DescriptionActions are those of a description that is being written.
func DescriptionActions() []keymap.Action {
	const scope = keymap.ScopeDescription
	return []keymap.Action{
		{ID: intent.ActSave, Scope: scope, Keys: keymap.Bind("ctrl+s", "save", "ctrl+s"), Group: keymap.GroupText, Help: "save the description", Footer: 1},
		{ID: intent.ActEditor, Scope: scope, Keys: keymap.Bind("ctrl+o", "editor", "ctrl+o"), Group: keymap.GroupText, Help: "write it in $VISUAL or $EDITOR", Footer: 2},
		{ID: intent.ActBack, Scope: scope, Keys: keymap.Bind("esc", "leave", "esc"), Group: keymap.GroupText, Help: "close the editor", Footer: 3},
	}
}

// closePreview and leaveComposer are the records of the same key in two scopes.
func closePreview() keymap.Action {
	return keymap.Action{ID: intent.ActBack, Scope: keymap.ScopePreview, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupText, Help: "go back", Footer: 1}
}

func leaveComposer() keymap.Action {
	return keymap.Action{ID: intent.ActBack, Scope: keymap.ScopeComposer, Keys: keymap.Bind("esc", "save the draft", "esc"), Group: keymap.GroupText, Help: "save the draft and go back", Footer: 3}
}
