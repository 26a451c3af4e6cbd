package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

// owed is a comment that an acknowledged change owes a ticket.
type owed struct {
	comment
	story tracker.StoryID
}

// change is one that a worker made and reported.
type change struct {
	story tracker.Story
	task
	receipt
	// steady is true when the integration was on all the while.
	steady bool
}

// record is what was acknowledged.
type record struct {
	changes  int
	comments []owed
	// takenBack are comments that must never arrive.
	takenBack []comment
	// dropped are the operations of comments that were given up, true for those
	// that had not been tried and so must never arrive.
	dropped map[string]bool
	// unmade are the tickets for which a change made no comment, or several.
	unmade []finding
}

func newRecord() record { return record{dropped: make(map[string]bool)} }

// add records a change of a story, which owes each linked ticket one comment. One
// that was taken back owes none, or another one that says so; one that found
// the integration off owes none. All of its tickets are owed the same.
func (r *record) add(c change) {
	r.changes++
	r.takenBack = append(r.takenBack, c.TakenBack...)
	made := make(map[tracker.TicketID]int)
	for _, n := range c.Comments {
		made[n.Ticket]++
		r.comments = append(r.comments, owed{n, c.story.ID})
	}
	want := 1
	if len(c.story.Tickets) > 0 && (c.Undo || !c.steady) {
		want = min(made[c.story.Tickets[0].Ticket.ID], 2)
	}
	for _, l := range c.story.Tickets {
		if n := made[l.Ticket.ID]; n != want {
			r.unmade = append(r.unmade, finding{"lost", l.Ticket.ID, "", fmt.Sprintf("a change of %s made %d comments", c.story.ID, n)})
		}
	}
}

// finding is one breach of the promise.
type finding struct {
	// kind is one of breaches.
	kind      string
	ticket    tracker.TicketID
	operation string
	seen      string
}

func breaches() []string {
	return []string{"lost", "doubled", "out of order", "public", "stuck", "unwanted", "with other files"}
}

// outcome is the result of a campaign.
type outcome struct {
	seed                             uint64
	changes, comments, kills, parked int
	takenBack, dropped               int
	// carried is how many attachments were owed.
	carried  int
	faults   map[string]int
	findings []finding
}

func (v outcome) passed() bool { return len(v.findings) == 0 }

// count returns how often the guarantee was broken in one way.
func (v outcome) count(kind string) int {
	n := 0
	for _, f := range v.findings {
		if f.kind == kind {
			n++
		}
	}
	return n
}

// shown is how many findings are written out.
const shown = 10

// String returns the one line, and under it the first findings.
func (v outcome) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "seed %d: %d changes, %d comments, %d kills, faults", v.seed, v.changes, v.comments, v.kills)
	separator := " "
	for _, name := range slices.Sorted(maps.Keys(v.faults)) {
		fmt.Fprintf(&b, "%s%d × %s", separator, v.faults[name], name)
		separator = ", "
	}
	fmt.Fprintf(&b, "; parked %d, taken back %d, dropped %d, attachments %d", v.parked, v.takenBack, v.dropped, v.carried)
	for _, kind := range breaches() {
		fmt.Fprintf(&b, ", %s %d", kind, v.count(kind))
	}
	for _, f := range v.findings[:min(shown, len(v.findings))] {
		fmt.Fprintf(&b, "\n%s: ticket %s, operation %s: %s", f.kind, f.ticket, f.operation, f.seen)
	}
	return b.String()
}

// arrival is an audit that carries one of our operations.
type arrival struct {
	ticket    tracker.TicketID
	operation string
	// comments is how many it brought, public how many of them are, and files how many
	// attachments they have.
	comments, public, files int
}

// arrivals lists a ticket's audits that carry an operation, in their order.
func arrivals(box *sandbox.Sandbox, ticket int64) []arrival {
	comments, public, files := make(map[int64]int), make(map[int64]int), make(map[int64]int)
	for _, c := range box.Comments(ticket) {
		comments[c.AuditID]++
		files[c.AuditID] += len(c.Attachments)
		if c.Public {
			public[c.AuditID]++
		}
	}
	var list []arrival
	for _, a := range box.Audits(ticket) {
		if operation, ours := a.Metadata.Custom["client_op"].(string); ours {
			list = append(list, arrival{tracker.TicketID(ticket), operation, comments[a.ID], public[a.ID], files[a.ID]})
		}
	}
	return list
}

