package feed

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/zendesk/transport"
)

// failures says of a feed's failures what is wrong, why, and what to do. No sentence holds
// the address: it may contain a key.
type failures struct {
	host string
	// signsIn is true when a user name and password are sent.
	signsIn bool
	// elsewhere is the host that a redirect led to, empty without one.
	elsewhere string
}

// stepOpen is what helps to see what a feed answers.
const stepOpen = "open the address of the feed in a browser on this machine"

func (f failures) untrusted(err error) error {
	return &tracker.Error{
		Code: tracker.CodeUnavailable, Err: err, Unsent: true,
		Message: "the certificates in STORYDESK_CA_FILE cannot be used",
		Steps:   []string{"name a readable PEM file in STORYDESK_CA_FILE, or unset it", "start storydesk again"},
	}
}

// unanswered says why no answer came.
func (f failures) unanswered(ctx context.Context, err error) error {
	e := &tracker.Error{Code: tracker.CodeUnavailable, Err: err, Steps: []string{"check the network and the address", stepOpen}}
	var noHost *net.DNSError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	var proxy *transport.ProxyRefusal
	var dial *net.OpError
	switch {
	case ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded):
		e.Message, e.Steps = fmt.Sprintf("the request to %s was cancelled", f.host), nil
	case errors.Is(err, errRedirects):
		e.Code, e.Field, e.Message = tracker.CodeUnreadable, "url", f.host+" redirects the feed again and again"
		e.Steps = []string{"enter the address that the redirects end at", stepOpen}
	case errors.Is(err, errUnsecured):
		e.Code, e.Field, e.Message = tracker.CodeRefused, "url", f.host+" redirects the feed from https to http, which anybody could read"
		e.Steps = []string{"have the feed served over https"}
	case errors.Is(err, errNoRedirect):
		e.Code, e.Field, e.Message = tracker.CodeUnreadable, "url", f.host+" redirects the feed to something that is not a web address"
	case errors.Is(err, transport.ErrProxyAddress):
		e.Message, e.Steps = "the address of the proxy cannot be read", []string{"correct HTTPS_PROXY, such as http://proxy.acme.com:3128, or unset it"}
	case errors.As(err, &dial) && dial.Op == "proxyconnect":
		e.Message = "the proxy that should connect to " + f.host + " cannot be reached"
		e.Steps = []string{"check HTTPS_PROXY and the network, or add the host to NO_PROXY"}
	case errors.As(err, &proxy):
		e.Message = "the proxy refused to connect to " + f.host
		e.Steps = []string{"check HTTPS_PROXY, or add the host to NO_PROXY"}
	case errors.As(err, &noHost) && !noHost.IsNotFound:
		e.Message = "the name " + f.host + " cannot be looked up: the network's name service does not answer"
	case errors.As(err, &noHost):
		e.Field, e.Message = "url", f.host+" was not found"
		e.Causes = []string{"the address is misspelt", "this network needs a VPN to reach it"}
	case errors.As(err, &authority), errors.As(err, &name), errors.As(err, &invalid):
		e.Field, e.Message = "url", f.host+" shows a certificate that this machine does not trust"
		e.Steps = []string{"if it is your company's own, save its CA certificate as a PEM file and name that in STORYDESK_CA_FILE", "otherwise ask whoever runs the feed"}
	case errors.As(err, &record):
		e.Field, e.Message = "url", f.host+" does not speak https"
		e.Steps = []string{"use http:// if the feed needs no password", "otherwise have it served over https"}
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Field, e.Message = "url", fmt.Sprintf("there is no connection to %s: nothing answers there", f.host)
	case transport.IsTimeout(err):
		e.Message = f.host + " did not answer in time"
		e.Steps = []string{"try again later", "if it is always slow, have the feed list fewer items"}
	default:
		e.Message = fmt.Sprintf("there is no connection to %s: check the network", f.host)
	}
	return e
}

// refused says why an answer is not the feed.
func (f failures) refused(res *http.Response) error {
	e := &tracker.Error{Code: tracker.CodeUnreadable, Field: "url", Message: fmt.Sprintf("%s answered %d instead of the feed", f.host, res.StatusCode), Steps: []string{stepOpen}}
	switch status := res.StatusCode; {
	case status == http.StatusUnauthorized && f.signsIn && f.elsewhere != "":
		e.Code, e.Message = tracker.CodeRefused, fmt.Sprintf("%s redirects the feed to %s, which the password is not sent to", f.host, plaintext.Line(f.elsewhere))
		e.Steps = []string{"if you trust that host, enter its address as the feed URL"}
	case status == http.StatusUnauthorized && f.signsIn:
		e.Code, e.Field, e.Message = tracker.CodeUnauthorized, "password", f.host+" rejected the user name or the password (401)"
		e.Steps = []string{"check both, and enter the password again"}
	case status == http.StatusUnauthorized:
		e.Code, e.Field, e.Message = tracker.CodeUnauthorized, "user", f.host+" wants a user name and a password (401)"
		e.Steps = []string{"enter both in the integration"}
	case status == http.StatusForbidden:
		e.Code, e.Field, e.Message = tracker.CodeForbidden, "user", f.host+" does not allow this user to read the feed (403)"
		e.Steps = []string{"have whoever runs it allow that", "or use another user"}
	case status == http.StatusNotFound, status == http.StatusGone:
		e.Code, e.Message = tracker.CodeNotFound, fmt.Sprintf("%s has no feed at this address (%d)", f.host, status)
		e.Steps = []string{"check the feed URL", stepOpen}
	case status == http.StatusTooManyRequests:
		e.Code, e.Field, e.RetryAfter, e.Steps = tracker.CodeLimited, "", retryAfter(res, time.Minute), nil
		e.Message = fmt.Sprintf("%s asked storydesk to wait; trying again in %s", f.host, e.RetryAfter)
	case status >= http.StatusInternalServerError:
		e.Code, e.Field, e.RetryAfter = tracker.CodeUnavailable, "", retryAfter(res, 0)
		e.Message, e.Steps = fmt.Sprintf("%s has a problem (%d)", f.host, status), []string{"try again later, or tell whoever runs it"}
	}
	return e
}

// longestWait is the longest that a server's wish to wait is believed.
const longestWait = time.Hour

// retryAfter is how long an answer asks to wait, usual where it does not say.
func retryAfter(res *http.Response, usual time.Duration) time.Duration {
	return min(cmp.Or(transport.RetryAfter(res.Header), usual), longestWait)
}

// reading says why the rest of a feed could not be read.
func (f failures) reading(ctx context.Context, err error) error {
	var broken *broken
	switch {
	case errors.As(err, &broken):
		return f.unreadable(err)
	case ctx.Err() != nil, transport.IsTimeout(err):
		return &tracker.Error{Code: tracker.CodeUnavailable, Err: err, Message: f.host + " did not send the whole feed in time", Steps: []string{"have the feed list fewer items"}}
	}
	return &tracker.Error{
		Code: tracker.CodeUnavailable, Err: err, Message: fmt.Sprintf("the connection to %s broke before the whole feed was read", f.host), Steps: []string{"try again"},
	}
}

// unreadable says what is wrong with a feed's text.
func (f failures) unreadable(err error) error {
	e := &tracker.Error{Code: tracker.CodeUnreadable, Field: "url", Err: err, Message: "what " + f.host + " sent cannot be read as a feed"}
	var b *broken
	if errors.As(err, &b) {
		e.Message, e.Steps = fmt.Sprintf("the feed of %s %s", f.host, b.what), b.steps
	}
	return e
}
