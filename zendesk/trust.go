package zendesk

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"

	"storydesk/tracker"
)

var (
	errNoCertificate = errors.New("it holds no certificate in PEM form")
	// errProxyAddress leaves the address out, which may hold a password.
	errProxyAddress = errors.New("the environment names no address of a proxy")
)

// newTransport returns a transport that goes through the proxy of the
// environment (HTTPS_PROXY, NO_PROXY) and trusts the system's authorities.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                 proxyOf,
		DialContext:           (&net.Dialer{Timeout: connectTimeout}).DialContext,
		TLSHandshakeTimeout:   connectTimeout,
		ExpectContinueTimeout: expectTimeout,
		IdleConnTimeout:       idleTimeout,
		MaxIdleConnsPerHost:   8,
		ForceAttemptHTTP2:     true,
		// A refusal of CONNECT has no other form that can be told apart.
		OnProxyConnectResponse: checkProxy,
	}
}

// proxyOf is the proxy that the environment names for a request, if any. It
// passes loopback addresses by. net/http would go past a proxy whose address it
// cannot read, which is not what somebody meant who named one.
func proxyOf(r *http.Request) (*url.URL, error) {
	proxy, err := http.ProxyFromEnvironment(r)
	if err != nil || proxy == nil && !isLoopback(r.URL.Hostname()) && !readable(cmp.Or(os.Getenv("HTTPS_PROXY"), os.Getenv("https_proxy"))) {
		return nil, errProxyAddress
	}
	return proxy, nil
}

// readable tells whether a proxy's address can be read, with a scheme or without.
func readable(address string) bool {
	for _, text := range []string{address, "http://" + address} {
		if u, err := url.Parse(text); err == nil && (u.Host != "" || address == "") {
			return true
		}
	}
	return false
}

// trusting returns such a transport that trusts the authorities in a PEM file,
// too; an empty name is no file.
func trusting(caFile string) (*http.Transport, error) {
	t := newTransport()
	if caFile == "" {
		return t, nil
	}
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return t, err
	}
	authorities, err := x509.SystemCertPool()
	if err != nil {
		return t, fmt.Errorf("read the system's certificates: %w", err)
	}
	if !authorities.AppendCertsFromPEM(pem) {
		return t, fmt.Errorf("%s: %w", caFile, errNoCertificate)
	}
	t.TLSClientConfig = &tls.Config{RootCAs: authorities, MinVersion: tls.VersionTLS12}
	return t, nil
}

// trusts fails where the authorities that the user named could not be read:
// without them nothing is sent that they would protect.
func (d *Desks) trusts(base string) error {
	if d.untrusted == nil || !strings.HasPrefix(base, "https:") {
		return nil
	}
	return &tracker.Error{
		Code: tracker.CodeUnavailable, Unsent: true, Err: d.untrusted,
		Message: "the file that STORYDESK_CA_FILE names cannot be used: " + tidy(d.untrusted.Error()),
		Steps:   []string{"name a file with certificates in PEM form, or unset STORYDESK_CA_FILE", "start storydesk again"},
	}
}
