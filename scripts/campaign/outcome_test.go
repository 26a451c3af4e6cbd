package main

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

func TestTheSandboxKnowsEveryFault(t *testing.T) {
	box, err := sandbox.Open(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := newFaults(rand.New(rand.NewPCG(1, 1)), options{sendTimeout: time.Second, listLag: 3 * time.Second})
	names := make(map[string]bool)
	for _, fault := range append(f.mild, f.grave...) {
		if err := box.AddFaults(fault); err != nil {
			t.Error(err)
		}
		if name := faultName(fault); names[name] {
			t.Errorf("two faults are called %q", name)
		} else {
			names[name] = true
		}
	}
	for _, answer := range []string{
		"reset", "truncated", "html", "wrong-json", "unauthenticated", "missing-scope", "record-not-found", "update-conflict",
		"database-conflict", "closed", "merged", "deleted", "commented", "limited-account retry after 1s", "limited-updates",
		"server-error", "bad-gateway", "unavailable", "late by", "answered late by",
	} {
		of := func(name string) bool { return strings.HasPrefix(name, "PUT ") && strings.Contains(name, answer) }
		if !slices.ContainsFunc(slices.Collect(maps.Keys(names)), of) {
			t.Errorf("no update is %s", answer)
		}
	}
}

func TestFaultsThatDidNotActAreNotCounted(t *testing.T) {
	f := newFaults(rand.New(rand.NewPCG(1, 1)), options{sendTimeout: time.Second, listLag: 3 * time.Second, faults: "applied reset-answering"})
	first, ok := f.next()
	if second, again := f.next(); !ok || !again || faultName(first) != faultName(second) {
		t.Fatalf("drew %q and %q", faultName(first), faultName(second))
	}
	f.settle([]sandbox.Fault{first})
	if f.acted[faultName(first)] != 1 {
		t.Errorf("counted %v", f.acted)
	}
}

func TestFindings(t *testing.T) {
	at := func(seq int64, state tracker.DeliveryState) tracker.Delivery {
		return tracker.Delivery{Seq: seq, State: state}
	}
	late := at(1, tracker.DeliverySent)
	late.Late = true
	deliveries := map[string]tracker.Delivery{
		"a": at(1, tracker.DeliverySent), "b": at(2, tracker.DeliverySent), "late": late,
	}
	arrived := func(operation string) arrival { return arrival{ticket: 7, operation: operation, comments: 1} }
	public := arrived("a")
	public.public = 1
	parked := at(1, tracker.DeliveryParked)
	parked.Reason = "ticket #7 is closed"
	dropped := at(1, tracker.DeliveryDropped)
	dropped.Reason = "dropped by the user"
	owes := owed{comment{"a", 7, 0}, 14}
	tests := map[string]struct {
		found []finding
		want  string
	}{
		"in order":                      {disorder([]arrival{arrived("a"), arrived("b")}, deliveries), ""},
		"younger first":                 {disorder([]arrival{arrived("b"), arrived("a")}, deliveries), "out of order"},
		"retried after it was parked":   {disorder([]arrival{arrived("b"), arrived("late")}, deliveries), ""},
		"once and private":              {excess([]arrival{arrived("a")}), ""},
		"in two audits":                 {excess([]arrival{arrived("a"), arrived("a")}), "doubled"},
		"twice in one audit":            {excess([]arrival{{7, "a", 2, 0, 0}}), "doubled"},
		"public":                        {excess([]arrival{public}), "public"},
		"on its ticket":                 {missing(owes, []arrival{arrived("a")}, deliveries["a"]), ""},
		"with both of its files":        {missing(owed{comment{"a", 7, 2}, 14}, []arrival{{7, "a", 1, 0, 2}}, deliveries["a"]), ""},
		"without one of its files":      {missing(owed{comment{"a", 7, 2}, 14}, []arrival{{7, "a", 1, 0, 1}}, deliveries["a"]), "with other files"},
		"with a file too many":          {missing(owes, []arrival{{7, "a", 1, 0, 1}}, deliveries["a"]), "with other files"},
		"nowhere, said to be delivered": {missing(owes, nil, deliveries["a"]), "lost"},
		"on another ticket":             {missing(owes, []arrival{{8, "a", 1, 0, 0}}, deliveries["a"]), "lost"},
		"nowhere, not even known":       {missing(owes, nil, tracker.Delivery{}), "lost"},
		"parked with a reason":          {missing(owes, nil, parked), ""},
		"parked without a reason":       {missing(owes, nil, at(1, tracker.DeliveryParked)), "lost"},
		"dropped":                       {missing(owes, nil, dropped), ""},
		"taken back, yet there":         {unwanted(record{takenBack: []comment{{"a", 7, 0}}}, map[string][]arrival{"a": {arrived("a")}}), "unwanted"},
		"taken back, and not there":     {unwanted(record{takenBack: []comment{{"a", 7, 0}}}, nil), ""},
		"dropped untried, yet there": {
			unwanted(record{dropped: map[string]bool{"a": true}}, map[string][]arrival{"a": {arrived("a")}}), "unwanted"},
		"dropped in doubt, and there": {
			unwanted(record{dropped: map[string]bool{"a": false}}, map[string][]arrival{"a": {arrived("a")}}), ""},
		"still waiting": {missing(owes, nil, at(1, tracker.DeliveryWaiting)), "stuck"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			v := outcome{findings: tt.found}
			if v.passed() != (tt.want == "") || tt.want != "" && v.count(tt.want) != 1 {
				t.Errorf("found %v, want %q", tt.found, tt.want)
			}
		})
	}
}

func TestAChangeSendsEachTicketOneComment(t *testing.T) {
	story := tracker.Story{ID: 14, Tickets: []tracker.Link{
		{Ticket: tracker.TicketKey{ID: 7}}, {Ticket: tracker.TicketKey{ID: 8}},
	}}
	one, twice := []comment{{"a", 7, 0}, {"b", 8, 0}}, []comment{{"c", 7, 0}, {"d", 7, 0}}
	for name, tt := range map[string]struct {
		comments     []comment
		undo, steady bool
		unmade       int
	}{
		"one for each":                     {one, false, true, 0},
		"two for one and none for another": {twice, false, true, 2},
		"none":                             {nil, false, true, 2},
		"none, as it was switched off":     {nil, false, false, 0},
		"none, as it was taken back":       {nil, true, true, 0},
		"one only, then taken back":        {one[:1], true, true, 1},
	} {
		r := newRecord()
		r.add(change{story: story, task: task{Undo: tt.undo}, receipt: receipt{Comments: tt.comments}, steady: tt.steady})
		if r.changes != 1 || len(r.comments) != len(tt.comments) || len(r.unmade) != tt.unmade {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
