package ticket

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/command"
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
