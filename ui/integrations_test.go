package ui

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/integrations"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// only is the project's only integration.
func (w *world) only() tracker.Integration {
	w.t.Helper()
	all, err := w.svc.Accounts.Integrations(w.t.Context(), w.project.ID)
	if err != nil || len(all) != 1 {
		w.t.Fatalf("%d integrations, %v; want one", len(all), err)
	}
	return all[0]
}

// settings opens the list of integrations.
func (w *world) settings() *integrations.Pane {
	w.t.Helper()
	w.press(",")
	p := w.top().(*integrations.Pane)
	w.until("the integrations are read", func() bool { return !p.Working() })
	return p
}

// newForm opens the form of a new integration that signs in with an API token.
func (w *world) newForm() *integrations.Form {
	w.t.Helper()
	w.press("a")
	p := w.formAtHand()
	first := p.Focused()
	w.signInWith(p, tracker.AuthToken)
	p.Focus(first)
	return p
}

// signInWith chooses how a form's integration signs in.
func (w *world) signInWith(p *integrations.Form, method tracker.AuthMethod) {
	w.t.Helper()
	p.Focus(present.FieldAuth)
	for range tracker.AuthMethods() {
		if p.Filled().Auth == method {
			return
		}
		w.press("right")
	}
	w.t.Fatalf("the form does not offer %s", method)
}

func (w *world) formAtHand() *integrations.Form {
	w.t.Helper()
	p := w.top().(*integrations.Form)
	w.until("the form is there", func() bool { return !p.Working() })
	return p
}

// fill types into fields of a form, one after another.
func (w *world) fill(p *integrations.Form, values map[string]string) {
	w.t.Helper()
	for _, name := range []string{present.FieldName, present.FieldURL, present.FieldEmail, present.FieldClientID, present.FieldPassword, present.FieldView} {
		if value, ok := values[name]; ok {
			p.Focus(name)
			w.press("ctrl+u").write(value)
		}
	}
}

func complete() map[string]string {
	return map[string]string{
		present.FieldName: "Support EU", present.FieldURL: "acme-eu", present.FieldEmail: "ada@acme.com", present.FieldPassword: "s3cret", present.FieldView: "360001234",
	}
}

func TestIntegrationIsAdded(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	w.see("None yet. a adds a Zendesk integration")
	w.press("x")
	w.see("there is no integration yet")
	p := w.newForm()
	w.fill(p, complete())
	w.see("→ https://acme-eu.zendesk.com")
	if strings.Contains(w.screen(), "s3cret") {
		t.Error("the password is shown")
	}
	w.press("ctrl+s")
	w.see("! ") // the system has no keyring in tests
	if p.Focused() != present.FieldConsent {
		t.Fatalf("focus on %q, want the consent to keep the secret in the database", p.Focused())
	}
	w.press("space", "ctrl+s")
	w.see("Support EU saved")
	in := w.only()
	if in.Name != "Support EU" || in.URL != "https://acme-eu.zendesk.com" || in.ViewID != 360001234 || !in.Active ||
		!in.UpdateComments || !in.UpdateState || in.Auth != tracker.AuthToken || in.Email != "ada@acme.com" {
		t.Errorf("integration = %+v", in)
	}
	if secret, err := w.svc.Secrets.Secret(t.Context(), in.ID); err != nil || secret != "s3cret" {
		t.Errorf("secret = %q, %v", secret, err)
	}
	w.see("acme-eu.zendesk.com")
}

func TestIntegrationFormFieldsInTheOriginalsOrder(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	w.newForm()
	at := -1
	for _, label := range []string{
		"Project", "Name", "Zendesk URL", "Sign-in", "Email", "Password or token", "View", "Active", "Update comments", "Update state", "Save in database",
	} {
		next := strings.Index(w.screen(), label)
		if next <= at {
			t.Errorf("%q is missing or out of order in\n%s", label, w.screen())
		}
		at = next
	}
}

func TestIntegrationFormAcceptsAViewsAddress(t *testing.T) {
	for _, field := range []string{present.FieldURL, present.FieldView} {
		t.Run(field, func(t *testing.T) {
			w := newWorld(t).start(120, 40)
			w.settings()
			p := w.newForm()
			p.Focus(field)
			w.send(tea.PasteMsg{Content: " https://acme.zendesk.com/agent/filters/5678\n"})
			w.see("→")
			in, problems := w.svc.Accounts.CheckIntegration(p.Filled())
			if in.URL != "https://acme.zendesk.com" || in.ViewID != 5678 {
				t.Errorf("understood as %s, view %d (%v)", in.URL, in.ViewID, problems)
			}
		})
	}
}

