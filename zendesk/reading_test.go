package zendesk

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/zendesk/diagnosis"
	"storydesk/zendesk/wire"
)

func TestMe(t *testing.T) {
	tests := map[string]tracker.Code{
		`{"user":{"id":35436,"name":"Ada","email":"a@b.c","role":"agent","authenticity_token":"x"}}`: "",
		`{"user":{"id":"35436","name":"Ada","role":"admin"}}`:                                        "",
		`{"user":{"id":null,"name":"Anonymous user","role":"end-user"}}`:                             tracker.CodeUnauthorized,
		`{"user":{"name":"Anonymous user"}}`:                                                         tracker.CodeUnauthorized,
		`{"user":{"id":5,"role":"end-user"}}`:                                                        tracker.CodeForbidden,
		`{"user":{"id":5}}`:                                                                          tracker.CodeForbidden,
		`{"user":null}`:                                                                              tracker.CodeUnreadable,
		`{"users":[]}`:                                                                               tracker.CodeUnreadable,
		`[]`:                                                                                         tracker.CodeUnreadable,
	}
	for body, want := range tests {
		me, err := serve(t, Config{}, say(200, body)).Me(t.Context())
		if tracker.CodeOf(err) != want || (err == nil) != (me.ID == 35436) {
			t.Errorf("%s: %+v, %v; want %s", body, me, err, want)
		}
	}
}

func TestMeReportsPermissions(t *testing.T) {
	tests := map[string]tracker.Agent{
		`"role":"admin","role_type":4,"only_private_comments":false,"ticket_restriction":null`:    {Role: "admin"},
		`"role":"agent","role_type":1,"only_private_comments":true,"ticket_restriction":"groups"`: {Role: "light agent", OnlyPrivate: true, Restriction: "groups"},
		`"role":"agent","role_type":1`:                                                             {Role: "light agent", OnlyPrivate: true},
		`"role":"agent","role_type":0,"only_private_comments":true`:                                {Role: "agent", OnlyPrivate: true},
		`"role":"agent","role_type":null,"suspended":false,"ticket_restriction":"something other"`: {Role: "agent", Restriction: "something other"},
	}
	for body, want := range tests {
		hour := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
		got, err := serve(t, Config{}, sayWith("Date", hour, say(200, `{"user":{"id":1,`+body+`}}`))).Me(t.Context())
		if off := got.ClockAhead + time.Hour; off < 0 || off > time.Minute {
			t.Errorf("the clock is %s ahead of one that is an hour ahead", got.ClockAhead)
		}
		want.ID, want.ClockAhead = 1, got.ClockAhead
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}

func TestViewIsRead(t *testing.T) {
	tests := map[string]tracker.View{
		`{"view":{"id":360001234567,"title":"All unresolved","active":true}}`: {ID: 360001234567, Title: "All unresolved", Active: true},
		`{"view":{"id":"25","title":7,"active":false,"execution":[]}}`:        {ID: 25, Title: "7"},
		`{"view":{"id":25.0}}`: {ID: 25, Active: true},
	}
	for body, want := range tests {
		if got, err := serve(t, Config{}, say(200, body)).View(t.Context(), 25); err != nil || got != want {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
	if _, err := serve(t, Config{}, say(200, `{"view":{"title":"x"}}`)).View(t.Context(), 25); tracker.CodeOf(err) != tracker.CodeUnreadable {
		t.Errorf("without id: %v", err)
	}
}

func TestTicketIsRead(t *testing.T) {
	const body = `{"ticket":{"id":7,"subject":"Login loops","description":"Since Monday","status":"new","priority":"high",
		"type":"incident","requester_id":1900000000123,"organization_id":1900000000456,"tags":["sso","vip"],
		"created_at":"2026-11-20T08:00:00Z","updated_at":"2026-11-22T10:00:00+02:00",
		"via":{"channel":"carrier_pigeon"},"custom_fields":[{"id":1,"value":5},{"id":2,"value":[true]},{"id":3,"value":null}]},
		"users":[{"id":5,"name":"Other"},{"id":1900000000123,"name":"Grace","email":null}],
		"organizations":[{"id":1900000000456,"name":"Navy"}]}`
	var asked string
	d := serve(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.String()
		say(200, body)(w, r)
	})
	got, err := d.Ticket(t.Context(), 7)
	want := tracker.Ticket{
		TicketKey: got.TicketKey, Subject: "Login loops", Description: "Since Monday", Status: tracker.TicketNew,
		Channel: "carrier_pigeon", Priority: "high", Type: "incident", Requester: "Grace", Organization: "Navy", Tags: []string{"sso", "vip"},
		URL:       "http://" + got.Host + "/agent/tickets/7",
		CreatedAt: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC), UpdatedAt: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC),
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" || got.ID != 7 || !strings.HasPrefix(got.Host, "127.0.0.1:") {
		t.Errorf("%v %s", err, diff)
	}
	if asked != "/api/v2/tickets/7?include=users%2Corganizations%2Ccustom_statuses%2Cslas%2Cmetric_sets" {
		t.Errorf("asked %s", asked)
	}
}

