package doctor

import (
	"regexp"
	"testing"

	"storydesk/tracker"
)

// A step names no key of the board, because the user may have chosen another.
func TestStepsNameNoKeysOfTheBoard(t *testing.T) {
	named := regexp.MustCompile(`(?i)\b(press|then) \S\b`)
	for _, repair := range []tracker.Repair{tracker.RepairUnlink, tracker.RepairRelink, tracker.RepairResend} {
		if step := repairStep(tracker.Drift{Repair: repair}); step == "" || named.MatchString(step) {
			t.Errorf("the step of %v is %q", repair, step)
		}
	}
}
