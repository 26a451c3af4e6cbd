package ui_test

import (
	"testing"

	"storydesk/ui/intent"
)

// A project's settings are changed in the program, which says before it saves one what
// becomes of the plan.
func TestProjectSettings(t *testing.T) {
	t.Parallel()
	w := planFull(t).Start(160, 32)
	w.Press("2", "C")
	w.See("Settings of Acme Mobile")
	w.Write("initial velocity").Press("enter")
	w.See("velocity: initial velocity, until iterations are done")
	w.Press("backspace").Write("none").Press("enter")
	w.See(`"none" is not a number`)
	w.Press("C").Write("initial velocity").Press("enter", "backspace").Write("20").Press("enter")
	w.See("Velocity is 20 instead of 5. 2 stories move into Current.")
	w.Press("n")
	w.See("velocity 5")
	w.Press("C").Write("initial velocity").Press("enter", "backspace").Write("20").Press("enter")
	w.See("Velocity is 20 instead of 5.")
	w.Press("y")
	w.See("Project settings saved")
	w.See("velocity 20")
	w.See("Current · 16–22 Nov · 13 of 20 pts")
	w.Press("C").Write("weekday").Press("enter")
	w.See("Wednesday")
	w.Write("Wednesday").Press("enter")
	w.See("Current is 18–24 Nov instead of 16–22 Nov.")
	w.Press("y")
	w.See("Current · 18–24 Nov")
	w.Idle()
	if focus := w.focus(); focus != intent.PaneBacklog {
		t.Errorf("the focus is on %s", focus)
	}
}
