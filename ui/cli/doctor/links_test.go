package doctor

import (
	"regexp"
	"testing"

	"storydesk/tracker/linkcheck"
)

// A step names no key of the board, because the user may have chosen another.
func TestStepsNameNoKeysOfTheBoard(t *testing.T) {
	named := regexp.MustCompile(`(?i)\b(press|then) \S\b`)
	for _, repair := range []linkcheck.Repair{linkcheck.RepairUnlink, linkcheck.RepairRelink, linkcheck.RepairResend} {
		if step := repairStep(linkcheck.Drift{Repair: repair}); step == "" || named.MatchString(step) {
			t.Errorf("the step of %v is %q", repair, step)
		}
	}
}
