package sandbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"storydesk/zendesk/sandbox"
)

const privateComment = `{"ticket":{"comment":{"body":"a note","public":false}}}`

var ticketPath = fmt.Sprintf("/api/v2/tickets/%d.json", openTicket)

func (d *sandboxClient) faults(faults ...sandbox.Fault) {
	d.t.Helper()
	if err := d.AddFaults(faults...); err != nil {
		d.t.Fatal(err)
	}
}

// commentsAdded returns how many comments the open ticket got since the seed.
func (d *sandboxClient) commentsAdded() int { return len(d.Comments(openTicket)) - 3 }

func TestCannedAnswers(t *testing.T) {
	d := open(t, sandbox.Options{})
	for name, want := range map[string]struct {
		status int
		body   string
	}{
		"anonymous":           {200, `"Anonymous user"`},
		"unauthenticated":     {401, `{"error":"Couldn't authenticate you"}`},
		"invalid-token":       {401, `"invalid_token"`},
		"missing-scope":       {403, `missing the following required scopes`},
		"forbidden-role":      {403, `{"error":"Forbidden","description":"Your role`},
		"forbidden-page":      {403, `{"error":{"title":"Forbidden","message":`},
		"record-not-found":    {404, `{"error":"RecordNotFound","description":"Not found"}`},
		"invalid-endpoint":    {404, `{"error":"InvalidEndpoint","description":"Not found"}`},
		"no-help-desk":        {404, `{"error":{"title":"No help desk at brightwharf.zendesk.com"`},
		"update-conflict":     {409, `"UpdateConflict"`},
		"database-conflict":   {409, `{"error":"DatabaseConflict","description":"Database collision"}`},
		"closed":              {422, `Status: closed prevents ticket update`},
		"field-required":      {422, `Assignee: is required when solving a ticket`},
		"limited-account":     {429, `Number of allowed API requests per minute exceeded`},
		"limited-endpoint":    {429, `"APIRateLimitExceeded"`},
		"limited-updates":     {429, `"TooManyRequests"`},
		"server-error":        {500, `"InternalServerError"`},
		"bad-gateway":         {502, `<title>502`},
		"unavailable":         {503, `<!DOCTYPE html>`},
		"gateway-timeout":     {504, `<!DOCTYPE html>`},
		"html":                {200, `<!DOCTYPE html>`},
		"html-not-found":      {404, `<!DOCTYPE html>`},
		"wrong-json":          {200, `"items"`},
		"json-list":           {200, `[]`},
		"empty":               {200, ``},
		"redirect-other-host": {302, ``},
		"proxy-bad-request":   {400, `<title>400`},
		"proxy-forbidden":     {403, `<title>403`},
		"proxy-timeout":       {408, `<title>408`},
		"proxy-too-large":     {413, `<title>413`},
		"proxy-unprocessable": {422, `<title>422`},
	} {
		for _, retryAfter := range []int{0, 7} {
			d.faults(sandbox.Fault{Method: "PUT", Answer: name, RetryAfter: retryAfter})
			got := d.expect(want.status, "PUT", ticketPath, privateComment)
			if !strings.Contains(got.body, want.body) {
				t.Errorf("%s: %s", name, got.body)
			}
			if after := got.header.Get("Retry-After"); (after == "7") != (retryAfter == 7) {
				t.Errorf("%s: Retry-After %q", name, after)
			}
		}
	}
	if d.commentsAdded() != 0 || len(d.Faults()) != 0 {
		t.Errorf("%d comments carried out, %d rules left", d.commentsAdded(), len(d.Faults()))
	}
	for _, name := range sandbox.Answers() {
		d.faults(sandbox.Fault{Method: "PUT", Answer: name, Apply: true})
	}
	if err := d.AddFaults(sandbox.Fault{}, sandbox.Fault{Answer: "no-such"}); err == nil {
		t.Error("an unknown answer is taken")
	}
	if err := d.AddFaults(sandbox.Fault{Path: "[", Answer: "reset"}); err == nil {
		t.Error("a bad pattern is taken")
	}
	if n := len(d.Faults()); n != len(sandbox.Answers()) {
		t.Errorf("%d rules, want %d", n, len(sandbox.Answers()))
	}
	d.ClearFaults()
	d.expect(200, "PUT", ticketPath, privateComment)
}

