package zendesk

import (
	"context"
	"net/http"

	"storydesk/tracker"
	"storydesk/zendesk/wire"
)

// Update changes a ticket if it has not changed since u.Stamp. It sends one
// request, and takes a success for one only with the audit that proves it.
func (d *account) Update(ctx context.Context, id tracker.TicketID, u tracker.TicketUpdate) (tracker.Audit, error) {
	change := wire.NewChange(u)
	if u.Operation == "" || u.Stamp.IsZero() || change.Comment == nil && change.Status == "" {
		e := tracker.Errorf(tracker.CodeInternal, "the update of ticket %s lacks its operation, its stamp or its change", id)
		e.Unsent = true
		return tracker.Audit{}, e
	}
	c := ticketCall(id, "")
	c.method = http.MethodPut
	c.body = map[string]wire.Change{"ticket": change}
	return d.audited(ctx, c, id)
}
