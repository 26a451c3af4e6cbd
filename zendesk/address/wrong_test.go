package address

import (
	"errors"
	"strings"
	"testing"

	"storydesk/tracker"
)

// wrongAddresses are slips and traps; none of them may become an address that
// somebody is asked for a password for.
func wrongAddresses() []string {
	return []string{
		// A URL with a slip in its beginning.
		"https:/acme.zendesk.com", "https:acme.zendesk.com", "https//acme.zendesk.com", "https/acme.zendesk.com",
		"http//acme.zendesk.com", "http:/acme.zendesk.com", "http:acme.zendesk.com", "htp:/acme.zendesk.com",
		"htp://acme.zendesk.com", "htps://acme.zendesk.com", "htps:/acme.zendesk.com", "htps//acme.zendesk.com",
		"ttps://acme.zendesk.com", "ttps//acme.zendesk.com", "hhttps://acme.zendesk.com", "httpss://acme.zendesk.com",
		"https;//acme.zendesk.com", "https.//acme.zendesk.com", "https,//acme.zendesk.com", "https:\\\\acme.zendesk.com",
		"https:///acme.zendesk.com", "https:////acme.zendesk.com", "https://https://acme.zendesk.com",
		"https://http://acme.zendesk.com", "https://https//acme.zendesk.com", "https://https:/acme.zendesk.com",
		"https://https/acme.zendesk.com", "://acme.zendesk.com", ":/acme.zendesk.com", "/acme.zendesk.com",
		"///acme.zendesk.com", "////acme.zendesk.com", "///acme", "//https://acme.zendesk.com", "//https//acme.zendesk.com",
		"httpsacme.zendesk.com", "https-acme.zendesk.com", "httpsacme", "httpacme.zendesk.com",
		"https.acme.zendesk.com", "http.acme.zendesk.com", "https.zendesk.com", "http.zendesk.com", "htp.zendesk.com",
		"https", "http", "https:", "https:/", "https//", "http:", "ftp", "www", "www.acme.zendesk.com", "https://www.acme.zendesk.com",
		"www.zendesk.com", "mailto", "file:///acme.zendesk.com", "ws://acme.zendesk.com", "data:acme",
		// A name that is not one.
		"acme/", "acme/agent", "acme//agent", "acme/agent/filters/360001234", "acme?x=1", "acme#x", "acme:", "acme:443", "https://acme:443",
		"https://acme/agent", "360001234567", "42", "me and you", "\"acme\"", "'acme'", "<acme>", "(acme)", "acme,", "acme;", "acme!",
		"acme=1", "acme&co", "acme+co", "acme*", "*.zendesk.com", "acme|other", "acme%2e", "acme_x", "-acme", "acme-", "acmé",
		"<https://acme.zendesk.com>", "[acme](https://acme.zendesk.com)", "URL:https://acme.zendesk.com", "\"https://acme.zendesk.com\"",
		// Almost Zendesk's own domain.
		"acme.zendesk", "acme.zendesk.", "acme.zendesk.co", "acme.zendesk.con", "acme.zendesk.cm", "acme.zendesk.om", "acme.zendesk.comm",
		"acme.zendesk.coml", "acme.zendesk.net", "acme.zendesk.de", "acme.zendeskcom", "acmezendesk.com", "acme-zendesk.com",
		"acme.zendsk.com", "acme.zendek.com", "acme.zenddesk.com", "acme.zendesks.com", "acme.zensedk.com", "acme.zndesk.com", "acme.zendesl.com",
		"acme.zend3sk.com", "acme..zendesk.com", ".zendesk.com", "acme,zendesk.com", "acme.zendesk,com", "acme zendesk.com",
		"acme;zendesk.com", "zendesk.com", "zendeskgov.com", "acme.zendeskgov", "acme.zendeskgov.co", "acme.zendesk.gov", "a.acme.zendesk.com",
		"acme.support.zendeskgov.com",
		// Another's host under Zendesk's name.
		"acme.zendesk.com.evil.example", "https://acme.zendesk.com.evil.example/agent", "acme.zendeskgov.com.evil.example",
		"acme.zendesk.com-login.example", "zendesk.com.evil.example", "acme.zendesk.evil.example",
		// Somebody's name or password before the host.
		"ada@acme.com", "ada@acme.zendesk.com", "https://ada@acme.zendesk.com", "https://ada:hunter2@acme.zendesk.com",
		"ada:hunter2@acme.zendesk.com", "acme.zendesk.com@evil.example", "https://acme.zendesk.com@evil.example",
		"https://acme.zendesk.com:443@evil.example", "https://@acme.zendesk.com", "@acme.zendesk.com", "https://acme.zendesk.com%40evil.example",
		`https://acme.zendesk.com\@evil.example`, `https://evil.example\acme.zendesk.com`, `acme.zendesk.com\evil.example`,
		"acme.zendesk.com%2eevil.example", "acme.zendesk.com%00.evil.example",
		// Signs that look like others.
		"acme。zendesk.com", "acme．zendesk．com", "аcme.zendesk.com", "acme.zendеsk.com", "acme\u200b.zendesk.com", "acme.zendesk.com\u2044x.example",
		"https：//acme.zendesk.com", "https:∕∕acme.zendesk.com",
		// Ports.
		"acme.zendesk.com:8443", "acme.zendesk.com:https", "acme.zendesk.com:", "acme.zendesk.com::443", "acme.zendesk.com:443:443", "acme.zendeskgov.com:8443",
	}
}

