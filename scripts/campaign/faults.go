package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"storydesk/zendesk/sandbox"
)

// faults chooses what goes wrong at Zendesk.
type faults struct {
	rng *rand.Rand
	// mild pass by themselves; grave pause the integration or end a ticket.
	mild, grave []sandbox.Fault
	// latest is the longest time for which Zendesk holds a request back.
	latest time.Duration
	// acted counts what went wrong, by name.
	acted map[string]int
}

// graveOneIn is how rare grave faults are: each pause costs all tickets a
// moment, and a ticket that is closed takes no further comment.
const graveOneIn = 20

// newFaults returns all faults whose name holds a text.
func newFaults(rng *rand.Rand, o options) *faults {
	late := o.sendTimeout + time.Second
	others := func(f sandbox.Fault) bool { return !strings.Contains(faultName(f), o.faults) }
	return &faults{
		rng: rng, latest: 3 * late, acted: make(map[string]int),
		mild:  slices.DeleteFunc(slices.Concat(updateFaults(late.Seconds()), uploadFaults(late.Seconds()), readingFaults(late.Seconds()), listFaults(o.listLag-time.Second)), others),
		grave: slices.DeleteFunc(graveFaults(), others),
	}
}

// next draws a fault; false when there is none to draw.
func (f *faults) next() (sandbox.Fault, bool) {
	from := f.mild
	if f.rng.IntN(graveOneIn) == 0 {
		from = f.grave
	}
	if len(from) == 0 {
		return sandbox.Fault{}, false
	}
	fault := from[f.rng.IntN(len(from))]
	f.acted[faultName(fault)]++
	return fault, true
}

// settle takes the faults that are left, and so did not act, out of the count.
func (f *faults) settle(left []sandbox.Fault) {
	for _, l := range left {
		f.acted[faultName(l)]--
	}
	maps.DeleteFunc(f.acted, func(_ string, n int) bool { return n == 0 })
}

// updateFaults befall an update. late is longer than anybody waits, in seconds.
func updateFaults(late float64) []sandbox.Fault {
	var list []sandbox.Fault
	for _, answer := range []string{
		sandbox.AnswerReset, sandbox.AnswerResetAnswering, sandbox.AnswerTruncated, "wrong-json", "json-list", "html",
		"empty", "server-error", "bad-gateway", "unavailable", "gateway-timeout", "update-conflict", "database-conflict",
		"proxy-bad-request", "proxy-forbidden", "proxy-timeout", "proxy-too-large", "proxy-unprocessable", "html-not-found",
	} {
		list = append(list, sandbox.Fault{Apply: true, Answer: answer})
	}
	for _, answer := range []string{
		sandbox.AnswerResetUnread, sandbox.AnswerResetReading, sandbox.AnswerReset, "html", "wrong-json", "server-error",
		"bad-gateway", "unavailable", "gateway-timeout", "update-conflict", "database-conflict", "limited-account",
		"limited-endpoint", "limited-updates", "field-required", "record-not-found",
		"proxy-bad-request", "proxy-forbidden", "proxy-timeout", "proxy-too-large", "proxy-unprocessable", "html-not-found",
	} {
		list = append(list, sandbox.Fault{Answer: answer})
	}
	list = append(list,
		sandbox.Fault{Answer: "limited-account", RetryAfter: 1},
		sandbox.Fault{Answer: "unavailable", RetryAfter: 2},
		sandbox.Fault{Meanwhile: &sandbox.Edit{Comment: "Any news?", Public: true}},
		sandbox.Fault{Meanwhile: &sandbox.Edit{Status: "pending"}},
		// Carried out in time, answered too late.
		sandbox.Fault{Apply: true, After: sandbox.Pause{Seconds: late}},
		// Carried out when nobody waits any more: while it is looked for, and
		// when it may have been sent again.
		sandbox.Fault{Before: sandbox.Pause{Seconds: late}},
		sandbox.Fault{Before: sandbox.Pause{Seconds: 2 * late}},
		sandbox.Fault{Before: sandbox.Pause{Seconds: 3 * late}},
		sandbox.Fault{Before: sandbox.Pause{Seconds: 2 * late}, Apply: true, Answer: sandbox.AnswerReset},
		// Time in which the sender may be killed.
		sandbox.Fault{Before: sandbox.Pause{Seconds: 0.3}},
		sandbox.Fault{After: sandbox.Pause{Seconds: 0.3}},
	)
	for i := range list {
		list[i].Method, list[i].Path = http.MethodPut, "/tickets/*"
	}
	return list
}

