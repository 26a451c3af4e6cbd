package sandbox_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"storydesk/zendesk/sandbox"
)

type updated struct {
	Ticket sandbox.Ticket
	Audit  sandbox.Audit
}

func (r reply) updated(t *testing.T) updated {
	t.Helper()
	var u updated
	r.decode(t, &u)
	return u
}

// event finds an audit's event by type and field.
func event(a sandbox.Audit, kind, field string) map[string]any {
	for _, e := range a.Events {
		if e, isObject := e.(map[string]any); isObject && e["type"] == kind && (field == "" || e["field_name"] == field) {
			return e
		}
	}
	return nil
}

func TestPrivateCommentAndStatusInOneUpdate(t *testing.T) {
	d := open(t, sandbox.Options{})
	got := d.put(200, newTicket, `{"status":"open","comment":{"html_body":"<p>one<br>two &amp; three</p>","public":false},`+
		`"metadata":{"client_op":"9a"},"safe_update":true,"updated_stamp":"2026-11-22T09:59:00Z"}`).updated(t)
	if got.Ticket.Status != "open" || !got.Ticket.UpdatedAt.Equal(d.clock.Now().Truncate(time.Second)) {
		t.Errorf("ticket afterwards: %s at %s", got.Ticket.Status, got.Ticket.UpdatedAt)
	}
	if got.Audit.Metadata.Custom["client_op"] != "9a" || got.Audit.Metadata.System["client"] == nil {
		t.Errorf("metadata: %+v", got.Audit.Metadata)
	}
	change := event(got.Audit, "Change", "status")
	if change == nil || change["value"] != "open" || change["previous_value"] != "new" {
		t.Errorf("change of status: %v", change)
	}
	said := event(got.Audit, "Comment", "")
	if said["public"] != false || said["body"] != "one\ntwo & three" || event(got.Audit, "Notification", "") != nil {
		t.Errorf("comment event: %v", said)
	}
	comments := d.Comments(newTicket)
	last := comments[len(comments)-1]
	if last.Public || last.AuditID != got.Audit.ID || float64(last.ID) != said["id"] || len(last.Metadata.Custom) != 0 {
		t.Errorf("comment: %+v", last)
	}
	var audit struct{ Audit sandbox.Audit }
	d.get(fmt.Sprintf("/api/v2/tickets/%d/audits/%d.json", newTicket, got.Audit.ID), &audit)
	if audit.Audit.Metadata.Custom["client_op"] != "9a" {
		t.Errorf("the audit read back: %+v", audit.Audit.Metadata)
	}
}

func TestPrivateCommentLeavesStatus(t *testing.T) {
	d := open(t, sandbox.Options{CustomInComments: true})
	before, _ := d.Ticket(newTicket)
	got := d.put(200, newTicket, `{"comment":{"body":"a note","public":false},"metadata":{"client_op":"9b"}}`).updated(t)
	if got.Ticket.Status != "new" || !got.Ticket.UpdatedAt.After(before.UpdatedAt) {
		t.Errorf("status %s, updated %s", got.Ticket.Status, got.Ticket.UpdatedAt)
	}
	if last := d.Comments(newTicket)[1]; last.Metadata.Custom["client_op"] != "9b" {
		t.Errorf("metadata on the comment, as asked of the sandbox: %+v", last.Metadata)
	}
}

func TestVisibilityIsInheritedFromTheFirstComment(t *testing.T) {
	d := open(t, sandbox.Options{})
	for ticket, public := range map[int64]bool{openTicket: true, internalTicket: false} {
		got := d.put(200, ticket, `{"comment":{"body":"who reads this?"}}`).updated(t)
		if said := event(got.Audit, "Comment", ""); said["public"] != public {
			t.Errorf("ticket %d: public %v, want %v", ticket, said["public"], public)
		}
		if mailed := event(got.Audit, "Notification", "") != nil; mailed != public {
			t.Errorf("ticket %d: customer notified %v, want %v", ticket, mailed, public)
		}
	}
}

