package ui

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
)

// usualComments are what people said on a ticket, newest first as Zendesk lists them.
func usualComments() []tracker.TicketComment {
	return []tracker.TicketComment{
		{ID: 3, Author: "Ada Lovelace", Text: "Ada on story S-1:\n\nFound it.", CreatedAt: testNow().Add(-time.Hour)},
		{ID: 2, Author: "Grace Hopper", Text: "We are looking.", Public: true, CreatedAt: testNow().Add(-4 * time.Hour)},
		{ID: 1, Author: "Sam", Text: "The file has a header row\nand nothing else.", Public: true, CreatedAt: testNow().Add(-5 * time.Hour)},
	}
}

// ticketDetail opens the detail of a ticket by its number.
func (w *world) ticketDetail(id tracker.TicketID) *world {
	w.t.Helper()
	w.press("#").write(id.String()).press("enter")
	w.until("the ticket is read", func() bool {
		p, ok := w.top().(*ticket.Pane)
		return ok && !p.Working()
	})
	return w
}

func TestTicketConversation(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.account.comments[1039] = usualComments()
	w.linked(1039)
	w.start(120, 40).ticketDetail(1039)
	screen := w.screen()
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
	w := newWorld(t).withTickets(usual()...)
	w.account.comments[1039] = []tracker.TicketComment{{
		ID: 1, Author: "Sam", Public: true, CreatedAt: testNow(),
		HTML: `<p>Look <a href="https://acme.com/a">here</a>:</p><ul><li>one</li></ul><script>alert(1)</script>`,
	}}
	w.start(120, 40).ticketDetail(1039)
	w.see("Look here [1]:")
	w.see("[1] https://acme.com/a")
	w.see("- one")
	if strings.Contains(w.screen(), "alert") {
		t.Error("a script is shown")
	}
}

func TestTicketConversationFails(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.account.comments[1039] = usualComments()
	w.start(120, 40)
	w.account.err = tracker.Errorf(tracker.CodeUnavailable, "Zendesk does not answer")
	w.ticketDetail(1039)
	w.see("Zendesk does not answer")
	w.see("r tries again.")
	w.see("Export CSV is empty")
	w.account.err = nil
	w.press("r")
	w.see("Conversation 3")
	if strings.Contains(w.screen(), "does not answer") {
		t.Error("the old error is still shown")
	}
	// What was heard stays when a later reading fails.
	w.account.err = tracker.Errorf(tracker.CodeUnavailable, "Zendesk does not answer")
	w.press("r")
	w.see("does not answer")
	w.see("We are looking.")
}

func TestTicketBecomesStory(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.start(120, 40).ticketDetail(1042)
	w.press("s")
	w.see("this works on stories only")
	w.press("i")
	w.see("Story S-1 created from #1042")
	w.see("S-1 Login loops on SSO")
	w.press("b")
	w.see("#1042 has S-1 (unscheduled) already. Make another?")
	w.press("y")
	w.see("Stories 2")
	if st := w.read(2).Story; st.State != tracker.Unstarted {
		t.Errorf("S-2 is %s", st.State)
	}
}

func TestTicketIsLinkedAndMovedFromDetail(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.story("Single sign-on", tracker.Icebox, 1)
	w.start(120, 40).ticketDetail(1042)
	w.press("L").write("S-1").press("enter")
	w.see("S-1 Single sign-on")
	if links := w.read(st.ID).Story.Tickets; len(links) != 1 || links[0].Ticket.ID != 1042 {
		t.Errorf("links = %v", links)
	}
	w.press("o")
	w.see("Opened https://acme.zendesk.com/agent/tickets/1042")
	w.press("m")
	w.see("esc cancels")
	if !w.onBoard() {
		t.Error("moving does not happen on the board")
	}
}

func TestClosingATicketCancelsItsRequests(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	account := endlessAccount{w.account, make(chan struct{}), make(chan struct{})}
	w.svc.Zendesk = slowZendesk{w.svc.Zendesk, account}
	w.start(120, 40)
	w.press("#").write("1042").press("enter")
	w.until("the conversation is asked for", func() bool { return answered(account.asked) })
	w.press("esc")
	w.until("no request waits for the conversation", func() bool { return answered(account.ended) })
}

