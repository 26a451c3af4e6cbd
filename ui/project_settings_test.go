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
	w.See("velocity: initial velocity until iterations are done, 1 to 1000")
	w.Press("backspace").Write("none").Press("enter")
	w.See(`"none" is not a whole number`)
	for range "none" { // what was written stays, to be corrected
		w.Press("backspace")
	}
	w.shows("-is not a whole number")
	w.Write("20").Press("enter")
	w.See("Velocity is 20 instead of 5. 2 stories move into Current.")
	w.Press("n")
	w.See("velocity 5")
	w.Press("C").Write("initial velocity").Press("enter", "backspace").Write("20").Press("enter")
	w.See("Velocity is 20 instead of 5.")
	w.Press("y")
	w.See("Project settings saved · u undo")
	w.See("velocity 20")
	w.See("Current · 16–22 Nov · 13 of 20 pts")
	w.Press("C").Write("weekday").Press("enter")
	w.See("Wednesday")
	w.Write("Wednesday").Press("enter")
	w.See("Current is 18–24 Nov instead of 16–22 Nov.")
	w.Press("y")
	w.See("Current · 18–24 Nov")
	w.Press("C").Write("time zone").Press("enter").Write("x").Press("enter")
	w.See("is not a time zone")
	w.shows("time zone: ") // the prompt is still open
	w.Press("esc")
	w.Press("C").Write("points").Press("enter")
	w.See("0,1,2,4,8")
	w.Write("other").Press("enter")
	w.See("points: point scale, such as 0,1,2,3 or numbers of your own")
	w.Press("esc")
	w.Press("C").Write("team strength").Press("enter")
	w.See("Current · 18–24 Nov")
	w.See("25 Nov–1 Dec")
	w.Write("25 Nov").Press("enter")
	w.See("team strength: the team's strength in one iteration, in percent, 0 to 1000")
	w.Press("backspace", "backspace", "backspace").Write("0").Press("enter")
	w.See("out of the next iteration")
	w.Press("y")
	w.See("Project settings saved")
	w.Idle()
	if focus := w.focus(); focus != intent.PaneBacklog {
		t.Errorf("the focus is on %s", focus)
	}

	w.Press("u").See("Undone: project Acme Mobile changed")
	w.Press("u", "u")
	w.See("velocity 5") // as before the first change
}
