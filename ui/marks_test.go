package ui

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/theme"
)

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"": "", "…": "", "Ada Lovelace": "AL", "ada": "AD", "x": "X", "Ada Augusta King Lovelace": "AL",
		"grace.hopper@navy": "GN", "小林 一茶": "小一", "R2 D2": "RD",
	} {
		if got := initials(name); got != want {
			t.Errorf("initials(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestStatusMark(t *testing.T) {
	for status, want := range map[tracker.TicketStatus]string{
		tracker.TicketNew: "N", tracker.TicketHold: "H", "waiting on us": "W", "": "·", "\x1b]0;x\a": "·",
	} {
		if got, _ := statusMark(status); got != want {
			t.Errorf("statusMark(%q) = %q, want %q", status, got, want)
		}
	}
	seen := map[theme.Role]tracker.TicketStatus{}
	for _, s := range []tracker.TicketStatus{
		tracker.TicketNew, tracker.TicketOpen, tracker.TicketPending, tracker.TicketHold, tracker.TicketSolved, "else",
	} {
		_, role := statusMark(s)
		if other, taken := seen[role]; taken {
			t.Errorf("%s and %s have one colour", s, other)
		}
		seen[role] = s
	}
}
