package ui

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/board"
	"storydesk/ui/command"
	"storydesk/ui/deliveries"
	"storydesk/ui/dialog"
	"storydesk/ui/find"
	"storydesk/ui/importing"
	"storydesk/ui/integrations"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/labels"
	"storydesk/ui/links"
	"storydesk/ui/messages"
	"storydesk/ui/newstory"
	"storydesk/ui/pane"
	"storydesk/ui/planning"
	"storydesk/ui/report"
	"storydesk/ui/story"
	"storydesk/ui/ticket"
)

// actRedo does again what was undone.
const actRedo intent.ActionID = "redo"

// actions is the table of all actions. Keys, footer, help, palette and the
// documentation's key table come from it.
func actions() []keymap.Action {
	return keymap.Join(
		command.ItemActions(), command.TicketActions(), board.Actions(), keymap.ListActions(), globalActions().Table(), board.WelcomeActions(), board.MoveActions(), dialog.Actions(), command.SnoozeActions(),
		story.DetailActions(), ticket.ConversationActions(), integrations.IntegrationActions(), integrations.SignInActions(), keysActions(),
		story.EditActions(), dialog.PickerActions(), integrations.FormActions(), newstory.Actions(), deliveries.Actions(), links.Actions(), find.Actions(), importing.Actions(), report.Actions(), labels.Actions(),
	)
}

// defaultKeys are the keys of all actions as the table has them.
func defaultKeys() keymap.Keys { return keymap.Defaults(actions()) }

// ReadKeys reads what [keymap.Setting] stores. What does not fit this program, such as
// an action of another version, is left out and listed in problems.
func ReadKeys(kept string) (k keymap.Keys, problems []error) { return keymap.Read(actions(), kept) }

