package search

import (
	"cmp"
	"slices"

	"storydesk/tracker"
)

// ToAnswerTerms find the tickets that [ToAnswer] chooses.
func ToAnswerTerms() string {
	terms, between := fieldStory+":"+string(tracker.Accepted)+" "+fieldStatus, ":"
	for _, s := range tracker.StatusesToAnswer() {
		terms, between = terms+between+string(s), ","
	}
	return terms
}

// ToAnswer returns the tickets whose stories are all accepted and that are in one of
// [tracker.StatusesToAnswer] still, unless they are put aside: first that whose customer
// has waited longest, and where nobody waits that which has not changed for longest.
func ToAnswer(lists ...[]tracker.TicketRow) []tracker.TicketRow {
	var due []tracker.TicketRow
	for _, list := range lists {
		for i := range list {
			if toAnswer(&list[i]) {
				due = append(due, list[i])
			}
		}
	}
	slices.SortStableFunc(due, func(a, b tracker.TicketRow) int {
		return cmp.Or(earlier(a.WaitingSince(), b.WaitingSince()), a.UpdatedAt.Compare(b.UpdatedAt))
	})
	return due
}

func toAnswer(t *tracker.TicketRow) bool {
	accepted := func(s string) bool { return s == string(tracker.Accepted) }
	return t.Aside == nil && slices.Contains(tracker.StatusesToAnswer(), t.Status) && (*ticket)(t).hasStory(accepted)
}
