package ui_test

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/integrations"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/uitest"
)

// only is the project's only integration.
func (w *world) only() tracker.Integration {
	w.T.Helper()
	all, err := w.Service.Accounts.Integrations(w.T.Context(), w.Project.ID)
	if err != nil || len(all) != 1 {
		w.T.Fatalf("%d integrations, %v; want one", len(all), err)
	}
	return all[0]
}

// settings opens the list of integrations.
func (w *world) settings() *integrations.Pane {
	w.T.Helper()
	w.Press(",")
	p := w.Top().(*integrations.Pane)
	w.Until("the integrations are read", func() bool { return !p.Working() })
	return p
}

// newForm opens the form of a new integration that signs in with an API token.
func (w *world) newForm() *integrations.Form {
	w.T.Helper()
	w.Press("a", "enter")
	p := w.formAtHand()
	first := p.Focused()
	w.signInWith(p, tracker.AuthToken)
	p.Focus(first)
	return p
}

// signInWith chooses how a form's integration signs in.
func (w *world) signInWith(p *integrations.Form, method tracker.AuthMethod) {
	w.T.Helper()
	p.Focus(present.FieldAuth)
	for range tracker.AuthMethods() {
		if p.Filled().Auth == method {
			return
		}
		w.Press("right")
	}
	w.T.Fatalf("the form does not offer %s", method)
}

func (w *world) formAtHand() *integrations.Form {
	w.T.Helper()
	p := w.Top().(*integrations.Form)
	w.Until("the form is there", func() bool { return !p.Working() })
	return p
}

// fill types into fields of a form, one after another.
func (w *world) fill(p *integrations.Form, values map[string]string) {
	w.T.Helper()
	for _, name := range []string{present.FieldName, present.FieldURL, present.FieldEmail, present.FieldClientID, present.FieldPassword, present.FieldView} {
		if value, ok := values[name]; ok {
			p.Focus(name)
			w.Press("ctrl+u").Write(value)
		}
	}
}

func complete() map[string]string {
	return map[string]string{
		present.FieldName: "Support EU", present.FieldURL: "acme-eu", present.FieldEmail: "ada@acme.com", present.FieldPassword: "s3cret", present.FieldView: "360001234",
	}
}

func TestIntegrationIsAdded(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	w.See("None yet. a adds an integration")
	w.Press("x")
	w.See("there is no integration yet")
	p := w.newForm()
	w.fill(p, complete())
	w.See("→ https://acme-eu.zendesk.com")
	if strings.Contains(w.Screen(), "s3cret") {
		t.Error("the password is shown")
	}
	w.Press("ctrl+s")
	w.See("! ") // the system has no keyring in tests
	if p.Focused() != present.FieldConsent {
		t.Fatalf("focus on %q, want the consent to keep the secret in the database", p.Focused())
	}
	w.Press("space", "ctrl+s")
	w.See("Support EU saved")
	in := w.only()
	if in.Name != "Support EU" || in.URL != "https://acme-eu.zendesk.com" || in.ViewID != 360001234 || !in.Active ||
		!in.UpdateComments || !in.UpdateState || in.Auth != tracker.AuthToken || in.Email != "ada@acme.com" {
		t.Errorf("integration = %+v", in)
	}
	if secret, err := w.Service.Secrets.Secret(t.Context(), in.ID); err != nil || secret != "s3cret" {
		t.Errorf("secret = %q, %v", secret, err)
	}
	w.See("acme-eu.zendesk.com")
}

func TestIntegrationFormFieldsInTheOriginalsOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	w.newForm()
	at := -1
	for _, label := range []string{
		"Project", "Name", "Zendesk URL", "Sign-in", "Email", "Password or token", "View", "Active", "Update comments", "Update state", "Save in database",
	} {
		next := strings.Index(w.Screen(), label)
		if next <= at {
			t.Errorf("%q is missing or out of order in\n%s", label, w.Screen())
		}
		at = next
	}
}

