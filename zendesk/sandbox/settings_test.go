package sandbox_test

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"storydesk/zendesk/sandbox"
)

// patch changes the settings from another process.
func (d *sandboxClient) patch(settings string) {
	d.t.Helper()
	if got := d.call("PATCH", "/sandbox/settings", settings, "Content-Type", "application/json"); got.status != 200 {
		d.t.Fatalf("%s: %d %s", settings, got.status, got.body)
	}
}

func TestSettings(t *testing.T) {
	view := fmt.Sprintf("/api/v2/views/%d.json", sandbox.ViewUnresolved)
	tickets := strings.Replace(view, ".json", "/tickets.json", 1)
	tests := []struct {
		settings string
		path     string
		status   int
		body     string
	}{
		{`{}`, "/api/v2/users/me", 200, `"role":"admin"`},
		{`{"password_access":false}`, "/api/v2/users/me", 401, `Couldn't authenticate you`},
		{`{"two_factor":true}`, view, 401, `Couldn't authenticate you`},
		{`{"role":"light"}`, "/api/v2/users/me", 200, `"role_type":1,`},
		{`{"role":"light"}`, "/api/v2/users/me", 200, `"only_private_comments":true`},
		{`{"role":"end-user"}`, "/api/v2/users/me", 200, `"role":"end-user"`},
		{`{"role":"end-user"}`, view, 403, `You do not have access`},
		{`{"suspended":true}`, "/api/v2/users/me", 200, `"suspended":true`},
		{`{"suspended":true}`, view, 403, `You do not have access`},
		{`{"ticket_restriction":"requested"}`, "/api/v2/users/me", 200, `"ticket_restriction":"requested"`},
		{`{"ticket_restriction":"requested"}`, tickets, 200, `"tickets":[]`},
		{`{"ticket_restriction":"requested"}`, ticketPath, 403, `You do not have access`},
		{fmt.Sprintf(`{"views":{"%d":"inactive"}}`, sandbox.ViewUnresolved), view, 200, `"active":false`},
		{fmt.Sprintf(`{"views":{"%d":"deleted"}}`, sandbox.ViewUnresolved), view, 404, `RecordNotFound`},
		{fmt.Sprintf(`{"views":{"%d":"unshared"}}`, sandbox.ViewUnresolved), tickets, 403, `You do not have access`},
		{fmt.Sprintf(`{"view_counts":{"%d":7}}`, sandbox.ViewUnresolved), tickets, 200, `"count":7,`},
		{`{"offset_depth":10}`, tickets + "?per_page=5&page=2", 200, `"next_page":"https://`},
		{`{"offset_depth":10}`, tickets + "?per_page=5&page=3", 400, `"code":"InvalidPaginationDepth"`},
		{`{"offset_depth":10}`, tickets + "?page[size]=50", 200, `"has_more":true`},
		{`{}`, tickets + "?include=custom_statuses", 200, `"agent_label":"With engineering"`},
		{`{"status_sideload":false}`, "/api/v2/custom_statuses", 200, `"agent_label":"With engineering"`},
		{`{}`, tickets + "?include=slas", 200, `"slas":{"policy_metrics":[{"breach_at":"`},
		{`{}`, tickets + "?include=metric_sets", 200, `"metric_sets":[{"url":"https://`},
		{`{}`, ticketPath + "?include=metric_sets", 200, `"metric_set":{"url":"https://`},
		{`{}`, "/api/v2/users/me", 200, `"url":"https://brightwharf.zendesk.com/api/v2/users/`},
		{`{"home":"127.0.0.1:8080"}`, "/api/v2/users/me", 200, `"url":"http://127.0.0.1:8080/api/v2/users/`},
		{`{}`, "/api/v2/tickets/1018/conversation_log", 200, `"type":"Messaging::ConversationMessage"`},
		{`{}`, "/api/v2/tickets/1018", 200, `"from_messaging_channel":true`},
	}
	for _, test := range tests {
		d := open(t, sandbox.Options{})
		d.patch(test.settings)
		if got := d.call("GET", test.path, ""); got.status != test.status || !strings.Contains(got.body, test.body) {
			t.Errorf("%s, %s: %d %.300s", test.settings, test.path, got.status, got.body)
		}
	}
}