func TestIntegrationFormErrorsUnderTheirFields(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	p := w.newForm()
	w.fill(p, map[string]string{present.FieldEmail: "nobody"})
	if strings.Contains(w.screen(), "! ") {
		t.Error("a field is called wrong before it is left")
	}
	w.press("tab")
	w.see("! give the e-mail address")
	w.press("ctrl+s")
	w.see("! an integration needs a name")
	w.see("! enter the API token")
	if p.Focused() != present.FieldName {
		t.Errorf("focus on %q, want the first field to be fixed", p.Focused())
	}
	w.write("S")
	if strings.Contains(w.screen(), "an integration needs a name") {
		t.Error("the error stays while the field is fixed")
	}
}

func TestIntegrationFormExplainsTheMethods(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	p := w.newForm()
	p.Focus(present.FieldAuth)
	seen := ""
	for range tracker.AuthMethods() {
		for l := range strings.SplitSeq(w.screen(), "\n") {
			seen += strings.Trim(l, "┃ ") + " "
		}
		w.press("right")
	}
	for _, want := range []string{"30 April 2027", "January 2026", "Saving opens the browser", "the admin who created the client"} {
		if !strings.Contains(seen, want) {
			t.Errorf("nothing about %s", want)
		}
	}
}

func TestIntegrationIsTestedBeforeSaving(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.press("ctrl+t")
	for _, step := range []string{
		"✓ address https://acme-eu.zendesk.com", "✓ signed in as Ada Lovelace (agent)", "✓ view “All unresolved”", "✓ 4 tickets", "The connection works.",
	} {
		w.see(step)
	}
	w.account.err = tracker.Errorf(tracker.CodeUnauthorized, "Zendesk rejected the API token")
	w.press("ctrl+t")
	w.see("! Zendesk rejected the API token")
	if p.Working() {
		t.Error("the test goes on after its error")
	}
	if p.Focused() != present.FieldEmail {
		t.Errorf("the error is about %q", p.Focused())
	}
}

func TestIntegrationFormSavesItsDraft(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	w.fill(w.newForm(), complete())
	w.press("ctrl+c")
	key := "integration/new/1"
	var saved string
	w.until("the draft is saved", func() bool {
		text, err := w.svc.Settings.Draft(t.Context(), key)
		saved = text
		return err == nil && text != ""
	})
	if strings.Contains(saved, "s3cret") {
		t.Error("the password was written into the draft")
	}
	w.start(120, 40)
	w.settings()
	p := w.newForm()
	w.see("Draft restored")
	d := p.Filled()
	if d.Name != "Support EU" || d.URL != "acme-eu" || d.View != "360001234" || d.Secret != "" {
		t.Errorf("draft = %+v", d)
	}
	w.press("esc", "d")
	w.until("it is discarded", func() bool {
		text, err := w.svc.Settings.Draft(t.Context(), key)
		return err == nil && text == ""
	})
}

// keyring is a place for secrets as desktops have it; it takes none when it is full.
type keyring struct {
	tracker.Secrets
	full bool
}

func (keyring) HasKeyring(context.Context) bool { return true }

func (k keyring) Keep(ctx context.Context, id tracker.IntegrationID, secret string, inDatabase bool) error {
	if k.full && !inDatabase {
		return tracker.NoKeyring(nil)
	}
	return k.Secrets.Keep(ctx, id, secret, true)
}

func TestConsentIsAskedForWhereNoKeyringTakesTheSecret(t *testing.T) {
	for _, full := range []bool{false, true} {
		w := newWorld(t)
		w.svc.Secrets = keyring{w.svc.Secrets, full}
		w.start(120, 40)
		w.settings()
		p := w.newForm()
		if strings.Contains(w.screen(), "Save in database") {
			t.Error("consent is asked for though there is a keyring")
		}
		w.fill(p, complete())
		w.press("ctrl+s")
		if full {
			w.see("Save in database")
			w.see("save the secret unencrypted")
			if strings.Contains(w.screen(), "--") {
				t.Errorf("the form speaks of a command's flag:\n%s", w.screen())
			}
			w.press("space", "ctrl+s")
		}
		w.see("Support EU saved")
	}
}