func TestSafeUpdate(t *testing.T) {
	d := open(t, sandbox.Options{})
	ticket, _ := d.Ticket(openTicket)
	guard := func(stamp time.Time, safe string) string {
		return fmt.Sprintf(`{"comment":{"body":"x","public":false},"safe_update":%s,"updated_stamp":%q}`, safe, stamp.Format(time.RFC3339))
	}
	first := d.put(200, openTicket, guard(ticket.UpdatedAt, "true")).updated(t)
	twin := d.put(409, openTicket, guard(ticket.UpdatedAt, "true"))
	if !strings.HasPrefix(twin.body, `{"error":"UpdateConflict","description":"Safe Update prevented the update`) {
		t.Errorf("409 body: %s", twin.body)
	}
	d.put(409, openTicket, guard(ticket.UpdatedAt, "false"))
	d.put(200, openTicket, fmt.Sprintf(`{"comment":{"body":"x"},"updated_stamp":%q}`, ticket.UpdatedAt.Format(time.RFC3339)))
	second := d.put(200, openTicket, guard(first.Ticket.UpdatedAt, "true")).updated(t)
	if !second.Ticket.UpdatedAt.Equal(first.Ticket.UpdatedAt) {
		t.Error("two updates within one second have different stamps")
	}
	if n := len(d.Comments(openTicket)); n != 3+3 {
		t.Errorf("%d comments, want 6: the refused ones must not be there", n)
	}
}

func TestRefusals(t *testing.T) {
	d := open(t, sandbox.Options{})
	for name, c := range map[string]struct {
		ticket     int64
		properties string
		status     int
		body       string
	}{
		"closed": {closedTicket, `{"comment":{"body":"x","public":false}}`, 422,
			`{"error":"RecordInvalid","description":"Record validation errors","details":{"status":[{"description":"Status: closed prevents ticket update"}]}}`},
		"solve without assignee": {newTicket, `{"status":"solved"}`, 422, `"ticket_field_type":"FieldAssignee"`},
		"back to new":            {openTicket, `{"status":"new"}`, 422, `"status":[`},
		"no such status":         {openTicket, `{"status":"asleep"}`, 422, `"status":[`},
		"no such priority":       {openTicket, `{"priority":"huge"}`, 422, `"priority":[`},
		"priority cleared":       {openTicket, `{"priority":null}`, 422, `Priority: cannot be reset`},
		"no such type":           {openTicket, `{"type":"riddle"}`, 422, `"type":[`},
		"no such ticket":         {7, `{"status":"open"}`, 404, `RecordNotFound`},
		"wrong kind of value":    {openTicket, `{"status":{}}`, 400, `status`},
		"comment is a list":      {openTicket, `{"comment":[]}`, 400, `comment`},
		"ticket is a list":       {openTicket, `[]`, 400, `ticket is required`},
		"not JSON":               {openTicket, `{`, 400, `Server could not parse JSON`},
	} {
		t.Run(name, func(t *testing.T) {
			before := d.Audits(c.ticket)
			if got := d.put(c.status, c.ticket, c.properties); !strings.Contains(got.body, c.body) {
				t.Errorf("body %s, want %s", got.body, c.body)
			}
			if after := d.Audits(c.ticket); len(after) != len(before) {
				t.Error("a refused update was audited")
			}
		})
	}
	path := fmt.Sprintf("/api/v2/tickets/%d.json", openTicket)
	if got := d.call("PUT", path, `{"ticket":{"status":"hold"}}`, "Content-Type", "text/plain"); got.status != 415 {
		t.Errorf("text/plain: %d", got.status)
	}
	light := d.as(lightAgentEmail+"/token", sandbox.Token)
	light.put(403, openTicket, `{"status":"hold"}`)
	light.put(403, openTicket, `{"comment":{"body":"x","public":true}}`)
	light.put(200, openTicket, `{"comment":{"body":"x","public":false}}`)
	quiet := light.put(200, openTicket, `{"comment":{"body":"x"}}`).updated(t)
	if event(quiet.Audit, "Comment", "")["public"] != false {
		t.Error("a light agent commented in public")
	}
}

