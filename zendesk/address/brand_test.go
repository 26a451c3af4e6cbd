package address

import "testing"

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
		if got := Home(test.host, test.address, "users", 7); got != test.want {
			t.Errorf("%s at %s: %q, want %q", test.address, test.host, got, test.want)
		}
	}
}
