package tracker

import "testing"

// Every field that activities name is one that undo can restore; what others
// changed meanwhile stays.
func TestRestoreFields(t *testing.T) {
	before := Story{ID: 1, Name: "a", Type: Bug, State: Unstarted, Rank: 1, Requester: "Ada"}
	after := Story{
		ID: 1, Name: "b", Description: "d", Type: Release, State: Started, Estimate: points(1), Owners: []string{"Ada"}, Labels: []string{"x"},
		Requester: "Grace", Deadline: &before.CreatedAt, AcceptedAt: &before.CreatedAt, Rank: 2,
	}
	if n := len(StoryChanges(before, after)); n != len(storyFields()) {
		t.Fatalf("%d of %d fields differ", n, len(storyFields()))
	}
	if left := StoryChanges(before, RestoreFields(after, before, after)); len(left) > 0 {
		t.Errorf("not restored: %+v", left)
	}
	now := after.Clone()
	now.Name, now.Description = "theirs", "theirs"
	mine := after.Clone()
	mine.Name, mine.Rank = before.Name, before.Rank
	got := RestoreFields(now, mine, after)
	if got.Name != "a" || got.Rank != 1 || got.Description != "theirs" || got.State != Started {
		t.Errorf("got %+v", got)
	}
}
