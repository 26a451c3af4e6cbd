package zendesk

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"

	"storydesk/tracker"
)

var errNoCertificate = errors.New("it holds no certificate in PEM form")

// newTransport returns a transport that goes through the proxy of the
// environment (HTTPS_PROXY, NO_PROXY) and trusts the system's authorities.
func newTransport() *http.Transport {
	return &http.Transport{
		// ProxyFromEnvironment passes loopback addresses by.
		Proxy:                 http.ProxyFromEnvironment,
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
		Message: "the file that STORYDESK_CA_FILE names is of no use: " + tidy(d.untrusted.Error()),
		Steps:   []string{"name a file with certificates in PEM form, or unset STORYDESK_CA_FILE", "start storydesk again"},
	}
}
