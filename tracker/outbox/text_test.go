package outbox

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/wording"
)

func TestComments(t *testing.T) {
	p := tracker.Project{Name: "Acme Mobile"}
	op := "3fa2b1c4-0000-4000-8000-000000000000"
	st := tracker.Story{ID: 14, Name: "Export is empty", State: tracker.Started}
	if got, want := stateText("Ada", st, tracker.Unstarted, p, op), "Ada started story S-14 “Export is empty” in Acme Mobile · S-14·3fa2b1"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := stateText("Ada", st, tracker.Rejected, p, op); !strings.HasPrefix(got, "Ada restarted story") {
		t.Errorf("got %s", got)
	}
	st.State = tracker.Unstarted
	if got := stateText("Ada", st, tracker.Unscheduled, p, op); !strings.HasPrefix(got, "Ada scheduled story") {
		t.Errorf("got %s", got)
	}
	c := tracker.Comment{Author: "Ada", Text: "Found it.\nFixed."}
	want := "Ada on story S-14 “Export is empty” in Acme Mobile:\n\nFound it.\nFixed.\n\nS-14·3fa2b1"
	if got := commentText(c, st, p, op); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// What a text tells is read from it again, whatever people are called and write.
func TestDeliveriesSayTheirChange(t *testing.T) {
	p := tracker.Project{Name: "Acme: Mobile"}
	st := tracker.Story{ID: 14, Name: "Export “all”:\u2028 is empty", State: tracker.Started}
	for _, who := range []string{"Ada", "Ada Lovelace", "ada on call"} {
		d := tracker.Delivery{Kind: tracker.KindState, StoryID: 14, Operation: "3fa2b1c4-0000"}
		d.Text = stateText(who, st, tracker.Rejected, p, d.Operation)
		if by, what := wording.Change(d); by != who || what != "restarted" {
			t.Errorf("%q says that %q %q", d.Text, by, what)
		}
		for _, words := range []string{"Found it.", "Found it:\n\nthe cursor.", " story S-14 “x”:\n\n", ""} {
			d := tracker.Delivery{Kind: tracker.KindComment, StoryID: 14, Operation: "3fa2b1c4-0000"}
			d.Text = commentText(tracker.Comment{Author: who, Text: words}, st, p, d.Operation)
			if by, what := wording.Change(d); by != who || what != words {
				t.Errorf("%q says that %q wrote %q", d.Text, by, what)
			}
		}
	}
	if by, what := wording.Change(tracker.Delivery{Kind: tracker.KindOpen, Origin: tracker.Origin{Actor: "Ada"}}); by != "Ada" || what != "opens the ticket" {
		t.Errorf("a delivery without a text says that %q %q", by, what)
	}
	if by, what := wording.Change(tracker.Delivery{Kind: tracker.KindComment, Origin: tracker.Origin{Actor: "Ada"}, Text: "cut"}); by != "Ada" || what != "cut" {
		t.Errorf("a delivery with another text says that %q %q", by, what)
	}
}
