package ui_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/ticket"
	"storydesk/ui/uitest"
)

// usualComments are what people said on a ticket, newest first as Zendesk lists them.
func usualComments() []tracker.TicketComment {
	return []tracker.TicketComment{
		{ID: 3, Author: "Ada Lovelace", Text: "Ada on story S-1:\n\nFound it.", CreatedAt: uitest.Now().Add(-time.Hour)},
		{ID: 2, Author: "Grace Hopper", Text: "We are looking.", Public: true, CreatedAt: uitest.Now().Add(-4 * time.Hour)},
		{ID: 1, Author: "Sam", Text: "The file has a header row\nand nothing else.", Public: true, CreatedAt: uitest.Now().Add(-5 * time.Hour)},
	}
}

// ticketDetail opens the detail of a ticket by its number.
func (w *world) ticketDetail(id tracker.TicketID) *world {
	w.T.Helper()
	w.Press("#").Write(id.String()).Press("enter")
	w.Until("the ticket is read", func() bool {
		p, ok := w.Top().(*ticket.Pane)
		return ok && !p.Working()
	})
	return w
}

func TestTicketConversation(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Account.Conversations[1039] = usualComments()
	w.linked(1039)
	w.Start(120, 40).ticketDetail(1039)
	screen := w.Screen()
	at := -1
	for _, want := range []string{
		"O Export CSV is empty", "status open", "from Sam", "https://acme.zendesk.com/agent/tickets/1039",
		"Stories 1", "S-1 Export CSV is empty", "Conversation 3",
		"Sam 5h public", "The file has a header row", "Grace Hopper 4h", "We are looking.", "▎ Ada Lovelace 1h private", "▎ Found it.",
	} {
		next := strings.Index(screen, want)
		if next < at {
			t.Errorf("%q is missing or out of place in\n%s", want, screen)
		}
		at = next
	}
	if strings.Contains(screen, "▎ We are looking.") {
		t.Error("a public comment has the bar of a private one")
	}
}

func TestTicketCommentOfHTMLAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Account.Conversations[1039] = []tracker.TicketComment{{
		ID: 1, Author: "Sam", Public: true, CreatedAt: uitest.Now(),
		HTML: `<p>Look <a href="https://acme.com/a">here</a>:</p><ul><li>one</li></ul><script>alert(1)</script>`,
	}}
	w.Start(120, 40).ticketDetail(1039)
	w.See("Look here [1]:")
	w.See("[1] https://acme.com/a")
	w.See("- one")
	if strings.Contains(w.Screen(), "alert") {
		t.Error("a script is shown")
	}
}

func TestTicketConversationFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Account.Conversations[1039] = usualComments()
	w.Start(120, 40)
	w.Account.Err = tracker.Errorf(tracker.CodeUnavailable, "Zendesk does not answer")
	w.ticketDetail(1039)
	w.See("Zendesk does not answer")
	w.See("r tries again.")
	w.See("Export CSV is empty")
	w.Account.Err = nil
	w.Press("r")
	w.See("Conversation 3")
	if strings.Contains(w.Screen(), "does not answer") {
		t.Error("the old error is still shown")
	}
	// What was heard stays when a later reading fails.
	w.Account.Err = tracker.Errorf(tracker.CodeUnavailable, "Zendesk does not answer")
	w.Press("r")
	w.See("does not answer")
	w.See("We are looking.")
}

func TestTicketBecomesStory(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Start(120, 40).ticketDetail(1042)
	w.Press("s")
	w.See("This is a ticket. Press b or i to create a story from it")
	w.Press("i")
	w.See("Story S-1 created from #1042")
	w.See("S-1 Login loops on SSO")
	w.Press("b")
	w.See("#1042 has S-1 (unscheduled).")
	w.Press("a")
	w.See("Stories 2")
	if st := w.read(2).Story; st.State != tracker.Unstarted {
		t.Errorf("S-2 is %s", st.State)
	}
}

func TestTicketIsLinkedAndMovedFromDetail(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.Story("Single sign-on", tracker.Icebox, 1)
	w.Start(120, 40).ticketDetail(1042)
	w.Press("L").Write("S-1").Press("enter")
	w.See("S-1 Single sign-on")
	if links := w.read(st.ID).Story.Tickets; len(links) != 1 || links[0].Ticket.ID != 1042 {
		t.Errorf("links = %v", links)
	}
	w.Press("o")
	w.See("Opened https://acme.zendesk.com/agent/tickets/1042")
	w.Until("the board knows the link", func() bool { return strings.Contains(w.Row("#1042 Login"), "S-1") })
	w.Press("m")
	w.See("#1042 has S-1 (unscheduled).")
	w.Press("a")
	w.See("esc cancels")
	if !w.OnBoard() {
		t.Error("moving does not happen on the board")
	}
}

func TestClosingATicketCancelsItsRequests(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	account := endlessAccount{w.Account, make(chan struct{}), make(chan struct{})}
	w.Service.Zendesk = slowZendesk{w.Service.Zendesk, account}
	w.Start(120, 40)
	w.Press("#").Write("1042").Press("enter")
	w.Until("the conversation is asked for", func() bool { return answered(account.asked) })
	w.Press("esc")
	w.Until("no request waits for the conversation", func() bool { return answered(account.ended) })
}

