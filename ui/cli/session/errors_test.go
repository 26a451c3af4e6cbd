package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
)

func TestReportOfErrors(t *testing.T) {
	internal := errors.New("disk on fire\x1b[2J")
	for _, test := range []struct {
		name string
		err  error
		want string
	}{
		{"a sentence", tracker.Invalid("to", "no column"), "storydesk: no column\n"},
		{"the sentence inside a chain", fmt.Errorf("id 4: %w", tracker.Invalid("to", "no column")), "storydesk: no column\n"},
		{"an unforeseen error, made safe", internal, "storydesk: disk on fire\n"},
		{
			"causes and steps",
			&tracker.Error{Code: tracker.CodeUnauthorized, Message: "no entry", Causes: []string{"a\x1b[2J", "b"}, Steps: []string{"c"}},
			"storydesk: no entry\n  Likely causes:\n  - a\n  - b\n  What to do:\n  1. c\n",
		},
		{"a port", &tracker.Error{Code: tracker.CodeUnavailable, Reason: tracker.ReasonPortTaken, Message: "port 1 is taken"}, "storydesk: port 1 is taken; choose another with --port\n"},
		{"an interruption", fmt.Errorf("read: %w", context.Canceled), "storydesk: interrupted\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			(&Program{Dependencies: Dependencies{Err: &out}}).Report(test.err)
			if diff := cmp.Diff(test.want, out.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
	var out bytes.Buffer
	(&Program{Dependencies: Dependencies{Err: &out}, Flags: Flags{JSON: true}}).Report(internal)
	want := `{"error":{"code":"internal","field":null,"message":"disk on fire","causes":[],"steps":[]}}` + "\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

// An error of a change of several objects says that none was changed, after the
// flag that would help, and with the same code.
func TestErrorsOfSeveralSayThatNothingWasChanged(t *testing.T) {
	refused := tracker.Errorf(tracker.CodeRefused, "S-2 has unsent comments; choose to drop them")
	refused.Reason = tracker.ReasonPending
	for _, test := range []struct {
		ids  []int
		want string
	}{
		{[]int{2}, "storydesk: S-2 has unsent comments; choose to drop them with --drop\n"},
		{[]int{1, 2}, "storydesk: S-2 has unsent comments; choose to drop them with --drop. Nothing was changed.\n"},
	} {
		var out bytes.Buffer
		err := AllOrNone(test.ids, refused)
		(&Program{Dependencies: Dependencies{Err: &out}}).Report(err)
		if diff := cmp.Diff(test.want, out.String()); diff != "" {
			t.Error(diff)
		}
		if tracker.CodeOf(err) != tracker.CodeRefused {
			t.Errorf("the code is %s", tracker.CodeOf(err))
		}
	}
	if AllOrNone([]int{1, 2}, nil) != nil {
		t.Error("a change that succeeded fails")
	}
}

func TestWantsJSON(t *testing.T) {
	for args, want := range map[string]bool{
		"story list --json":         true,
		"--json story list --nope":  true,
		"story list":                false,
		"story comment 1 -- --json": false,
	} {
		p := &Program{Dependencies: Dependencies{Args: strings.Fields(args)}}
		if got := p.wantsJSON(); got != want {
			t.Errorf("wantsJSON(%s) = %t", args, got)
		}
	}
}
