package transport_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"storydesk/zendesk/transport"
)

func TestReadUpToTheLimit(t *testing.T) {
	t.Parallel()
	for size, want := range map[int]error{0: nil, transport.MaxAnswer: nil, transport.MaxAnswer + 1: transport.ErrTooLarge} {
		w := httptest.NewRecorder()
		_, _ = w.WriteString(strings.Repeat("x", size))
		body, err := transport.Read(w.Result())
		if !errors.Is(err, want) || err == nil && len(body) != size {
			t.Errorf("%d bytes: read %d, %v", size, len(body), err)
		}
	}
}

// What a proxy answers instead of opening the way is an error that names its
// status, and none of the request reaches it.
func TestARefusalOfTheProxyNamesItsStatus(t *testing.T) {
	for _, status := range []int{403, 407, 502} {
		proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodConnect {
				t.Errorf("sent %s %s", r.Method, r.URL)
			}
			w.WriteHeader(status)
		}))
		defer proxy.Close()
		carrier, err := transport.New("")
		if err != nil {
			t.Fatal(err)
		}
		carrier.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: proxy.Listener.Addr().String()})
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://acme.zendesk.com/", nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := carrier.RoundTrip(req)
		if err == nil {
			_ = res.Body.Close()
		}
		var refusal *transport.ProxyRefusal
		if !errors.As(err, &refusal) || refusal.Status != status || !strings.Contains(err.Error(), strconv.Itoa(status)) {
			t.Errorf("%d: %v", status, err)
		}
	}
}
