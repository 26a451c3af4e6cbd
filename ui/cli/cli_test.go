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
	"pgregory.net/rapid"

	"storydesk/tracker"
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
		{errSomeFailed, 1},
		{errors.Join(errSomeFailed, tracker.Invalid("to", "no column")), 1},
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
		{"a port", &tracker.Error{Code: tracker.CodeUnavailable, Field: "port", Message: "port 1 is taken"}, "storydesk: port 1 is taken; choose another with --port\n"},
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

func TestAboutNamesTheSubjectOnce(t *testing.T) {
	id := tracker.StoryID(14)
	refused := tracker.Errorf(tracker.CodeRefused, "a note is being sent right now")
	if got := about(id, refused); got.Error() != "S-14: a note is being sent right now" || tracker.CodeOf(got) != tracker.CodeRefused {
		t.Errorf("about = %v, %s", got, tracker.CodeOf(got))
	}
	if got := about(id, tracker.Errorf(tracker.CodeNotFound, "there is no story S-14")); got.Error() != "there is no story S-14" {
		t.Errorf("about = %v", got)
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

func TestEachTriesEveryID(t *testing.T) {
	var out, complaints bytes.Buffer
	a := &app{Dependencies: Dependencies{Out: &out, Err: &complaints}}
	p := presenter[tracker.StoryID]{summary: func(id tracker.StoryID) string { return "done " + id.String() }}
	var tried []tracker.StoryID
	work := storyTaskOf([]tracker.StoryID{1, 2, 3}, func(id tracker.StoryID) error {
		tried = append(tried, id)
		if id == 2 {
			return tracker.Invalid("x", "two is odd")
		}
		return nil
	})
	work.backwards = true
	if err := each(a, p, work); !errors.Is(err, errSomeFailed) {
		t.Errorf("each = %v, want errSomeFailed", err)
	}
	if diff := cmp.Diff([]tracker.StoryID{3, 2, 1}, tried); diff != "" {
		t.Error(diff)
	}
	if got, want := out.String(), "done S-1\ndone S-3\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
	if got, want := complaints.String(), "storydesk: S-2: two is odd\n"; got != want {
		t.Errorf("complained %q, want %q", got, want)
	}
}

func storyTaskOf(ids []tracker.StoryID, do func(tracker.StoryID) error) task[tracker.StoryID, tracker.StoryID] {
	return task[tracker.StoryID, tracker.StoryID]{
		ids: ids, do: do, show: func(id tracker.StoryID) (tracker.StoryID, error) { return id, nil },
	}
}

func TestPrintingFailsWhenNobodyReads(t *testing.T) {
	a := &app{Dependencies: Dependencies{Out: brokenPrinter{}, Err: io.Discard}}
	if err := printList(a, projects(), []listedProject{{Project: tracker.NewProject("P")}}); !errors.Is(err, errPaper) {
		t.Errorf("printList = %v", err)
	}
	a.flags.json = true
	if err := printChange(a, projects(), listedProject{Project: tracker.NewProject("P")}); !errors.Is(err, errPaper) {
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
		if got, err := a.secret(true); got != want || err != nil {
			t.Errorf("secret(%q) = %q, %v", input, got, err)
		}
	}
	for _, input := range []string{"", "\n", strings.Repeat("x", maxSecret+1)} {
		a := &app{Dependencies: Dependencies{In: strings.NewReader(input)}}
		if _, err := a.secret(true); asError(err).Field != "password" {
			t.Errorf("secret of %d bytes: %v", len(input), err)
		}
	}
}

// Whatever is printed as JSON says the same after its controls are escaped,
// and holds nothing that a terminal obeys.
func TestEscapeControls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(
			rapid.Rune(), rapid.SampledFrom([]rune("\x1b\u009b\u202e\u200d\U000e0041\x00\x7f\"\\")),
		)).Draw(t, "text")
		var out bytes.Buffer
		a := &app{Dependencies: Dependencies{Out: &out}}
		if err := a.printJSON(text); err != nil {
			t.Fatal(err)
		}
		line := strings.TrimSuffix(out.String(), "\n")
		if i := strings.IndexFunc(line, func(r rune) bool { return hidden(r) || r == '\n' }); i >= 0 {
			t.Fatalf("%q has a control at %d", line, i)
		}
		if got := decoded(t, line); got != strings.ToValidUTF8(text, "\uFFFD") {
			t.Fatalf("%q came back as %q", text, got)
		}
	})
}
