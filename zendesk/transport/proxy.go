package transport

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"

	"storydesk/zendesk/address"
)

// ProxyRefusal is what a proxy answered instead of opening the way.
type ProxyRefusal struct{ Status int }

// Error implements error.
func (r *ProxyRefusal) Error() string { return fmt.Sprintf("the proxy answered %d", r.Status) }

// checkProxy is called with the proxy's answer to CONNECT.
func checkProxy(_ context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
	if res.StatusCode == http.StatusOK {
		return nil
	}
	return &ProxyRefusal{Status: res.StatusCode}
}

// proxyOf is the proxy that the environment names for a request, if any. It
// passes loopback addresses by. net/http would go past a proxy whose address it
// cannot read, which is not what somebody meant who named one.
func proxyOf(r *http.Request) (*url.URL, error) {
	proxy, err := http.ProxyFromEnvironment(r)
	if err != nil || proxy == nil && !address.IsLoopback(r.URL.Hostname()) && !readable(cmp.Or(os.Getenv("HTTPS_PROXY"), os.Getenv("https_proxy"))) {
		return nil, ErrProxyAddress
	}
	return proxy, nil
}

// readable reports whether a proxy's address can be read, with a scheme or without.
func readable(address string) bool {
	for _, text := range []string{address, "http://" + address} {
		if u, err := url.Parse(text); err == nil && (u.Host != "" || address == "") {
			return true
		}
	}
	return false
}
