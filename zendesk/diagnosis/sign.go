package diagnosis

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"

	"storydesk/zendesk/address"
	"storydesk/zendesk/transport"
)

// SignOf returns what identifies the failure in an answer that came to a host.
func SignOf(host string, a transport.Answer, p Problem) Sign {
	switch {
	case a.Status == http.StatusServiceUnavailable && transport.RetryAfter(a.Header) > 0:
		return signRetry
	case len(p.scopes()) > 0:
		return SignScopes
	case p.Code != "":
		return Sign(p.Code)
	case errors.Is(a.Cut, transport.ErrTooLarge):
		return signTooLarge
	case a.Cut != nil:
		return signCut
	case a.Status >= 300 && a.Status < 400:
		return signOfRedirect(host, a.Header.Get("Location"))
	case isPage(a.Body):
		return signPage
	}
	return ""
}

func isPage(body []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) }

func signOfRedirect(host, location string) Sign {
	target, err := url.Parse(location)
	switch {
	case err != nil || location == "":
		return ""
	case target.Host != "" && !strings.EqualFold(target.Host, host) && address.IsHostName(strings.ToLower(target.Hostname())):
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
	return Tidy(strings.ToLower(target.Hostname()))
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

// SignOfFailure returns how a request failed that got no whole answer. Unsent is
// true when the transport looked for a connection and got none.
func SignOfFailure(err error, unsent bool) Sign {
	var refused *transport.ProxyRefusal
	var dial *net.OpError
	var dns *net.DNSError
	switch {
	case errors.Is(err, transport.ErrProxyAddress):
		return signProxyAddress
	case errors.As(err, &refused) && refused.Status == http.StatusProxyAuthRequired:
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
	case transport.IsTimeout(err):
		return signTimeout
	}
	return signBroken
}

func signOfTLS(err error) Sign {
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
