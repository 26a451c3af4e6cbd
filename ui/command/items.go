package command

import (
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// ItemActions are those on the selected story or ticket, in its detail too.
func ItemActions() []keymap.Action {
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

// Item is the record of an action on the selected story or ticket.
func Item(id intent.ActionID) keymap.Action { return keymap.Pick(ItemActions(), id) }
