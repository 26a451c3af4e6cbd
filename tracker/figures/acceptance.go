package figures

import (
	"time"

	"storydesk/tracker"
)

// Rejections is how often delivered work was rejected, by iteration.
type Rejections struct {
	Rows []RejectionRow
	// Total has the sums of the rows.
	Total RejectionRow
}

// RejectionRow is an iteration.
type RejectionRow struct {
	Iteration
	// Rejected counts rejections, of one story perhaps several; Accepted the features and
	// bugs that were accepted.
	Rejected, Accepted int
}

// Rate returns how many of the decisions were rejections: 0.25 for one of four, 0 where
// there was none.
func (r RejectionRow) Rate() float64 {
	if r.Rejected == 0 {
		return 0
	}
	return float64(r.Rejected) / float64(r.Rejected+r.Accepted)
}

// Rejections counts what was rejected and accepted in the iterations of a range.
func (h *History) Rejections(r Range) Rejections {
	spans := h.spans(r)
	list := Rejections{Rows: make([]RejectionRow, len(spans))}
	for i, it := range spans {
		list.Rows[i].Iteration = it
	}
	for i := range h.facts.Stories {
		s := &h.facts.Stories[i]
		for _, at := range rejections(h.steps[s.ID]) {
			if n := holding(spans, at); n >= 0 {
				list.Rows[n].Rejected++
				list.Total.Rejected++
			}
		}
		if n := acceptedIn(spans, s); n >= 0 && (s.Type == tracker.Feature || s.Type == tracker.Bug) {
			list.Rows[n].Accepted++
			list.Total.Accepted++
		}
	}
	return list
}

// rejections returns when a story was rejected. One that led back to delivered was undone.
func rejections(steps []step) (at []time.Time) {
	for _, s := range steps {
		switch {
		case s.now == tracker.Rejected:
			at = append(at, s.at)
		case s.now == tracker.Delivered && s.old == tracker.Rejected && len(at) > 0:
			at = at[:len(at)-1]
		}
	}
	return at
}

// acceptedIn returns in which of some iterations a story was accepted, -1 for none.
func acceptedIn(spans []Iteration, s *tracker.StoryFound) int {
	if s.State != tracker.Accepted || s.AcceptedAt == nil {
		return -1
	}
	return holding(spans, *s.AcceptedAt)
}

// Tickets is what accepted stories did for tickets, by iteration.
type Tickets struct {
	Rows []TicketRow
	// Total has the sums of the rows.
	Total TicketRow
}

// TicketRow is an iteration.
type TicketRow struct {
	Iteration
	// Stories were accepted in it that are linked to tickets. Of Tickets the last story
	// was accepted in it; Closed of them were solved or closed when last seen.
	Stories, Tickets, Closed int
}

// Tickets counts the tickets whose stories were all accepted, the last of them in the
// iterations of a range.
func (h *History) Tickets(r Range) Tickets {
	spans := h.spans(r)
	list := Tickets{Rows: make([]TicketRow, len(spans))}
	for i, it := range spans {
		list.Rows[i].Iteration = it
	}
	for key, t := range h.answered() {
		n := holding(spans, t.at)
		if t.open || n < 0 {
			continue
		}
		list.Rows[n].Tickets++
		list.Total.Tickets++
		if h.closed(key, t.story) {
			list.Rows[n].Closed++
			list.Total.Closed++
		}
	}
	for i := range h.facts.Stories {
		if n := acceptedIn(spans, &h.facts.Stories[i]); n >= 0 && len(h.facts.Tickets[h.facts.Stories[i].ID]) > 0 {
			list.Rows[n].Stories++
			list.Total.Stories++
		}
	}
	return list
}

// answer is what has become of the stories of a ticket.
type answer struct {
	// open is true while one of them is not accepted; at is when the last one was.
	open bool
	at   time.Time
	// story is one of them.
	story tracker.StoryID
}

// answered returns what has become of the stories of each linked ticket.
func (h *History) answered() map[tracker.TicketKey]answer {
	tickets := make(map[tracker.TicketKey]answer, len(h.facts.Tickets))
	for id, list := range h.facts.Tickets {
		i, known := h.byID[id]
		if !known {
			continue
		}
		s := &h.facts.Stories[i]
		for _, t := range list {
			a := tickets[t.TicketKey]
			a.story = id
			if s.State != tracker.Accepted || s.AcceptedAt == nil {
				a.open = true
			} else if s.AcceptedAt.After(a.at) {
				a.at = *s.AcceptedAt
			}
			tickets[t.TicketKey] = a
		}
	}
	return tickets
}

// closed reports whether a ticket of a story was solved or closed when last seen.
func (h *History) closed(key tracker.TicketKey, story tracker.StoryID) bool {
	for _, t := range h.facts.Tickets[story] {
		if t.TicketKey == key {
			return t.Status == tracker.TicketSolved || t.Status == tracker.TicketClosed
		}
	}
	return false
}
