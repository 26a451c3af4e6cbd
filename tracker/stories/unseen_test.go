package stories_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/stories"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// invisible are names of which nothing is to be seen.
func invisible() []string {
	return []string{
		"\u200b", "\u200b\u200c\u200d", " \u2060\ufeff ", "\u00ad", "\u3164", "\u115f\u1160", "\ufe0f", "\u202e\u202c", "\u180e",
		"\u2800", "\U000e0041\U000e0042", "\u00a0\u3000", "\u034f", "\x00\x1b",
	}
}

func TestAnInvisibleNameIsNone(t *testing.T) {
	w := world{trackertest.New(t)}
	st := w.Story(1042)
	for _, name := range invisible() {
		if _, err := w.Engine.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: &name}); tracker.CodeOf(err) != tracker.CodeInvalid {
			t.Errorf("%+q was taken for a name: %v", name, err)
		}
	}
	for _, name := range []string{"a\u200b", "\u200dक", "ー", "👍", "…", "नि"} {
		var err error
		if st, err = trackertest.One(w.Engine.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: &name})); err != nil || st.Name != name {
			t.Errorf("%+q: %+q, %v", name, st.Name, err)
		}
	}
}

// A ticket whose subject is invisible gives its story its number for a name.
func TestAStoryOfAnInvisibleSubject(t *testing.T) {
	for _, subject := range invisible() {
		if name := stories.NameFor(tracker.Ticket{TicketKey: tracker.TicketKey{ID: 7}, Subject: subject}); name != "Ticket #7" {
			t.Errorf("%+q names a story %q", subject, name)
		}
	}
}

// What a ticket says at most reaches neither the store nor a story whole.
func TestAConversationFromTheAccountIsBounded(t *testing.T) {
	w := world{trackertest.New(t)}
	for range 20 {
		edit := sandbox.Edit{Ticket: 1042, Comment: strings.Repeat("0123456789 ", 5_900), Public: true}
		if err := w.Sandbox.Edit(edit); err != nil {
			t.Fatal(err)
		}
	}
	said, err := w.Engine.Conversation.Read(t.Context(), w.In.ID, 1042, 1)
	if err != nil {
		t.Fatal(err)
	}
	total, cut := 0, 0
	for _, c := range said.Comments {
		total += len(c.HTML)
		if c.Cut {
			cut++
		}
	}
	if total > tracker.MaxText+40<<10 || cut == 0 {
		t.Errorf("%d bytes are left, %d comments cut", total, cut)
	}
}
