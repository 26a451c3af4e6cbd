package zendesk

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
)

// signOf tells what stands out in an answer that came to a host.
func signOf(host string, a answer, p problem) sign {
	switch {
	case a.status == http.StatusServiceUnavailable && retryAfter(a.header) > 0:
		return signRetry
	case len(p.scopes()) > 0:
		return signScopes
	case p.code != "":
		return sign(p.code)
	case errors.Is(a.cut, errTooLarge):
		return signTooLarge
	case a.cut != nil:
		return signCut
	case a.status >= 300 && a.status < 400:
		return signOfRedirect(host, a.header.Get("Location"))
	case isPage(a.body):
		return signPage
	}
	return ""
}

func isPage(body []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) }

func signOfRedirect(host, location string) sign {
	target, err := url.Parse(location)
	switch {
	case err != nil || location == "":
		return ""
	case target.Host != "" && !strings.EqualFold(target.Host, host) && isHostName(strings.ToLower(target.Hostname())):
		return signElsewhere
	case isSignInPage(target.Path):
		return signSignInPage
	}
	return ""
}

// elsewhere is the host that a redirect leads to, empty when it names none.
func elsewhere(location string) string {
	target, err := url.Parse(location)
	if err != nil {
		return ""
	}
	return tidy(strings.ToLower(target.Hostname()))
}

func isSignInPage(path string) bool {
	for part := range strings.SplitSeq(strings.ToLower(path), "/") {
		switch part {
		case "access", "auth", "login", "signin", "sso":
			return true
		}
	}
	return false
}

// proxyRefusal is what a proxy answered instead of opening the way.
type proxyRefusal struct{ status int }

func (r *proxyRefusal) Error() string { return fmt.Sprintf("the proxy answered %d", r.status) }

// checkProxy is called with the proxy's answer to CONNECT.
func checkProxy(_ context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
	if res.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyRefusal{status: res.StatusCode}
}

// signOfFailure tells how a request failed that got no whole answer. Unsent is
// true when the transport looked for a connection and got none.
func signOfFailure(err error, unsent bool) sign {
	var refused *proxyRefusal
	var dial *net.OpError
	var dns *net.DNSError
	switch {
	case errors.Is(err, errProxyAddress):
		return signProxyAddress
	case errors.As(err, &refused) && refused.status == http.StatusProxyAuthRequired:
		return signProxyLogin
	case errors.As(err, &refused):
		return signProxyDenied
	case errors.As(err, &dial) && dial.Op == "proxyconnect":
		return signNoProxy
	case errors.As(err, &dns) && dns.IsNotFound:
		return signNoHost
	case errors.As(err, &dns):
		return signNoResolver
	}
	if s := signOfTLS(err); s != "" {
		return s
	}
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return signConnectionDenied
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return signNoRoute
	case unsent:
		return signUnsent
	case isTimeout(err):
		return signTimeout
	}
	return signBroken
}

func signOfTLS(err error) sign {
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var unverified *tls.CertificateVerificationError
	var noTLS tls.RecordHeaderError
	switch {
	case errors.As(err, &name):
		return signOtherName
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return signOutdated
	case errors.As(err, &unverified):
		return signAuthority
	case errors.As(err, &noTLS), errors.Is(err, http.ErrSchemeMismatch):
		return signNoTLS
	}
	return ""
}
