package ticket

import (
	"bytes"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
)

// detailed is a ticket with all that can be told of it. Some of it is made to hurt a
// terminal.
func detailed(now time.Time) (shownTicket, tracker.TicketDetail, *tracker.Conversation) {
	hour := func(n int) time.Time { return now.Add(-time.Duration(n) * time.Hour) }
	t := tracker.Ticket{
		TicketKey: tracker.TicketKey{ID: 1042}, Subject: "Export is \x1b[31mempty", Status: tracker.TicketOpen, Priority: "urgent", Requester: "Noah Whitlock",
		Organization: "Bellwether", Tags: []string{"export"}, URL: "https://acme.zendesk.com/agent/tickets/1042", Description: "It is empty.",
		CreatedAt: hour(9), UpdatedAt: hour(1), SLA: tracker.SLA{Told: true, Metric: "first_reply_time", BreachAt: now.Add(time.Hour)},
	}
	stories := []tracker.StoryRef{{ID: 1, Name: "Export", State: tracker.Started, Owners: []string{"Ada"}}}
	delivered := hour(3)
	d := tracker.TicketDetail{
		Ticket: t, Stories: stories, Unread: true,
		Deliveries: []tracker.Delivery{{ID: 7, StoryID: 1, Ticket: t.TicketKey, Kind: tracker.KindState, State: tracker.DeliverySent, CreatedAt: hour(4), DeliveredAt: &delivered}},
		Events:     []tracker.TicketEvent{{Ticket: t.TicketKey, Kind: tracker.EventComment, Author: "Noah Whitlock", Role: "end-user", Public: true, Text: "Any news?", At: hour(2)}},
	}
	said := &tracker.Conversation{Older: true, Comments: []tracker.TicketComment{
		{
			ID: 11, Author: "Noah Whitlock", Role: "end-user", Public: true, CreatedAt: hour(9), Text: "It is\x1b[2J empty. \u202etxt.exe",
			HTML: `<p>It is` + "\x1b[2J" + ` empty, see <a href="https://acme.example/log">the log</a>.</p>`, Cut: true,
			Attachments: []tracker.Attachment{{Name: "log\n.txt", Size: 2100, URL: "https://acme.example/log.txt"}},
		},
		{ID: 12, Role: "agent", CreatedAt: hour(1), Text: "Ask <mobile> first."},
	}}
	return shownTicket{tracker.TicketRow{Ticket: t, Stories: stories, Unread: true}, "Support"}, d, said
}

func TestGoldenTicketAsJSON(t *testing.T) {
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	shown, d, said := detailed(now)
	var out bytes.Buffer
	if err := (output.Printer{Out: &out}).JSON(recordTicketDetail(shown, d, said, now)); err != nil {
		t.Fatal(err)
	}
	golden.RequireEqual(t, out.Bytes())
}

func TestGoldenConversationForPeople(t *testing.T) {
	local := time.Local
	time.Local = time.UTC
	defer func() { time.Local = local }()
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	shown, d, said := detailed(now)
	var out bytes.Buffer
	if err := (output.Printer{Out: &out}).Text(ticketSheet(shown, d, said, now, nil).String()); err != nil {
		t.Fatal(err)
	}
	golden.RequireEqual(t, out.Bytes())
}

// A conversation that is here whole begins with the ticket's text, which is not
// shown twice.
func TestTheDescriptionIsShownOnce(t *testing.T) {
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	shown, _, said := detailed(now)
	whole, chat := *said, *said
	whole.Older, chat.Older, chat.Problem = false, false, "The messages of this chat could not be read."
	for name, c := range map[string]struct {
		said *tracker.Conversation
		want bool
	}{"not read": {nil, true}, "the newer part": {said, true}, "whole": {&whole, false}, "no comments": {&tracker.Conversation{}, true}, "a chat without its messages": {&chat, true}} {
		if got := description(shown, c.said) != ""; got != c.want {
			t.Errorf("%s: shown %v", name, got)
		}
	}
}
