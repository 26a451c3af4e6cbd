package stories_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	feedsandbox "storydesk/feed/sandbox"
	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/trackertest"
)

// withFeed adds an integration with a feed to a world, which was read.
func withFeed(t *testing.T, w *trackertest.World, m feedsandbox.Mode) (*feedsandbox.Server, tracker.Integration) {
	t.Helper()
	s := feedsandbox.New(m)
	url, err := s.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	in, err := w.Engine.Accounts.AddIntegration(t.Context(), tracker.IntegrationDraft{
		Kind: kind.Other, ProjectID: w.In.ProjectID, Name: "Planner", URL: url + feedsandbox.Path, Base: url + feedsandbox.Pages, Active: true,
		UpdateComments: true, UpdateState: true, // as a script may say
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Engine.Views.RefreshView(t.Context(), in.ID); err != nil {
		t.Fatal(err)
	}
	return s, in
}

// A story of a feed's item has its name, description, type and requester, and links to
// its page.
func TestAStoryOfAFeedsItem(t *testing.T) {
	w := trackertest.New(t)
	_, in := withFeed(t, w, feedsandbox.Mode{})
	list, err := w.Engine.Views.Tickets(t.Context(), in.ID)
	if err != nil || len(list.Tickets) != 5 {
		t.Fatalf("%+v, %v", list.Tickets, err)
	}
	of := func(label string) tracker.TicketID {
		for _, row := range list.Tickets {
			if kind.TicketLabel(row.Ticket) == label {
				return row.ID
			}
		}
		t.Fatalf("no item is called %s", label)
		return 0
	}
	st, err := trackertest.One(w.Engine.Stories.AddFromTickets(t.Context(), tracker.FromTickets{
		Integration: in.ID, Tickets: []tracker.TicketID{of("OPS-17")}, Place: tracker.Place{Column: tracker.Icebox},
	}))
	if err != nil || st.Name != "Renew the certificate of the staging server" || st.Type != tracker.Chore || st.Requester != "wei" || st.Description != "It ends on 12 December." {
		t.Fatalf("%+v, %v", st, err)
	}
	if l := st.Tickets[0]; l.URL != in.Host+"OPS-17" || kind.LinkLabel(l) != "OPS-17" || l.IntegrationID != in.ID {
		t.Errorf("%+v", l)
	}
	bare, err := trackertest.One(w.Engine.Stories.AddFromTickets(t.Context(), tracker.FromTickets{
		Integration: in.ID, Tickets: []tracker.TicketID{of("#2017")}, Place: tracker.Place{Column: tracker.Backlog},
	}))
	if err != nil || bare.Requester != "Ada" || bare.Type != tracker.Feature || !strings.HasPrefix(bare.Description, "With the consent") {
		t.Errorf("%+v, %v", bare, err)
	}
	if said, err := w.Engine.Conversation.Read(t.Context(), in.ID, of("#2038"), 1); err != nil || len(said.Comments) != 1 || said.Comments[0].Author != "tomasz" {
		t.Errorf("%+v, %v", said, err)
	}
	if _, _, err := w.Engine.Views.KnownTicket(t.Context(), in.ID, 4711); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("an item that the feed does not list: %v", err)
	}
	if unreached, err := w.Engine.Stories.Unreached(t.Context(), st.ID); err != nil || len(unreached) != 0 {
		t.Errorf("%+v, %v", unreached, err)
	}
}

// Whatever becomes of a story, nothing is ever sent to a feed: no delivery is made for it,
// and the feed's own host is asked for its list and nothing else. What the story is linked
// to in Zendesk is told as ever.
func TestNothingIsSentToAFeed(t *testing.T) {
	w := trackertest.New(t)
	server, in := withFeed(t, w, feedsandbox.Mode{})
	ticket := w.Ticket(tracker.TicketNew)
	asked, _ := server.Asked()
	rapid.Check(t, func(rt *rapid.T) {
		ctx := t.Context()
		st, err := trackertest.One(w.Engine.Stories.AddFromTickets(ctx, tracker.FromTickets{
			Integration: in.ID, Tickets: []tracker.TicketID{2041}, Type: tracker.Bug, Again: true, Place: tracker.Place{Column: tracker.Backlog},
		}))
		if err != nil {
			rt.Fatal(err)
		}
		if rapid.Bool().Draw(rt, "also a ticket of Zendesk") {
			if _, err := w.Engine.Stories.LinkTickets(ctx, []tracker.StoryID{st.ID}, w.In, []tracker.TicketID{ticket}); err != nil {
				rt.Fatal(err)
			}
		}
		for _, step := range rapid.SliceOfN(rapid.SampledFrom([]string{"comment", "start", "finish", "deliver", "accept", "reject", "restart", "icebox", "backlog", "undo"}), 1, 8).Draw(rt, "steps") {
			change(t, w, st.ID, step)
		}
		deliveries, err := w.Engine.Outbox.Deliveries(ctx, tracker.DeliveryQuery{Story: st.ID})
		if err != nil {
			rt.Fatal(err)
		}
		for _, d := range deliveries {
			if kind.IsItem(d.Ticket) || d.IntegrationID == in.ID {
				rt.Fatalf("a delivery for a feed: %+v", d)
			}
		}
	})
	all, err := w.Engine.Outbox.Deliveries(t.Context(), tracker.DeliveryQuery{})
	if err != nil || len(all) == 0 {
		t.Errorf("nothing was told to Zendesk in all these changes: %v", err)
	}
	if now, _ := server.Asked(); now != asked {
		t.Errorf("the feed was asked %d times by changes of stories", now-asked)
	}
	if _, err := w.Engine.Accounts.Account(t.Context(), in); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("a feed's account is opened: %v", err)
	}
}

// change does something to a story that its tickets are told of, if that can be done now.
func change(t *testing.T, w *trackertest.World, id tracker.StoryID, step string) {
	t.Helper()
	var err error
	ctx, seen := t.Context(), []tracker.Seen{{ID: id}}
	switch step {
	case "comment":
		_, err = w.Engine.Stories.Comment(ctx, []tracker.StoryID{id}, "We look into it.", "")
	case "start", "finish", "deliver", "accept", "reject", "restart":
		_, err = w.Engine.Stories.Transition(ctx, seen, tracker.Action(step), "")
	case "icebox":
		_, err = w.Engine.Stories.MoveStories(ctx, []tracker.StoryID{id}, tracker.Place{Column: tracker.Icebox})
	case "backlog":
		_, err = w.Engine.Stories.MoveStories(ctx, []tracker.StoryID{id}, tracker.Place{Column: tracker.Backlog})
	case "undo":
		_, err = w.Engine.Stories.Undo(ctx, true)
	}
	if code := tracker.CodeOf(err); code == tracker.CodeInternal {
		t.Fatalf("%s: %v", step, err)
	}
}
