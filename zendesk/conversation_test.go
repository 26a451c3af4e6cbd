package zendesk

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
)

// said reads the whole log of ticket 7.
func said(t *testing.T, d tracker.Account) (all []tracker.TicketComment) {
	t.Helper()
	for page, err := range d.Log(t.Context(), 7) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.Comments...)
	}
	return all
}

func TestLogOfAChat(t *testing.T) {
	var asked string
	d := serve(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.String()
		say(200, `{"events":[
			{"id":"01K1","type":"Comment","reference":"zen:ticket_event:8639388162331","created_at":"2026-11-22T10:02:00Z","attachments":[],
				"author":{"type":"agent","display_name":"Ada","zen:support:user_id":35436},"content":{"type":"html","body":"<p>Private</p>"},"metadata":{"public":false}},
			{"id":"01J2","type":"Messaging::ConversationMessage","reference":"zen:sunco:conversation_message:01J2","created_at":"2026-11-22T10:01:00Z",
				"author":{"type":"bot","display_name":"Helper"},"content":{"type":"text","text":"Which one?","actions":[{"reply":{"text":"A","payload":"a"}},{"text":"B"},null,3]},"metadata":{}},
			{"id":"01J1","type":"Messaging::ConversationMessage","created_at":"2026-11-22T10:00:00Z",
				"author":{"type":"user","display_name":"Web User","zen:sunco:user_id":"5f"},"content":{"type":"file","text":null},
				"attachments":[{"file_name":"a.png","content_url":"https://acme.zendesk.com/a","size":7}]}],
			"meta":{"has_more":false,"after_cursor":null},"links":{"next":"https://evil.example/"}}`)(w, r)
	})
	at := func(minute int) time.Time { return time.Date(2026, 11, 22, 10, minute, 0, 0, time.UTC) }
	got := said(t, d)
	want := []tracker.TicketComment{
		{ID: 8639388162331, AuthorID: 35436, Author: "Ada", Role: "agent", Text: "Private", HTML: "<p>Private</p>", CreatedAt: at(2)},
		{Author: "Helper", Role: "bot", Text: "Which one?\n- A\n- B", Public: true, CreatedAt: at(1)},
		{Author: "Web User", Role: "end-user", Public: true, CreatedAt: at(0), Attachments: []tracker.Attachment{{Name: "a.png", URL: "https://acme.zendesk.com/a", Size: 7}}},
	}
	if len(got) != len(want) || got[1].ID >= 0 || got[2].ID >= 0 || got[1].ID == got[2].ID {
		t.Fatalf("%+v", got)
	}
	want[1].ID, want[2].ID = got[1].ID, got[2].ID
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if asked != "/api/v2/tickets/7/conversation_log?page%5Bsize%5D=100&sort=-created_at" {
		t.Errorf("asked %s", asked)
	}
}

// What an event lacks, or has in another form, costs no more than that.
func TestOddEventsAreAccepted(t *testing.T) {
	tests := map[string][]string{
		`null`: nil, `3`: nil, `"x"`: nil, `[]`: nil, `{}`: nil,
		`{"type":"ChatStarted","content":null,"author":null,"metadata":null,"attachments":null}`:                        nil,
		`{"type":"NeverSeenBefore","content":{"text":"but it says this"}}`:                                              {"but it says this"},
		`{"id":5,"type":"Messaging::ConversationMessage","content":{"text":"hi"},"author":"bot","created_at":"soon"}`:   {"hi"},
		`{"type":"Messaging::ConversationMessage","content":{"text":7,"actions":"none"},"metadata":[],"attachments":3}`: {"7"},
		`{"type":"Messaging::ConversationMessage","content":["hi"]}`:                                                    nil,
		`{"type":"Comment","reference":"zen:ticket_event:x","content":{"text":"a"}}`:                                    {"a"},
		`{"type":"Messaging::ConversationMessage","content":{"text":"  "}}`:                                             nil,
	}
	for event, want := range tests {
		var texts []string
		for _, c := range said(t, serve(t, Config{}, say(200, `{"events":[`+event+`],"meta":{"has_more":false}}`))) {
			texts = append(texts, c.Text)
		}
		if !slices.Equal(texts, want) {
			t.Errorf("%s: %q, want %q", event, texts, want)
		}
	}
	for body, code := range map[string]tracker.Code{`{"events":null}`: tracker.CodeUnreadable, `{}`: tracker.CodeUnreadable} {
		for _, err := range serve(t, Config{}, say(200, body)).Log(t.Context(), 7) {
			if tracker.CodeOf(err) != code {
				t.Errorf("%s: %v", body, err)
			}
		}
	}
}

