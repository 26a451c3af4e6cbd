package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
)

// errPaper fails every write.
var errPaper = errors.New("no paper")

type brokenPrinter struct{}

func (brokenPrinter) Write([]byte) (int, error) { return 0, errPaper }

func TestExitCode(t *testing.T) {
	for _, test := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{errors.New("disk on fire"), 1},
		{tracker.Errorf(tracker.CodeNotFound, "there is no story S-14"), 1},
		{tracker.Invalid("to", "no column"), 2},
		{fmt.Errorf("while moving: %w", tracker.Invalid("to", "no column")), 2},
		{errors.Join(tracker.Invalid("to", "no column"), errors.New("closing failed")), 2},
		{errReported, 1},
	} {
		if got := exitCode(test.err); got != test.want {
			t.Errorf("exitCode(%v) = %d, want %d", test.err, got, test.want)
		}
	}
}

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
			(&app{Dependencies: Dependencies{Err: &out}}).report(test.err)
			if diff := cmp.Diff(test.want, out.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
	var out bytes.Buffer
	(&app{Dependencies: Dependencies{Err: &out}, flags: globalFlags{json: true}}).report(internal)
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
		err := allOrNone(test.ids, refused)
		(&app{Dependencies: Dependencies{Err: &out}}).report(err)
		if diff := cmp.Diff(test.want, out.String()); diff != "" {
			t.Error(diff)
		}
		if tracker.CodeOf(err) != tracker.CodeRefused {
			t.Errorf("the code is %s", tracker.CodeOf(err))
		}
	}
	if allOrNone([]int{1, 2}, nil) != nil {
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
		a := &app{Dependencies: Dependencies{Args: strings.Fields(args)}}
		if got := a.wantsJSON(); got != want {
			t.Errorf("wantsJSON(%s) = %t", args, got)
		}
	}
}

func TestPrintingFailsWhenNobodyReads(t *testing.T) {
	a := &app{Dependencies: Dependencies{Out: brokenPrinter{}, Err: io.Discard}}
	if err := output.List(a.out(), projects(), []listedProject{{Project: tracker.NewProject("P")}}); !errors.Is(err, errPaper) {
		t.Errorf("printList = %v", err)
	}
	a.flags.json = true
	if err := output.Object(a.out(), projects(), listedProject{Project: tracker.NewProject("P")}); !errors.Is(err, errPaper) {
		t.Errorf("printChange = %v", err)
	}
}

func TestParseEstimate(t *testing.T) {
	if got, err := parseEstimate("None"); got != nil || err != nil {
		t.Errorf("None = %v, %v", got, err)
	}
	if got, err := parseEstimate("0.5"); err != nil || *got != 0.5 {
		t.Errorf("0.5 = %v, %v", got, err)
	}
	for _, text := range []string{"", "-1", "much", "NaN", "1e9"} {
		if _, err := parseEstimate(text); tracker.CodeOf(err) != tracker.CodeInvalid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestParseWeekday(t *testing.T) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if got, err := parseWeekday(" " + strings.ToUpper(weekday(day))); got != day || err != nil {
			t.Errorf("%s = %s, %v", day, got, err)
		}
	}
	if _, err := parseWeekday("mon"); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("mon: %v", err)
	}
}

func TestCheckLoopback(t *testing.T) {
	for address, ok := range map[string]bool{
		"127.0.0.1:0": true, "localhost:8080": true, "[::1]:80": true, "127.1.2.3:1": true,
		"": false, ":80": false, "0.0.0.0:80": false, "example.com:80": false, "127.0.0.1": false, "127.0.0.1:http": false,
		"127.0.0.1:65536": false, "[::]:80": false, "localhost.example.com:1": false,
	} {
		if err := checkLoopback(address); (err == nil) != ok {
			t.Errorf("checkLoopback(%q) = %v", address, err)
		}
	}
}

func TestActingUser(t *testing.T) {
	for name, want := range map[string]string{"Grace": "Grace", "Ada Lovelace": "Ada Lovelace"} {
		if got, err := actingUser(t.Context(), name); got != want || err != nil {
			t.Errorf("actingUser(%q) = %q, %v", name, got, err)
		}
	}
}

// Git is asked for a name where none is known, and only there: asking takes
// longer than all else at the start.
func TestActingUserAsksGit(t *testing.T) {
	folder := t.TempDir()
	asked := filepath.Join(folder, "asked")
	git := "#!/bin/sh\necho asked >" + asked + "\necho Git User\n"
	if err := os.WriteFile(filepath.Join(folder, "git"), []byte(git), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	if got, err := actingUser(t.Context(), "Grace"); got != "Grace" || err != nil {
		t.Errorf("actingUser = %q, %v", got, err)
	}
	if _, err := os.Stat(asked); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("git was asked for a name that is known (%v)", err)
	}
	if got, err := actingUser(t.Context(), ""); got != "Git User" || err != nil {
		t.Errorf("actingUser = %q, %v", got, err)
	}
}

func TestSecretFromInput(t *testing.T) {
	for input, want := range map[string]string{
		"s3cret": "s3cret", "s3cret\n": "s3cret", "s3cret\r\n": "s3cret", " two words \n\n": " two words \n",
	} {
		a := &app{Dependencies: Dependencies{In: strings.NewReader(input)}}
		if got, err := (integrationCommands{a}).secret(true); got != want || err != nil {
			t.Errorf("secret(%q) = %q, %v", input, got, err)
		}
	}
	for _, input := range []string{"", "\n", strings.Repeat("x", maxSecret+1)} {
		a := &app{Dependencies: Dependencies{In: strings.NewReader(input)}}
		if _, err := (integrationCommands{a}).secret(true); asError(err).Field != "password" {
			t.Errorf("secret of %d bytes: %v", len(input), err)
		}
	}
}
