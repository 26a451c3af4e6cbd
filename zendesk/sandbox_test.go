package zendesk_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// openSandbox opens a sandbox and the account of its admin.
func openSandbox(t *testing.T, o sandbox.Options) (*sandbox.Sandbox, tracker.Account) {
	t.Helper()
	s, err := sandbox.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	base, err := s.Listen(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, signIn(t, base, tracker.AuthToken, sandbox.Token, time.Minute)
}

func signIn(t *testing.T, base string, auth tracker.AuthMethod, secret string, timeout time.Duration) tracker.Account {
	t.Helper()
	d, err := zendesk.New(zendesk.Config{Timeout: timeout}).Open(tracker.Integration{URL: base, Email: sandbox.Email, Auth: auth}, tracker.Credentials{Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// newTicket reads a ticket that has no changes.
func newTicket(t *testing.T, d tracker.Account) tracker.Ticket {
	t.Helper()
	for page, err := range d.ViewTickets(t.Context(), tracker.ViewID(sandbox.ViewNew), "") {
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Tickets) > 0 {
			return page.Tickets[0]
		}
	}
	t.Fatal("the sandbox has no new ticket")
	return tracker.Ticket{}
}

func wantCode(t *testing.T, what string, err error, code tracker.Code) *tracker.Error {
	t.Helper()
	var e *tracker.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Fatalf("%s: %v, want %s", what, err, code)
	}
	return e
}

func TestSandboxSignIn(t *testing.T) {
	s, err := sandbox.Open(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	base, err := s.Listen(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for auth, secret := range map[tracker.AuthMethod]string{tracker.AuthPassword: sandbox.Password, tracker.AuthToken: sandbox.Token} {
		me, err := signIn(t, base, auth, secret, 0).Me(t.Context())
		if err != nil || me.Email != sandbox.Email || me.Role != "admin" || me.Name == "" {
			t.Errorf("%s: %+v, %v", auth, me, err)
		}
		wrong := signIn(t, base, auth, "wrong", 0)
		_, err = wrong.Me(t.Context())
		wantCode(t, "wrong "+string(auth), err, tracker.CodeUnauthorized)
		_, err = wrong.View(t.Context(), tracker.ViewID(sandbox.ViewNew))
		wantCode(t, "view with wrong "+string(auth), err, tracker.CodeUnauthorized)
	}
}

func TestSandboxViews(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{Tickets: 250})
	v, err := d.View(t.Context(), tracker.ViewID(sandbox.ViewInactive))
	if err != nil || v.Active || v.Title == "" {
		t.Errorf("inactive view: %+v, %v", v, err)
	}
	_, err = d.View(t.Context(), 1)
	wantCode(t, "no such view", err, tracker.CodeNotFound)

	var tickets []tracker.Ticket
	var last tracker.TicketPage
	for page, err := range d.ViewTickets(t.Context(), tracker.ViewID(sandbox.ViewUnresolved), "") {
		if err != nil {
			t.Fatal(err)
		}
		last = page
		tickets = append(tickets, page.Tickets...)
	}
	if len(tickets) < 100 || last.Total != len(tickets) || last.More {
		t.Errorf("%d tickets, last page says %d, more %v", len(tickets), last.Total, last.More)
	}
	seen := map[tracker.TicketID]bool{}
	for i, ticket := range tickets {
		truth, ok := s.Ticket(int64(ticket.ID))
		if !ok || seen[ticket.ID] || ticket.Subject != truth.Subject || string(ticket.Status) != truth.Status || !ticket.UpdatedAt.Equal(truth.UpdatedAt) {
			t.Errorf("ticket %s is %+v, read as %+v", ticket.ID, truth, ticket)
		}
		if ticket.Requester == "" || ticket.Description != truth.Description || i > 0 && ticket.CreatedAt.After(tickets[i-1].CreatedAt) {
			t.Errorf("ticket %d: %+v", i, ticket)
		}
		seen[ticket.ID] = true
	}
	for page, err := range d.ViewTickets(t.Context(), tracker.ViewID(sandbox.ViewEmpty), "") {
		if err != nil || len(page.Tickets) != 0 || page.Total != 0 || page.More {
			t.Errorf("empty view: %+v, %v", page, err)
		}
	}
}

func TestSandboxUpdate(t *testing.T) {
	for name, inComments := range map[string]bool{"custom in audits only": false, "custom in comments": true} {
		t.Run(name, func(t *testing.T) {
			s, d := openSandbox(t, sandbox.Options{CustomInComments: inComments})
			ticket := newTicket(t, d)
			me, err := d.Me(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			const privateComment = "Ada on story S-14:\n\n{{ticket.id}} <b>is</b>  spaced & {% odd %}\n\nS-14·a1b2c3"
			audit, err := d.Update(t.Context(), ticket.ID, tracker.TicketUpdate{Operation: "op-1", Note: privateComment, Open: true, Stamp: ticket.UpdatedAt})
			if err != nil || audit.Operation != "op-1" || len(audit.Comments) != 1 || audit.Comments[0].Public || audit.AuthorID != me.ID {
				t.Fatalf("%+v, %v", audit, err)
			}
			truth, _ := s.Ticket(int64(ticket.ID))
			comments := s.Comments(int64(ticket.ID))
			if savedSecret := comments[len(comments)-1]; truth.Status != "open" || savedSecret.Public {
				t.Errorf("the sandbox has a %s ticket and %+v", truth.Status, savedSecret)
			}
			shown := strings.NewReplacer("\u200b", "", "\u00a0", " ").Replace(audit.Comments[0].Text)
			if shown != privateComment {
				t.Errorf("shows as %q, want %q", shown, privateComment)
			}
			again, err := d.Audit(t.Context(), ticket.ID, audit.ID)
			if err != nil || again.Operation != "op-1" || len(again.Comments) != 1 || again.Comments[0].ID != audit.Comments[0].ID {
				t.Errorf("read again: %+v, %v", again, err)
			}
			for page, err := range d.Comments(t.Context(), ticket.ID) {
				if err != nil {
					t.Fatal(err)
				}
				if c := page.Comments[0]; c.ID != audit.Comments[0].ID || c.AuditID != audit.ID || c.Author != me.Name || (c.Operation == "op-1") != inComments {
					t.Errorf("newest comment %+v", c)
				}
				break
			}
			_, err = d.Audit(t.Context(), ticket.ID, 1)
			wantCode(t, "no such audit", err, tracker.CodeNotFound)
		})
	}
}

func TestSandboxCommentsPageByPage(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{})
	ticket := newTicket(t, d)
	for range 120 {
		if err := s.Edit(sandbox.Edit{Ticket: int64(ticket.ID), Comment: "more"}); err != nil {
			t.Fatal(err)
		}
	}
	truth := s.Comments(int64(ticket.ID))
	n := len(truth)
	for page, err := range d.Comments(t.Context(), ticket.ID) {
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Comments {
			if n--; n < 0 || c.ID != truth[n].ID {
				t.Fatalf("comment %d is not number %d from the newest", c.ID, n)
			}
		}
	}
	if n != 0 {
		t.Errorf("%d of %d comments were not read", n, len(truth))
	}
}

func TestSandboxTicketChangesMeanwhile(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{})
	id := newTicket(t, d).ID
	stale := tracker.TicketUpdate{Operation: "op-1", Note: "x", Stamp: time.Unix(1, 0)}
	_, err := d.Update(t.Context(), id, stale)
	if e := wantCode(t, "stale", err, tracker.CodeConflict); e.Unsent {
		t.Error("a conflict proves nothing about earlier attempts")
	}
	edits := []struct {
		edit sandbox.Edit
		code tracker.Code
	}{
		{sandbox.Edit{Ticket: int64(id), Status: "closed"}, tracker.CodeRefused},
		{sandbox.Edit{Ticket: int64(id), Delete: true}, tracker.CodeNotFound},
	}
	for _, test := range edits {
		if err := s.Edit(test.edit); err != nil {
			t.Fatal(err)
		}
		_, err := d.Update(t.Context(), id, tracker.TicketUpdate{Operation: "op-1", Note: "x", Stamp: time.Now().Add(time.Hour)})
		if e := wantCode(t, string(test.code), err, test.code); !e.Unsent {
			t.Errorf("%s: %v counts as sent", test.code, e)
		}
	}
	_, err = d.Ticket(t.Context(), id)
	wantCode(t, "deleted", err, tracker.CodeNotFound)
}

func TestSandboxFaults(t *testing.T) {
	want := map[string]struct {
		code   tracker.Code
		unsent bool
	}{
		sandbox.AnswerResetUnread:    {tracker.CodeUnavailable, false},
		sandbox.AnswerResetReading:   {tracker.CodeUnavailable, false},
		sandbox.AnswerReset:          {tracker.CodeUnavailable, false},
		sandbox.AnswerResetAnswering: {tracker.CodeUnreadable, false},
		sandbox.AnswerTruncated:      {tracker.CodeUnreadable, false},
		"anonymous":                  {tracker.CodeUnreadable, false},
		"unauthenticated":            {tracker.CodeUnauthorized, true},
		"invalid-token":              {tracker.CodeUnauthorized, true},
		"missing-scope":              {tracker.CodeMissingScope, true},
		"forbidden-role":             {tracker.CodeForbidden, true},
		"forbidden-page":             {tracker.CodeForbidden, true},
		"record-not-found":           {tracker.CodeNotFound, true},
		"invalid-endpoint":           {tracker.CodeNoAccount, true},
		"no-help-desk":               {tracker.CodeNoAccount, true},
		"html-not-found":             {tracker.CodeNoAccount, false},
		"proxy-bad-request":          {tracker.CodeRefused, false},
		"proxy-forbidden":            {tracker.CodeForbidden, false},
		"proxy-timeout":              {tracker.CodeUnavailable, false},
		"proxy-too-large":            {tracker.CodeRefused, false},
		"proxy-unprocessable":        {tracker.CodeRefused, false},
		"update-conflict":            {tracker.CodeConflict, false},
		"database-conflict":          {tracker.CodeConflict, false},
		"closed":                     {tracker.CodeRefused, true},
		"field-required":             {tracker.CodeRefused, true},
		"limited-account":            {tracker.CodeLimited, true},
		"limited-endpoint":           {tracker.CodeLimited, true},
		"limited-updates":            {tracker.CodeLimited, true},
		"too-large":                  {tracker.CodeRefused, false},
		"server-error":               {tracker.CodeUnavailable, false},
		"bad-gateway":                {tracker.CodeUnavailable, false},
		"unavailable":                {tracker.CodeUnavailable, false},
		"invalid-grant":              {tracker.CodeRefused, false},
		"gateway-timeout":            {tracker.CodeUnavailable, false},
		"html":                       {tracker.CodeUnreadable, false},
		"wrong-json":                 {tracker.CodeUnreadable, false},
		"json-list":                  {tracker.CodeUnreadable, false},
		"empty":                      {tracker.CodeUnreadable, false},
		"redirect-other-host":        {tracker.CodeNoAccount, false},
	}
	s, d := openSandbox(t, sandbox.Options{})
	id := newTicket(t, d).ID
	for _, answer := range sandbox.Answers() {
		// Some answers hide that the update was carried out.
		ticket, err := d.Ticket(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		expected, known := want[answer]
		if !known {
			t.Errorf("the sandbox's answer %q is not expected anywhere", answer)
		}
		before := len(s.Requests())
		if err := s.AddFaults(sandbox.Fault{Method: "PUT", Answer: answer, RetryAfter: 7}); err != nil {
			t.Fatal(err)
		}
		_, err = d.Update(t.Context(), id, tracker.TicketUpdate{Operation: "op-1", Note: "x", Stamp: ticket.UpdatedAt})
		e := wantCode(t, answer, err, expected.code)
		if e.Unsent != expected.unsent || strings.ContainsAny(e.Message, "<>{}\n") {
			t.Errorf("%s: unsent %v, %q", answer, e.Unsent, e.Message)
		}
		if limited := e.Code == tracker.CodeLimited || answer == "unavailable"; limited && e.RetryAfter != 7*time.Second {
			t.Errorf("%s: retry after %s", answer, e.RetryAfter)
		}
		if n := len(s.Requests()) - before; n != 1 {
			t.Errorf("%s: the update left %d times", answer, n)
		}
	}
	checkPrivate(t, s.Requests())
}

// checkPrivate reads what was sent as Zendesk received it.
func checkPrivate(t *testing.T, requests []sandbox.Request) {
	t.Helper()
	checked := 0
	for _, r := range requests {
		if r.Method != "PUT" || r.Body == "" {
			continue
		}
		var body struct {
			Ticket struct {
				Comment struct {
					Public *bool `json:"public"`
				} `json:"comment"`
			} `json:"ticket"`
		}
		if err := json.Unmarshal([]byte(r.Body), &body); err != nil || body.Ticket.Comment.Public == nil || *body.Ticket.Comment.Public {
			t.Errorf("sent %s (%v)", r.Body, err)
		}
		checked++
	}
	if checked == 0 {
		t.Error("no update was recorded")
	}
}

// Zendesk applies the update and its answer never comes: the client must say
// that it does not know, and the private comment must be there to be found.
func TestSandboxAnswerIsLost(t *testing.T) {
	s, err := sandbox.Open(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	base, err := s.Listen(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	d := signIn(t, base, tracker.AuthToken, sandbox.Token, 200*time.Millisecond)
	id := newTicket(t, d).ID
	faults := []sandbox.Fault{
		{Method: "PUT", Apply: true, Answer: sandbox.AnswerReset},
		{Method: "PUT", Apply: true, Answer: sandbox.AnswerTruncated},
		{Method: "PUT", Apply: true, Answer: "bad-gateway"},
		{Method: "PUT", After: sandbox.Pause{Hold: "late"}},
	}
	for i, fault := range faults {
		if err := s.AddFaults(fault); err != nil {
			t.Fatal(err)
		}
		ticket, err := d.Ticket(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		operation := string(rune('a' + i))
		_, err = d.Update(context.WithoutCancel(t.Context()), id, tracker.TicketUpdate{Operation: operation, Note: "comment " + operation, Stamp: ticket.UpdatedAt})
		var e *tracker.Error
		if !errors.As(err, &e) || e.Unsent {
			t.Fatalf("%+v: %v", fault, err)
		}
		if found := operationOfNewest(t, d, id); found != operation {
			t.Errorf("%+v: the newest comment is of operation %q, want %q", fault, found, operation)
		}
	}
	s.Release("late")
}

func operationOfNewest(t *testing.T, d tracker.Account, id tracker.TicketID) string {
	t.Helper()
	for page, err := range d.Comments(t.Context(), id) {
		if err != nil {
			t.Fatal(err)
		}
		audit, err := d.Audit(t.Context(), id, page.Comments[0].AuditID)
		if err != nil {
			t.Fatal(err)
		}
		return audit.Operation
	}
	return ""
}
