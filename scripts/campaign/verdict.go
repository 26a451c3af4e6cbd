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

// owed is a note that an acknowledged change owes a ticket.
type owed struct {
	note
	story tracker.StoryID
}

// change is one that a worker made and told of.
type change struct {
	story tracker.Story
	task
	receipt
	// steady is true when the integration was on all the while.
	steady bool
}

// record is what was acknowledged.
type record struct {
	changes int
	notes   []owed
	// takenBack are notes that must never arrive.
	takenBack []note
	// dropped are the operations of notes that were given up, true for those
	// that had not been tried and so must never arrive.
	dropped map[string]bool
	// unmade are the tickets for which a change made no note, or several.
	unmade []finding
}

func newRecord() record { return record{dropped: make(map[string]bool)} }

// add records a change of a story, which owes each linked ticket one note. One
// that was taken back owes none, or another one that says so; one that found
// the integration off owes none. All of its tickets are owed the same.
func (r *record) add(c change) {
	r.changes++
	r.takenBack = append(r.takenBack, c.TakenBack...)
	made := make(map[tracker.TicketID]int)
	for _, n := range c.Notes {
		made[n.Ticket]++
		r.notes = append(r.notes, owed{n, c.story.ID})
	}
	want := 1
	if len(c.story.Tickets) > 0 && (c.Undo || !c.steady) {
		want = min(made[c.story.Tickets[0].Ticket.ID], 2)
	}
	for _, l := range c.story.Tickets {
		if n := made[l.Ticket.ID]; n != want {
			r.unmade = append(r.unmade, finding{"lost", l.Ticket.ID, "", fmt.Sprintf("a change of %s made %d notes", c.story.ID, n)})
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
	return []string{"lost", "doubled", "out of order", "public", "stuck", "unwanted"}
}

// verdict is what came of a campaign.
type verdict struct {
	seed                          uint64
	changes, notes, kills, parked int
	takenBack, dropped            int
	faults                        map[string]int
	findings                      []finding
}

func (v verdict) kept() bool { return len(v.findings) == 0 }

// count tells how often the promise was broken in one way.
func (v verdict) count(kind string) int {
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
func (v verdict) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "seed %d: %d changes, %d notes, %d kills, faults", v.seed, v.changes, v.notes, v.kills)
	separator := " "
	for _, name := range slices.Sorted(maps.Keys(v.faults)) {
		fmt.Fprintf(&b, "%s%d × %s", separator, v.faults[name], name)
		separator = ", "
	}
	fmt.Fprintf(&b, "; parked %d, taken back %d, dropped %d", v.parked, v.takenBack, v.dropped)
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
	// comments is how many it brought, public how many of them are.
	comments, public int
}

// arrivals lists a ticket's audits that carry an operation, in their order.
func arrivals(desk *sandbox.Sandbox, ticket int64) []arrival {
	comments, public := make(map[int64]int), make(map[int64]int)
	for _, c := range desk.Comments(ticket) {
		comments[c.AuditID]++
		if c.Public {
			public[c.AuditID]++
		}
	}
	var list []arrival
	for _, a := range desk.Audits(ticket) {
		if operation, ours := a.Metadata.Custom["client_op"].(string); ours {
			list = append(list, arrival{tracker.TicketID(ticket), operation, comments[a.ID], public[a.ID]})
		}
	}
	return list
}

// judge compares what was acknowledged with what stands on the desk.
func (c *campaign) judge(ctx context.Context) (verdict, error) {
	v := verdict{
		seed: c.options.seed, changes: c.record.changes, notes: len(c.record.notes), kills: c.kills,
		takenBack: len(c.record.takenBack), dropped: len(c.record.dropped),
		faults: c.faults.acted, findings: c.record.unmade,
	}
	list, err := c.svc.Outbox.Deliveries(ctx, tracker.DeliveryQuery{})
	if err != nil {
		return v, err
	}
	ledger := make(map[string]tracker.Delivery, len(list))
	for _, d := range list {
		ledger[d.Operation] = d
		if d.State == tracker.DeliveryParked {
			v.parked++
		}
	}
	seen := make(map[string][]arrival)
	for _, ticket := range c.tickets {
		arrived := arrivals(c.desk, ticket)
		for _, a := range arrived {
			seen[a.operation] = append(seen[a.operation], a)
		}
		v.findings = append(v.findings, disorder(arrived, ledger)...)
	}
	for _, of := range seen {
		v.findings = append(v.findings, excess(of)...)
	}
	for _, n := range c.record.notes {
		v.findings = append(v.findings, missing(n, seen[n.Operation], ledger[n.Operation])...)
	}
	v.findings = append(v.findings, unwanted(c.record, seen)...)
	return v, nil
}

// unwanted finds notes that arrived although they were taken back, or given up
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

// disorder finds notes of one ticket that came behind younger ones. Notes that
// were retried after they were parked may.
func disorder(arrived []arrival, ledger map[string]tracker.Delivery) []finding {
	var found []finding
	var last tracker.Delivery
	for _, a := range arrived {
		d := ledger[a.operation]
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

// excess finds an operation that stands on the desk more than once, or for
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

// missing finds a note that is neither on its ticket nor accounted for.
func missing(n owed, of []arrival, d tracker.Delivery) []finding {
	onTicket := slices.ContainsFunc(of, func(a arrival) bool { return a.ticket == n.Ticket })
	told := fmt.Sprintf("a note of %s is %q in the ledger: %q", n.story, d.State, d.Reason)
	switch {
	case d.State.InLane():
		return []finding{{"stuck", n.Ticket, n.Operation, told}}
	case onTicket || (d.State == tracker.DeliveryParked || d.State == tracker.DeliveryDropped) && d.Reason != "":
		return nil
	}
	return []finding{{"lost", n.Ticket, n.Operation, told}}
}
