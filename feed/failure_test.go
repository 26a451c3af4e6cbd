package feed

import (
	"errors"
	"net"
	"net/url"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/zendesk/transport"
)

// What is in the way is named: the proxy is not the feed.
func TestWhatIsInTheWay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		says string
	}{
		"proxy is down":         {&net.OpError{Op: "proxyconnect", Err: errors.New("connection refused")}, "the proxy that should connect to planner.example cannot be reached"},
		"proxy is misspelt":     {&net.OpError{Op: "proxyconnect", Err: &net.DNSError{IsNotFound: true}}, "the proxy that should connect to planner.example cannot be reached"},
		"proxy has no address":  {transport.ErrProxyAddress, "the address of the proxy cannot be read"},
		"proxy refuses":         {&transport.ProxyRefusal{Status: 403}, "the proxy refused to connect to planner.example"},
		"no such host":          {&net.DNSError{IsNotFound: true}, "planner.example was not found"},
		"nobody looks names up": {&net.DNSError{IsTimeout: true}, "the name planner.example cannot be looked up"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := failures{host: "planner.example"}.unanswered(t.Context(), &url.Error{Op: "Get", URL: "https://planner.example/?key=4711", Err: c.err})
			if tracker.CodeOf(err) != tracker.CodeUnavailable || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q", err, c.says)
			}
		})
	}
}
