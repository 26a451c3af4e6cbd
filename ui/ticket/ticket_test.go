package ticket

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/theme"
)

// opened is the detail of a ticket that was read, with these comments.
func opened(comments ...string) *Pane {
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	p := New(&command.Commands{Host: &pane.Host{Now: func() time.Time { return now }}}, UseCases{}, 1, 1042)
	p.Layers = []pane.Layer{{Pane: p}}
	p.show(ticketRead{detail: tracker.TicketDetail{Ticket: tracker.Ticket{TicketKey: tracker.TicketKey{ID: 1042}, Subject: "It fails"}}})
	said := tracker.Conversation{}
	for i, text := range comments {
		said.Comments = append(said.Comments, tracker.TicketComment{ID: int64(i + 1), Text: text, Public: true})
	}
	p.showThread(conversationRead{conversation: said})
	return p
}

// frame draws the ticket on an area of w×h.
func frame(p *Pane, w, h int) string {
	var c draw.Canvas
	c.Reset(theme.New(theme.Options{NoColor: true}), w, h)
	p.Draw(&c, draw.Rect{W: w, H: h})
	return c.String()
}

func TestFirstFrameSaysThatThereIsMore(t *testing.T) {
	p := opened(strings.Repeat("line\n", 40))
	first := frame(p, 60, 12)
	if !strings.Contains(first, "more below") {
		t.Errorf("the first frame does not say that there is more:\n%s", first)
	}
	if again := frame(p, 60, 12); again != first {
		t.Errorf("drawn again it is another frame:\n%s", again)
	}
}

// The line below a long list of links names the key that opens the whole list, as
// the user chose it.
func TestLongListNamesTheChosenKey(t *testing.T) {
	p := opened("see")
	keys, problems := keymap.Read(ConversationActions(), `{"conversation/links":["f2"]}`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	p.Keys = keymap.New(keys)
	for i := range linkLines + 2 {
		p.thread.Comments[0].Attachments = append(p.thread.Comments[0].Attachments, tracker.Attachment{Name: fmt.Sprintf("file %d", i), URL: "https://acme.zendesk.com/a"})
	}
	p.doc.Changed()
	if got := frame(p, 60, 40); !strings.Contains(got, "… and 2 more, f2 lists them") {
		t.Errorf("the list does not name f2:\n%s", got)
	}
}

func TestThreadGrowsByOlderComments(t *testing.T) {
	c := newThread()
	one := tracker.Conversation{Comments: []tracker.TicketComment{{ID: 2}}, Older: true}
	two := tracker.Conversation{Comments: []tracker.TicketComment{{ID: 1}, {ID: 2}}}
	if c.take(conversationRead{conversation: one}) || !c.read || !c.Older {
		t.Errorf("after the first reading: %+v", c)
	}
	if c.take(conversationRead{err: tracker.Errorf(tracker.CodeUnavailable, "no answer")}) || c.failure != "no answer" || len(c.Comments) != 1 {
		t.Errorf("after a failure: %q, %d comments", c.failure, len(c.Comments))
	}
	if !c.take(conversationRead{conversation: two}) || c.failure != "" || c.Older {
		t.Errorf("after the second reading: %+v", c)
	}
	if c.take(conversationRead{conversation: two}) {
		t.Error("it grew by nothing")
	}
}

// What a key of this screen does, or why it does nothing, is known in every state.
func TestTicketSaysWhatCannotBeDone(t *testing.T) {
	p := opened("see")
	for id, want := range map[intent.ActionID]string{
		intent.ActAdvance: "This is a ticket. Press :backlog or :icebox to create a story from it",
		intent.ActDelete:  "#1042 is a ticket; this works on stories only",
		intent.ActUnlink:  "#1042 has no linked story",
		actLinks:          "the conversation has no links",
		actOlder:          "the whole conversation is loaded",
		intent.ActBacklog: "", intent.ActCopyURL: "", intent.ActMove: "", actFold: "", intent.ActQuit: "",
	} {
		if got := p.Disabled(id); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	p.detail = nil
	for id, want := range map[intent.ActionID]string{
		intent.ActBacklog: "the ticket is still loading", intent.ActUnlink: "the ticket is still loading", intent.ActCopyURL: "the ticket is still loading",
		intent.ActBack: "", intent.ActRefresh: "", intent.ActCopyID: "",
	} {
		if got := p.Disabled(id); got != want {
			t.Errorf("not read, %s: %q, want %q", id, got, want)
		}
	}
}

// Every action of the board's table is one of a ticket's, if only with the reason why
// it is none.
func TestTicketKnowsEveryItemAction(t *testing.T) {
	p := opened("see")
	for _, a := range slices.Concat(command.ItemActions(), command.DetailActions(), ConversationActions()) {
		if !slices.ContainsFunc(p.actions, func(r pane.Action[*Pane]) bool { return r.ID == a.ID && r.Scope == a.Scope && r.Do != nil }) {
			t.Errorf("%s in %s does nothing", a.ID, a.Scope)
		}
	}
}

// What became of a ticket: its stories with state and owner, what was sent and when, and
// what happened since.
func TestTicketSaysWhatBecameOfIt(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC) }
	p := New(&command.Commands{Host: &pane.Host{Now: now}}, UseCases{}, 1, 1042)
	at := now().Add(-time.Hour)
	key := tracker.TicketKey{Host: "acme.zendesk.com", ID: 1042}
	d := tracker.TicketDetail{
		Ticket:  tracker.Ticket{TicketKey: key, Subject: "It fails", Status: tracker.TicketPending},
		Stories: []tracker.StoryRef{{ID: 3, Name: "Fix it", State: tracker.Started, Owners: []string{"Ada Lovelace"}}},
		Events: []tracker.TicketEvent{
			{Kind: tracker.EventComment, Role: "end-user", Public: true, Text: "It is back.", At: at}, {Kind: tracker.EventComment, Text: "Why?", At: at},
			{Kind: tracker.EventStatus, Old: "open", New: "pend\x1b[31ming", At: at},
		},
	}
	for i := range 8 {
		d.Deliveries = append(d.Deliveries, tracker.Delivery{ID: tracker.DeliveryID(i + 1), StoryID: 3, Kind: tracker.KindComment, Text: "Ada on story S-3 “Fix it” in Acme:\n\nFound it.\n\nS-3·abcdef", State: tracker.DeliverySent, DeliveredAt: &at})
	}
	laidOut := func() string {
		w := &document.Writer{Theme: theme.New(theme.Options{NoColor: true}), Width: 70}
		p.write(w)
		return ansi.Strip(strings.Join(w.Lines, "\n"))
	}
	p.show(ticketRead{detail: d})
	got, from := laidOut(), -1
	for _, want := range []string{"Stories 1", "S-3 Fix it", "started · AL", "Deliveries 8", "S-3 “Found it.”", "11:00", "… and 2 older", "Since it was linked · 2 comments, 1 by the customer", "status open → pending", "11:00", "Conversation"} {
		next := strings.Index(got[from+1:], want)
		if next < 0 {
			t.Errorf("%q is missing or out of place in\n%s", want, got)
		}
		from += next + 1
	}
	if strings.Contains(got, "\x1b") {
		t.Errorf("a ticket's text reaches the terminal as it came: %q", got)
	}
	p.brief = true
	if got := laidOut(); !strings.Contains(got, "… and 5 older") || strings.Count(got, "S-3 “Found it.”") != briefLines {
		t.Errorf("the preview shows\n%s", got)
	}
}