func TestChannels(t *testing.T) {
	tests := map[string]struct {
		channel   string
		messaging bool
	}{
		`"via":{"channel":"email"},"from_messaging_channel":false`:           {"email", false},
		`"via":{"channel":"chat"}`:                                           {"chat", true},
		`"via":{"channel":"native_messaging"},"from_messaging_channel":null`: {"native_messaging", true},
		`"via":{"channel":"sunshine_conversations_api"}`:                     {"sunshine_conversations_api", true},
		`"via":{"channel":"brand_new"},"from_messaging_channel":true`:        {"brand_new", true},
		`"via":null,"from_messaging_channel":true`:                           {"", true},
		`"via":"web"`:          {"", false},
		`"via":{"channel":42}`: {"42", false},
		`"tags":[]`:            {"", false},
	}
	for fields, want := range tests {
		got, err := serve(t, Config{}, say(200, `{"ticket":{"id":7,"updated_at":"2026-11-22T10:00:00Z",`+fields+`}}`)).Ticket(t.Context(), 7)
		if err != nil || got.Channel != want.channel || got.Messaging != want.messaging {
			t.Errorf("%s: %q %v, %v", fields, got.Channel, got.Messaging, err)
		}
	}
}

func TestCustomStatuses(t *testing.T) {
	const list = `"custom_statuses":[{"id":1,"status_category":"open","agent_label":"Open","default":true},
		{"id":2,"status_category":"hold","agent_label":"On-hold"},{"id":3,"status_category":"open","agent_label":" With engineering "},
		{"id":4,"status_category":"open","agent_label":null},{"id":5,"status_category":"solved","agent_label":"Solved"}]`
	names := map[string]string{"1": "", "2": "", "3": "With engineering", "4": "", "5": "", "null": "", `"3"`: "With engineering", "99": ""}
	for id, want := range names {
		ticket := `{"ticket":{"id":7,"updated_at":"2026-11-22T10:00:00Z","status":"open","custom_status_id":` + id + `}`
		beside := say(200, ticket+","+list+"}")
		listed := func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/custom_statuses") {
				say(200, "{"+list+"}")(w, r)
				return
			}
			say(200, ticket+"}")(w, r)
		}
		for way, answer := range map[string]http.HandlerFunc{"beside": beside, "listed": listed} {
			got, err := serve(t, Config{}, answer).Ticket(t.Context(), 7)
			if err != nil || got.CustomStatus != want || got.Status != tracker.TicketOpen {
				t.Errorf("%s, id %s: %q of %q, %v", way, id, got.CustomStatus, got.Status, err)
			}
		}
	}
}

// An account without custom statuses, or one that does not show them, is asked
// once, and its tickets are read all the same.
func TestWithoutCustomStatuses(t *testing.T) {
	for _, refusal := range []http.HandlerFunc{
		say(403, `{"error":"Forbidden","description":"You are missing the following required scopes: read"}`),
		say(404, `{"error":"InvalidEndpoint","description":"Not found"}`),
		say(200, `{"custom_statuses":null}`), say(200, `{"custom_statuses":"none"}`), say(200, `[]`), say(500, `<html>`),
	} {
		asked := 0
		d := serve(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/custom_statuses") {
				asked++
				refusal(w, r)
				return
			}
			say(200, `{"ticket":{"id":7,"updated_at":"2026-11-22T10:00:00Z","custom_status_id":360004918301}}`)(w, r)
		})
		for range 2 {
			if got, err := d.Ticket(t.Context(), 7); err != nil || got.CustomStatus != "" {
				t.Errorf("%q, %v", got.CustomStatus, err)
			}
		}
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
	}
}
