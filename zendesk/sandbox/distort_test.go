package sandbox_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"storydesk/zendesk/sandbox"
)

// listed are a ticket's comments as a client that asks for the newest first sees them.
type listed struct {
	Comments []struct {
		ID        int64   `json:"id"`
		CreatedAt *string `json:"created_at"`
	} `json:"comments"`
}

func TestDistortedComments(t *testing.T) {
	path := fmt.Sprintf("/api/v2/tickets/%d/comments.json?page[size]=100&sort=-created_at", openTicket)
	d := open(t, sandbox.Options{})
	d.clock.pass(time.Minute)
	d.put(200, openTicket, `{"comment":{"body":"a note","public":false}}`)
	d.clock.pass(5 * time.Second)
	read := func(f sandbox.Fault) (l listed) {
		f.Method, f.Path = "GET", "/tickets/*/comments"
		d.faults(f)
		d.get(path, &l)
		return l
	}
	truth := read(sandbox.Fault{})
	newest := truth.Comments[0]
	oldest := read(sandbox.Fault{Comments: sandbox.CommentsOldestFirst})
	slices.Reverse(oldest.Comments)
	if len(truth.Comments) != 4 || oldest.Comments[0].ID != newest.ID {
		t.Errorf("oldest first: %+v, want the reverse of %+v", oldest, truth)
	}
	if l := read(sandbox.Fault{Comments: sandbox.CommentsUndated}); l.Comments[0].CreatedAt != nil {
		t.Errorf("dated %s", *l.Comments[0].CreatedAt)
	}
	if l := read(sandbox.Fault{Comments: sandbox.CommentsOtherDates}); *l.Comments[0].CreatedAt != "2026/11/22 10:01:00 +0000" {
		t.Errorf("dated %s", *l.Comments[0].CreatedAt)
	}
	if l := read(sandbox.Fault{Comments: sandbox.CommentsEarly}); *l.Comments[0].CreatedAt != "2026-11-22T10:00:59Z" {
		t.Errorf("dated %s", *l.Comments[0].CreatedAt)
	}
	if l := read(sandbox.Fault{Lag: 10}); len(l.Comments) != 3 {
		t.Errorf("%d comments ten seconds ago", len(l.Comments))
	}
	if l := read(sandbox.Fault{Lag: 3}); len(l.Comments) != 4 {
		t.Errorf("%d comments three seconds ago", len(l.Comments))
	}
	if err := d.AddFaults(sandbox.Fault{Comments: "upside down"}); err == nil {
		t.Error("an unknown distortion is taken")
	}
}
