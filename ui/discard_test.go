package ui

import (
	"testing"

	"storydesk/ui/form"
	"storydesk/ui/present"
)

// Leaving a form discards what was typed or keeps it as a draft; esc does
// neither, and the password is still there.
func TestLeavingAFormAsks(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.press("esc")
	w.see("Discard changes?  d discard  k keep as draft  esc stay")
	w.press("esc")
	if d := p.filled(); w.model.app.top() != pane(p) || d.Name != "Support EU" || d.Secret != "s3cret" {
		t.Fatalf("after esc the form has %q and a password of %d letters", d.Name, len(d.Secret))
	}
	w.press("esc", "k")
	w.see("Draft saved without the password")
	p = w.newForm()
	w.see("Draft restored")
	if d := p.filled(); d.Name != "Support EU" || d.Secret != "" {
		t.Errorf("the draft has %q and a password of %d letters", d.Name, len(d.Secret))
	}
	w.press("esc", "d")
	if w.model.app.top() == pane(p) {
		t.Error("discarding did not leave the form")
	}
}

// The form of an integration whose password is in the database says so.
func TestTheFormSaysWhereThePasswordIs(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.start(120, 40)
	w.settings()
	w.press("enter")
	w.see("Save in database")
	p := w.formAtHand()
	if got := p.form.Value(present.FieldConsent); got != form.On {
		t.Errorf("the password is in the database, and the form says %q", got)
	}
	if p.form.Dirty() {
		t.Error("nothing was typed, and the form has changes")
	}
}
