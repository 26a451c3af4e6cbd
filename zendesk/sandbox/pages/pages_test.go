package pages_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"storydesk/zendesk/sandbox/account"
	"storydesk/zendesk/sandbox/pages"
	"storydesk/zendesk/sandbox/world"
)

// Only this computer sees tickets, and nothing that customers wrote is markup.
func TestTheTicketsPage(t *testing.T) {
	t.Parallel()
	a, err := account.Open("", time.Now, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Edit(world.Edit{Ticket: world.FirstGenerated, Comment: "1 < 2 & 3"}); err != nil {
		t.Fatal(err)
	}
	path := fmt.Sprintf("/agent/tickets/%d", world.FirstGenerated)
	for _, test := range []struct {
		host, path string
		status     int
		want       string
	}{
		{"127.0.0.1:8080", path, 200, "1 &lt; 2 &amp; 3"},
		{"[::1]:8080", path, 200, "internal note"},
		{"acme.example:8080", path, 403, "loopback"},
		{"127.0.0.1", path, 403, "loopback"},
		{"127.0.0.1:8080", "/agent/tickets/1", 404, "no such ticket"},
		{"127.0.0.1:8080", "/agent/tickets/x", 404, "no such ticket"},
		{"acme.example", "/attachments/token/1/", 200, "made-up"},
	} {
		r, w := httptest.NewRequest("GET", test.path, nil), httptest.NewRecorder()
		r.Host = test.host
		if !pages.Serves(test.path) {
			t.Errorf("%s is no page", test.path)
		}
		pages.Pages{Account: a}.ServeHTTP(w, r)
		if w.Code != test.status || !strings.Contains(w.Body.String(), test.want) {
			t.Errorf("%s at %s: %d %s", test.path, test.host, w.Code, w.Body)
		}
	}
	if pages.Serves("/api/v2/tickets/1") {
		t.Error("the API is a page")
	}
}
