package present

import (
	"strings"

	"storydesk/ui/theme"
)

// ChatChannel names the channel of a chat for people, such as "whatsapp": "chat" for
// Zendesk's own messaging, and where Zendesk does not name the channel.
func ChatChannel(channel string) string {
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