// judge compares what was acknowledged with what is in Zendesk.
func (c *campaign) judge(ctx context.Context) (outcome, error) {
	v := outcome{
		seed: c.options.seed, changes: c.record.changes, comments: len(c.record.comments), kills: c.kills,
		takenBack: len(c.record.takenBack), dropped: len(c.record.dropped),
		faults: c.faults.acted, findings: c.record.unmade,
	}
	list, err := c.svc.Outbox.Deliveries(ctx, tracker.DeliveryQuery{})
	if err != nil {
		return v, err
	}
	deliveries := make(map[string]tracker.Delivery, len(list))
	for _, d := range list {
		deliveries[d.Operation] = d
		if d.State == tracker.DeliveryParked {
			v.parked++
		}
	}
	seen := make(map[string][]arrival)
	for _, ticket := range c.tickets {
		arrived := arrivals(c.box, ticket)
		for _, a := range arrived {
			seen[a.operation] = append(seen[a.operation], a)
		}
		v.findings = append(v.findings, disorder(arrived, deliveries)...)
	}
	for _, of := range seen {
		v.findings = append(v.findings, excess(of)...)
	}
	for _, n := range c.record.comments {
		v.carried += n.Files
		v.findings = append(v.findings, missing(n, seen[n.Operation], deliveries[n.Operation])...)
	}
	v.findings = append(v.findings, unwanted(c.record, seen)...)
	return v, nil
}

// unwanted finds comments that arrived although they were taken back, or given up
// before they were tried.
func unwanted(r record, seen map[string][]arrival) []finding {
	var found []finding
	for _, n := range r.takenBack {
		if len(seen[n.Operation]) > 0 {
			found = append(found, finding{"unwanted", n.Ticket, n.Operation, "it was taken back"})
		}
	}
	for operation, untried := range r.dropped {
		if of := seen[operation]; untried && len(of) > 0 {
			found = append(found, finding{"unwanted", of[0].ticket, operation, "it has been dropped before it was tried"})
		}
	}
	return found
}

// disorder finds comments of one ticket that came behind younger ones. Those that
// were retried after they were parked may.
func disorder(arrived []arrival, deliveries map[string]tracker.Delivery) []finding {
	var found []finding
	var last tracker.Delivery
	for _, a := range arrived {
		d := deliveries[a.operation]
		if d.Late {
			continue
		}
		if d.Seq < last.Seq {
			found = append(found, finding{"out of order", a.ticket, a.operation,
				fmt.Sprintf("number %d of the lane came behind %d (%s)", d.Seq, last.Seq, last.Operation)})
			continue
		}
		last = d
	}
	return found
}

// excess finds an operation that is in Zendesk more than once, or for
// customers to read.
func excess(of []arrival) []finding {
	first := of[0]
	comments, public := 0, 0
	for _, a := range of {
		comments += a.comments
		public += a.public
	}
	var found []finding
	if len(of) != 1 || comments != 1 {
		found = append(found, finding{"doubled", first.ticket, first.operation, fmt.Sprintf("%d audits, %d comments", len(of), comments)})
	}
	if public > 0 {
		found = append(found, finding{"public", first.ticket, first.operation, fmt.Sprintf("%d public comments", public)})
	}
	return found
}

// missing finds a comment that is neither on its ticket nor accounted for.
func missing(n owed, of []arrival, d tracker.Delivery) []finding {
	at := slices.IndexFunc(of, func(a arrival) bool { return a.ticket == n.Ticket })
	onTicket := at >= 0
	seen := fmt.Sprintf("the delivery of a comment of %s is %q: %q", n.story, d.State, d.Reason)
	switch {
	case d.State.InLane():
		return []finding{{"stuck", n.Ticket, n.Operation, seen}}
	case onTicket && of[at].files != n.Files:
		return []finding{{"with other files", n.Ticket, n.Operation, fmt.Sprintf("it arrived with %d attachments instead of %d", of[at].files, n.Files)}}
	case onTicket || (d.State == tracker.DeliveryParked || d.State == tracker.DeliveryDropped) && d.Reason != "":
		return nil
	}
	return []finding{{"lost", n.Ticket, n.Operation, seen}}
}
