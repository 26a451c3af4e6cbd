package zendesk

import (
	"context"
	"crypto/tls"
	"encoding/pem"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"storydesk/tracker"
)

// everywhere is a transport that brings every request to one server.
func everywhere(server *httptest.Server) http.RoundTripper {
	transport := server.Client().Transport.(*http.Transport).Clone()
	transport.TLSClientConfig.InsecureSkipVerify = true
	transport.DialTLSContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&tls.Dialer{Config: transport.TLSClientConfig}).DialContext(ctx, network, server.Listener.Addr().String())
	}
	return transport
}

func TestResolve(t *testing.T) {
	const mapped = "https://support.acme.com"
	tests := []struct {
		name     string
		status   int
		location string
		want     string
	}{
		{"to the account", 302, "https://acme.zendesk.com/agent", "https://acme.zendesk.com"},
		{"to its sign-in", 301, "https://ACME.zendesk.com/access/unauthenticated?return_to=x", "https://acme.zendesk.com"},
		{"to a port", 302, "https://acme.zendesk.com:8443/agent", "https://acme.zendesk.com"},
		{"within itself", 302, "/agent/", ""},
		{"to another company", 302, "https://evil.example/agent", ""},
		{"to one that looks alike", 302, "https://acme.zendesk.com.evil.example/", ""},
		{"to one that ends alike", 302, "https://evilzendesk.com/", ""},
		{"unencrypted", 302, "http://acme.zendesk.com/agent", ""},
		{"to Zendesk itself", 302, "https://www.zendesk.com/", ""},
		{"to this machine", 302, "https://localhost/agent", ""},
		{"with a user", 302, "https://ada:pw@acme.zendesk.com/", "https://acme.zendesk.com"},
		{"nowhere", 302, "", ""},
		{"a page", 200, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodGet || r.URL.String() != "/agent" || r.Host != "support.acme.com" || r.Header.Get("Authorization") != "" || r.Header.Get("Cookie") != "" {
					t.Errorf("%s %s at %s with %v", r.Method, r.URL, r.Host, r.Header)
				}
				w.Header().Set("Location", test.location)
				w.WriteHeader(test.status)
			}))
			defer server.Close()
			base, host, err := New(Config{Transport: everywhere(server)}).Resolve(t.Context(), mapped)
			if test.want != "" {
				if err != nil || base != test.want || "https://"+host != test.want {
					t.Errorf("%s, %s, %v", base, host, err)
				}
				return
			}
			if e := asError(t, err); e.Code != tracker.CodeNoAccount || e.Field != "url" || e.Message != "support.acme.com does not lead to a Zendesk account" || len(e.Steps) == 0 {
				t.Errorf("%s, %+v", base, e)
			}
		})
	}
}

func TestAnAccountsOwnAddressIsNotAsked(t *testing.T) {
	client := New(Config{Transport: failure{errors.New("asked")}})
	for address, want := range map[string]string{
		"acme": "https://acme.zendesk.com", "http://127.0.0.1:80": "http://127.0.0.1", "https://[::1]:3000": "https://[::1]:3000", "http://localhost:9": "http://localhost:9",
	} {
		if base, _, err := client.Resolve(t.Context(), address); err != nil || base != want {
			t.Errorf("%s: %s, %v", address, base, err)
		}
	}
	if _, _, err := client.Resolve(t.Context(), "http://acme.com"); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("unencrypted: %v", err)
	}
	_, _, err := client.Resolve(t.Context(), "https://support.acme.com")
	if e := asError(t, err); e.Code != tracker.CodeUnavailable || !e.Unsent {
		t.Errorf("no answer: %+v", e)
	}
}

// No password goes to a host that is not an account's own.
func TestOnlyAnAccountsOwnHostIsOpened(t *testing.T) {
	client := New(Config{Transport: failure{errors.New("asked")}})
	for _, base := range []string{"https://support.acme.com", "https://10.1.2.3", "https://desk.acme.example"} {
		in := tracker.Integration{URL: base, Email: email, Auth: tracker.AuthToken}
		_, err := client.Open(in, tracker.Credentials{Secret: secret})
		if e := asError(t, err); e.Code != tracker.CodeInvalid || e.Field != "url" || len(e.Steps) == 0 {
			t.Errorf("open %s: %+v", base, e)
		}
		in.Auth, in.ClientID = tracker.AuthOAuth, "c"
		if _, err := client.SignIn(in, 8765); tracker.CodeOf(err) != tracker.CodeInvalid {
			t.Errorf("sign in to %s: %v", base, err)
		}
	}
}

func TestCAFile(t *testing.T) {
	server := httptest.NewTLSServer(say(200, `{"user":{"id":1,"role":"agent"}}`))
	defer server.Close()
	in := func(base string) tracker.Integration {
		return tracker.Integration{URL: base, Email: email, Auth: tracker.AuthToken}
	}
	write := func(name string, content []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("ca.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	d, err := New(Config{CAFile: good}).Open(in(server.URL), tracker.Credentials{Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Me(t.Context()); err != nil {
		t.Errorf("trusted: %v", err)
	}
	for _, bad := range []string{filepath.Join(t.TempDir(), "none.pem"), write("empty.pem", nil), write("words.pem", []byte("hello")), t.TempDir()} {
		client := New(Config{CAFile: bad})
		_, err := client.Open(in(server.URL), tracker.Credentials{Secret: secret})
		if e := asError(t, err); !e.Unsent || !strings.Contains(e.Message, "STORYDESK_CA_FILE") || !strings.Contains(e.Message, bad) || len(e.Steps) == 0 {
			t.Errorf("%s: %+v", bad, e)
		}
		if _, _, err := client.Resolve(t.Context(), "https://support.acme.com"); tracker.CodeOf(err) != tracker.CodeUnavailable {
			t.Errorf("%s: resolved with %v", bad, err)
		}
		if _, err := client.Open(in("http://127.0.0.1:1"), tracker.Credentials{Secret: secret}); err != nil {
			t.Errorf("%s stops what needs no certificate: %v", bad, err)
		}
	}
}
