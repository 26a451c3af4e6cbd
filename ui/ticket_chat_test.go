package ui_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/uitest"
)

func TestARowNamesTheChannelOfAChat(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{200, 50}, {120, 40}, {80, 24}} {
		w := newWorld(t).WithTickets(append(uitest.Usual(), uitest.Chat())...).Start(size[0], size[1])
		row := w.Row("1050")
		if !strings.Contains(row, " chat ") || !strings.Contains(row, "Conv") {
			t.Errorf("at %d columns: %q", size[0], row)
		}
		if strings.Contains(w.Row("1039"), " chat ") {
			t.Errorf("at %d columns: %q", size[0], w.Row("1039"))
		}
	}
}

func TestTheDetailOfAChat(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(append(uitest.Usual(), uitest.Chat())...)
	w.Account.Conversations[1050] = []tracker.TicketComment{{ID: 1, Author: "Sam", Text: "Conversation with Web User", Public: true, CreatedAt: uitest.Now().Add(-time.Hour)}}
	w.Account.Logs = map[tracker.TicketID][]tracker.TicketComment{1050: {
		{ID: -2, Author: "Helper", Role: "bot", Text: "Which file?", Public: true, CreatedAt: uitest.Now().Add(-50 * time.Minute)},
		{ID: -3, Author: "Sam", Role: "end-user", Text: "The export of March.", Public: true, CreatedAt: uitest.Now().Add(-40 * time.Minute)},
		{ID: 1, Author: "Sam", HTML: "<p>Conversation with Web User</p>", Public: true, CreatedAt: uitest.Now().Add(-time.Hour)},
	}}
	w.Start(120, 40).ticketDetail(1050)
	for _, text := range []string{"status open (With engineering)", "by chat", "Conversation 3", "Helper · bot", "The export of March."} {
		w.See(text)
	}
}

func TestAChatThatCannotBeReadSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(append(uitest.Usual(), uitest.Chat())...)
	w.Account.Conversations[1050] = usualComments()
	w.Account.LogErr = tracker.Errorf(tracker.CodeForbidden, "no")
	w.Start(120, 40).ticketDetail(1050)
	w.See("Zendesk does not let this user read the messages of this")
	w.See("Open the ticket in Zendesk:")
	w.See("We are looking.")
	if strings.Contains(w.Screen(), "reads older comments") {
		t.Error("older comments are offered where there are none")
	}
	w.See("We are looking.")
}