func TestOddTicketIsAccepted(t *testing.T) {
	const body = `{"ticket":{"id":"7","subject":404,"description":null,"status":"Triage!","priority":null,"type":{"x":1},
		"requester_id":"1","organization_id":null,"tags":null,"created_at":"yesterday","updated_at":"2026-11-22T10:00:00Z",
		"custom_fields":"none"},"users":{"1":"x"},"organizations":[{"id":1},3]}`
	got, err := serve(t, Config{}, say(200, body)).Ticket(t.Context(), 7)
	if err != nil || got.Subject != "404" || got.Status != "Triage!" || got.Priority != "" || got.Type != "" || got.Requester != "" || !got.CreatedAt.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTicketWithoutWhatWeNeedIsUnreadable(t *testing.T) {
	for _, body := range []string{
		`{}`, `{"ticket":null}`, `{"ticket":{"id":7}}`, `{"ticket":{"id":7,"updated_at":"soon"}}`,
		`{"ticket":{"id":8,"updated_at":"2026-11-22T10:00:00Z"}}`, `{"ticket":[]}`,
	} {
		_, err := serve(t, Config{}, say(200, body)).Ticket(t.Context(), 7)
		if tracker.CodeOf(err) != tracker.CodeUnreadable {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// servePages serves a listing by cursor, with links that must not be followed.
func servePages(t *testing.T, asked *[]string, pages ...string) tracker.Account {
	t.Helper()
	return serve(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.URL.Path+"?"+r.URL.RawQuery)
		n := 0
		if after := r.URL.Query().Get("page[after]"); after != "" {
			_, _ = fmt.Sscanf(after, "c+/%d=", &n)
		}
		say(200, fmt.Sprintf(`{%s,"meta":{"has_more":%v,"after_cursor":"c+/%d="},"links":{"next":"https://evil.example/api"}}`,
			pages[n], n < len(pages)-1, n+1))(w, r)
	})
}

func TestViewTickets(t *testing.T) {
	var asked []string
	d := servePages(t, &asked,
		`"tickets":[{"id":3,"requester_id":1,"description":"long"},{"id":1}],"users":[{"id":1,"name":"Ada"}]`,
		`"tickets":[{"id":1},{"id":2,"organization_id":9}],"organizations":[{"id":9,"name":"Navy"}],"groups":[]`,
		`"tickets":[]`)
	type page struct {
		IDs   []tracker.TicketID
		Total int
		More  bool
	}
	want := []page{{[]tracker.TicketID{3, 1}, -1, true}, {[]tracker.TicketID{2}, -1, true}, {nil, 3, false}}
	sequence := d.ViewTickets(t.Context(), 25, "")
	for range 2 { // the sequence starts again
		asked = nil
		var got []page
		for p, err := range sequence {
			if err != nil {
				t.Fatal(err)
			}
			one := page{Total: p.Total, More: p.More}
			for _, ticket := range p.Tickets {
				one.IDs = append(one.IDs, ticket.ID)
				if ticket.ID == 3 && (ticket.Requester != "Ada" || ticket.Description != "long") || ticket.ID == 2 && ticket.Organization != "Navy" {
					t.Errorf("%+v", ticket)
				}
			}
			got = append(got, one)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	const path = "/api/v2/views/25/tickets?include=users%2Cgroups%2Corganizations%2Ccustom_statuses%2Cslas%2Cmetric_sets&"
	if diff := cmp.Diff([]string{
		path + "per_page=100",
		path + "page%5Bafter%5D=c%2B%2F1%3D&page%5Bsize%5D=100",
		path + "page%5Bafter%5D=c%2B%2F2%3D&page%5Bsize%5D=100",
	}, asked); diff != "" {
		t.Error(diff)
	}
}

// Beyond ten thousand tickets Zendesk refuses numbered pages.
func TestLargeViewIsReadByCursor(t *testing.T) {
	var asked []string
	d := serve(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		asked = append(asked, q.Get("page[after]"))
		switch q.Get("page[after]") {
		case "":
			if q.Get("page[size]") == "" {
				say(200, `{"tickets":[{"id":1},{"id":2}],"count":10001,"next_page":"https://evil.example/api"}`)(w, r)
				return
			}
			say(200, `{"tickets":[{"id":1},{"id":2}],"meta":{"has_more":true,"after_cursor":"two"}}`)(w, r)
		case "two":
			say(200, `{"tickets":[{"id":3}],"meta":{"has_more":true,"after_cursor":"three"}}`)(w, r)
		case "three":
			say(200, `{"tickets":[{"id":4}],"meta":{"has_more":false,"after_cursor":null}}`)(w, r)
		}
	})
	read := func(from string) (ids []tracker.TicketID, names []string) {
		for p, err := range d.ViewTickets(t.Context(), 25, from) {
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, p.Next)
			for _, ticket := range p.Tickets {
				ids = append(ids, ticket.ID)
			}
		}
		return ids, names
	}
	ids, names := read("")
	if diff := cmp.Diff([]tracker.TicketID{1, 2, 3, 4}, ids); diff != "" || len(asked) != 4 {
		t.Errorf("asked %q: %s", asked, diff)
	}
	if rest, _ := read(names[2]); len(rest) != 1 || rest[0] != 4 {
		t.Errorf("from %q: %v", names[2], rest)
	}
	if all, _ := read(names[0]); len(all) != 4 {
		t.Errorf("from %q: %v", names[0], all)
	}
}

func TestViewTicketsStopsWithItsReader(t *testing.T) {
	var asked []string
	d := servePages(t, &asked, `"tickets":[{"id":1}]`, `"tickets":[{"id":2}]`)
	for range d.ViewTickets(t.Context(), 25, "") {
		break
	}
	if len(asked) != 1 {
		t.Errorf("asked %v", asked)
	}
}

func TestBrokenListings(t *testing.T) {
	tests := map[string]string{
		"no tickets":            `{"meta":{"has_more":false}}`,
		"a ticket without id":   `{"tickets":[{"subject":"x"}],"meta":{"has_more":false}}`,
		"more, without cursor":  `{"tickets":[],"meta":{"has_more":true,"after_cursor":null}}`,
		"the same cursor again": `{"tickets":[],"meta":{"has_more":true,"after_cursor":"x"}}`,
		"more, by link only":    `{"tickets":[],"next_page":"https://acme.zendesk.com/x?page=2","count":null}`,
		"a list":                `[]`,
	}
	for name, body := range tests {
		var last error
		n := 0
		for _, err := range serve(t, Config{}, say(200, body)).ViewTickets(t.Context(), 25, "") {
			last = err
			n++
		}
		if tracker.CodeOf(last) != tracker.CodeUnreadable || n > 2 {
			t.Errorf("%s: %v after %d pages", name, last, n)
		}
	}
}

func TestListingWithoutCursorsEnds(t *testing.T) {
	const body = `{"tickets":[{"id":1}],"next_page":null,"previous_page":null,"count":1}`
	var got []tracker.TicketPage
	for p, err := range serve(t, Config{}, say(200, body)).ViewTickets(t.Context(), 25, "") {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p)
	}
	if len(got) != 1 || got[0].Total != 1 || got[0].More {
		t.Errorf("%+v", got)
	}
}

func TestComments(t *testing.T) {
	var asked []string
	d := servePages(t, &asked,
		`"comments":[{"id":2,"type":"Comment","author_id":5,"body":"md","plain_body":"plain","html_body":"<p>plain</p>","public":false,
			"audit_id":77,"created_at":"2026-11-22T10:00:00Z","metadata":{"system":{},"custom":{"client_op":"op-1"}},
			"attachments":[{"id":8,"file_name":"a.csv","content_url":"https://files.acme.example/8","size":1536,"inline":false},{"file_name":null,"size":"?"}]}],
			"users":[{"id":5,"name":"Ada","role":"agent"}]`,
		`"comments":[{"id":1,"author_id":null,"body":"only","public":true,"metadata":{"custom":[]}},{"id":3,"metadata":null,"attachments":"none"}]`)
	var got []tracker.TicketComment
	var more []bool
	for page, err := range d.Comments(t.Context(), 7) {
		if err != nil {
			t.Fatal(err)
		}
		got, more = append(got, page.Comments...), append(more, page.More)
	}
	if !slices.Equal(more, []bool{true, false}) {
		t.Errorf("more pages follow: %v", more)
	}
	want := []tracker.TicketComment{
		{
			ID: 2, AuthorID: 5, Author: "Ada", Role: "agent", Text: "plain", HTML: "<p>plain</p>", AuditID: 77, Operation: "op-1",
			CreatedAt: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC), Attachments: []tracker.Attachment{{Name: "a.csv", URL: "https://files.acme.example/8", Size: 1536}, {}},
		},
		{ID: 1, Text: "only", Public: true},
		{ID: 3, Public: true}, // not said to be private
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if want := "/api/v2/tickets/7/comments?include=users&page%5Bsize%5D=100&sort=-created_at"; asked[0] != want {
		t.Errorf("asked %s", asked[0])
	}
	for _, err := range serve(t, Config{}, say(200, `{}`)).Comments(t.Context(), 7) {
		if tracker.CodeOf(err) != tracker.CodeUnreadable {
			t.Errorf("no comments at all: %v", err)
		}
	}
}

func TestAudit(t *testing.T) {
	const body = `{"audit":{"id":492645000000001,"ticket_id":7,"author_id":5,"created_at":"2026-11-22T10:00:00Z",
		"metadata":{"system":{"ip_address":"::1"},"custom":{"client_op":"op-1"}},
		"events":[{"id":1,"type":"Change","field_name":"status","value":["open"],"body":{"x":[]}},
			{"id":2,"type":"Comment","author_id":5,"public":false,"body":"a","html_body":"<p>a</p>"},
			{"id":3,"type":"NeverSeenBefore"}]}}`
	var asked string
	d := serve(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.String()
		say(200, body)(w, r)
	})
	got, err := d.Audit(t.Context(), 7, 492645000000001)
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	want := tracker.Audit{
		ID: 492645000000001, TicketID: 7, AuthorID: 5, Operation: "op-1", CreatedAt: at,
		Comments: []tracker.TicketComment{{ID: 2, AuthorID: 5, Text: "a", HTML: "<p>a</p>", AuditID: 492645000000001, Operation: "op-1", CreatedAt: at}},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" || asked != "/api/v2/tickets/7/audits/492645000000001" {
		t.Errorf("%s: %v %s", asked, err, diff)
	}
}

