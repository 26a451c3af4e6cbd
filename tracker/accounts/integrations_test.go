package accounts_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/verdict"
	"storydesk/zendesk/sandbox"
)

func TestCheckIntegrationFindsEveryProblem(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	d := tracker.NewIntegrationDraft(0)
	d.URL, d.Email, d.View = "http://acme.zendesk.com", "nobody", "suspended"
	_, problems := w.Engine.Accounts.CheckIntegration(d)
	got := map[string]bool{}
	for _, p := range problems {
		if p.Code != tracker.CodeInvalid || p.Message == "" || got[p.Field] {
			t.Errorf("%+v", p)
		}
		got[p.Field] = true
	}
	for _, field := range []string{"project", "name", "url", "email", "password", "view"} {
		if !got[field] {
			t.Errorf("no problem for field %s", field)
		}
	}
}

func TestConnectionTestReportsStepByStep(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	tests := []struct {
		name   string
		change func(*tracker.IntegrationDraft)
		steps  string
		field  string
		says   string
	}{
		{"all well", func(*tracker.IntegrationDraft) {}, "address user view tickets audits", "", ""},
		{"wrong password", func(d *tracker.IntegrationDraft) { d.Secret = "wrong" }, "address", "password", "password"},
		{"wrong view", func(d *tracker.IntegrationDraft) { d.View = "4711" }, "address user", "view", "4711"},
		{"inactive view", func(d *tracker.IntegrationDraft) { d.View = trackertest.Itoa(sandbox.ViewInactive) }, "address user", "view", "inactive in Zendesk"},
		{"nobody there", func(d *tracker.IntegrationDraft) { d.URL, d.Secret = "http://127.0.0.1:1", sandbox.Password }, "address", "url", "127.0.0.1:1"},
		{"saved password, other host", func(d *tracker.IntegrationDraft) { d.URL = "http://127.0.0.1:1" }, "", "password", "again"},
	}
	for _, tt := range tests {
		d := w.In.Draft()
		tt.change(&d)
		var steps []string
		err := w.Engine.Accounts.TestIntegration(t.Context(), d, func(s verdict.TestStep) { steps = append(steps, s.Name) })
		if got := strings.Join(steps, " "); got != tt.steps {
			t.Errorf("%s: steps %q, want %q (%v)", tt.name, got, tt.steps, err)
		}
		if (err == nil) != (tt.field == "") {
			t.Errorf("%s: %v", tt.name, err)
		}
		if err == nil {
			continue
		}
		e := trackertest.AsError(t, err)
		if e.Field != tt.field || !strings.Contains(e.Message, tt.says) {
			t.Errorf("%s: field %q, %q", tt.name, e.Field, e.Message)
		}
	}
}

func TestAnotherHostNeedsTheSecretAndNoLinks(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	d := w.In.Draft()
	d.URL = "acme"
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); trackertest.AsError(t, err).Field != "password" {
		t.Errorf("without the secret: %v", err)
	}
	st := w.Story(w.Ticket(tracker.TicketNew))
	d.Secret, d.SecretInDatabase = "other", true
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("with links: %v", err)
	}
	if err := w.Engine.Accounts.TestIntegration(t.Context(), w.In.Draft(), func(verdict.TestStep) {}); err != nil {
		t.Errorf("the refused edit changed the secret: %v", err)
	}
	if err := w.Engine.Stories.UnlinkTicket(t.Context(), []tracker.StoryID{st.ID}, st.Tickets[0].Ticket, false); err != nil {
		t.Fatal(err)
	}
	if in, err := w.Engine.Accounts.EditIntegration(t.Context(), d); err != nil || in.Host != "acme.zendesk.com" {
		t.Errorf("%+v, %v", in, err)
	}
}

func TestASecretNeedsConsent(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	d := w.In.Draft()
	d.ID, d.Name, d.Secret = 0, "Second", sandbox.Password
	if _, err := w.Engine.Accounts.AddIntegration(t.Context(), d); trackertest.AsError(t, err).Field != "store-secret-in-db" {
		t.Errorf("without consent: %v", err)
	}
	all, err := w.Engine.Accounts.Integrations(t.Context(), w.In.ProjectID)
	if err != nil || len(all) != 1 {
		t.Errorf("%d integrations, %v", len(all), err)
	}
	d.SecretInDatabase = true
	if _, err := w.Engine.Accounts.AddIntegration(t.Context(), d); err != nil {
		t.Error(err)
	}
	if _, err := w.Engine.Accounts.AddIntegration(t.Context(), d); trackertest.AsError(t, err).Field != "name" {
		t.Errorf("a taken name: %v", err)
	}
}

func TestReadingAViewThatFailsKeepsWhatIsCached(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault sandbox.Fault
		says  string
	}{
		"HTML":         {sandbox.Fault{Answer: "html"}, ""},
		"wrong JSON":   {sandbox.Fault{Answer: "wrong-json"}, ""},
		"unauthorised": {sandbox.Fault{Answer: "unauthenticated"}, "password"},
		"no access":    {sandbox.Fault{Answer: "record-not-found"}, "not shared"},
		"reset":        {sandbox.Fault{Answer: sandbox.AnswerReset}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			before, err := w.Engine.Views.Tickets(t.Context(), w.In.ID)
			if err != nil || len(before.Tickets) < 30 {
				t.Fatalf("%d tickets, %v", len(before.Tickets), err)
			}
			tt.fault.Times = -1
			w.Faults(tt.fault)
			err = w.Engine.Views.RefreshView(t.Context(), w.In.ID)
			if err == nil || !strings.Contains(err.Error(), tt.says) || strings.ContainsAny(err.Error(), "<>{") {
				t.Errorf("said %v", err)
			}
			if in, err := w.Engine.Accounts.Integration(t.Context(), w.In.ProjectID, w.In.Name); err != nil || in.Sends() != (name != "unauthorised") {
				t.Errorf("paused: %q, %v", in.PausedReason, err)
			}
			after, err := w.Engine.Views.Tickets(t.Context(), w.In.ID)
			if err != nil || len(after.Tickets) != len(before.Tickets) || after.Fetch.Problem == "" {
				t.Errorf("%d tickets of %d, problem %q, %v", len(after.Tickets), len(before.Tickets), after.Fetch.Problem, err)
			}
		})
	}
}

func TestASandboxThatCameBackOnAnotherPort(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	st := w.Story(w.Ticket(tracker.TicketNew))
	if err := w.Engine.Accounts.FollowAccount(t.Context(), w.In.ID, "http://127.0.0.1:9"); err != nil {
		t.Fatal(err)
	}
	d, err := w.Engine.Stories.Story(t.Context(), st.ID)
	if err != nil || d.Story.Tickets[0].Ticket.Host != "127.0.0.1:9" || d.Tickets[0].Subject == "" {
		t.Errorf("%+v, %v", d, err)
	}
	if err := w.Engine.Accounts.FollowAccount(t.Context(), w.In.ID, "acme"); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("to another company's desk: %v", err)
	}
}
