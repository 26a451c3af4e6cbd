package address

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"storydesk/tracker"
)

func TestAddress(t *testing.T) {
	long := strings.Repeat("a", 64)
	tests := map[string]string{
		"acme":                                       "https://acme.zendesk.com",
		" ACME \n":                                   "https://acme.zendesk.com",
		"acme.zendesk.com":                           "https://acme.zendesk.com",
		"acme.zendesk.com.":                          "https://acme.zendesk.com",
		"Acme.Zendesk.com/agent/filters/1":           "https://acme.zendesk.com",
		"//acme.zendesk.com/x":                       "https://acme.zendesk.com",
		"https://acme":                               "https://acme.zendesk.com",
		"https://acme.zendesk.com/any/path":          "https://acme.zendesk.com",
		"HTTPS://ACME.ZENDESK.COM/":                  "https://acme.zendesk.com",
		"https://acme.zendesk.com:443/":              "https://acme.zendesk.com",
		"https://acme.zendesk.com:/":                 "https://acme.zendesk.com",
		"https://acme.zendesk.com/agent/#/tickets/1": "https://acme.zendesk.com",
		"https://acme.zendesk.com/access/unauthenticated?return_to=https%3A%2F%2Facme.zendesk.com%2Fagent": "https://acme.zendesk.com",
		"acme.zendesk.com/access?return_to=https://evil.example/":                                          "https://acme.zendesk.com",
		"https://acme.zendesk.com/@evil.example":                                                           "https://acme.zendesk.com",
		"support.acme.com":                                                                                 "https://support.acme.com",
		"https://support.acme.com:8443/hc":                                                                 "https://support.acme.com:8443",
		"https://support.acme.com:08443":                                                                   "https://support.acme.com:8443",
		"https://10.1.2.3":                                                                                 "https://10.1.2.3",
		"https://[2001:DB8::1]":                                                                            "https://[2001:db8::1]",
		"http://127.0.0.1:8080":                                                                            "http://127.0.0.1:8080",
		"http://127.0.0.1:80/":                                                                             "http://127.0.0.1",
		"http://localhost:8080/agent":                                                                      "http://localhost:8080",
		"http://LOCALHOST":                                                                                 "http://localhost",
		"http://[::1]:9000":                                                                                "http://[::1]:9000",
		"http://[::1]":                                                                                     "http://[::1]",
		"http://[::ffff:127.0.0.1]:1":                                                                      "http://127.0.0.1:1",
		"localhost:3000":                                                                                   "https://localhost:3000",

		"":                                       "",
		"   ":                                    "",
		"http://acme.zendesk.com":                "",
		"http://acme":                            "",
		"http://127.0.0.1.evil.example":          "",
		"http://localhost.evil.example":          "",
		"http://10.0.0.1":                        "",
		"http://0.0.0.0:1":                       "",
		"https://user:pass@acme.zendesk.com":     "",
		"agent@acme.com":                         "",
		"mailto:agent@acme.com":                  "",
		"https://acme.zendesk.com@evil.example":  "",
		`https://acme.zendesk.com\@evil.example`: "",
		"ac me":                                  "",
		"acme\x00":                               "",
		"acme\u200b.zendesk.com":                 "",
		"acme\u2028x":                            "",
		"ftp://acme.zendesk.com":                 "",
		"javascript:alert(1)":                    "",
		"https://":                               "",
		"https:///path":                          "",
		"zendesk.com":                            "",
		"https://www.zendesk.com/pricing":        "",
		"bücher.zendesk.com":                     "",
		"xn--bcher-kva.zendesk.com":              "",
		"acme.zendesk.com:8443":                  "",
		"support.acme.com:0":                     "",
		"support.acme.com:70000":                 "",
		"support.acme.com:abc":                   "",
		"127.1":                                  "",
		"https://acme.0x7f":                      "",
		"-acme":                                  "",
		"acme_x":                                 "",
		"a..b":                                   "",
		".":                                      "",
		long + ".com":                            "",
		strings.Repeat("a.", 150) + "com":        "",
		strings.Repeat("a", 5000):                "",
		"https://[fe80::1%25eth0]":               "",
		"https://[::1":                           "",
	}
	for text, want := range tests {
		base, host, err := Parse(text)
		if want == "" {
			var e *tracker.Error
			if !errors.As(err, &e) || e.Code != tracker.CodeInvalid || e.Field != "url" || len(e.Message) > 200 {
				t.Errorf("Address(%.60q) = %q, error %v; want it refused", text, base, err)
			}
			continue
		}
		if err != nil || base != want || host != want[strings.Index(want, "//")+2:] {
			t.Errorf("Address(%q) = %q, %q, %v; want %q", text, base, host, err, want)
		}
	}
}

func TestAddressExplains(t *testing.T) {
	tests := map[string]string{
		"http://Acme.zendesk.com/agent":  "use https://acme.zendesk.com",
		"ftp://acme.zendesk.com":         "https://, not ftp://",
		"https://me:hunter2@acme.com":    "leave the user name out",
		"acme.zendesk.com:8443":          "leave :8443 out",
		"https://www.zendesk.com/signup": "your account's address",
	}
	for text, want := range tests {
		_, _, err := Parse(text)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("Address(%q): %v; want a sentence with %q", text, err, want)
		}
	}
}

func FuzzAddress(f *testing.F) {
	for _, seed := range []string{
		"acme", "https://acme.zendesk.com/agent", "http://127.0.0.1:8080", "http://[::1]:1", "http://localhost",
		"https://u:p@h.example", "support.acme.com:8443", "//x", "http://127.1", "https://[::ffff:1.2.3.4]",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		base, host, err := Parse(text)
		if err != nil {
			if tracker.CodeOf(err) != tracker.CodeInvalid {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		again, sameHost, err := Parse(base)
		if err != nil || again != base || sameHost != host {
			t.Fatalf("%q gave %q, which gave %q, %v", text, base, again, err)
		}
		u, err := url.Parse(base)
		if err != nil || u.Host != host || u.Path != "" || u.User != nil || u.RawQuery != "" || base != u.Scheme+"://"+host {
			t.Fatalf("%q gave %q at %q", text, base, host)
		}
		if u.Scheme != "https" && !IsLoopback(u.Hostname()) {
			t.Fatalf("%q gave %q, in the clear", text, base)
		}
		if strings.ToLower(base) != base {
			t.Fatalf("%q gave %q", text, base)
		}
	})
}
