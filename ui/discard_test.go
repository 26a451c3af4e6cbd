package ui

import (
	"testing"

	"storydesk/ui/pane"
)

// Leaving a form discards changes or saves them as a draft; esc does
// neither, and the password is still there.
func TestLeavingAFormAsks(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.press("esc")
	w.see("Discard changes?  d discard  k keep as draft  esc stay")
	w.press("esc")
	if d := p.Filled(); w.top() != pane.Pane(p) || d.Name != "Support EU" || d.Secret != "s3cret" {
		t.Fatalf("after esc the form has %q and a password of %d letters", d.Name, len(d.Secret))
	}
	w.press("esc", "k")
	w.see("Draft saved without the password")
	p = w.newForm()
	w.see("Draft restored")
	if d := p.Filled(); d.Name != "Support EU" || d.Secret != "" {
		t.Errorf("the draft has %q and a password of %d letters", d.Name, len(d.Secret))
	}
	w.press("esc", "d")
	if w.top() == pane.Pane(p) {
		t.Error("discarding did not leave the form")
	}
}

// The form of an integration whose password is in the database says so.
func TestTheFormSaysWhereThePasswordIs(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.start(120, 40)
	list := w.settings()
	w.press("enter")
	w.see("Save in database")
	p := w.formAtHand()
	if !p.Filled().SecretInDatabase {
		t.Error("the password is in the database, and the form does not say so")
	}
	w.press("esc")
	if w.top() != pane.Pane(list) {
		t.Errorf("nothing was typed, and the form asks about changes:\n%s", w.screen())
	}
}
