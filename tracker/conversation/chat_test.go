package conversation_test

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/zendesk/sandbox"
)

// The chats of the sandbox's account.
const (
	webChat  tracker.TicketID = 1018
	whatsApp tracker.TicketID = 1020
)

func TestChatsAreKnownByTheirChannel(t *testing.T) {
	w := newWorld(t)
	list, err := w.Engine.Views.Tickets(t.Context(), w.In.ID)
	if err != nil {
		t.Fatal(err)
	}
	channels := map[tracker.TicketID]string{}
	for _, row := range list.Tickets {
		if row.Messaging {
			channels[row.ID] = row.Channel
		}
	}
	if len(channels) != 2 || channels[webChat] != "native_messaging" || channels[whatsApp] != "whatsapp" {
		t.Errorf("chats: %v", channels)
	}
}

func TestTheConversationOfAChatHasItsMessages(t *testing.T) {
	w := newWorld(t)
	said, err := w.Engine.Conversation.Read(t.Context(), w.In.ID, webChat, 1)
	if err != nil || said.Problem != "" || said.Older {
		t.Fatalf("%+v, %v", said, err)
	}
	var private, bot, customer int
	ids := map[int64]bool{}
	for i, c := range said.Comments {
		if i > 0 && c.CreatedAt.Before(said.Comments[i-1].CreatedAt) {
			t.Errorf("comment %d is older than the one before", i)
		}
		if ids[c.ID] {
			t.Errorf("%d came twice", c.ID)
		}
		ids[c.ID] = true
		switch {
		case !c.Public:
			private++
		case c.Role == "bot":
			bot++
		case c.Role == "end-user" && strings.Contains(c.Text, "Google Play"):
			customer++
		}
	}
	if private != 1 || bot != 1 || customer != 1 || len(said.Comments) != 8 {
		t.Errorf("%d private, %d of a bot, %d of the customer among %d", private, bot, customer, len(said.Comments))
	}
}

func TestAStoryOfAChatTellsWhatWasSaid(t *testing.T) {
	w := newWorld(t)
	st := w.described(w.Story(webChat))
	for _, part := range []string{"Chào bạn", "Brightwharf Assistant: Which device", "Lenovo TB-X606", "[tablet.jpg]"} {
		if !strings.Contains(st.Description, part) {
			t.Errorf("%q is not in %q", part, st.Description)
		}
	}
	for _, part := range []string{"Conversation with Web User", "Asked the mobile team"} {
		if strings.Contains(st.Description, part) {
			t.Errorf("%q is in %q", part, st.Description)
		}
	}
}

// Where the log cannot be read, everything else is there, and it is said.
func TestAChatWhoseLogCannotBeRead(t *testing.T) {
	for answer, want := range map[string]string{
		"forbidden-page": "does not let this user read the messages", "invalid-endpoint": "has no conversation log", "record-not-found": "has no conversation log", "server-error": "could not be read",
	} {
		w := newWorld(t)
		if err := w.Sandbox.AddFaults(sandbox.Fault{Path: "/tickets/*/conversation_log", Times: -1, Answer: answer}); err != nil {
			t.Fatal(err)
		}
		said, err := w.Engine.Conversation.Read(t.Context(), w.In.ID, whatsApp, 1)
		if err != nil || !strings.Contains(said.Problem, want) || len(said.Comments) != 2 {
			t.Errorf("%s: %q, %d comments, %v", answer, said.Problem, len(said.Comments), err)
		}
		st := w.described(w.Story(whatsApp))
		if !strings.Contains(st.Description, want) || !strings.Contains(st.Description, "/agent/tickets/1020") {
			t.Errorf("%s: the story tells %q", answer, st.Description)
		}
	}
}

// No log is read of tickets that are none.
func TestOtherTicketsHaveNoLogRead(t *testing.T) {
	w := newWorld(t)
	if _, err := w.Engine.Conversation.Read(t.Context(), w.In.ID, 1042, 1); err != nil {
		t.Fatal(err)
	}
	w.describe(w.Story(1042))
	if slices.ContainsFunc(w.Sandbox.Requests(), func(r sandbox.Request) bool { return strings.HasSuffix(r.Path, "/conversation_log") }) {
		t.Error("the log was read")
	}
}

func TestCustomStatusesAreNamedAndFound(t *testing.T) {
	for name, beside := range map[string]bool{"beside the tickets": true, "listed": false} {
		w := newWorldOf(t, sandbox.Options{})
		o := w.Sandbox.Settings()
		o.StatusSideload = beside
		if err := w.Sandbox.Set(o); err != nil {
			t.Fatal(err)
		}
		if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
			t.Fatal(err)
		}
		list, err := w.Engine.Views.Tickets(t.Context(), w.In.ID)
		if err != nil {
			t.Fatal(err)
		}
		found := func(query string) (ids []tracker.TicketID) {
			q, err := search.Parse(search.Tickets, query, func() string { return "" })
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range list.Tickets {
				if q.Matches(search.Ticket(&row)) {
					ids = append(ids, row.ID)
				}
			}
			return ids
		}
		for query, want := range map[string]tracker.TicketID{
			`status:"callback booked"`: 997, `status:"with eng"`: 1005, `callback`: 997, `status:open engineering dashboard`: 1005,
		} {
			if ids := found(query); !slices.Equal(ids, []tracker.TicketID{want}) {
				t.Errorf("%s: %s finds %v, want %d", name, query, ids, want)
			}
		}
		if open := found("status:open"); !slices.Contains(open, 1005) || slices.Contains(open, 997) {
			t.Errorf("%s: open are %v", name, open)
		}
	}
}

func TestAStatusThatIsNoneIsStillRefused(t *testing.T) {
	_, err := search.Parse(search.Tickets, "status:opne", func() string { return "" })
	if tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("%v", err)
	}
}
