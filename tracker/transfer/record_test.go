package transfer_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker/transfer"
)

// Whoever a record names is known to be named, whatever they did.
func TestNamesOfARecord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		record transfer.Record
		want   []string
	}{
		{transfer.Record{Story: &transfer.Story{
			Requester: "Ada", Owners: []string{"Bo", "Cy"}, Followers: []string{"Di"}, Comments: []transfer.Comment{{Author: "Ed"}},
			Attachments: []transfer.Attachment{{Author: "Flo"}}, Blockers: []transfer.Blocker{{Author: "Gus"}}, Reviews: []transfer.Review{{Reviewer: "Hal"}},
		}}, []string{"Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal"}},
		{transfer.Record{Epic: &transfer.Epic{Comments: []transfer.Comment{{Author: "Ada"}}, Attachments: []transfer.Attachment{{Author: "Bo"}}}}, []string{"Ada", "Bo"}},
		{transfer.Record{Activity: &transfer.Activity{By: "Ada"}}, []string{"Ada"}},
		{transfer.Record{Person: &transfer.Listed{Name: "Ada"}}, nil},
	} {
		got := c.record.Names()
		slices.Sort(got)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(diff)
		}
	}
}