func TestResets(t *testing.T) {
	d := open(t, sandbox.Options{})
	for _, c := range []struct {
		fault   sandbox.Fault
		applied int
	}{
		{sandbox.Fault{Answer: sandbox.AnswerResetUnread}, 0},
		{sandbox.Fault{Answer: sandbox.AnswerResetReading}, 0},
		{sandbox.Fault{Answer: sandbox.AnswerReset}, 0},
		{sandbox.Fault{Answer: sandbox.AnswerReset, Apply: true}, 1},
		{sandbox.Fault{Answer: sandbox.AnswerResetAnswering}, 1},
	} {
		before := d.commentsAdded()
		c.fault.Method = "PUT"
		d.faults(c.fault)
		got, err := d.try("PUT", ticketPath, privateComment)
		if !errors.Is(err, syscall.ECONNRESET) && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			t.Errorf("%+v: %+v, %v; want a broken connection", c.fault, got, err)
		}
		if applied := d.commentsAdded() - before; applied != c.applied {
			t.Errorf("%+v: applied %d times, want %d", c.fault, applied, c.applied)
		}
	}
}

func TestTruncatedAnswer(t *testing.T) {
	d := open(t, sandbox.Options{})
	d.faults(sandbox.Fault{Method: "PUT", Answer: sandbox.AnswerTruncated})
	got := d.expect(200, "PUT", ticketPath, privateComment)
	if json.Valid([]byte(got.body)) || !strings.HasPrefix(got.body, "{") || d.commentsAdded() != 1 {
		t.Errorf("%d bytes, %d comments", len(got.body), d.commentsAdded())
	}
}

func TestRulesMatchInOrder(t *testing.T) {
	d := open(t, sandbox.Options{})
	d.faults(
		sandbox.Fault{Method: "GET", Path: "/tickets/*/comments", Answer: "bad-gateway", Times: -1},
		sandbox.Fault{Path: "/tickets/*", Skip: 1, Times: 2, Answer: "server-error"},
		sandbox.Fault{Method: "PUT", Answer: "closed"},
	)
	for i, step := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/api/v2/tickets/1042/comments.json?page[size]=1", "", 502},
		{"GET", "/api/v2/tickets/1042", "", 200}, // skipped by the second
		{"GET", "/api/v2/tickets/1042.json", "", 500},
		{"PUT", ticketPath, privateComment, 500},
		{"PUT", ticketPath, privateComment, 422},
		{"PUT", ticketPath, privateComment, 200},
		{"GET", "/api/v2/tickets/1042/comments", "", 502},
		{"GET", "/api/v2/tickets/1042/audits", "", 200},
	} {
		if got := d.call(step.method, step.path, step.body); got.status != step.status {
			t.Errorf("step %d: %d, want %d", i, got.status, step.status)
		}
	}
	if left := d.Faults(); len(left) != 1 || left[0].Times != -1 {
		t.Errorf("rules left: %+v", left)
	}
}

func TestSomebodyElseMeanwhile(t *testing.T) {
	for name, c := range map[string]struct {
		edit   sandbox.Edit
		status int
	}{
		"closes it":     {sandbox.Edit{Status: "closed"}, 422},
		"merges it":     {sandbox.Edit{MergeInto: newTicket}, 422},
		"deletes it":    {sandbox.Edit{Delete: true}, 404},
		"says some":     {sandbox.Edit{Comment: "me too", Public: true}, 409},
		"edits another": {sandbox.Edit{Ticket: newTicket, Status: "closed"}, 200},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, sandbox.Options{})
			d.faults(sandbox.Fault{Method: "PUT", Path: "/tickets/*", Meanwhile: &c.edit})
			before, _ := d.Ticket(openTicket)
			properties := `{"comment":{"body":"x","public":false}}`
			if c.status == 409 {
				properties = fmt.Sprintf(`{"safe_update":true,"updated_stamp":%q}`, before.UpdatedAt.Format(time.RFC3339))
			}
			d.put(c.status, openTicket, properties)
		})
	}
}

func TestMergedTicket(t *testing.T) {
	d := open(t, sandbox.Options{})
	if err := d.Edit(sandbox.Edit{Ticket: openTicket, MergeInto: newTicket}); err != nil {
		t.Fatal(err)
	}
	ticket, _ := d.Ticket(openTicket)
	last := d.Comments(openTicket)[3]
	if ticket.Status != "closed" || ticket.Tags[len(ticket.Tags)-1] != "closed_by_merge" ||
		!strings.Contains(last.Body, "merged into request #1047") || last.Via.Channel != "merge" {
		t.Errorf("%s %v, %+v", ticket.Status, ticket.Tags, last)
	}
	for _, bad := range []sandbox.Edit{{Ticket: 7}, {Ticket: openTicket, Status: "asleep"}} {
		if err := d.Edit(bad); err == nil {
			t.Errorf("edit %+v succeeds", bad)
		}
	}
}

