package conversation_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/conversation"
)

// A conversation is bounded as a whole; its newest words stay.
func TestAConversationIsBounded(t *testing.T) {
	big := strings.Repeat("é<br>", tracker.MaxText/12)
	comments := []tracker.TicketComment{{ID: 1, HTML: big}, {ID: 2, HTML: big, Text: "short"}, {ID: 3, HTML: big}, {ID: 4, Text: "the newest"}}
	conversation.BoundTexts(comments)
	total := 0
	for _, c := range comments {
		total += len(c.HTML)
		if !strings.HasPrefix(big, c.HTML) || c.HTML == "" && c.ID != 4 || c.Cut != (len(c.HTML) < len(big) && c.ID != 4) {
			t.Errorf("comment %d has %d bytes, cut %v", c.ID, len(c.HTML), c.Cut)
		}
	}
	if total > tracker.MaxText+4<<10 || comments[3].Text != "the newest" || comments[1].Text != "short" || len(comments[2].HTML) != len(big) {
		t.Errorf("%d bytes are left", total)
	}
}