func TestIntegrationFormAcceptsAViewsAddress(t *testing.T) {
	t.Parallel()
	for _, field := range []string{present.FieldURL, present.FieldView} {
		t.Run(field, func(t *testing.T) {
			w := newWorld(t).Start(120, 40)
			w.settings()
			p := w.newForm()
			p.Focus(field)
			w.Send(tea.PasteMsg{Content: " https://acme.zendesk.com/agent/filters/5678\n"})
			w.See("→")
			in, problems := w.Service.Accounts.CheckIntegration(p.Filled())
			if in.URL != "https://acme.zendesk.com" || in.ViewID != 5678 {
				t.Errorf("understood as %s, view %d (%v)", in.URL, in.ViewID, problems)
			}
		})
	}
}

func TestIntegrationFormErrorsUnderTheirFields(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	p := w.newForm()
	w.fill(p, map[string]string{present.FieldEmail: "nobody"})
	if strings.Contains(w.Screen(), "! ") {
		t.Error("a field is called wrong before it is left")
	}
	w.Press("tab")
	w.See("! give the e-mail address")
	w.Press("ctrl+s")
	w.See("! an integration needs a name")
	w.See("! enter the API token")
	if p.Focused() != present.FieldName {
		t.Errorf("focus on %q, want the first field to be fixed", p.Focused())
	}
	w.Write("S")
	if strings.Contains(w.Screen(), "an integration needs a name") {
		t.Error("the error stays while the field is fixed")
	}
}

func TestIntegrationFormExplainsTheMethods(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	p := w.newForm()
	p.Focus(present.FieldAuth)
	seen := ""
	for range tracker.AuthMethods() {
		for l := range strings.SplitSeq(w.Screen(), "\n") {
			seen += strings.Trim(l, "┃ ") + " "
		}
		w.Press("right")
	}
	for _, want := range []string{"30 April 2027", "January 2026", "Saving opens the browser", "the admin who created the client"} {
		if !strings.Contains(seen, want) {
			t.Errorf("nothing about %s", want)
		}
	}
}

func TestIntegrationIsTestedBeforeSaving(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.Press("ctrl+t")
	for _, step := range []string{
		"✓ address https://acme-eu.zendesk.com", "✓ signed in as Ada Lovelace (agent)", "✓ view “All unresolved”", "✓ 4 tickets", "The connection works.",
	} {
		w.See(step)
	}
	w.Account.Err = tracker.Errorf(tracker.CodeUnauthorized, "Zendesk rejected the API token")
	w.Press("ctrl+t")
	w.See("! Zendesk rejected the API token")
	if p.Working() {
		t.Error("the test goes on after its error")
	}
	if p.Focused() != present.FieldEmail {
		t.Errorf("the error is about %q", p.Focused())
	}
}