func TestUpdateOfFields(t *testing.T) {
	d := open(t, sandbox.Options{})
	got := d.put(200, newTicket, `{"assignee_id":3901482609160,"group_id":360009182054,"tags":["a","b"],"subject":"Renamed",`+
		`"type":"incident","external_id":"S-14","priority":"low","metadata":null}`).updated(t)
	if got.Ticket.Status != "open" || got.Ticket.CustomStatusID == 0 {
		t.Errorf("assigned, yet %s", got.Ticket.Status)
	}
	for _, field := range []string{"assignee_id", "group_id", "tags", "subject", "type", "external_id", "priority", "status"} {
		if event(got.Audit, "Change", field) == nil {
			t.Errorf("no Change event for %s", field)
		}
	}
	stamp := got.Ticket.UpdatedAt
	d.clock.pass(time.Minute)
	same := d.put(200, newTicket, `{"status":"open","assignee_id":3901482609160}`).updated(t)
	if len(same.Audit.Events) != 0 || !same.Ticket.UpdatedAt.Equal(stamp) {
		t.Errorf("an update that changes nothing: %+v", same.Audit.Events)
	}
	d.put(200, newTicket, `{"assignee_id":null,"type":null,"external_id":null,"tags":null}`)
	ticket, _ := d.Ticket(newTicket)
	if ticket.AssigneeID != 0 || ticket.Type != "" || ticket.ExternalID != "" || len(ticket.Tags) != 0 {
		t.Errorf("cleared: %+v", ticket)
	}
}

func TestUnknownKeysAreIgnoredWithAWarning(t *testing.T) {
	d := open(t, sandbox.Options{})
	got := d.put(200, openTicket, `{"flavour":"mint","q\"uote":1,"comment":{"body":"x","plain_body":"y","public":false}}`)
	want := `{"unpermitted_keys":["ticket.comment.plain_body","ticket.flavour","ticket.q\"uote"]}`
	if warned := got.header.Get("X-Zendesk-API-Warn"); warned != want {
		t.Errorf("warning %q, want %q", warned, want)
	}
	if quiet := d.put(200, openTicket, `{"status":"hold"}`).header; quiet.Get("X-Zendesk-API-Warn") != "" {
		t.Error("warned without a reason")
	}
}

func TestRendering(t *testing.T) {
	d := open(t, sandbox.Options{})
	long := strings.Repeat("ä", 40_000)
	for name, c := range map[string]struct{ key, in, body, html string }{
		"body collapses":        {"body", "a  \t b\n\n\n\nc", "a b\nc", "<p dir=\"auto\">a b<br>c</p>"},
		"blank after a newline": {"body", "a\n \nb", "a\n \nb", "a<br> <br>b"},
		"body loses HTML":       {"body", "<b>bold</b> 1 < 2 <script>alert(1)</script>", "bold 1 < 2", "bold 1 &lt; 2"},
		"html keeps layout":     {"html_body", "<p>a</p><p>&nbsp;</p><p>b  c<br/>d</p>", "a\n\n \n\nb  c\nd", "<p>&nbsp;</p>"},
		"html loses scripts":    {"html_body", "<p>a</p><script>alert(1)</script>", "a", "<p>a</p></div>"},
		"placeholders":          {"body", "{{ticket.id}} {{ ticket.requester.email }} {{no.such}}!", "1042 noah@bellwether-bakery.example !", "1042"},
		"statements":            {"html_body", "{% if 1 %}{{current_user.name}}{% endif %}", "Maya Lindqvist", "Maya"},
		"broken placeholder":    {"html_body", "{\u200b{ticket.id}}", "{\u200b{ticket.id}}", "{\u200b{ticket.id}}"},
		"64 kB":                 {"body", long, strings.Repeat("ä", 32<<10), ""},
		"64 kB of HTML":         {"html_body", "a" + long, "a" + strings.Repeat("ä", 32<<10-1), ""},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(c.in)
			if err != nil {
				t.Fatal(err)
			}
			d.put(200, openTicket, fmt.Sprintf(`{"comment":{%q:%s,"public":false}}`, c.key, text))
			comments := d.Comments(openTicket)
			last := comments[len(comments)-1]
			if last.Body != c.body || last.PlainBody != c.body {
				t.Errorf("body %.80q (%d bytes), want %.80q (%d)", last.Body, len(last.Body), c.body, len(c.body))
			}
			if !strings.Contains(last.HTMLBody, c.html) || strings.Contains(last.HTMLBody, "script") {
				t.Errorf("html_body %.200q, want %q inside", last.HTMLBody, c.html)
			}
		})
	}
}

