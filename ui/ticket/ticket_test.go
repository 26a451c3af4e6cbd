package ticket

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/conversation"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/ui/draw"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/theme"
)

// opened is the detail of a ticket that was read, with these comments.
func opened(comments ...string) *Pane {
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	p := New(&pane.Host{Service: engine.New(kernel.Config{Now: func() time.Time { return now }})}, 1, 1042)
	p.Layers = []pane.Layer{{Pane: p}}
	p.show(ticketRead{detail: tracker.TicketDetail{Ticket: tracker.Ticket{TicketKey: tracker.TicketKey{ID: 1042}, Subject: "It fails"}}})
	said := conversation.Conversation{}
	for i, text := range comments {
		said.Comments = append(said.Comments, tracker.TicketComment{ID: int64(i + 1), Text: text, Public: true})
	}
	p.hear(conversationRead{said: said})
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
		p.said.Comments[0].Attachments = append(p.said.Comments[0].Attachments, tracker.Attachment{Name: fmt.Sprintf("file %d", i), URL: "https://acme.zendesk.com/a"})
	}
	p.doc.Changed()
	if got := frame(p, 60, 40); !strings.Contains(got, "… and 2 more, f2 lists them") {
		t.Errorf("the list does not name f2:\n%s", got)
	}
}
