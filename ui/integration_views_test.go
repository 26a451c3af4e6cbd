package ui

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/present"
)

func TestViewIsChosenFromTheList(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	p := w.newForm()
	w.press("ctrl+l")
	w.until("the address is asked for", func() bool { return p.Focused() == present.FieldURL })

	values := complete()
	delete(values, present.FieldView)
	w.fill(p, values)
	w.press("ctrl+l")
	w.see("Which view?")
	w.see("Escalations")
	w.press("down", "enter")
	w.until("the view is filled in", func() bool { return p.Filled().View == "26" })
	if p.Focused() != present.FieldView {
		t.Errorf("the focus is on %s", p.Focused())
	}

	w.account.err = tracker.Errorf(tracker.CodeUnauthorized, "acme-eu.zendesk.com does not know ada")
	w.press("ctrl+l")
	w.see("does not know ada")
}
