package ui_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/config"
	"storydesk/ui/uitest"
)

// A ticket that arrives and an urgent one that changes are announced once, as the config
// file says; what was there at the start is not.
func TestWhatHappensIsAnnounced(t *testing.T) {
	t.Parallel()
	tickets := uitest.Usual()
	tickets[1].Priority = "urgent"
	w := newWorld(t).WithTickets(tickets...)
	w.Options.Environ = append(w.Options.Environ, "TERM=foot")
	w.Options.Config = config.Config{Notifications: map[string]string{"new_ticket": "desktop", "urgent_change": "desktop"}}
	w.Start(120, 30)
	refresh := func() {
		t.Helper()
		w.Press("r")
		w.Idle()
	}
	refresh()
	if w.Raw != "" {
		t.Errorf("at the start %q was announced", w.Raw)
	}
	arrived := uitest.Ticket(1043, "new", time.Minute, "Cannot pay\x1b]0;owned\a by SEPA")
	w.Account.Change(func(list []tracker.Ticket) []tracker.Ticket {
		list[1].UpdatedAt = list[1].UpdatedAt.Add(time.Hour)
		arrived.Host, arrived.UpdatedAt = list[0].Host, arrived.CreatedAt
		return append([]tracker.Ticket{arrived}, list...)
	})
	refresh()
	w.Until("both are announced", func() bool { return w.Raw != "" })
	refresh()
	if want := "\x1b]777;notify;storydesk;1 new ticket, 1 urgent ticket changed: #1043 #1039\x1b\\"; w.Raw != want {
		t.Errorf("%q, want %q", w.Raw, want)
	}
	if strings.Contains(w.Frame(), "777;notify") {
		t.Error("it is in the frame")
	}
}

// Nothing is read and nothing announced unless that was asked for.
func TestNothingIsAnnouncedUnasked(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 30)
	w.Account.Change(func(list []tracker.Ticket) []tracker.Ticket {
		return append(list, uitest.Ticket(1043, "new", time.Minute, "Another"))
	})
	w.Press("r")
	w.See("#1043")
	w.Idle()
	if w.Raw != "" {
		t.Errorf("%q", w.Raw)
	}
}