func TestHeldRequestIsCarriedOutThoughItsClientLeft(t *testing.T) {
	d := open(t, sandbox.Options{})
	d.faults(sandbox.Fault{
		Method: "PUT", Before: sandbox.Pause{Hold: "arrived"}, After: sandbox.Pause{Hold: "applied"},
	})
	impatient := *d
	var leave context.CancelFunc
	impatient.ctx, leave = context.WithCancel(t.Context())
	gone := make(chan error, 1)
	go func() {
		_, err := impatient.try("PUT", ticketPath, privateComment)
		gone <- err
	}()
	if err := d.Held(t.Context(), "arrived"); err != nil {
		t.Fatal(err)
	}
	if d.commentsAdded() != 0 {
		t.Error("applied while it is held before that")
	}
	leave()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("the client left with %v", err)
	}
	d.Release("arrived")
	if err := d.Held(t.Context(), "applied"); err != nil {
		t.Fatal(err)
	}
	if d.commentsAdded() != 1 {
		t.Errorf("%d comments, want 1", d.commentsAdded())
	}
	d.Release("applied")
	impatient.ctx, leave = context.WithTimeout(t.Context(), time.Millisecond)
	defer leave()
	if err := d.Held(impatient.ctx, "nobody comes here"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting in vain: %v", err)
	}
}

func TestDelayedAnswer(t *testing.T) {
	d := open(t, sandbox.Options{})
	d.faults(sandbox.Fault{Method: "PUT", After: sandbox.Pause{Seconds: 3600}})
	hasty := *d
	hasty.client.Timeout = 300 * time.Millisecond
	if _, err := hasty.try("PUT", ticketPath, privateComment); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v, want a time-out", err)
	}
	if d.commentsAdded() != 1 {
		t.Errorf("%d comments, want 1: it was applied before the delay", d.commentsAdded())
	}
}

func TestRequestsAreRecorded(t *testing.T) {
	d := open(t, sandbox.Options{})
	d.faults(sandbox.Fault{Method: "PUT", Apply: true, Answer: sandbox.AnswerReset})
	d.call("GET", "/api/v2/tickets/1042?include=users", "")
	if _, err := d.try("PUT", ticketPath, privateComment); err == nil {
		t.Error("the answer came")
	}
	got := d.Requests()
	if len(got) != 2 || got[0].Query != "include=users" || got[0].Status != 200 || got[1].Body != privateComment || got[1].Status != 0 {
		t.Errorf("%+v", got)
	}
}

func TestControlOverHTTP(t *testing.T) {
	d := open(t, sandbox.Options{})
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, found := strings.Cut(string(readme), "```json\n")
	example, _, closed := strings.Cut(example, "```")
	if !found || !closed {
		t.Fatal("README.md shows no rule")
	}
	d.expect(204, "POST", "/sandbox/faults", example)
	if left := d.Faults(); len(left) != 1 || left[0].After.Seconds != 90 || left[0].Meanwhile.Ticket != 1042 {
		t.Errorf("the README's rule came in as %+v", left)
	}
	var listed []sandbox.Fault
	d.get("/sandbox/faults", &listed)
	d.expect(204, "DELETE", "/sandbox/faults", "")
	if len(listed) != 1 || len(d.Faults()) != 0 {
		t.Errorf("%d listed, %d left", len(listed), len(d.Faults()))
	}
	d.expect(400, "POST", "/sandbox/faults", `[{"answer":"no-such"}]`)
	d.expect(400, "POST", "/sandbox/faults", `[{"unheard":"of"}]`)
	d.expect(204, "POST", "/sandbox/edits", `{"ticket":1042,"status":"hold"}`)
	d.expect(400, "POST", "/sandbox/edits", `{"ticket":7}`)
	var record struct {
		Ticket   sandbox.Ticket
		Comments []sandbox.Comment
		Audits   []sandbox.Audit
		Deleted  bool
	}
	d.expect(204, "POST", "/sandbox/edits", `{"ticket":1042,"delete":true}`)
	d.get("/sandbox/tickets/1042", &record)
	if record.Ticket.Status != "hold" || len(record.Comments) != 3 || len(record.Audits) != 4 || !record.Deleted {
		t.Errorf("record: %s, %d comments, %d audits", record.Ticket.Status, len(record.Comments), len(record.Audits))
	}
	d.expect(404, "GET", "/sandbox/tickets/7", "")
	d.expect(204, "POST", "/sandbox/faults", `[{"path":"/users/me","before":{"hold":"h"}}]`)
	d.expect(204, "DELETE", "/sandbox/holds/h", "")
	d.expect(200, "GET", "/api/v2/users/me", "")
	d.expect(204, "GET", "/sandbox/holds/h", "")
	var requests []sandbox.Request
	d.get("/sandbox/requests", &requests)
	if len(requests) != 1 || requests[0].Path != "/api/v2/users/me" {
		t.Errorf("requests: %+v", requests)
	}
}

