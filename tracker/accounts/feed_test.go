package accounts_test

import (
	"errors"
	"strings"
	"testing"

	"storydesk/feed/sandbox"
	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/verdict"
)

// feedDraft starts a feed and returns it with the draft of an integration that reads it.
func feedDraft(t *testing.T, w *trackertest.World, m sandbox.Mode) (*sandbox.Server, tracker.IntegrationDraft) {
	t.Helper()
	s := sandbox.New(m)
	url, err := s.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, tracker.IntegrationDraft{
		Kind: kind.Other, ProjectID: w.In.ProjectID, Name: "Planner", URL: url + sandbox.Path, Base: url + strings.TrimSuffix(sandbox.Pages, "/"), Active: true, SecretInDatabase: true,
	}
}

// fieldOf is the field that an error is about.
func fieldOf(err error) string {
	var e *tracker.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

func TestAnIntegrationWithAFeed(t *testing.T) {
	w := trackertest.New(t)
	_, d := feedDraft(t, w, sandbox.Mode{SignIn: true})
	d.UpdateComments, d.UpdateState = true, true // as a script may say
	if _, err := w.Engine.Accounts.AddIntegration(t.Context(), tracker.IntegrationDraft{Kind: kind.Other}); fieldOf(err) != "url" {
		t.Errorf("nothing is filled in: %v", err)
	}
	d.Email = sandbox.User
	if _, err := w.Engine.Accounts.AddIntegration(t.Context(), d); fieldOf(err) != "password" {
		t.Errorf("a user without a password: %v", err)
	}
	d.Secret = sandbox.Password
	in, err := w.Engine.Accounts.AddIntegration(t.Context(), d)
	if err != nil || in.Kind != kind.Other || in.URL != d.URL || in.Host != d.Base+"/" || in.Email != sandbox.User || in.Auth != tracker.AuthPassword || !in.Active || in.UpdateComments || in.UpdateState {
		t.Fatalf("%+v, %v", in, err)
	}
	if secret, err := w.DB.Secrets().Secret(t.Context(), in.ID); err != nil || secret != sandbox.Password {
		t.Errorf("the password is not saved where secrets are: %v", err)
	}
	var steps []string
	if err := w.Engine.Accounts.TestIntegration(t.Context(), in.Draft(), func(s verdict.TestStep) { steps = append(steps, s.Name+": "+s.Text) }); err != nil {
		t.Fatal(err)
	}
	if all := strings.Join(steps, "\n"); !strings.Contains(all, "user: signed in as "+sandbox.User) || !strings.Contains(all, "items: 5 items") {
		t.Errorf("the test says\n%s", all)
	}
	if _, err := w.Engine.Accounts.Views(t.Context(), in.Draft()); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("views of a feed: %v", err)
	}
}

// Without a user name nothing is signed in and no secret is saved.
func TestAFeedThatAsksForNobody(t *testing.T) {
	w := trackertest.New(t)
	server, d := feedDraft(t, w, sandbox.Mode{})
	d.Secret = "stray"
	if _, err := w.Engine.Accounts.AddIntegration(t.Context(), d); fieldOf(err) != "user" {
		t.Errorf("a password of nobody: %v", err)
	}
	d.Secret = ""
	in, err := w.Engine.Accounts.AddIntegration(t.Context(), d)
	if err != nil || in.Auth != "" {
		t.Fatalf("%+v, %v", in, err)
	}
	if place, err := w.Engine.Accounts.SecretPlace(t.Context(), in.ID); err != nil || place != tracker.InNoPlace {
		t.Errorf("a secret is saved in %s, %v", place, err)
	}
	if err := w.Engine.Accounts.TestIntegration(t.Context(), in.Draft(), func(verdict.TestStep) {}); err != nil {
		t.Error(err)
	}
	if asked, sent := server.Asked(); asked == 0 || sent != 0 {
		t.Errorf("asked %d times, %d of them with credentials", asked, sent)
	}
}

func TestEditingAFeed(t *testing.T) {
	w := trackertest.New(t)
	_, d := feedDraft(t, w, sandbox.Mode{})
	d.Email, d.Secret = sandbox.User, sandbox.Password
	in, err := w.Engine.Accounts.AddIntegration(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(change func(*tracker.IntegrationDraft)) (tracker.Integration, error) {
		d := in.Draft()
		change(&d)
		return w.Engine.Accounts.EditIntegration(t.Context(), d)
	}
	if _, err := edit(func(d *tracker.IntegrationDraft) { d.Kind = kind.Zendesk }); err == nil {
		t.Error("the kind of an integration is changed")
	}
	if _, err := edit(func(d *tracker.IntegrationDraft) { d.URL = "https://elsewhere.example/stories.xml" }); fieldOf(err) != "password" {
		t.Errorf("the saved password would go to another address: %v", err)
	}
	if renamed, err := edit(func(d *tracker.IntegrationDraft) { d.Name, d.Base = "Plans", "https://acme.com/show?id=" }); err != nil || renamed.Host != "https://acme.com/show?id=" || renamed.URL != in.URL {
		t.Errorf("%+v, %v", renamed, err)
	}
	open, err := edit(func(d *tracker.IntegrationDraft) { d.Email = "" })
	if err != nil || open.Auth != "" {
		t.Errorf("%+v, %v", open, err)
	}
	if place, err := w.Engine.Accounts.SecretPlace(t.Context(), in.ID); err != nil || place != tracker.InNoPlace {
		t.Errorf("the password of nobody is still saved in %s, %v", place, err)
	}
	in = open
	if _, err := edit(func(d *tracker.IntegrationDraft) { d.Email = sandbox.User }); fieldOf(err) != "password" {
		t.Errorf("a user without a password: %v", err)
	}
}

// While stories are linked to a feed's items their address stays.
func TestTheBaseOfLinkedItemsStays(t *testing.T) {
	w := trackertest.New(t)
	_, d := feedDraft(t, w, sandbox.Mode{})
	in, err := w.Engine.Accounts.AddIntegration(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Engine.Views.RefreshView(t.Context(), in.ID); err != nil {
		t.Fatal(err)
	}
	w.In = in
	w.Story(2041)
	next := in.Draft()
	next.Base = "https://elsewhere.example/"
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), next); tracker.CodeOf(err) != tracker.CodeRefused || fieldOf(err) != "base-url" {
		t.Errorf("%v (%s)", err, fieldOf(err))
	}
}

// A feed at a Zendesk account's own address is another integration's neither account nor
// secret.
func TestAFeedSharesNothingWithAnAccount(t *testing.T) {
	w := trackertest.New(t)
	d := tracker.IntegrationDraft{
		Kind: kind.Other, ProjectID: w.In.ProjectID, Name: "Planner", URL: w.URL, Base: w.URL, Email: w.In.Email, SameSignIn: w.In.ID, Active: true, SecretInDatabase: true,
	}
	if other, found, err := w.Engine.Accounts.SameSignIn(t.Context(), d); found || err != nil {
		t.Errorf("the sign-in of %s is offered, %v", other.Name, err)
	}
	if _, err := w.Engine.Accounts.AddIntegration(t.Context(), d); fieldOf(err) != "password" {
		t.Errorf("the password of the account is used for a feed: %v", err)
	}
	d.SameSignIn, d.Secret = 0, "own"
	in, err := w.Engine.Accounts.AddIntegration(t.Context(), d)
	if err != nil || in.Host == w.In.Host {
		t.Errorf("%+v, %v", in, err)
	}
}
