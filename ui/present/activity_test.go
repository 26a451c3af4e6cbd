package present_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/present"
)

func TestActivitySentences(t *testing.T) {
	t.Parallel()
	one := func(field, old, now string) []tracker.FieldChange {
		return []tracker.FieldChange{{Field: field, Old: old, New: now}}
	}
	for _, c := range []struct {
		verb    string
		changes []tracker.FieldChange
		want    string
	}{
		{"created", nil, "Ada created it"},
		{"estimated", one("estimate", "", "3"), "Ada estimated 3 points"},
		{"estimated", one("estimate", "", "1"), "Ada estimated 1 point"},
		{"estimated", one("estimate", "2", "3"), "Ada changed the estimate from 2 to 3 points"},
		{"estimated", one("estimate", "2", ""), "Ada removed the estimate of 2 points"},
		{"scheduled", append(one("state", "unscheduled", "unstarted"), one("rank", "1", "9")...), "Ada moved it to the Backlog"},
		{"unscheduled", one("state", "started", "unscheduled"), "Ada moved it to the Icebox"},
		{"planned", one("state", "unstarted", "planned"), "Ada planned it for the current iteration"},
		{"moved", one("state", "planned", "unstarted"), "Ada moved it out of the current iteration"},
		{"moved", one("rank", "1", "9"), "Ada changed its place in the list"},
		{"started", append(one("state", "unstarted", "started"), one("owners", "Ben", "Ben, Ada")...), "Ada started it and became an owner"},
		{"started", one("state", "rejected", "started"), "Ada restarted it"},
		{"accepted", one("state", "delivered", "accepted"), "Ada accepted it"},
		{"edited", one("state", "accepted", "delivered"), "Ada set it from accepted to delivered"},
		{"edited", append(one("description", "", "x"), one("labels", "a, b", "b, c, d")...), "Ada wrote the description, added the labels c, d and removed the label a"},
		{"edited", one("description", "x", "y"), "Ada changed the description"},
		{"edited", one("description", "x", ""), "Ada removed the description"},
		{"edited", one("name", "Old", "New"), "Ada renamed it from “Old” to “New”"},
		{"edited", one("type", "feature", "bug"), "Ada made it a bug"},
		{"edited", one("owners", "Ada, Ben", "Grace"), "Ada added Grace as an owner, is no longer an owner and removed Ben from the owners"},
		{"edited", one("requester", "", "Grace"), "Ada made Grace the requester"},
		{"edited", one("requester", "Grace", ""), "Ada removed the requester"},
		{"edited", one("deadline", "", "2026-12-24"), "Ada set the deadline to 24 Dec 2026"},
		{"edited", one("deadline", "2026-12-24", ""), "Ada removed the deadline"},
		{"label renamed", one("labels", "a", "b"), "Ada added the label b and removed the label a"},
		{"linked", one("ticket", "", "acme.zendesk.com/1039"), "Ada linked #1039"},
		{"unlinked", one("ticket", "", "acme.zendesk.com/1039"), "Ada unlinked #1039"},
		{"task added", one("task", "", "[ ] Write the docs"), "Ada added the task “Write the docs”"},
		{"task done", one("task", "[ ] Write the docs", "[x] Write the docs"), "Ada completed the task “Write the docs”"},
		{"task reopened", one("task", "[x] Write the docs", "[ ] Write the docs"), "Ada reopened the task “Write the docs”"},
		{"task edited", one("task", "[ ] A", "[ ] B"), "Ada changed the task “A” to “B”"},
		{"task removed", one("task", "[ ] A", ""), "Ada removed the task “A”"},
		{"task moved", one("task order", "[1 2]", "[2 1]"), "Ada changed the order of the tasks"},
		{"blocker added", one("blocker", "", "The firewall"), "Ada added the blocker “The firewall”"},
		{"blocker resolved", one("blocker", "The firewall", "The firewall"), "Ada resolved the blocker “The firewall”"},
		{"blocker edited", one("blocker", "A", "B"), "Ada changed the blocker “A” to “B”"},
		{"blocker removed", one("blocker", "A", ""), "Ada removed the blocker “A”"},
		{"review added", one("review", "", "Design by Ben: unstarted"), "Ada added the review “Design by Ben: unstarted”"},
		{"review: passed", one("review", "Design: unstarted", "Design: passed"), "Ada changed the review “Design: unstarted” to “Design: passed”"},
		{"followed", one("followers", "", "Ada"), "Ada followed it"},
		{"unfollowed", one("followers", "Ada, Ben", "Ada"), "Ada removed Ben from the followers"},
		{"attachment added", one("attachment", "", "a.pdf"), "Ada attached a.pdf"},
		{"attachment removed", one("attachment", "a.pdf", ""), "Ada removed the attachment a.pdf"},
		{"undone", one("estimate", "3", "2"), "Ada undid a change: changed the estimate from 3 to 2 points"},
		{"undone", nil, "Ada undid a change"},
		{"imported", one("tickets", "", "3"), "Ada imported it"},
		{"started this feature", one("current_state", "unstarted", "started"), "Ada started this feature"},
		{"archived", nil, "Ada archived it"},
	} {
		if got := present.ActivitySentence(tracker.Activity{Actor: "Ada", Verb: c.verb, Changes: c.changes}); got != c.want {
			t.Errorf("%s %v:\n got %q\nwant %q", c.verb, c.changes, got, c.want)
		}
	}
	if got := present.ActivitySentence(tracker.Activity{Verb: "created"}); got != "Somebody created it" {
		t.Errorf("without a name: %q", got)
	}
	if got := present.ActivitySentence(tracker.Activity{Actor: "\x1b[31mMallory", Verb: "edited", Changes: one("name", "a\nb", "c")}); got != "Mallory renamed it from “a b” to “c”" {
		t.Errorf("hostile text: %q", got)
	}
}