func TestControlIsForThisComputersPrograms(t *testing.T) {
	d := open(t, sandbox.Options{})
	if got := d.call("GET", "/sandbox/requests", "", "Origin", "https://elsewhere.example"); got.status != 403 {
		t.Errorf("a web page: %d", got.status)
	}
	if got := d.call("POST", "/sandbox/faults", "[]", "Content-Type", "text/plain"); got.status != 415 {
		t.Errorf("a form: %d", got.status)
	}
}

func TestManyClientsAtOnce(t *testing.T) {
	d := open(t, sandbox.Options{StatePath: filepath.Join(t.TempDir(), "account.sandbox")})
	d.faults(sandbox.Fault{Method: "PUT", Answer: sandbox.AnswerReset, Apply: true, Times: 10})
	var clients sync.WaitGroup
	var dropped atomic.Int64
	for range 4 {
		clients.Go(func() {
			for range 10 {
				if _, err := d.try("PUT", ticketPath, privateComment); err != nil {
					dropped.Add(1)
				}
				if got, err := d.try("GET", ticketPath, ""); err != nil || got.status != 200 {
					t.Errorf("read beside the writers: %d, %v", got.status, err)
				}
				d.Requests()
				d.Faults()
			}
		})
	}
	clients.Wait()
	if d.commentsAdded() != 40 || dropped.Load() != 10 {
		t.Errorf("%d comments of 40, %d answers dropped of 10", d.commentsAdded(), dropped.Load())
	}
}

func TestHiddenTicket(t *testing.T) {
	d := open(t, sandbox.Options{})
	edit := func(e sandbox.Edit) {
		t.Helper()
		e.Ticket = openTicket
		if err := d.Edit(e); err != nil {
			t.Fatal(err)
		}
	}
	path := fmt.Sprintf("/api/v2/tickets/%d", openTicket)
	many := fmt.Sprintf("/api/v2/tickets/show_many?ids=%d", openTicket)
	edit(sandbox.Edit{Hide: true})
	edit(sandbox.Edit{Status: "pending"})
	for _, question := range []string{path, path + "/comments", path + "/audits"} {
		if got := d.call("GET", question, ""); got.status != 403 {
			t.Errorf("%s: %d", question, got.status)
		}
	}
	if got := d.call("GET", many, ""); got.status != 200 || strings.Contains(got.body, `"subject"`) {
		t.Errorf("show_many: %d %s", got.status, got.body)
	}
	edit(sandbox.Edit{Show: true})
	if got := d.call("GET", path, ""); got.status != 200 {
		t.Errorf("shown again: %d", got.status)
	}
}

func TestRedactedAndErasedComments(t *testing.T) {
	d := open(t, sandbox.Options{})
	before := d.Comments(openTicket)
	for _, e := range []sandbox.Edit{
		{Ticket: openTicket, Comment: "the key is 4711"}, {Ticket: openTicket, Comment: "never said"},
		{Ticket: openTicket, Redact: "4711"}, {Ticket: openTicket, Erase: "never said"},
	} {
		if err := d.Edit(e); err != nil {
			t.Fatal(err)
		}
	}
	comments := d.Comments(openTicket)
	if len(comments) != len(before)+1 {
		t.Fatalf("there are %d comments, want %d", len(comments), len(before)+1)
	}
	last := comments[len(comments)-1]
	if last.Body != "the key is ▇▇▇▇" || strings.Contains(last.HTMLBody, "4711") {
		t.Errorf("redacted: %+v", last)
	}
	if audits := d.Audits(openTicket); audits[len(audits)-1].ID != last.AuditID {
		t.Errorf("the last audit is %d, want %d", audits[len(audits)-1].ID, last.AuditID)
	}
}