// Whatever the comment, what is sent says public:false wherever it has a comment.
func TestEveryCommentSentIsPrivate(t *testing.T) {
	var body []byte
	d := open(t, Config{Transport: capture{&body}}, "https://acme.zendesk.com")
	rapid.Check(t, func(t *rapid.T) {
		u := tracker.TicketUpdate{
			Operation: rapid.StringN(1, 40, -1).Draw(t, "operation"),
			Note:      rapid.String().Draw(t, "comment"),
			Open:      rapid.Bool().Draw(t, "open"),
			Stamp:     time.Unix(rapid.Int64Range(1, 4e9).Draw(t, "stamp"), 0),
		}
		body = nil
		if _, err := d.Update(context.Background(), 7, u); err != nil && tracker.CodeOf(err) != tracker.CodeInternal {
			t.Fatal(err)
		}
		if body == nil {
			if u.Open || wire.CommentHTML(u.Note) != "" {
				t.Fatal("nothing was sent")
			}
			return
		}
		var sent struct {
			Ticket map[string]json.RawMessage `json:"ticket"`
		}
		if err := json.Unmarshal(body, &sent); err != nil {
			t.Fatal(err)
		}
		comment, has := sent.Ticket["comment"]
		if has != (wire.CommentHTML(u.Note) != "") || has && !strings.HasSuffix(string(comment), `,"public":false}`) {
			t.Fatalf("sent %s", body)
		}
		if _, has := sent.Ticket["status"]; has != u.Open || string(sent.Ticket["safe_update"]) != "true" {
			t.Fatalf("sent %s", body)
		}
	})
}

