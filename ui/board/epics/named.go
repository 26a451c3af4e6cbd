package epics

import "storydesk/ui/intent"

// Named says what an action of the board does where epics have the focus, empty for those
// that do the same as everywhere.
func Named(id intent.ActionID) (brief, help string) {
	switch id {
	case intent.ActOpen:
		return "stories", "show the epic's stories"
	case intent.ActNew:
		return "new epic", "a new epic at the end"
	case intent.ActMoveDown:
		return "move down", "move the epic down"
	case intent.ActMoveUp:
		return "move up", "move the epic up"
	case intent.ActEdit:
		return "edit epic", "edit the epic's name, label or description"
	case intent.ActDelete:
		return "delete epic", "delete the epic; its label stays on stories"
	default:
		return "", ""
	}
}
