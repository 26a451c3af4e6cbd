package ui

import (
	"storydesk/ui/board"
	"storydesk/ui/command"
	"storydesk/ui/deliveries"
	"storydesk/ui/dialog"
	"storydesk/ui/integrations"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/links"
	"storydesk/ui/story"
	"storydesk/ui/ticket"
)

// actions is the table of all actions. Keys, footer, help, palette and the
// README's key table come from it.
func actions() []keymap.Action {
	return keymap.Join(
		command.ItemActions(), board.Actions(), keymap.ListActions(), globalActions(), board.WelcomeActions(), board.MoveActions(), dialog.Actions(),
		story.DetailActions(), ticket.ConversationActions(), integrations.IntegrationActions(), integrations.SignInActions(), keysActions(),
		story.EditActions(), dialog.PickerActions(), integrations.FormActions(), deliveries.Actions(), links.Actions(),
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
