package integrations

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/form"
	"storydesk/ui/present"
)

// accountNames is a checker that knows accounts by their first name, and views by
// their number behind a slash.
type accountNames struct{}

func (accountNames) CheckIntegration(d tracker.IntegrationDraft) (in tracker.Integration, problems []*tracker.Error) {
	name, _, _ := strings.Cut(strings.TrimPrefix(d.URL, "https://"), "/")
	if name == "" || strings.Contains(name, " ") {
		problems = append(problems, tracker.Invalid(present.FieldURL, "no address"))
	} else {
		in.Host = strings.TrimSuffix(name, ".zendesk.com") + ".zendesk.com"
		in.URL = "https://" + in.Host
	}
	switch _, view, _ := strings.Cut(strings.TrimPrefix(d.View, "https://"), "/"); {
	case d.View == "26" || view == "26":
		in.ViewID = 26
	default:
		problems = append(problems, tracker.Invalid(present.FieldView, "no view"))
	}
	in.Auth, in.Email, in.ClientID = d.Auth, d.Email, d.ClientID
	return in, problems
}

// newFields are the fields of a new integration that signs in with an API token.
func newFields(values map[string]string) *fields {
	d := tracker.IntegrationDraft{ProjectID: 1, Auth: tracker.AuthToken}
	f := &fields{checks: accountNames{}, saved: d, Form: form.New(integrationFields(d, []tracker.Project{{ID: 1, Name: "Acme"}})...)}
	for name, value := range values {
		f.SetValue(name, value)
	}
	return f
}

func TestViewsAddressFillsInBoth(t *testing.T) {
	for name, test := range map[string]struct{ url, view, wantURL, wantView string }{
		"as the URL":       {"https://acme/26", "", "https://acme/26", "26"},
		"as the view":      {"", "https://acme/26", "https://acme.zendesk.com", "https://acme/26"},
		"both given":       {"other", "https://acme/26", "other", "https://acme/26"},
		"of no view":       {"https://acme/x", "", "https://acme/x", ""},
		"nothing of a URL": {"", "26", "", "26"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFields(map[string]string{present.FieldURL: test.url, present.FieldView: test.view})
			f.understand()
			if url, view := f.Value(present.FieldURL), f.Value(present.FieldView); url != test.wantURL || view != test.wantView {
				t.Errorf("URL %q and view %q, want %q and %q", url, view, test.wantURL, test.wantView)
			}
		})
	}
}

// The sign-in of another integration is offered for its own account only, which is
// not that of an address looked up before.
func TestSavedSignInIsOfferedForItsAccountOnly(t *testing.T) {
	f := newFields(map[string]string{present.FieldURL: "mapped", present.FieldEmail: "ada@acme.com"})
	f.others = []tracker.Integration{{ID: 7, Name: "Support", Host: "acme.zendesk.com", Auth: tracker.AuthToken, Email: "ada@acme.com"}}
	same := func(when string, want tracker.IntegrationID) {
		t.Helper()
		if got := f.draft().SameSignIn; got != want {
			t.Errorf("%s: the sign-in of integration %d is used, want that of %d", when, got, want)
		}
	}
	same("before the address is looked up", 0)
	f.resolve(account{"mapped", "https://acme.zendesk.com", "acme.zendesk.com"})
	same("once it leads to the account", 7)
	f.resolve(account{typed: "mapped", url: "https://acme.zendesk.com"})
	same("after it was tested", 7)
	f.SetValue(present.FieldPassword, "typed")
	same("while a secret is typed", 0)
	f.SetValue(present.FieldPassword, "")
	f.SetValue(present.FieldURL, "other")
	same("for another address", 0)
	f.resolve(account{typed: "other", url: "https://other.zendesk.com"})
	same("after another address was tested", 0)
}

// What was typed for another method is not part of the draft.
func TestHiddenFieldsAreLeftOut(t *testing.T) {
	f := newFields(map[string]string{present.FieldEmail: "ada@acme.com", present.FieldPassword: "secret", present.FieldAuth: string(tracker.AuthOAuth)})
	f.explain()
	if d := f.draft(); d.Secret != "" || d.Email != "" {
		t.Errorf("email %q and secret %q are part of the draft", d.Email, d.Secret)
	}
	if f.SetError(present.FieldPassword, "wrong") {
		t.Error("the password is in sight")
	}
}

func TestAddressIsLookedUpOnce(t *testing.T) {
	f := newFields(nil)
	ask := func(url string, want bool) {
		t.Helper()
		f.SetValue(present.FieldURL, url)
		if typed, ok := f.unresolved(); ok != want || ok && typed != url {
			t.Errorf("%q is looked up: %v (%q)", url, ok, typed)
		}
	}
	ask("", false)
	ask("no address", false)
	ask("acme", true)
	f.resolve(account{"acme", "https://acme.zendesk.com", "acme.zendesk.com"})
	ask("acme", false)
	ask("other", true)
}