func TestIntegrationFormSavesItsDraft(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	w.fill(w.newForm(), complete())
	w.Press("ctrl+c")
	key := "integration/new/1"
	var saved string
	w.Until("the draft is saved", func() bool {
		text, err := w.Service.Settings.Draft(t.Context(), key)
		saved = text
		return err == nil && text != ""
	})
	if strings.Contains(saved, "s3cret") {
		t.Error("the password was written into the draft")
	}
	w.Start(120, 40)
	w.settings()
	p := w.newForm()
	w.See("Draft restored")
	d := p.Filled()
	if d.Name != "Support EU" || d.URL != "acme-eu" || d.View != "360001234" || d.Secret != "" {
		t.Errorf("draft = %+v", d)
	}
	w.Press("esc", "d")
	w.Until("it is discarded", func() bool {
		text, err := w.Service.Settings.Draft(t.Context(), key)
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
	t.Parallel()
	for _, full := range []bool{false, true} {
		w := newWorld(t)
		w.Service.Secrets = keyring{w.Service.Secrets, full}
		w.Start(120, 40)
		w.settings()
		p := w.newForm()
		if strings.Contains(w.Screen(), "Save in database") {
			t.Error("consent is asked for though there is a keyring")
		}
		w.fill(p, complete())
		w.Press("ctrl+s")
		if full {
			w.See("Save in database")
			w.See("save the secret unencrypted")
			if strings.Contains(w.Screen(), "--") {
				t.Errorf("the form speaks of a command's flag:\n%s", w.Screen())
			}
			w.Press("space", "ctrl+s")
		}
		w.See("Support EU saved")
	}
}

func TestIntegrationIsEdited(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.settings()
	w.Press("enter")
	p := w.formAtHand()
	w.See("set, unchanged")
	p.Focus(present.FieldName)
	w.Write(" desk")
	p.Focus(present.FieldState)
	w.Press("space", "ctrl+s")
	w.See("Support desk saved")
	in := w.only()
	if in.Name != "Support desk" || in.UpdateState {
		t.Errorf("integration = %+v", in)
	}
	if secret, err := w.Service.Secrets.Secret(t.Context(), in.ID); err != nil || secret != "secret" {
		t.Errorf("secret = %q, %v; want it unchanged", secret, err)
	}
}

func TestIntegrationOfAnotherAccountNeedsThePasswordAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.settings()
	w.Press("enter")
	p := w.formAtHand()
	w.fill(p, map[string]string{present.FieldURL: "other"})
	w.Press("ctrl+s")
	w.See("! the address has changed: enter the API token again")
	if p.Focused() != present.FieldPassword {
		t.Errorf("focus on %q", p.Focused())
	}
}

func TestIntegrationFormKeepsOAuth(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	d := w.only().Draft()
	d.Auth, d.ClientID = tracker.AuthOAuth, "storydesk"
	w.do(func(h *pane.Host) tea.Cmd { return h.Open(w.Model.NewForm(d), pane.Body) })
	p := w.formAtHand()
	w.See("OAuth (browser)")
	p.Focus(present.FieldName)
	w.Write("!")
	if got := p.Filled(); got.Auth != tracker.AuthOAuth || got.ClientID != "storydesk" || got.Name != "Support!" {
		t.Errorf("%+v", got)
	}
}

// A comment for a ticket must never reach another company's ticket of that number.
func TestIntegrationStaysWithItsAccountWhileStoriesAreLinked(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.linked(1042)
	w.Start(120, 40)
	w.settings()
	w.Press("enter")
	p := w.formAtHand()
	w.fill(p, map[string]string{present.FieldURL: "other", present.FieldPassword: "theirs"})
	w.Press("ctrl+s")
	w.See("! stories are linked to tickets of acme.zendesk.com (1 of them)")
	if p.Focused() != present.FieldURL || w.only().Host != "acme.zendesk.com" {
		t.Errorf("focus on %q, host %s", p.Focused(), w.only().Host)
	}
	if secret, err := w.Service.Secrets.Secret(t.Context(), w.In.ID); err != nil || secret != "secret" {
		t.Errorf("secret = %q, %v; want the saved one", secret, err)
	}
}

func TestIntegrationIsSwitched(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.settings()
	w.Press("space")
	w.See("Support is off")
	w.Until("the list shows it off", func() bool {
		return strings.HasSuffix(strings.TrimRight(w.Row("acme.zendesk.com"), " ┃"), " off")
	})
	w.Press("space")
	w.See("Support is on")
	if !w.only().Active {
		t.Error("it is still off")
	}
}

func TestIntegrationIsTestedFromTheList(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.settings()
	w.Press("t")
	w.See("Test of Support")
	w.See("The connection works.")
	w.Account.Err = tracker.Errorf(tracker.CodeUnavailable, "Zendesk does not answer")
	w.Press("r")
	w.See("! Zendesk does not answer")
	w.Press("esc")
	w.See("Integrations of Acme Mobile")
}

func TestIntegrationIsRemoved(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.sendComments("on its way")
	w.Start(120, 40)
	w.settings()
	w.Press("x")
	w.See("Stories and links stay")
	w.Press("n")
	if w.only().Name != "Support" {
		t.Fatal("answering no removed it")
	}
	w.Press("x", "y")
	w.See("1 private comment not sent")
	w.See("send first")
	w.Press("down", "enter")
	w.See("Support removed")
	w.See("None yet.")
	d := w.read(st.ID)
	if len(d.Story.Tickets) != 1 || d.Deliveries[0].State != tracker.DeliveryDropped {
		t.Errorf("links %v, comment %s", d.Story.Tickets, d.Deliveries[0].State)
	}
}

func TestIntegrationFormClicks(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	p := w.newForm()
	y := -1
	for i, l := range strings.Split(w.Screen(), "\n") {
		if strings.Contains(l, "Update state") {
			y = i
		}
	}
	x := len([]rune(strings.Split(w.Row("Update state"), "●")[0]))
	w.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	if p.Focused() != present.FieldState || p.Filled().UpdateState {
		t.Errorf("focus %q, update state %t", p.Focused(), p.Filled().UpdateState)
	}
}
