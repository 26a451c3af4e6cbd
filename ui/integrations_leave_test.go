package ui_test

import (
	"testing"

	"storydesk/ui/pane"
	"storydesk/ui/uitest"
)

// Leaving a form discards changes or saves them as a draft; esc does
// neither, and the password is still there.
func TestLeavingAFormAsks(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.Press("esc")
	w.See("Discard changes?  d discard  k keep as draft  esc stay")
	w.Press("esc")
	if d := p.Filled(); w.Top() != pane.Pane(p) || d.Name != "Support EU" || d.Secret != "s3cret" {
		t.Fatalf("after esc the form has %q and a password of %d letters", d.Name, len(d.Secret))
	}
	w.Press("esc", "k")
	w.See("Draft saved without the password")
	p = w.newForm()
	w.See("Draft restored")
	if d := p.Filled(); d.Name != "Support EU" || d.Secret != "" {
		t.Errorf("the draft has %q and a password of %d letters", d.Name, len(d.Secret))
	}
	w.Press("esc", "d")
	if w.Top() == pane.Pane(p) {
		t.Error("discarding did not leave the form")
	}
}

// The form of an integration whose password is in the database says so.
func TestTheFormSaysWhereThePasswordIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Start(120, 40)
	list := w.settings()
	w.Press("enter")
	w.See("Save in database")
	p := w.formAtHand()
	if !p.Filled().SecretInDatabase {
		t.Error("the password is in the database, and the form does not say so")
	}
	w.Press("esc")
	if w.Top() != pane.Pane(list) {
		t.Errorf("nothing was typed, and the form asks about changes:\n%s", w.Screen())
	}
}
