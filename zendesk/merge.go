package zendesk

import (
	"context"
	"regexp"
	"strconv"

	"storydesk/tracker"
)

// mergeTag is what Zendesk puts on a ticket that it closes because of a merge.
// https://support.zendesk.com/hc/en-us/articles/203690916
const mergeTag = "closed_by_merge"

// MergedInto reads the target of a merge from the comment that closed the
// ticket: no field holds it. The comment is in the account's language, so only
// the number behind the # is read. Nobody can comment on the ticket afterwards.
func (d *account) MergedInto(ctx context.Context, id tracker.TicketID) (tracker.TicketID, error) {
	for page, err := range d.Comments(ctx, id) {
		if err != nil {
			return 0, err
		}
		if len(page.Comments) > 0 {
			return firstTicket(page.Comments[0].Text), nil
		}
	}
	return 0, nil
}

// firstTicket is the first number in a text that is written as a ticket's, 0
// when there is none.
func firstTicket(text string) tracker.TicketID {
	found := regexp.MustCompile(`#(\d{1,15})`).FindStringSubmatch(text)
	if found == nil {
		return 0
	}
	n, err := strconv.ParseInt(found[1], 10, 64)
	if err != nil {
		return 0
	}
	return tracker.TicketID(n)
}
