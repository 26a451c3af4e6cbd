package board

import "storydesk/ui/present"

// cannotLink says why no story can be linked to a ticket.
func (b *Board) cannotLink() string {
	if len(present.ActivePanels(b.integrations)) == 0 {
		return "no integration is on, so no ticket can be linked"
	}
	return ""
}
