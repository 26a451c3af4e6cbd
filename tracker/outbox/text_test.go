package outbox

import (
	"strings"
	"testing"

	"storydesk/tracker"
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