// endlessAccount never ends a conversation.
type endlessAccount struct {
	*testAccount
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
	w := newWorld(t).withTickets(usual()...)
	quote := strings.Repeat("<p>an older line</p>", 6)
	w.account.comments[1039] = []tracker.TicketComment{
		{ID: 2, Author: "Grace", Role: "agent", Public: true, CreatedAt: testNow(), HTML: "<p>Run</p><pre>go test\n  ./...</pre><blockquote>short</blockquote>"},
		{
			ID: 1, Author: "Sam", Role: "end-user", Public: true, CreatedAt: testNow(),
			HTML: `<p>See <a href="https://acme.com/a">this</a> and <a href="javascript:x">that</a></p><blockquote>` + quote + `</blockquote><p>Bye</p>`,
			Attachments: []tracker.Attachment{
				{Name: "export\x1b[2J.csv", URL: "https://files.acme.com/1", Size: 1_536_000}, {Name: "trap", URL: "file:///etc/passwd", Size: 12},
			},
		},
	}
	w.start(120, 60).ticketDetail(1039)
	for _, want := range []string{
		"Sam · customer now public", "See this [1] and that", "> … 11 quoted lines, enter expands them", "Bye",
		"[1] https://acme.com/a", "[2] export.csv · 1.5 MB", "[3] trap · 12 B", "Grace · agent now public", "    go test", "      ./...", "> short",
	} {
		w.see(want)
	}
	w.tabTo("> … 11 quoted lines").press("enter")
	w.see("> an older line")
	w.press("F")
	w.press("F")
	w.see("11 quoted lines")
	w.tabTo("[1] https://acme.com/a").press("enter")
	w.until("the link is opened", func() bool { return len(w.opened) == 1 })
	w.press("f")
	w.see("Open which link or file?")
	w.press("down", "enter")
	w.until("both are opened", func() bool { return len(w.opened) == 2 })
	w.press("f", "down", "down", "enter")
	w.see("this is not a web address: file:///etc/passwd")
	if got := strings.Join(w.opened, " "); got != "https://acme.com/a https://files.acme.com/1" {
		t.Errorf("opened %s", got)
	}
}

func TestConversationOfManyPages(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	for i := range 230 {
		w.account.comments[1039] = append(w.account.comments[1039], tracker.TicketComment{
			ID: int64(230 - i), Author: "Sam", Public: true, CreatedAt: testNow(), Text: fmt.Sprintf("comment %d", 230-i),
		})
	}
	w.account.page = 100
	w.start(120, 40).ticketDetail(1039)
	w.see("Conversation · the newest 100")
	w.see("comment 131")
	w.press("pgdown")
	seen := w.row("comment 14")
	w.press("+")
	w.detailRead()
	if got := w.row("comment 14"); got != seen {
		t.Errorf("what was in sight moved: %q, was %q", got, seen)
	}
	w.press("+")
	w.detailRead()
	w.screen()
	w.press("g")
	w.see("Conversation 230")
	w.press("+")
	w.see("the whole conversation is loaded")
}

// A conversation that fills its page exactly has no older comments.
func TestConversationOfOneFullPage(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	for i := range 100 {
		w.account.comments[1039] = append(w.account.comments[1039], tracker.TicketComment{ID: int64(100 - i), CreatedAt: testNow(), Text: "a comment"})
	}
	w.account.page = 100
	w.start(120, 40).ticketDetail(1039)
	w.see("Conversation 100")
	w.press("+")
	w.see("the whole conversation is loaded")
}

// Where no browser can be opened the address is shown and copied.
func TestAddressIsShownWhereNoBrowserIs(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.options.OpenBrowser = func(string) error { return errors.New("over SSH it would not be on your screen") }
	w.start(120, 40)
	w.ticketDetail(1039)
	w.press("o")
	w.see("copied https://acme.zendesk.com/agent/tickets/1039; the browser could not be opened: over SSH")
}

func TestACutCommentSaysSo(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.account.comments[1039] = []tracker.TicketComment{
		{ID: 1, Author: "Sam", Text: "The beginning", Cut: true, Public: true, CreatedAt: testNow()},
		{ID: 2, Author: "Ada", Text: "All of it", Public: true, CreatedAt: testNow()},
	}
	w.start(120, 40).ticketDetail(1039)
	w.see("… cut here; open the ticket in the browser to read")
	if strings.Count(w.screen(), "… cut here") != 1 {
		t.Error("a comment that is whole is called cut")
	}
}
