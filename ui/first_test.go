package ui

import (
	"strings"
	"testing"

	"storydesk/tracker"
)

func TestTheNameIsAskedForOnce(t *testing.T) {
	w := newWorld(t)
	w.options.AskUser = "Grace"
	w.start(120, 40)
	w.see("Your name")
	w.write(" Hopper").press("enter")
	w.see("you are Grace Hopper")
	if name, err := w.svc.Setting(t.Context(), tracker.SettingUser); err != nil || name != "Grace Hopper" {
		t.Errorf("remembered %q, %v", name, err)
	}
	if st := w.story("Rotate the keys", tracker.Icebox, -1); st.Requester != "Grace Hopper" {
		t.Errorf("requested by %q", st.Requester)
	}
}

// Closing the question takes the name that it offers: nobody is asked twice.
func TestTheOfferedNameIsTakenByClosing(t *testing.T) {
	w := newWorld(t)
	w.options.AskUser = "Grace"
	w.start(120, 40).press("esc")
	w.see("you are Grace")
	if name, err := w.svc.Setting(t.Context(), tracker.SettingUser); err != nil || name != "Grace" {
		t.Errorf("remembered %q, %v", name, err)
	}
}

func TestWelcomeOffersTheSandboxWhereThereIsOne(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.see("just write stories")
	if strings.Contains(w.screen(), "sandbox") {
		t.Error("a sandbox is offered where there is none")
	}
	w.options.OffersSandbox = true
	w.start(120, 40).press("d")
	w.until("the board is left", func() bool { return w.quit })
	if w.model.app.wish != WishSandbox {
		t.Errorf("wish = %v", w.model.app.wish)
	}
}

func TestTheFirstIntegrationHasTheFocus(t *testing.T) {
	w := newWorld(t)
	w.story("Rotate the keys", tracker.Backlog, -1)
	w.start(120, 40)
	w.withTickets(usual()...)
	w.send(changed{tracker.HintAll})
	w.see("Login loops on SSO")
	if focus := w.model.app.board.view.focus; focus != paneTickets {
		t.Errorf("focus on %s", focus)
	}
}

func TestANoticeStays(t *testing.T) {
	w := newWorld(t)
	w.options.Notice = "nothing is kept"
	w.start(120, 40)
	w.send(toastExpired{w.model.app.toasts.last})
	if !strings.Contains(strings.Split(w.screen(), "\n")[0], "nothing is kept") {
		t.Errorf("the status line is %q", strings.Split(w.screen(), "\n")[0])
	}
}

// A new integration is inactive until its password is saved, and the board may
// read it before that.
func TestTheFirstIntegrationHasTheFocusOnceItIsActive(t *testing.T) {
	w := newWorld(t)
	w.story("Rotate the keys", tracker.Backlog, -1)
	w.start(120, 40)
	w.withTickets(usual()...)
	active := func(on bool) {
		if _, err := w.svc.SetIntegrationActive(t.Context(), w.in.ID, on); err != nil {
			t.Fatal(err)
		}
		w.send(changed{tracker.HintAll})
	}
	active(false)
	w.until("the inactive integration is read", func() bool { return len(w.model.app.board.integrations) == 1 })
	active(true)
	w.see("Login loops on SSO")
	b := w.model.app.board
	if row, ok := b.tickets.selected(); b.view.focus != paneTickets || !ok || row.subject != "Login loops on SSO" {
		t.Errorf("focus on %s, ticket %q selected", b.view.focus, row.subject)
	}
}
