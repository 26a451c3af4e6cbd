package ui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// At 80×24 all that a failed test says is in sight, beside the field to fix.
func TestFailedConnectionTestExplainsItself(t *testing.T) {
	w := newWorld(t).start(80, 24)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.account.err = &tracker.Error{
		Code: tracker.CodeUnauthorized, Field: present.FieldPassword, Message: "acme-eu.zendesk.com rejected the API token",
		Causes: []string{"the token is wrong\x1b[2J", "it was switched off"}, Steps: []string{"compare it", "activate it"},
	}
	w.press("ctrl+t")
	w.see("! acme-eu.zendesk.com rejected the API token")
	for _, text := range []string{"likely: - the token is wrong", "- it was switched off", "to do:  1. compare it", "2. activate it", "Password or token", "✓ address"} {
		w.see(text)
	}
	if p.Focused() != present.FieldPassword {
		t.Errorf("the focus is on %q", p.Focused())
	}
	w.press("ctrl+u").write("another")
	w.account.err = nil
	w.press("ctrl+t")
	w.see("The connection works.")
	if strings.Contains(w.screen(), "likely:") {
		t.Error("the last test's causes are still there")
	}
}

// What goes wrong while the views are listed is explained as a test explains it.
func TestFailedListOfViewsSuggestsWhatToDo(t *testing.T) {
	w := newWorld(t).start(80, 24)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.account.err = &tracker.Error{Code: tracker.CodeLimited, Message: "acme asks to wait", Steps: []string{"wait a minute"}}
	w.press("ctrl+l")
	w.see("Problem")
	w.see("! acme asks to wait")
	w.see("to do:  1. wait a minute")
	w.account.err = nil
	w.press("ctrl+t")
	w.see("The connection works.")
}

// The account behind a mapped host is shown once it was looked up, and is what
// is saved.
func TestMappedHostIsResolved(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.settings()
	p := w.newForm()
	values := complete()
	values[present.FieldURL] = "support.acme.com"
	w.fill(p, values)
	w.see("→ https://support.acme.com")
	w.press("ctrl+t")
	w.see("→ https://acme.zendesk.com")
	w.see("✓ address https://acme.zendesk.com, where support.acme.com leads")
	w.see("The connection works.")
	p.Focus(present.FieldConsent)
	w.press("space", "ctrl+s")
	w.see("Support EU saved")
	all, err := w.svc.Accounts.Integrations(t.Context(), w.project.ID)
	if err != nil || !slices.ContainsFunc(all, func(in tracker.Integration) bool {
		return in.Name == "Support EU" && in.URL == "https://acme.zendesk.com" && in.Host == "acme.zendesk.com"
	}) {
		t.Errorf("%+v, %v", all, err)
	}
}

// What was looked up for one address says nothing of the next one, though that is
// tested before its field is left.
func TestTestedAddressIsNotTakenForAnEarlierOne(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.settings()
	p := w.newForm()
	values := complete()
	values[present.FieldURL] = "https://support.acme.com"
	w.fill(p, values)
	p.Focus(present.FieldURL)
	w.see("You sign in to support.acme.com")
	w.press("tab")
	p.Focus(present.FieldURL)
	w.see("You sign in to acme.zendesk.com")
	w.press("ctrl+u").write("other").press("ctrl+t")
	w.see("The connection works.")
	w.see("You sign in to other.zendesk.com")
}

// slowAccount answers no request until it is released.
type slowAccount struct {
	*testAccount
	asked chan struct{}
}

func (d slowAccount) Me(ctx context.Context) (tracker.Agent, error) {
	close(d.asked)
	<-ctx.Done()
	return tracker.Agent{}, ctx.Err()
}

// slowZendesk opens an account that does not answer.
type slowZendesk struct {
	tracker.Zendesk
	account tracker.Account
}

func (d slowZendesk) Open(tracker.Integration, tracker.Credentials) (tracker.Account, error) {
	return d.account, nil
}

// answered reports whether a channel is closed.
func answered(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestConnectionTestIsStopped(t *testing.T) {
	w := newWorld(t)
	slow := slowAccount{w.account, make(chan struct{})}
	w.svc.Zendesk = slowZendesk{w.svc.Zendesk, slow}
	w.start(120, 40)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.press("ctrl+t")
	w.see("testing…")
	w.until("Zendesk is asked", func() bool { return answered(slow.asked) })
	w.press("esc")
	w.see("stopped")
	if w.top() != pane.Pane(p) {
		t.Error("the first esc left the form")
	}
	w.press("esc")
	w.see("Discard changes?  d discard  k keep as draft  esc stay")
}