// globalActions work on every screen.
func globalActions() pane.Actions[*app] {
	const global, always = keymap.ScopeGlobal, keymap.ScopeAlways
	return pane.Actions[*app]{
		pane.On(keymap.Action{ID: intent.ActUndo, Scope: global, Keys: keymap.Bind("u", "undo", "u"), Group: keymap.GroupItem, Help: "undo the last change"},
			func(a *app) tea.Cmd {
				takeBack(a.Commands, takingBack{"Undo", a.Service.Stories.Undo}, false)
				return nil
			}),
		pane.On(keymap.Action{ID: actRedo, Scope: global, Keys: keymap.Bind("ctrl+r", "redo", "ctrl+r"), Group: keymap.GroupItem, Help: "redo the change that was undone"},
			func(a *app) tea.Cmd {
				takeBack(a.Commands, takingBack{"Redo", a.Service.Stories.Redo}, false)
				return nil
			}),
		pane.Unless(keymap.Action{ID: intent.ActDeliveries, Scope: global, Keys: keymap.Bind("d", "deliveries", "d"), Group: keymap.GroupScreens, Help: "show the private comments sent to tickets"},
			opened[*deliveries.Pane]("deliveries are already open"), func(a *app) tea.Cmd {
				return pane.OpenOnce(a.Host, func() *deliveries.Pane { return deliveries.New(a.Host, a.Service.deliveries()) })
			}),
		pane.Unless(keymap.Action{ID: intent.ActFind, Scope: global, Keys: keymap.Bind("ctrl+f", "search", "ctrl+f"), Group: keymap.GroupScreens, Help: "search stories with their comments and tasks, and tickets"},
			opened[*find.Pane]("the search is already open"), func(a *app) tea.Cmd {
				return pane.OpenOnce(a.Host, func() *find.Pane { return find.New(a.Commands, a.Service.find()) })
			}),
		pane.Unless(keymap.Action{ID: "figures", Scope: global, Keys: keymap.Bind("ctrl+g", "figures", "ctrl+g"), Group: keymap.GroupScreens, Help: "show velocity, cycle time, burn-ups and other figures"},
			opened[*report.Pane]("figures are already open"), func(a *app) tea.Cmd {
				return pane.OpenOnce(a.Host, func() *report.Pane { return report.New(a.Host, a.Service.report()) })
			}),
		pane.Unless(keymap.Action{ID: "labels", Scope: global, Keys: keymap.Bind("N", "labels", "N"), Group: keymap.GroupScreens, Help: "rename, merge and delete the labels of stories"},
			opened[*labels.Pane]("labels are already open"), func(a *app) tea.Cmd {
				return pane.OpenOnce(a.Host, func() *labels.Pane { return labels.New(a.Commands, a.Service.labels()) })
			}),
		pane.On(keymap.Action{ID: "people", Scope: global, Keys: keymap.Bind("Q", "people", "Q"), Group: keymap.GroupScreens, Help: "add, rename, merge and remove people"},
			func(a *app) tea.Cmd { return command.PickPerson(a.Commands) }),
		pane.Unless(keymap.Action{ID: intent.ActIntegrations, Scope: global, Keys: keymap.Bind(",", "integrations", ","), Group: keymap.GroupScreens, Help: "add, edit, test and remove integrations"},
			opened[*integrations.Pane]("integrations are already open"), func(a *app) tea.Cmd {
				return pane.OpenOnce(a.Host, func() *integrations.Pane { return integrations.New(a.Commands, a.Service.integrations()) })
			}),
		pane.On(keymap.Action{ID: intent.ActProject, Scope: global, Keys: keymap.Bind("P", "project", "P"), Group: keymap.GroupScreens, Help: "open another project"},
			(*app).readProjects),
		pane.On(keymap.Action{ID: "project-settings", Scope: global, Keys: keymap.Bind("C", "project settings", "C"), Group: keymap.GroupScreens, Help: "change the project's iterations, points and other settings"},
			func(a *app) tea.Cmd { return planning.Open(a.Host, a.Service.Projects) }),
		pane.On(keymap.Action{ID: "by-number", Scope: global, Keys: keymap.Bind("#", "by number", "#"), Group: keymap.GroupMove, Help: "open any ticket or story by its number"},
			func(a *app) tea.Cmd { return a.opener.ask() }),
		pane.Unless(keymap.Action{ID: "import", Scope: global, Keys: keymap.Bind("ctrl+o", "import", "ctrl+o"), Group: keymap.GroupScreens, Help: "import a project from Pivotal Tracker or another table"},
			opened[*importing.Pane]("the import is already open"), func(a *app) tea.Cmd {
				return pane.OpenOnce(a.Host, func() *importing.Pane { return importing.New(a.Host, a.Service.importing()) })
			}),
		pane.Unless(keymap.Action{ID: "log", Scope: global, Keys: keymap.Bind("!", "log", "!"), Group: keymap.GroupScreens, Help: "show past messages"},
			(*app).noMessages, func(a *app) tea.Cmd { return a.Open(messages.NewList(a.Host), pane.Overlay) }),
		pane.On(keymap.Action{ID: intent.ActPalette, Scope: global, Keys: keymap.Bind(":", "palette", ":", "ctrl+p"), Group: keymap.GroupScreens, Help: "find an action by its name"},
			func(a *app) tea.Cmd { return a.Open(a.guide().palette(), pane.Overlay) }),
		pane.On(keymap.Action{ID: intent.ActHelp, Scope: global, Keys: keymap.Bind("?", "help", "?"), Group: keymap.GroupScreens, Help: "all keys, those that work here first", Footer: 90},
			func(a *app) tea.Cmd { return a.Open(a.guide().help(), pane.Overlay) }),
		pane.On(keymap.Action{ID: intent.ActRefreshAll, Scope: global, Keys: keymap.Bind("R", "refresh all", "R"), Group: keymap.GroupView, Help: "refresh all views"},
			func(a *app) tea.Cmd { return a.board.RefreshAll() }),
		pane.On(keymap.Action{ID: intent.ActMouse, Scope: global, Keys: keymap.Bind("M", "mouse", "M"), Group: keymap.GroupProgram, Help: "turn the mouse on or off, to select text"},
			func(a *app) tea.Cmd { a.choices.toggleMouse(); return nil }),
		pane.On(keymap.Action{ID: intent.ActSettings, Scope: global, Keys: keymap.Bind("O", "settings", "O"), Group: keymap.GroupProgram, Help: "change theme, motion and other settings"},
			func(a *app) tea.Cmd { return a.choices.readAll() }),
		pane.On(keymap.Action{ID: actKeys, Scope: global, Keys: keymap.Bind("ctrl+k", "keys", "ctrl+k"), Group: keymap.GroupProgram, Help: "change keys"},
			func(a *app) tea.Cmd { return a.choices.openKeys() }),
		pane.On(keymap.Action{ID: intent.ActQuit, Scope: global, Keys: keymap.Bind("q", "quit", "q"), Group: keymap.GroupProgram, Help: "send what is waiting and quit; twice: quit now"},
			func(a *app) tea.Cmd { return a.ending.quit() }),
		pane.On(keymap.Action{ID: intent.ActLeave, Scope: always, Keys: keymap.Bind("ctrl+c", "quit", "ctrl+c"), Group: keymap.GroupProgram, Help: "quit, even from a text field"},
			func(a *app) tea.Cmd { return a.ending.quit() }),
		pane.On(keymap.Action{ID: "suspend", Scope: always, Keys: keymap.Bind("ctrl+z", "suspend", "ctrl+z"), Group: keymap.GroupProgram, Help: "suspend to the shell; fg returns"},
			func(a *app) tea.Cmd { return a.ending.suspend() }),
	}
}

// opened refuses to open the screen that is in front.
func opened[P pane.Pane](why string) func(*app) string {
	return func(a *app) string {
		if pane.InFront[P](a.Host) {
			return why
		}
		return ""
	}
}

func (a *app) noMessages() string {
	if len(a.Toasts.Log) == 0 {
		return "no messages yet"
	}
	return ""
}

// guide lists what can be done.
func (a *app) guide() guide { return guide{a.Host, a.disabled, a.perform} }
