package uitest

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// Size is a new size of the terminal.
func Size(w, h int) tea.Msg { return tea.WindowSizeMsg{Width: w, Height: h} }

// Key is the press of a key by its name.
func Key(name string) tea.KeyPressMsg {
	var k tea.KeyPressMsg
	bare := name
	for prefix, mod := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "shift+": tea.ModShift} {
		if rest, ok := strings.CutPrefix(bare, prefix); ok {
			bare, k.Mod = rest, mod
		}
	}
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"backspace": tea.KeyBackspace, "f5": tea.KeyF5,
	}
	if code, ok := special[bare]; ok {
		k.Code = code
		return k
	}
	k.Code = []rune(bare)[0]
	if k.Mod == 0 {
		k.Text = bare
	}
	return k
}

// Ticket is a ticket of a given age.
func Ticket(id tracker.TicketID, status tracker.TicketStatus, age time.Duration, subject string) tracker.Ticket {
	t := tracker.Ticket{Subject: subject, Status: status, Requester: "Sam", CreatedAt: Now().Add(-age)}
	t.ID = id
	return t
}

// Chat is a ticket that came by a channel of messages: they are in its log alone. Those
// of Usual say nothing of their channel.
func Chat() tracker.Ticket {
	t := Ticket(1050, tracker.TicketOpen, 2*time.Hour, "Conversation with Web User 7f31c2d09be4")
	t.Channel, t.Messaging, t.CustomStatus = "native_messaging", true, "With engineering"
	return t
}

// Usual are a handful of tickets as every account has them.
func Usual() []tracker.Ticket {
	return []tracker.Ticket{
		Ticket(1042, tracker.TicketNew, 2*time.Hour, "Login loops on SSO"),
		Ticket(1039, tracker.TicketOpen, 5*time.Hour, "Export CSV is empty"),
		Ticket(1031, tracker.TicketPending, 26*time.Hour, "Refund page 404"),
		Ticket(1028, tracker.TicketHold, 40*24*time.Hour, "The invoice shows the old address of our company"),
	}
}