func TestWrongAddressesAreRefused(t *testing.T) {
	wrong := wrongAddresses()
	if len(wrong) < 90 {
		t.Fatalf("only %d wrong addresses", len(wrong))
	}
	for _, text := range wrong {
		base, _, err := Parse(text)
		var e *tracker.Error
		if !errors.As(err, &e) || e.Code != tracker.CodeInvalid || e.Field != "url" || len(e.Message) > 200 || strings.Contains(e.Message, "hunter2") {
			t.Errorf("Address(%q) = %q, error %v; want it refused", text, base, err)
		}
	}
}

// The error for a wrong address says what is wrong, or where it would lead.
func TestWrongAddressesAreExplained(t *testing.T) {
	tests := map[string]string{
		"https:/acme.zendesk.com":       "https://acme.zendesk.com",
		"http//acme.zendesk.com":        "https://acme.zendesk.com",
		"htp:/acme.zendesk.com":         "https://acme.zendesk.com",
		"acme.zendesk.com.evil.example": "leads to evil.example",
		"acme.zendesk.co":               "not one of Zendesk's domains",
		"www.acme.zendesk.com":          "one name before",
		"360001234567":                  "number",
		"ada@acme.zendesk.com":          "user name",
		"acme/agent":                    "https://acme.zendesk.com",
	}
	for text, want := range tests {
		_, _, err := Parse(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Address(%q): %v; want a sentence with %q", text, err, want)
		}
	}
}

func TestRightAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"acme": "acme.zendesk.com", "acme-support": "acme-support.zendesk.com", "37signals": "37signals.zendesk.com",
		"httpie.zendesk.com/agent": "", "https://httpie.zendesk.com": "httpie.zendesk.com",
		"acme.zendeskgov.com": "acme.zendeskgov.com", "https://acme.zendeskgov.com/agent/filters/1": "acme.zendeskgov.com",
		"https://acme/": "acme.zendesk.com", "247.zendesk.com": "247.zendesk.com", "zendesk.acme.com": "zendesk.acme.com",
		"help.acme.co.uk": "help.acme.co.uk", "desk.acme.com": "desk.acme.com", "//acme.zendesk.com": "acme.zendesk.com",
		"acme.zendesk.com:443": "acme.zendesk.com", "localhost:3000": "localhost:3000",
	} {
		_, host, err := Parse(text)
		if host != want || (err == nil) != (want != "") {
			t.Errorf("Address(%q) = %q, %v; want %q", text, host, err, want)
		}
	}
	for host, own := range map[string]bool{
		"acme.zendesk.com": true, "acme.zendeskgov.com": true, "acme.zendeskgov.com.evil.example": false, "support.acme.com": false, "evilzendeskgov.com": false,
	} {
		if IsOwn(host) != own {
			t.Errorf("IsOwn(%q) = %t", host, !own)
		}
	}
}
