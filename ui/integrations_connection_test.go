package ui_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/uitest"
)

// At 80×24 all that a failed test says is in sight, beside the field to fix.
func TestFailedConnectionTestExplainsItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(80, 24)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.Account.Err = &tracker.Error{
		Code: tracker.CodeUnauthorized, Field: present.FieldPassword, Message: "acme-eu.zendesk.com rejected the API token",
		Causes: []string{"the token is wrong\x1b[2J", "it was switched off"}, Steps: []string{"compare it", "activate it"},
	}
	w.Press("ctrl+t")
	w.See("! acme-eu.zendesk.com rejected the API token")
	for _, text := range []string{"likely: - the token is wrong", "- it was switched off", "to do:  1. compare it", "2. activate it", "Password or token", "✓ address"} {
		w.See(text)
	}
	if p.Focused() != present.FieldPassword {
		t.Errorf("the focus is on %q", p.Focused())
	}
	w.Press("ctrl+u").Write("another")
	w.Account.Err = nil
	w.Press("ctrl+t")
	w.See("The connection works.")
	if strings.Contains(w.Screen(), "likely:") {
		t.Error("the last test's causes are still there")
	}
}

// What goes wrong while the views are listed is explained as a test explains it.
func TestFailedListOfViewsSuggestsWhatToDo(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(80, 24)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.Account.Err = &tracker.Error{Code: tracker.CodeLimited, Message: "acme asks to wait", Steps: []string{"wait a minute"}}
	w.Press("ctrl+l")
	w.See("Problem")
	w.See("! acme asks to wait")
	w.See("to do:  1. wait a minute")
	w.Account.Err = nil
	w.Press("ctrl+t")
	w.See("The connection works.")
}

// The account behind a mapped host is shown once it was looked up, and is what
// is saved.
func TestMappedHostIsResolved(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.settings()
	p := w.newForm()
	values := complete()
	values[present.FieldURL] = "support.acme.com"
	w.fill(p, values)
	w.See("→ https://support.acme.com")
	w.Press("ctrl+t")
	w.See("→ https://acme.zendesk.com")
	w.See("✓ address https://acme.zendesk.com, where support.acme.com leads")
	w.See("The connection works.")
	p.Focus(present.FieldConsent)
	w.Press("space", "ctrl+s")
	w.See("Support EU saved")
	all, err := w.Service.Accounts.Integrations(t.Context(), w.Project.ID)
	if err != nil || !slices.ContainsFunc(all, func(in tracker.Integration) bool {
		return in.Name == "Support EU" && in.URL == "https://acme.zendesk.com" && in.Host == "acme.zendesk.com"
	}) {
		t.Errorf("%+v, %v", all, err)
	}
}

// What was looked up for one address says nothing of the next one, though that is
// tested before its field is left.
func TestTestedAddressIsNotTakenForAnEarlierOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.settings()
	p := w.newForm()
	values := complete()
	values[present.FieldURL] = "https://support.acme.com"
	w.fill(p, values)
	p.Focus(present.FieldURL)
	w.See("You sign in to support.acme.com")
	w.Press("tab")
	p.Focus(present.FieldURL)
	w.See("You sign in to acme.zendesk.com")
	w.Press("ctrl+u").Write("other").Press("ctrl+t")
	w.See("The connection works.")
	w.See("You sign in to other.zendesk.com")
}

// slowAccount answers no request until it is released.
type slowAccount struct {
	*uitest.Account
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
	t.Parallel()
	w := newWorld(t)
	slow := slowAccount{w.Account, make(chan struct{})}
	w.Service.Zendesk = slowZendesk{w.Service.Zendesk, slow}
	w.Start(120, 40)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.Press("ctrl+t")
	w.See("testing…")
	w.Until("Zendesk is asked", func() bool { return answered(slow.asked) })
	w.Press("esc")
	w.See("stopped")
	if w.Top() != pane.Pane(p) {
		t.Error("the first esc left the form")
	}
	w.Press("esc")
	w.See("Discard changes?  d discard  k keep as draft  esc stay")
}
