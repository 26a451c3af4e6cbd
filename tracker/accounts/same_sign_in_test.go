package accounts_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

// A second view of an account needs no second password, where that is agreed to.
func TestASecondViewUsesTheSavedSignIn(t *testing.T) {
	w := world{trackertest.New(t)}
	d := tracker.NewIntegrationDraft(w.In.ProjectID)
	d.Name, d.URL, d.Email, d.Secret, d.View, d.SecretInDatabase = "First", "acme", "ada@acme.com", "s3cret", "1", true
	first, err := w.Engine.Accounts.AddIntegration(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	second := d
	second.Name, second.View, second.Secret, second.SecretInDatabase, second.Email = "Second", "2", "", false, "ADA@acme.com"
	if _, err := w.Engine.Accounts.AddIntegration(t.Context(), second); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("without consent: %v", err)
	}
	found, ok, err := w.Engine.Accounts.SameSignIn(t.Context(), second)
	if err != nil || !ok || found.ID != first.ID {
		t.Fatalf("found %+v, %t, %v", found, ok, err)
	}
	second.SameSignIn = first.ID
	in, err := w.Engine.Accounts.AddIntegration(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}
	if secret, err := w.Engine.Secrets.Secret(t.Context(), in.ID); secret != "s3cret" || err != nil {
		t.Errorf("the second signs in with %q, %v", secret, err)
	}
	for name, change := range map[string]func(*tracker.IntegrationDraft){
		"another account": func(d *tracker.IntegrationDraft) { d.URL = "other" },
		"another user":    func(d *tracker.IntegrationDraft) { d.Email = "bob@acme.com" },
		"another method":  func(d *tracker.IntegrationDraft) { d.Auth = tracker.AuthPassword },
	} {
		d := second
		d.Name = name
		change(&d)
		if _, ok, err := w.Engine.Accounts.SameSignIn(t.Context(), d); ok || err != nil {
			t.Errorf("%s: a sign-in is offered (%v)", name, err)
		}
		if _, err := w.Engine.Accounts.AddIntegration(t.Context(), d); err == nil || !strings.Contains(err.Error(), "another account or user") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAViewOfAnotherAccountIsRefused(t *testing.T) {
	w := world{trackertest.New(t)}
	d := tracker.NewIntegrationDraft(w.In.ProjectID)
	d.Name, d.URL, d.Email, d.Secret = "First", "acme", "ada@acme.com", "s3cret"
	for view, refused := range map[string]bool{
		"https://other.zendesk.com/agent/filters/25": true, "other.zendesk.com/agent/filters/25": true, "https://acme.zendesk.com/agent/filters/25": false,
		"https://support.acme.com/agent/filters/25": false, "25": false,
	} {
		d.View = view
		_, problems := w.Engine.Accounts.CheckIntegration(d)
		if (len(problems) > 0) != refused {
			t.Errorf("%s: %v", view, problems)
		}
		if refused && (problems[0].Field != "view" || !strings.Contains(problems[0].Message, "other.zendesk.com") || !strings.Contains(problems[0].Message, "acme.zendesk.com")) {
			t.Errorf("%s: %+v", view, problems[0])
		}
	}
}

// An inactive integration is named, to be turned on.
func TestAnInactiveIntegrationIsSaidToBeInactive(t *testing.T) {
	w := world{trackertest.New(t)}
	if _, err := w.Engine.Accounts.SetIntegrationActive(t.Context(), w.In.ID, false); err != nil {
		t.Fatal(err)
	}
	_, err := w.Engine.Accounts.Integration(t.Context(), w.In.ProjectID, "")
	if err == nil || !strings.Contains(err.Error(), "Support is inactive") || tracker.ReasonOf(err) != tracker.ReasonInactive || trackertest.AsError(t, err).Subject != "Support" {
		t.Errorf("it is reported as: %v", err)
	}
}
