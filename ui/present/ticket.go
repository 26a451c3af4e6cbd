package present

import (
	"strings"

	"storydesk/ui/theme"
)

// ChannelWord names a channel for people: Zendesk's own messaging is a chat, too.
func ChannelWord(channel string) string {
	switch channel {
	case "", "native_messaging", "messaging", "chat":
		return "chat"
	}
	return strings.ReplaceAll(channel, "_", " ")
}

// SubjectOf is how a ticket's subject is written; one that is empty says so.
func SubjectOf(subject string) (theme.Role, string) {
	if strings.TrimSpace(subject) == "" {
		return theme.Muted, "(no subject)"
	}
	return theme.Text, Cell(subject)
}
