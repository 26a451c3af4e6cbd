package tests

import (
	"fmt"
	"testing"

	"storydesk/zendesk/sandbox"
)

// On a terminal the doctor asks about each repair, and does what is agreed to.
func TestDoctorRepairsLinks(t *testing.T) {
	box, base := openSandbox(t)
	home := t.TempDir()
	run := func(args ...string) *console {
		return startWith(t, []string{"STORYDESK_SECRET=" + sandbox.Token}, 100, 60, home, args...)
	}
	run("integration", "add", "--name", "Support", "--url", base, "--view", fmt.Sprint(sandbox.ViewUnresolved), "--auth", "token",
		"--email", sandbox.Email, "--store-secret-in-db").ended(0, "audits readable")
	for id, ticket := range []int64{1032, 1035} {
		run("story", "add", "--from-ticket", fmt.Sprint(ticket)).ended(0, fmt.Sprintf("S-%d", id+1))
	}
	for _, edit := range []sandbox.Edit{{Ticket: 1032, Delete: true}, {Ticket: 1035, MergeInto: 1047}} {
		if err := box.Edit(edit); err != nil {
			t.Fatal(err)
		}
	}
	x := run("doctor", "--links", "--repair")
	x.sees("Unlink S-1 from #1032? [y/N]")
	x.press("n", "enter")
	x.sees("Link S-2 to #1047 instead of #1035? [y/N]")
	x.press("y", "enter")
	x.ended(0, "S-2 linked to #1047 instead of #1035")
	run("story", "show", "1").ended(0, "#1032")
	run("story", "show", "2").ended(0, "#1047")
	run("doctor", "--repair").ended(2, "--repair goes with --links")
}
