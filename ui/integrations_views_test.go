package ui_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/present"
)

func TestViewIsChosenFromTheList(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	p := w.newForm()
	w.Press("ctrl+l")
	w.Until("the address is asked for", func() bool { return p.Focused() == present.FieldURL })

	values := complete()
	delete(values, present.FieldView)
	w.fill(p, values)
	w.Press("ctrl+l")
	w.See("Which view?")
	w.See("Escalations")
	w.Press("down", "enter")
	w.Until("the view is filled in", func() bool { return p.Filled().View == "26" })
	if p.Focused() != present.FieldView {
		t.Errorf("the focus is on %s", p.Focused())
	}

	w.Account.Err = tracker.Errorf(tracker.CodeUnauthorized, "acme-eu.zendesk.com does not know ada")
	w.Press("ctrl+l")
	w.See("does not know ada")
}
