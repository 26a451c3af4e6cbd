package draw

import "storydesk/ui/theme"

// Run is sanitised text in one role.
type Run struct {
	Role theme.Role
	Text string
}