// capture records the body of a request and answers with an audit.
type capture struct{ body *[]byte }

func (c capture) RoundTrip(r *http.Request) (*http.Response, error) {
	var err error
	*c.body, err = io.ReadAll(r.Body)
	return &http.Response{
		StatusCode: http.StatusOK,
		Body:       io.NopCloser(strings.NewReader(`{"audit":{"id":1,"ticket_id":7}}`)),
	}, err
}

func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{
		`{"ticket":{"id":7,"updated_at":"2026-11-22T10:00:00Z","tags":[null,1]}}`, `{"audit":{"id":1,"ticket_id":7,"events":[{}]}}`,
		`{"tickets":[{"id":1e3}],"meta":{"has_more":"true","after_cursor":5}}`, `{"comments":[{"public":0}]}`,
		`{"ticket":{"id":7,"updated_at":"2026-11-22T10:00:00Z","slas":{"policy_metrics":[{"stage":1},7]},"metric_set":[]},"metric_sets":{}}`,
		`{"tickets":[{"id":1,"slas":[],"satisfaction_rating":"good"}],"metric_sets":[{"ticket_id":"1","solved_at":5},null]}`, `{"error":{},"errors":[{}]}`, `<`,
	} {
		f.Add(200, seed)
		f.Add(422, seed)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			return
		}
		d := open(t, Config{Transport: answering{status, body}}, "https://acme.zendesk.com")
		check := func(err error) {
			if err != nil {
				if e := asError(t, err); e.Message == "" || len(e.Message) > 5*diagnosis.MaxQuoted {
					t.Fatalf("sentence %q", e.Message)
				}
			}
		}
		_, err := d.Me(t.Context())
		check(err)
		_, err = d.Ticket(t.Context(), 7)
		check(err)
		_, err = update(t.Context(), d)
		check(err)
		for _, err := range d.ViewTickets(t.Context(), 1, "") {
			check(err)
		}
		for _, err := range d.Comments(t.Context(), 1) {
			check(err)
		}
	})
}

type answering struct {
	status int
	body   string
}

func (a answering) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: a.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(a.body))}, nil
}
