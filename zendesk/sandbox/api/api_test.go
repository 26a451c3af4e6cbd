package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"storydesk/zendesk/sandbox/account"
	"storydesk/zendesk/sandbox/api"
	"storydesk/zendesk/sandbox/limits"
	"storydesk/zendesk/sandbox/oauth"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/settings"
	"storydesk/zendesk/sandbox/world"
)

func start() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }

// An API answers from its parts alone, without a server or faults.
func TestTheAPIAloneIsTruthful(t *testing.T) {
	t.Parallel()
	a, err := account.Open("", start, 1)
	if err != nil {
		t.Fatal(err)
	}
	store := settings.NewStore()
	handler := api.New(api.Parts{
		Now: start, Account: a, Settings: store, Limits: limits.New(false), Uploads: api.NewUploads(), OAuth: oauth.New(start, store.Get, nil, 0),
	})
	ask := func(method, path, body string) *httptest.ResponseRecorder {
		r, w := httptest.NewRequest(method, "/api/v2/"+path, strings.NewReader(body)), httptest.NewRecorder()
		r.SetBasicAuth(record.Email+"/token", record.Token)
		r.Header.Set("Content-Type", "application/json")
		handler.ServeHTTP(w, r)
		return w
	}
	path := fmt.Sprintf("tickets/%d", world.FirstGenerated)
	if w := ask("PUT", path, `{"ticket":{"subject":"Another"}}`); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"subject":"Another"`) {
		t.Errorf("update: %d %s", w.Code, w.Body)
	}
	if ticket, _ := a.Ticket(world.FirstGenerated); ticket.Subject != "Another" {
		t.Errorf("the account's ticket is %q", ticket.Subject)
	}
	if w := ask("GET", fmt.Sprintf("views/%d/tickets?per_page=1", record.ViewUnresolved), ""); w.Code != http.StatusOK || w.Header().Get("ETag") == "" {
		t.Errorf("view: %d %v", w.Code, w.Header())
	}
	changed := store.Get()
	changed.Role = "end-user"
	if err := store.Set(changed); err != nil {
		t.Fatal(err)
	}
	if w := ask("GET", path, ""); w.Code != http.StatusForbidden {
		t.Errorf("as a customer: %d", w.Code)
	}
}
