package loopback_test

import (
	"net/http"
	"testing"

	"storydesk/zendesk/sandbox/loopback"
)

func TestIs(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"127.0.0.1": true, "127.1.2.3": true, "::1": true, "localhost": true, "LOCALHOST": true,
		"0.0.0.0": false, "10.0.0.1": false, "localhost.evil.example": false, "127.0.0.1.evil.example": false, "": false,
	} {
		if loopback.Is(host) != want {
			t.Errorf("%q: %v", host, !want)
		}
		if r := (&http.Request{Host: "[" + host + "]:80"}); loopback.Asked(r) != want {
			t.Errorf("asked %q: %v", r.Host, !want)
		}
		if loopback.Asked(&http.Request{Host: host}) {
			t.Errorf("asked %q, without a port", host)
		}
	}
}
