package zendesk

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/zendesk/wire"
)

// Whatever addresses an answer holds, all requests go to the one host.
func TestCredentialsStayAtTheAddress(t *testing.T) {
	var hosts []string
	d := serve(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		hosts = append(hosts, r.Host)
		const evil = `"url":"https://evil.zendesk.com/api/v2/`
		switch {
		case strings.HasSuffix(r.URL.Path, "/users/me"):
			say(200, `{"user":{"id":7,"role":"admin",`+evil+`users/7.json"}}`)(w, r)
		default:
			say(200, `{"tickets":[{"id":1,`+evil+`tickets/1.json"}],"next_page":null,"count":1}`)(w, r)
		}
	})
	me, err := d.Me(t.Context())
	if err != nil || me.Account != "" {
		t.Errorf("account %q, %v", me.Account, err)
	}
	for page, err := range d.ViewTickets(t.Context(), 25, "") {
		if err != nil || page.Account != "" || strings.Contains(page.Tickets[0].URL, "evil") {
			t.Errorf("%+v, %v", page, err)
		}
	}
	for _, host := range hosts {
		if !strings.HasPrefix(host, "127.0.0.1:") {
			t.Errorf("a request went to %s", host)
		}
	}
}

// A page whose tickets disagree says nothing of the account.
func TestTicketsThatDisagree(t *testing.T) {
	ticket := func(id int, host string) wire.Ticket {
		return wire.Ticket{ID: wire.Number(id), URL: wire.Text(fmt.Sprintf("https://%s/api/v2/tickets/%d.json", host, id))}
	}
	const host = "acme-eu.zendesk.com"
	for want, tickets := range map[string][]wire.Ticket{
		"acme.zendesk.com": {ticket(1, "acme.zendesk.com"), ticket(2, "acme.zendesk.com")},
	} {
		if got := homeOf(host, tickets); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, tickets := range [][]wire.Ticket{
		nil,
		{ticket(1, "acme.zendesk.com"), ticket(2, "other.zendesk.com")},
		{ticket(1, "acme.zendesk.com"), {ID: 2}},
		{{ID: 1}, ticket(2, "acme.zendesk.com")},
	} {
		if got := homeOf(host, tickets); got != "" {
			t.Errorf("%v: %q", tickets, got)
		}
	}
}

// The account that an integration belongs to may be another brand's host, but
// not an unrelated host, and requests go to the address all the same.
func TestOpenAtABrand(t *testing.T) {
	open := func(url, host string) (tracker.Account, error) {
		return New(Config{}).Open(tracker.Integration{URL: url, Host: host, Email: "a@b.c", Auth: tracker.AuthToken}, tracker.Credentials{Secret: "x"})
	}
	d, err := open("https://acme-eu.zendesk.com", "acme.zendesk.com")
	if err != nil {
		t.Fatal(err)
	}
	if d, is := d.(*account); !is || d.host != "acme-eu.zendesk.com" || d.base != "https://acme-eu.zendesk.com" || d.accountHost != "acme.zendesk.com" {
		t.Errorf("%+v", d)
	}
	for _, host := range []string{"evil.example", "acme.zendesk.com.evil.example", "127.0.0.1:80"} {
		if _, err := open("https://acme-eu.zendesk.com", host); tracker.CodeOf(err) != tracker.CodeInvalid {
			t.Errorf("%s: %v", host, err)
		}
	}
}