// uploadFaults befall the upload of an attachment.
func uploadFaults(late float64) []sandbox.Fault {
	list := []sandbox.Fault{
		{Apply: true, Answer: sandbox.AnswerReset}, {Apply: true, Answer: "wrong-json"}, {Answer: sandbox.AnswerResetReading},
		{Answer: "server-error"}, {Answer: "unavailable"}, {Answer: "limited-account"}, {After: sandbox.Pause{Seconds: late}},
	}
	for i := range list {
		list[i].Method, list[i].Path = http.MethodPost, "/uploads"
	}
	return list
}

// readingFaults befall what is read before an update.
func readingFaults(late float64) []sandbox.Fault {
	var list []sandbox.Fault
	for _, path := range []string{"/tickets/*", "/tickets/*/comments", "/tickets/*/audits/*", "/users/me"} {
		for _, answer := range []string{
			sandbox.AnswerReset, sandbox.AnswerTruncated, "html", "wrong-json", "server-error", "limited-account", "record-not-found",
		} {
			list = append(list, sandbox.Fault{Path: path, Answer: answer})
		}
		list = append(list, sandbox.Fault{Path: path, After: sandbox.Pause{Seconds: late}})
	}
	for i := range list {
		list[i].Method = http.MethodGet
	}
	return list
}

// listTimes is how many lists of comments in a row are wrong.
const listTimes = 20

// listFaults are wrong lists of comments: those that lag behind, and those that
// are in another order, or dated otherwise, than they should be.
func listFaults(lag time.Duration) []sandbox.Fault {
	list := []sandbox.Fault{{Lag: lag.Seconds()}}
	for _, wrong := range sandbox.Distortions() {
		list = append(list, sandbox.Fault{Comments: wrong}, sandbox.Fault{Comments: wrong, Lag: lag.Seconds()})
	}
	for i := range list {
		list[i].Method, list[i].Path, list[i].Times = http.MethodGet, "/tickets/*/comments", listTimes
	}
	return list
}

// graveFaults pause the integration until somebody switches it on again, or
// end a ticket.
func graveFaults() []sandbox.Fault {
	list := []sandbox.Fault{
		{Answer: "unauthenticated"}, {Answer: "missing-scope"}, {Answer: "forbidden-role"}, {Answer: "forbidden-page"},
		{Answer: "no-help-desk"}, {Answer: "invalid-endpoint"},
		{Meanwhile: &sandbox.Edit{Status: "closed"}},
		{Meanwhile: &sandbox.Edit{MergeInto: sandbox.FirstGenerated}},
		{Meanwhile: &sandbox.Edit{Delete: true}},
	}
	for i := range list {
		list[i].Method, list[i].Path = http.MethodPut, "/tickets/*"
	}
	return append(list,
		sandbox.Fault{Method: http.MethodGet, Path: "/tickets/*", Answer: "unauthenticated"},
		sandbox.Fault{Method: http.MethodGet, Path: "/tickets/*", Answer: "forbidden-page"},
	)
}

// faultName is the kind of a fault in the campaign's report.
func faultName(f sandbox.Fault) string {
	words := []string{f.Method + " " + strings.TrimPrefix(f.Path, "/")}
	add := func(when bool, format string, args ...any) {
		if when {
			words = append(words, fmt.Sprintf(format, args...))
		}
	}
	if e := f.Meanwhile; e != nil {
		add(e.Comment != "", "commented")
		add(e.Status != "", "%s", e.Status)
		add(e.MergeInto != 0, "merged")
		add(e.Delete, "deleted")
	}
	add(f.Before.Seconds != 0, "late by %.1fs", f.Before.Seconds)
	add(f.Apply && f.Answer != "", "applied")
	add(f.After.Seconds != 0, "answered late by %.1fs", f.After.Seconds)
	add(f.Answer != "", "%s", f.Answer)
	add(f.Comments != "", "%s", f.Comments)
	add(f.Lag != 0, "lagging by %.1fs", f.Lag)
	add(f.RetryAfter != 0, "retry after %ds", f.RetryAfter)
	return strings.Join(words, " ")
}