func TestIntegrationIsEdited(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.settings()
	w.press("enter")
	p := w.formAtHand()
	w.see("set, unchanged")
	p.Focus(present.FieldName)
	w.write(" desk")
	p.Focus(present.FieldState)
	w.press("space", "ctrl+s")
	w.see("Support desk saved")
	in := w.only()
	if in.Name != "Support desk" || in.UpdateState {
		t.Errorf("integration = %+v", in)
	}
	if secret, err := w.svc.Secrets.Secret(t.Context(), in.ID); err != nil || secret != "secret" {
		t.Errorf("secret = %q, %v; want it unchanged", secret, err)
	}
}

func TestIntegrationOfAnotherAccountNeedsThePasswordAgain(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.settings()
	w.press("enter")
	p := w.formAtHand()
	w.fill(p, map[string]string{present.FieldURL: "other"})
	w.press("ctrl+s")
	w.see("! the address has changed: enter the API token again")
	if p.Focused() != present.FieldPassword {
		t.Errorf("focus on %q", p.Focused())
	}
}

func TestIntegrationFormKeepsOAuth(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	d := w.only().Draft()
	d.Auth, d.ClientID = tracker.AuthOAuth, "storydesk"
	w.do(func(h *pane.Host) tea.Cmd { return h.Open(integrations.NewForm(h, d), pane.Body) })
	p := w.formAtHand()
	w.see("OAuth (browser)")
	p.Focus(present.FieldName)
	w.write("!")
	if got := p.Filled(); got.Auth != tracker.AuthOAuth || got.ClientID != "storydesk" || got.Name != "Support!" {
		t.Errorf("%+v", got)
	}
}

// A comment for a ticket must never reach another company's ticket of that number.
func TestIntegrationStaysWithItsAccountWhileStoriesAreLinked(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.linked(1042)
	w.start(120, 40)
	w.settings()
	w.press("enter")
	p := w.formAtHand()
	w.fill(p, map[string]string{present.FieldURL: "other", present.FieldPassword: "theirs"})
	w.press("ctrl+s")
	w.see("! stories are linked to tickets of acme.zendesk.com (1 of them)")
	if p.Focused() != present.FieldURL || w.only().Host != "acme.zendesk.com" {
		t.Errorf("focus on %q, host %s", p.Focused(), w.only().Host)
	}
	if secret, err := w.svc.Secrets.Secret(t.Context(), w.in.ID); err != nil || secret != "secret" {
		t.Errorf("secret = %q, %v; want the saved one", secret, err)
	}
}

func TestIntegrationIsSwitched(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.settings()
	w.press("space")
	w.see("Support is off")
	w.until("the list shows it off", func() bool {
		return strings.HasSuffix(strings.TrimRight(w.row("acme.zendesk.com"), " ┃"), " off")
	})
	w.press("space")
	w.see("Support is on")
	if !w.only().Active {
		t.Error("it is still off")
	}
}

func TestIntegrationIsTestedFromTheList(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.settings()
	w.press("t")
	w.see("Test of Support")
	w.see("The connection works.")
	w.account.err = tracker.Errorf(tracker.CodeUnavailable, "Zendesk does not answer")
	w.press("r")
	w.see("! Zendesk does not answer")
	w.press("esc")
	w.see("Integrations of Acme Mobile")
}

func TestIntegrationIsRemoved(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.sendComments("on its way")
	w.start(120, 40)
	w.settings()
	w.press("x")
	w.see("Stories and links stay")
	w.press("n")
	if w.only().Name != "Support" {
		t.Fatal("answering no removed it")
	}
	w.press("x", "y")
	w.see("1 private comment not sent")
	w.see("send first")
	w.press("down", "enter")
	w.see("Support removed")
	w.see("None yet.")
	d := w.read(st.ID)
	if len(d.Story.Tickets) != 1 || d.Deliveries[0].State != tracker.DeliveryDropped {
		t.Errorf("links %v, comment %s", d.Story.Tickets, d.Deliveries[0].State)
	}
}

func TestIntegrationFormClicks(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	p := w.newForm()
	y := -1
	for i, l := range strings.Split(w.screen(), "\n") {
		if strings.Contains(l, "Update state") {
			y = i
		}
	}
	x := len([]rune(strings.Split(w.row("Update state"), "●")[0]))
	w.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	if p.Focused() != present.FieldState || p.Filled().UpdateState {
		t.Errorf("focus %q, update state %t", p.Focused(), p.Filled().UpdateState)
	}
}
