package accounts_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/accounts"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/verdict"
	"storydesk/zendesk/sandbox"
)

// What an admin, Zendesk or the network may have done to an account shows in
// its connection test: how far it came, and what fixes it.
func TestConnectionTestOfAccountsInTrouble(t *testing.T) {
	t.Parallel()
	view := func(state string) func(*sandbox.Settings) {
		return func(o *sandbox.Settings) { o.Views = map[int64]string{sandbox.ViewUnresolved: state} }
	}
	tests := []struct {
		name  string
		set   func(*sandbox.Settings)
		fault sandbox.Fault
		auth  tracker.AuthMethod
		steps string
		code  tracker.Code
		field string
		says  string
		do    string
	}{
		{name: "password off", set: func(o *sandbox.Settings) { o.PasswordAccess = false }, steps: "address", code: tracker.CodeUnauthorized, field: "auth", says: "rejected password sign-in", do: "OAuth"},
		{name: "two-factor", set: func(o *sandbox.Settings) { o.TwoFactor = true }, steps: "address", code: tracker.CodeUnauthorized, field: "auth", says: "rejected password sign-in", do: "OAuth"},
		{name: "token off", auth: tracker.AuthToken, set: func(o *sandbox.Settings) { o.TokenAccess = false }, steps: "address", code: tracker.CodeUnauthorized, field: "password", says: "API token", do: "activate it"},
		{name: "client off", auth: tracker.AuthClient, set: func(o *sandbox.Settings) { o.ClientAccess = false }, steps: "address", code: tracker.CodeUnauthorized, field: "client-id", says: "OAuth client storydesk_service", do: "compare the identifier"},
		{name: "fewer scopes", auth: tracker.AuthClient, set: func(o *sandbox.Settings) { o.Scopes = []string{"read"} }, steps: "address", code: tracker.CodeMissingScope, field: "client-id", says: "scopes read and tickets:write", do: "Allowed scopes"},
		{name: "suspended", set: func(o *sandbox.Settings) { o.Suspended = true }, steps: "address", code: tracker.CodeForbidden, field: "email", says: "is suspended", do: "unsuspend"},
		{name: "end user", set: func(o *sandbox.Settings) { o.Role = "end-user" }, steps: "address", code: tracker.CodeForbidden, field: "email", says: "is not an agent", do: "agent or administrator"},
		{name: "deleted view", set: view("deleted"), steps: "address user", code: tracker.CodeNotFound, field: "view", says: "deleted or is not shared", do: "New tickets"},
		{name: "unshared view", set: view("unshared"), steps: "address user", code: tracker.CodeForbidden, field: "view", says: "deleted or is not shared", do: "New tickets"},
		{name: "inactive view", set: view("inactive"), steps: "address user", code: tracker.CodeInvalid, field: "view", says: "inactive in Zendesk", do: "another view"},
		{name: "login page", fault: sandbox.Fault{Answer: "html"}, steps: "address", code: tracker.CodeUnreadable, field: "url", says: "a web page", do: "browser"},
		{name: "too often", fault: sandbox.Fault{Path: "/views/*", Answer: "limited-endpoint", RetryAfter: 7}, steps: "address user", code: tracker.CodeLimited, says: "asks to wait 7s", do: "wait"},
		{name: "heavy view", fault: sandbox.Fault{Path: "/views/*/tickets", Answer: "gateway-timeout"}, steps: "address user view", code: tracker.CodeUnavailable, field: "view", says: "504", do: "narrow"},
		{name: "light agent", set: func(o *sandbox.Settings) { o.Role = "light" }, steps: "address user view tickets audits rights", says: "may only write private comments", do: "agent"},
		{name: "restricted agent", set: func(o *sandbox.Settings) { o.Restriction = "groups" }, steps: "address user view tickets audits restriction", says: "own groups only", do: "administrator"},
		{name: "clock behind", set: func(o *sandbox.Settings) { o.ClockSeconds = 1260 }, steps: "address user view tickets audits clock", says: "clock is 2", do: "clock"},
		{name: "clock ahead", set: func(o *sandbox.Settings) { o.ClockSeconds = -3*60*60 - 60 }, steps: "address user view tickets audits clock", says: "3 hours ahead of", do: "clock"},
		{name: "clock nearly right", set: func(o *sandbox.Settings) { o.ClockSeconds = 240 }, steps: "address user view tickets audits", says: "audits readable"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			o := sandbox.DefaultSettings()
			if test.set != nil {
				test.set(&o)
			}
			if err := w.Sandbox.Set(o); err != nil {
				t.Fatal(err)
			}
			if test.fault.Answer != "" {
				test.fault.Times = -1
				w.Faults(test.fault)
			}
			d := w.In.Draft()
			switch test.auth {
			case tracker.AuthToken:
				d.Auth, d.Secret = test.auth, sandbox.Token
			case tracker.AuthClient:
				d.Auth, d.ClientID, d.Secret = test.auth, sandbox.ConfidentialClient, sandbox.ClientSecret
			default:
			}
			var names []string
			var last verdict.TestStep
			err := w.Engine.Accounts.TestIntegration(t.Context(), d, func(s verdict.TestStep) { names, last = append(names, s.Name), s })
			if got := strings.Join(names, " "); got != test.steps {
				t.Errorf("steps %q, want %q (%v)", got, test.steps, err)
			}
			says, do := last.Text, last.Steps
			if test.code != "" {
				e := trackertest.AsError(t, err)
				says, do = e.Message, e.Steps
				if e.Code != test.code || e.Field != test.field {
					t.Errorf("%s, field %q, want %s, %q", e.Code, e.Field, test.code, test.field)
				}
			} else if err != nil || last.Warning != (test.do != "") {
				t.Errorf("%+v, %v", last, err)
			}
			if !strings.Contains(says, test.says) || !strings.Contains(strings.Join(do, " "), test.do) {
				t.Errorf("says %q, do %q; want %q, %q", says, do, test.says, test.do)
			}
		})
	}
}

// Zendesk's count of a view may be hours old: it is told as a rough one, and not
// at all where every ticket was read.
func TestConnectionTestDoesNotTrustTheCount(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		page tracker.TicketPage
		want string
	}{
		{want: "2 tickets", page: tracker.TicketPage{Tickets: make([]tracker.Ticket, 2), Total: 7}},
		{want: "1 ticket", page: tracker.TicketPage{Tickets: make([]tracker.Ticket, 1), Total: -1}},
		{want: "about 7 tickets", page: tracker.TicketPage{Tickets: make([]tracker.Ticket, 2), Total: 7, More: true}},
		{want: "more than 2 tickets", page: tracker.TicketPage{Tickets: make([]tracker.Ticket, 2), Total: 1, More: true}},
		{want: "more than 2 tickets", page: tracker.TicketPage{Tickets: make([]tracker.Ticket, 2), Total: -1, More: true}},
	} {
		if got := accounts.CountTickets(test.page); got != test.want {
			t.Errorf("%d read of %d, more %t: %q, want %q", len(test.page.Tickets), test.page.Total, test.page.More, got, test.want)
		}
	}
}
