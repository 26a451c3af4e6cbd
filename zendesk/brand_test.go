package zendesk

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"storydesk/tracker"
)

// What an address in an answer may say of an account, and what is not believed.
func TestHomeOfAnAccount(t *testing.T) {
	const acme, loop = "acme-eu.zendesk.com", "localhost:8080"
	tests := []struct{ host, address, want string }{
		{acme, "https://acme.zendesk.com/api/v2/users/7.json", "acme.zendesk.com"},
		{acme, "https://ACME.zendesk.com/api/v2/users/7", "acme.zendesk.com"},
		{acme, "https://acme-eu.zendesk.com/api/v2/users/7.json", "acme-eu.zendesk.com"},
		{"tax.zendeskgov.com", "https://revenue.zendeskgov.com/api/v2/users/7.json", "revenue.zendeskgov.com"},
		{loop, "http://127.0.0.1:8080/api/v2/users/7.json", "127.0.0.1:8080"},
		{loop, "http://[::1]:8080/api/v2/users/7.json", "[::1]:8080"},
		{acme, "https://evil.example/api/v2/users/7.json", ""},
		{acme, "https://acme.zendesk.com.evil.example/api/v2/users/7.json", ""},
		{acme, "https://acme.zendesk.com@evil.example/api/v2/users/7.json", ""},
		{acme, "https://evil.example#.zendesk.com/api/v2/users/7.json", ""},
		{acme, `https://evil.example\.zendesk.com/api/v2/users/7.json`, ""},
		{acme, "https://user:secret@acme.zendesk.com/api/v2/users/7.json", ""},
		{acme, "https://a.b.zendesk.com/api/v2/users/7.json", ""},
		{acme, "https://zendesk.com/api/v2/users/7.json", ""},
		{acme, "https://www.zendesk.com/api/v2/users/7.json", ""},
		{acme, "https://.zendesk.com/api/v2/users/7.json", ""},
		{acme, "https://acme.zendeskgov.com/api/v2/users/7.json", ""},
		{"tax.zendeskgov.com", "https://tax.zendesk.com/api/v2/users/7.json", ""},
		{acme, "https://acme.zendesk.com:8443/api/v2/users/7.json", ""},
		{acme, "http://acme.zendesk.com/api/v2/users/7.json", ""},
		{acme, "//acme.zendesk.com/api/v2/users/7.json", ""},
		{acme, "https://acme.zendesk.com/api/v2/users/8.json", ""},
		{acme, "https://acme.zendesk.com/api/v2/users/7/../8.json", ""},
		{acme, "https://acme.zendesk.com/users/7", ""},
		{acme, "https://127.0.0.1:8080/api/v2/users/7.json", ""},
		{acme, "https://localhost/api/v2/users/7.json", ""},
		{loop, "https://acme.zendesk.com/api/v2/users/7.json", ""},
		{loop, "http://127.0.0.1:9090/api/v2/users/7.json", ""},
		{loop, "http://127.0.0.1.evil.example:8080/api/v2/users/7.json", ""},
		{acme, "", ""}, {acme, "%", ""}, {acme, "7", ""}, {acme, "mailto:a@acme.zendesk.com", ""},
		{acme, "https://acmé.zendesk.com/api/v2/users/7.json", ""},
	}
	for _, test := range tests {
		if got := homeIn(test.host, text(test.address), "users", 7); got != test.want {
			t.Errorf("%s at %s: %q, want %q", test.address, test.host, got, test.want)
		}
	}
}

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
	ticket := func(id int, host string) wireTicket {
		return wireTicket{ID: number(id), URL: text(fmt.Sprintf("https://%s/api/v2/tickets/%d.json", host, id))}
	}
	const host = "acme-eu.zendesk.com"
	for want, tickets := range map[string][]wireTicket{
		"acme.zendesk.com": {ticket(1, "acme.zendesk.com"), ticket(2, "acme.zendesk.com")},
	} {
		if got := homeOf(host, tickets); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, tickets := range [][]wireTicket{
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
// no stranger's, and requests go to the address all the same.
func TestOpenAtABrand(t *testing.T) {
	open := func(url, host string) (tracker.Account, error) {
		return New(Config{}).Open(tracker.Integration{URL: url, Host: host, Email: "a@b.c", Auth: tracker.AuthToken}, tracker.Credentials{Secret: "x"})
	}
	d, err := open("https://acme-eu.zendesk.com", "acme.zendesk.com")
	if err != nil {
		t.Fatal(err)
	}
	if d, is := d.(*desk); !is || d.host != "acme-eu.zendesk.com" || d.base != "https://acme-eu.zendesk.com" || d.account != "acme.zendesk.com" {
		t.Errorf("%+v", d)
	}
	for _, host := range []string{"evil.example", "acme.zendesk.com.evil.example", "127.0.0.1:80"} {
		if _, err := open("https://acme-eu.zendesk.com", host); tracker.CodeOf(err) != tracker.CodeInvalid {
			t.Errorf("%s: %v", host, err)
		}
	}
}