func TestCommentsOfOneTicketAreLimited(t *testing.T) {
	d := open(t, sandbox.Options{})
	for range 4999 {
		if err := d.Edit(sandbox.Edit{Ticket: newTicket, Comment: "again"}); err != nil {
			t.Fatal(err)
		}
	}
	refused := d.put(422, newTicket, `{"comment":{"body":"one more","public":false}}`)
	if !strings.Contains(refused.body, "RecordInvalid") {
		t.Errorf("comment 5,001: %s", refused.body)
	}
	d.put(200, newTicket, `{"status":"hold"}`)
}

func TestRateLimits(t *testing.T) {
	d := open(t, sandbox.Options{Limits: true})
	header := d.put(200, openTicket, `{"status":"hold"}`).header
	if got := header.Get("Zendesk-RateLimit-per-ticket-updates"); got != "total=30; remaining=29; resets=600" {
		t.Errorf("per-ticket header %q", got)
	}
	if header.Get("X-Rate-Limit") != "700" || header.Get("ratelimit-remaining") != "699" || header.Get("ratelimit-reset") != "60" {
		t.Errorf("account headers %v", header)
	}
	for range 29 {
		d.put(200, openTicket, `{"comment":{"body":"x","public":false}}`)
	}
	d.clock.pass(200 * time.Second)
	refused := d.put(429, openTicket, `{"status":"open"}`)
	if refused.header.Get("Retry-After") != "400" || !strings.Contains(refused.body, `"TooManyRequests"`) {
		t.Errorf("31st update: %v %s", refused.header, refused.body)
	}
	d.put(200, newTicket, `{"status":"open"}`)
	d.clock.pass(400 * time.Second)
	d.put(200, openTicket, `{"status":"open"}`)

	count := fmt.Sprintf("/api/v2/views/%d/count", sandbox.ViewNew)
	for range 5 {
		d.expect(200, "GET", count, "")
	}
	if sixth := d.expect(429, "GET", count, ""); !strings.Contains(sixth.body, "APIRateLimitExceeded") {
		t.Errorf("sixth count: %s", sixth.body)
	}
	for range 700 - 7 {
		d.expect(200, "GET", "/api/v2/tickets/1042", "")
	}
	last := d.expect(429, "GET", "/api/v2/tickets/1042", "")
	if last.body != "Number of allowed API requests per minute exceeded" || last.header.Get("Retry-After") != "60" ||
		!strings.HasPrefix(last.header.Get("Content-Type"), "text/plain") {
		t.Errorf("701st request: %v %s", last.header, last.body)
	}
}

func TestWithoutLimitsBucketsStayFull(t *testing.T) {
	d := open(t, sandbox.Options{})
	for range 40 {
		got := d.put(200, openTicket, `{"comment":{"body":"x","public":false}}`)
		if h := got.header.Get("Zendesk-RateLimit-per-ticket-updates"); h != "total=30; remaining=29; resets=600" {
			t.Fatalf("header %q", h)
		}
	}
}
