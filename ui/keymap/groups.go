package keymap

import "slices"

// The headings of help and the documentation.
const (
	GroupMove    = "Move around"
	GroupItem    = "Tickets and stories"
	GroupOwn     = "Your commands"
	GroupView    = "Display"
	GroupScreens = "Screens"
	GroupProgram = "Program"
	GroupText    = "Text, forms and questions"
)

// Groups are the headings in the order of help and documentation.
func Groups() []string {
	return []string{GroupItem, GroupOwn, GroupMove, GroupView, GroupScreens, GroupProgram, GroupText}
}

// GroupOrder is the place of a heading among them.
func GroupOrder(group string) int {
	return slices.Index(Groups(), group)
}