// endlessAccount never ends a conversation.
type endlessAccount struct {
	*uitest.Account
	asked, ended chan struct{}
}

func (d endlessAccount) Comments(ctx context.Context, _ tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	return func(yield func(tracker.CommentPage, error) bool) {
		close(d.asked)
		<-ctx.Done()
		close(d.ended)
		yield(tracker.CommentPage{}, ctx.Err())
	}
}

func TestConversationIsReadable(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	quote := strings.Repeat("<p>an older line</p>", 6)
	w.Account.Conversations[1039] = []tracker.TicketComment{
		{ID: 2, Author: "Grace", Role: "agent", Public: true, CreatedAt: uitest.Now(), HTML: "<p>Run</p><pre>go test\n  ./...</pre><blockquote>short</blockquote>"},
		{
			ID: 1, Author: "Sam", Role: "end-user", Public: true, CreatedAt: uitest.Now(),
			HTML: `<p>See <a href="https://acme.com/a">this</a> and <a href="javascript:x">that</a></p><blockquote>` + quote + `</blockquote><p>Bye</p>`,
			Attachments: []tracker.Attachment{
				{Name: "export\x1b[2J.csv", URL: "https://files.acme.com/1", Size: 1_536_000}, {Name: "trap", URL: "file:///etc/passwd", Size: 12},
			},
		},
	}
	w.Start(120, 60).ticketDetail(1039)
	for _, want := range []string{
		"Sam · customer now public", "See this [1] and that", "> … 11 quoted lines, enter expands them", "Bye",
		"[1] https://acme.com/a", "[2] export.csv · 1.5 MB", "[3] trap · 12 B", "Grace · agent now public", "    go test", "      ./...", "> short",
	} {
		w.See(want)
	}
	w.tabTo("> … 11 quoted lines").Press("enter")
	w.See("> an older line")
	w.Press("F")
	w.Press("F")
	w.See("11 quoted lines")
	w.tabTo("[1] https://acme.com/a").Press("enter")
	w.Until("the link is opened", func() bool { return len(w.Opened) == 1 })
	w.Press("f")
	w.See("Open which link or file?")
	w.Press("down", "enter")
	w.Until("both are opened", func() bool { return len(w.Opened) == 2 })
	w.Press("f", "down", "down", "enter")
	w.See("this is not a web address: file:///etc/passwd")
	if got := strings.Join(w.Opened, " "); got != "https://acme.com/a https://files.acme.com/1" {
		t.Errorf("opened %s", got)
	}
}

func TestConversationOfManyPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	for i := range 230 {
		w.Account.Conversations[1039] = append(w.Account.Conversations[1039], tracker.TicketComment{
			ID: int64(230 - i), Author: "Sam", Public: true, CreatedAt: uitest.Now(), Text: fmt.Sprintf("comment %d", 230-i),
		})
	}
	w.Account.PageSize = 100
	w.Start(120, 40).ticketDetail(1039)
	w.See("Conversation · the newest 100")
	w.See("comment 131")
	w.Press("pgdown")
	seen := w.Row("comment 14")
	w.Press("+")
	w.detailRead()
	if got := w.Row("comment 14"); got != seen {
		t.Errorf("what was in sight moved: %q, was %q", got, seen)
	}
	w.Press("+")
	w.detailRead()
	w.Screen()
	w.Press("g")
	w.See("Conversation 230")
	w.Press("+")
	w.See("the whole conversation is loaded")
}

// A conversation that fills its page exactly has no older comments.
func TestConversationOfOneFullPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	for i := range 100 {
		w.Account.Conversations[1039] = append(w.Account.Conversations[1039], tracker.TicketComment{ID: int64(100 - i), CreatedAt: uitest.Now(), Text: "a comment"})
	}
	w.Account.PageSize = 100
	w.Start(120, 40).ticketDetail(1039)
	w.See("Conversation 100")
	w.Press("+")
	w.See("the whole conversation is loaded")
}

// Where no browser can be opened the address is shown and copied.
func TestAddressIsShownWhereNoBrowserIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Options.OpenBrowser = func(string) error { return errors.New("over SSH it would not be on your screen") }
	w.Start(120, 40)
	w.ticketDetail(1039)
	w.Press("o")
	w.See("copied https://acme.zendesk.com/agent/tickets/1039; the browser could not be opened: over SSH")
}

func TestACutCommentSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Account.Conversations[1039] = []tracker.TicketComment{
		{ID: 1, Author: "Sam", Text: "The beginning", Cut: true, Public: true, CreatedAt: uitest.Now()},
		{ID: 2, Author: "Ada", Text: "All of it", Public: true, CreatedAt: uitest.Now()},
	}
	w.Start(120, 40).ticketDetail(1039)
	w.See("… cut here; open the ticket in the browser to read")
	if strings.Count(w.Screen(), "… cut here") != 1 {
		t.Error("a comment that is whole is called cut")
	}
}
