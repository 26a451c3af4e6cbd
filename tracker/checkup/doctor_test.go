package checkup_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/verdict"
	"storydesk/zendesk/sandbox"
)

// examined runs the examination and returns its checks by subject and name.
func examined(t *testing.T, svc *engine.Engine) map[string]verdict.Check {
	t.Helper()
	checks := make(map[string]verdict.Check)
	err := svc.Checkup.Examine(t.Context(), func(c verdict.Check) { checks[c.Subject+"/"+c.Name] = c })
	if err != nil {
		t.Fatal(err)
	}
	return checks
}

// expect checks the outcome of one check.
func expect(t *testing.T, checks map[string]verdict.Check, key string, level verdict.Level, words string) {
	t.Helper()
	c, ok := checks[key]
	if !ok || c.Level != level || !strings.Contains(c.Text, words) {
		t.Errorf("%s is %+v, want %s with %q", key, c, level, words)
	}
	if level == verdict.LevelFailed && ok && strings.TrimSpace(c.Text) == "" {
		t.Errorf("%s failed without a word", key)
	}
}

func TestExamineWhatWorks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	checks := examined(t, w.Engine)
	expect(t, checks, "/keyring", verdict.LevelOK, "as you chose")
	expect(t, checks, "Support/user", verdict.LevelOK, "signed in as")
	expect(t, checks, "Support/audits", verdict.LevelOK, "")
	expect(t, checks, "Support/reading", verdict.LevelOK, "just now")
	for _, name := range []string{"waiting", "unconfirmed", "parked"} {
		expect(t, checks, "/"+name, verdict.LevelOK, "")
	}
}

func TestExamineAnInstallationWithoutIntegrations(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.Engine.Accounts.RemoveIntegration(t.Context(), w.In.ID, false); err != nil {
		t.Fatal(err)
	}
	checks := examined(t, w.Engine)
	expect(t, checks, "/integrations", verdict.LevelOK, "none yet")
	expect(t, checks, "/keyring", verdict.LevelWarning, "no keyring is available")
}

func TestExamineWhatDoesNotWork(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Faults(sandbox.Fault{Answer: "unauthenticated", Times: -1})
	expect(t, examined(t, w.Engine), "Support/connection", verdict.LevelFailed, "")

	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeUnauthorized {
		t.Errorf("the reading ended with %v", err)
	}
	checks := examined(t, w.Engine)
	expect(t, checks, "Support/sending", verdict.LevelFailed, "it is paused")
	expect(t, checks, "Support/reading", verdict.LevelWarning, "ended early")

	if _, err := w.Engine.Accounts.SetIntegrationActive(t.Context(), w.In.ID, false); err != nil {
		t.Fatal(err)
	}
	checks = examined(t, w.Engine)
	expect(t, checks, "Support/connection", verdict.LevelSkipped, "it is off")
	if len(checks) != 5 {
		t.Errorf("an integration that is off is asked: %v", checks)
	}
}

func TestExamineWarnsOfRights(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Edit(func(d *tracker.IntegrationDraft) {
		d.Email, d.Auth, d.Secret = "samuel.oyelaran@brightwharf.example", tracker.AuthToken, sandbox.Token
	})
	checks := examined(t, w.Engine)
	expect(t, checks, "Support/rights", verdict.LevelWarning, "may only write private comments")
	if len(checks["Support/rights"].Steps) == 0 {
		t.Error("nobody says what to do about the rights")
	}
}

func TestExamineTheQueue(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.Comment(st, "a note that cannot leave")
	expect(t, examined(t, w.Engine), "/waiting", verdict.LevelOK, "1 private comment waiting")

	w.Faults(sandbox.Fault{Method: "PUT", Answer: "closed", Times: -1})
	if deliveries := w.Deliver(st); deliveries[0].State != tracker.DeliveryParked {
		t.Fatalf("the note is %s", deliveries[0].State)
	}
	checks := examined(t, w.Engine)
	expect(t, checks, "/parked", verdict.LevelWarning, "1 private comment parked")
	if checks["/parked"].Remedy != verdict.RemedyDecide {
		t.Error("nobody says what to do with a parked note")
	}
}

func TestRedactorKnowsTheSecrets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r, err := w.Engine.Checkup.Redactor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Redact("with " + sandbox.Password); got != "with [removed]" {
		t.Errorf("got %q", got)
	}
}

// A check tells how long ago the oldest private comment was made.
func TestExamineTellsAges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.Comment(st, "an old note")
	for passed, words := range map[time.Duration]string{
		0: "just now", 90 * time.Second: "1 minute ago", 3 * time.Hour: "3 hours ago", 72 * time.Hour: "3 days ago",
	} {
		begun := time.Now()
		w.Engine.Now = func() time.Time { return begun.Add(passed) }
		level := verdict.LevelOK
		if passed > 10*time.Minute {
			level = verdict.LevelWarning
		}
		expect(t, examined(t, w.Engine), "/waiting", level, words)
	}
}
