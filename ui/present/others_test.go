package present

import (
	"testing"

	"storydesk/tracker"
)

func TestOthers(t *testing.T) {
	grace, sam := tracker.Attendance{Who: "Grace Hopper", Story: 1}, tracker.Attendance{Who: "Sam\x1b[2J", Story: 1, Writing: true}
	for _, test := range []struct {
		all         []tracker.Attendance
		brief, full string
	}{
		{nil, "", ""},
		{[]tracker.Attendance{{Who: "Elsewhere", Story: 2}}, "", ""},
		{[]tracker.Attendance{grace}, "GH reading", "Grace Hopper is reading this"},
		{[]tracker.Attendance{grace, sam, {Who: "Bob", Story: 1}}, "SA writing", Cell(sam.Who) + " is writing, and 2 more"},
		{[]tracker.Attendance{{Who: "Bobby", Story: 1}}, "BY reading", "Bobby is reading this"},
		{[]tracker.Attendance{grace, {Who: "Bob", Story: 1}}, "BO reading", "Bob is reading this, and 1 more"},
	} {
		if brief, full := Others(test.all, 1, map[string]string{"Bobby": "BY"}); brief != test.brief || full != test.full {
			t.Errorf("%v: %q, %q", test.all, brief, full)
		}
	}
}
