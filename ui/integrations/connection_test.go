package integrations

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
	"storydesk/ui/draw"
	"storydesk/ui/theme"
)

// running is a test that has begun.
func running() connectionTest { return connectionTest{run: 2, running: true, stop: func() {}} }

// shown is what a test shows in a body of that height.
func shown(t *connectionTest, height int) string {
	return strings.Join(t.lines(theme.New(theme.Options{NoColor: true}), draw.Rect{W: 60, H: height}), "\n")
}

func TestConnectionTestTakesItsOwnSteps(t *testing.T) {
	test := running()
	test.take(testStep{run: 1, step: verdict.TestStep{Text: "address of an earlier test"}})
	test.take(testStep{run: 2, step: verdict.TestStep{Text: "address found", URL: "https://acme.zendesk.com"}})
	if got := shown(&test, 20); strings.Contains(got, "earlier") || !strings.Contains(got, "address found") || !strings.Contains(got, "testing…") {
		t.Errorf("shown:\n%s", got)
	}
	if got := test.url(); got != "https://acme.zendesk.com" {
		t.Errorf("the account is %q", got)
	}
	test.take(testStep{run: 2, over: true})
	test.take(testStep{run: 2, step: verdict.TestStep{Text: "after the end"}})
	if got := shown(&test, 20); strings.Contains(got, "after the end") || !strings.Contains(got, "The connection works.") {
		t.Errorf("shown:\n%s", got)
	}
}

// Where there is not room for all, what went wrong stays and what passed goes.
func TestFailedConnectionTestShowsTheProblemFirst(t *testing.T) {
	test := running()
	for range 6 {
		test.take(testStep{run: 2, step: verdict.TestStep{Text: "passed"}})
	}
	test.take(testStep{run: 2, over: true, err: &tracker.Error{
		Code: tracker.CodeUnauthorized, Field: "password", Message: "the token was rejected", Causes: []string{"it is wrong"}, Steps: []string{"compare it"},
	}})
	got := shown(&test, 9)
	for _, want := range []string{"the token was rejected", "likely: - it is wrong", "1. compare it"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing:\n%s", want, got)
		}
	}
	if strings.Contains(got, "passed") || test.field != "password" || test.running {
		t.Errorf("field %q, running %v:\n%s", test.field, test.running, got)
	}
	if got := shown(&test, 3); got != "" {
		t.Errorf("it leaves no room for the field to fix:\n%s", got)
	}
}

func TestStoppedConnectionTestSaysSo(t *testing.T) {
	test := running()
	test.cancel()
	if got := shown(&test, 20); !strings.Contains(got, "stopped") {
		t.Errorf("shown:\n%s", got)
	}
}

// An error whose sentence says it all stands under its field and nowhere else.
func TestErrorWithoutCausesIsNotExplained(t *testing.T) {
	var test connectionTest
	test.explain(1, "Problem", tracker.Invalid("url", "no such account"))
	if got := shown(&test, 20); got != "" {
		t.Errorf("shown:\n%s", got)
	}
	test.explain(1, "Problem", &tracker.Error{Code: tracker.CodeLimited, Message: "too many requests", Steps: []string{"wait a minute"}})
	if got := shown(&test, 20); !strings.Contains(got, "Problem") || !strings.Contains(got, "wait a minute") {
		t.Errorf("shown:\n%s", got)
	}
}
