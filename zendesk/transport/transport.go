package transport

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"
)

const (
	connectTimeout = 10 * time.Second
	expectTimeout  = time.Second
	idleTimeout    = 30 * time.Second
)

var (
	errNoCertificate = errors.New("it holds no certificate in PEM form")
	// ErrProxyAddress leaves the address out, which may hold a password.
	ErrProxyAddress = errors.New("the environment names no address of a proxy")
)

// New returns a transport that goes through the proxy of the environment
// (HTTPS_PROXY, NO_PROXY) and trusts the authorities of the system and those in
// a PEM file; an empty name is no file. With an error it returns a transport
// that trusts the system's alone.
func New(caFile string) (*http.Transport, error) {
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

// newTransport returns a transport that trusts the system's authorities.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                 proxyOf,
		DialContext:           (&net.Dialer{Timeout: connectTimeout}).DialContext,
		TLSHandshakeTimeout:   connectTimeout,
		ExpectContinueTimeout: expectTimeout,
		IdleConnTimeout:       idleTimeout,
		MaxIdleConnsPerHost:   8,
		ForceAttemptHTTP2:     true,
		// A refusal of CONNECT cannot be recognised otherwise.
		OnProxyConnectResponse: checkProxy,
	}
}
