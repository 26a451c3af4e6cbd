package remedy_test

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker/verdict"
	"storydesk/ui/cli/remedy"
)

// Every remedy comes with the command that applies it, after the other steps.
func TestRemediesNameACommand(t *testing.T) {
	for _, wanted := range []verdict.Remedy{
		verdict.RemedyAddIntegration, verdict.RemedyEnable, verdict.RemedySend, verdict.RemedyConfirm, verdict.RemedyDecide,
	} {
		c := remedy.ForCheck(verdict.Check{Subject: "Support", Text: "found", Steps: []string{"first"}, Remedy: wanted})
		if c.Steps[0] != "first" || !strings.Contains(c.Text+strings.Join(c.Steps, " "), "“storydesk ") {
			t.Errorf("%s: %+v", wanted, c)
		}
	}
	enable := remedy.ForCheck(verdict.Check{Subject: "Support", Remedy: verdict.RemedyEnable})
	if want := []string{`fix the cause, then run “storydesk integration enable "Support"”`}; !slices.Equal(enable.Steps, want) {
		t.Errorf("steps %q, want %q", enable.Steps, want)
	}
	if c := remedy.ForCheck(verdict.Check{Text: "found"}); c.Text != "found" || len(c.Steps) > 0 {
		t.Errorf("without a remedy: %+v", c)
	}
}