func TestSettingsAreChecked(t *testing.T) {
	d := open(t, sandbox.Options{})
	for _, wrong := range []string{
		`{"role":"king"}`, `{"view_counts":{"1":-1}}`, `{"offset_depth":-1}`, `{"home":"acme.zendesk.com"}`, `{"home":"acme.zendesk.com:443"}`, `{"ticket_restriction":"all"}`, `{"scopes":["everything"]}`, `{"views":{"1":"lost"}}`, `{"sauce":true}`, `[]`,
	} {
		if got := d.call("PATCH", "/sandbox/settings", wrong, "Content-Type", "application/json"); got.status != 400 {
			t.Errorf("%s: %d", wrong, got.status)
		}
	}
	d.patch(`{"two_factor":true}`)
	d.patch(`{"suspended":true}`)
	if o := d.Settings(); !o.TwoFactor || !o.Suspended || !o.PasswordAccess || len(o.Scopes) != 3 {
		t.Errorf("%+v", o)
	}
}

func TestClockIsOff(t *testing.T) {
	d := open(t, sandbox.Options{})
	d.patch(`{"clock_seconds":-7200}`)
	got := d.call("GET", "/api/v2/users/me", "")
	at, err := http.ParseTime(got.header.Get("Date"))
	if off := at.Sub(d.clock.Now()).Round(time.Second); err != nil || off != -2*time.Hour {
		t.Errorf("%s off, %v", off, err)
	}
}

// A mapped host knows the account's own; the account's own asks for a sign-in.
func TestAgentsEntry(t *testing.T) {
	d := open(t, sandbox.Options{})
	for host, want := range map[string]string{
		"support.brightwharf.example": "https://brightwharf.zendesk.com/agent",
		"127.0.0.1:80":                "/access/unauthenticated?return_to=" + url.QueryEscape("https://brightwharf.zendesk.com/agent"),
		sandbox.CanonicalHost:         "/access/unauthenticated?return_to=" + url.QueryEscape("https://brightwharf.zendesk.com/agent"),
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.url+"/agent", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusFound || res.Header.Get("Location") != want {
			t.Errorf("%s: %d to %q", host, res.StatusCode, res.Header.Get("Location"))
		}
	}
}

// Tickets that are generated later are there after the sandbox opens again.
func TestGenerate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	d := open(t, sandbox.Options{StatePath: path, Tickets: 10})
	before := d.call("GET", "/api/v2/tickets/show_many?ids=20010,20011,20040,20041", "").body
	if got := d.call("POST", "/sandbox/tickets", `{"count":30}`, "Content-Type", "application/json"); got.status != 204 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	for _, wrong := range []string{`{"count":0}`, `{"count":-1}`, `{"count":100000}`} {
		if got := d.call("POST", "/sandbox/tickets", wrong, "Content-Type", "application/json"); got.status != 400 {
			t.Errorf("%s: %d", wrong, got.status)
		}
	}
	after := d.call("GET", "/api/v2/tickets/show_many?ids=20010,20011,20040,20041", "").body
	if strings.Count(before, `"subject"`) != 1 || strings.Count(after, `"subject"`) != 3 {
		t.Errorf("before %s, after %s", before, after)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, sandbox.Options{StatePath: path})
	if got := again.call("GET", "/api/v2/tickets/show_many?ids=20010,20011,20040,20041", "").body; got != after {
		t.Errorf("opened again: %s, before %s", got, after)
	}
}

// A view that was read before shows what has changed since.
func TestSortedViewFollowsChanges(t *testing.T) {
	d := open(t, sandbox.Options{})
	path := fmt.Sprintf("/api/v2/views/%d/tickets.json", sandbox.ViewUnresolved)
	count := func() int { return strings.Count(d.call("GET", path, "").body, `"raw_subject"`) }
	all := count()
	if err := d.Edit(sandbox.Edit{Ticket: openTicket, Status: "closed"}); err != nil {
		t.Fatal(err)
	}
	if got := count(); got != all-1 {
		t.Errorf("%d of %d after one was closed", got, all)
	}
	if err := d.Generate(3); err != nil {
		t.Fatal(err)
	}
	if got := count(); got != all+2 {
		t.Errorf("%d of %d after three were generated", got, all)
	}
}
