package zendesk

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"storydesk/zendesk/diagnosis"
	"storydesk/zendesk/wire"
)

// statusLife is how long a list of custom statuses is good for.
const statusLife = 10 * time.Minute

// statusList is the account's list of custom statuses.
type statusList struct {
	mu sync.Mutex
	// asked is when it was asked for, however that ended.
	asked time.Time
	list  []wire.Status
}

// statusNames are the names of the statuses of some tickets: from beside the
// tickets, else from the account's list. A status whose name only repeats its
// category has none. An account that has or shows no custom statuses has no
// names; that is no error.
func (d *account) statusNames(ctx context.Context, s wire.Sideloads, tickets []wire.Ticket) map[wire.Number]string {
	list := s.Statuses.Value
	if !covers(list, tickets) {
		list = d.statusList(ctx)
	}
	names := make(map[wire.Number]string)
	for _, status := range list {
		if label := strings.TrimSpace(string(status.Label)); !repeats(label, string(status.Category)) {
			names[status.ID] = label
		}
	}
	return names
}

// covers reports whether a list knows the custom status of every ticket that
// has one.
func covers(list []wire.Status, tickets []wire.Ticket) bool {
	known := map[wire.Number]bool{0: true}
	for _, status := range list {
		known[status.ID] = true
	}
	for _, t := range tickets {
		if !known[t.CustomStatusID] {
			return false
		}
	}
	return true
}

// repeats reports whether a label says what the category says: Zendesk labels
// the status hold "On-hold".
func repeats(label, category string) bool {
	label = strings.ToLower(label)
	return label == "" || label == category || category == "hold" && (label == "on-hold" || label == "on hold")
}

// statusList returns the account's custom statuses, as last read or listed again.
func (d *account) statusList(ctx context.Context) []wire.Status {
	s := d.statuses
	s.mu.Lock()
	defer s.mu.Unlock()
	if d.client.now().Sub(s.asked) < statusLife {
		return s.list
	}
	var body struct {
		wire.Sideloads
	}
	c := call{method: http.MethodGet, path: "custom_statuses", subject: "the custom statuses", topic: diagnosis.TopicTicket}
	err := d.do(ctx, c, &body)
	if ctx.Err() != nil {
		return s.list // the reader has left; the next one asks
	}
	s.asked = d.client.now()
	if err != nil {
		d.client.log.Debug("no custom statuses", slog.String("host", d.host), slog.Any("error", err))
		return s.list
	}
	s.list = body.Statuses.Value
	return s.list
}
