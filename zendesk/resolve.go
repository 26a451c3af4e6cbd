package zendesk

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"storydesk/tracker"
)

// resolveTime is how long a mapped host may take to say where it leads.
const resolveTime = 20 * time.Second

// Resolve implements tracker.Zendesk. A host that is mapped to an account sends
// the agents' pages on to the account's own host
// (https://support.zendesk.com/hc/en-us/articles/4408838571930), so it is asked
// for these, without credentials.
func (d *Desks) Resolve(ctx context.Context, address string) (base, host string, err error) {
	base, host, err = d.Address(address)
	if err != nil || isOwn(host) {
		return base, host, err
	}
	if err := d.trusts(base); err != nil {
		return "", "", err
	}
	location, err := d.whereTo(ctx, base, host)
	if err != nil {
		return "", "", err
	}
	// A port or a path of the account's pages is of no use.
	target, err := url.Parse(location)
	if err == nil && target.Scheme == "https" {
		own, ownHost, err := d.Address("https://" + target.Hostname())
		if err == nil && isOwn(ownHost) && !isLoopback(ownHost) {
			return own, ownHost, nil
		}
	}
	e := diagnose(symptom{topic: topicMapped}, facts{"host": host, "base": base})
	e.Err = fmt.Errorf("GET %s/agent leads to %q", base, tidy(location))
	return "", "", e
}

// whereTo asks a mapped host for the agents' pages and returns where it sends
// the browser, empty when it does not.
func (d *Desks) whereTo(ctx context.Context, base, host string) (string, error) {
	asking, cancel := context.WithTimeout(ctx, resolveTime)
	defer cancel()
	req, err := http.NewRequestWithContext(asking, http.MethodGet, base+"/agent", nil)
	if err != nil {
		return "", fmt.Errorf("ask %s for its account: %w", host, err)
	}
	req.Header.Set("User-Agent", d.userAgent)
	res, err := d.client.Do(req)
	if err != nil {
		s := symptom{topic: topicMapped, sign: signOfFailure(err, false)}
		if errors.Is(ctx.Err(), context.Canceled) {
			s.sign = signGivenUp
		}
		e := diagnose(s, facts{"host": host, "base": base}.failed(err))
		e.Unsent, e.Err = true, fmt.Errorf("ask %s for its account: %w", host, err)
		return "", e
	}
	_ = res.Body.Close() // only the header counts
	return res.Header.Get("Location"), nil
}

// AccountHost implements tracker.Zendesk.
func (d *Desks) AccountHost(address string) string {
	_, host, err := d.Address(address)
	if err != nil || !isOwn(host) {
		return ""
	}
	return host
}

// isOwn tells whether a host, with or without port, is an account's own: only
// such get credentials. A sandbox is at home on loopback.
func isOwn(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	return belowOwnDomain(name) || isLoopback(name)
}

// notOwn refuses an address that only leads to an account.
func notOwn(host string) *tracker.Error {
	e := tracker.Invalid("url", "%s is not the account's own address, so no password is sent to it", host)
	e.Steps = []string{"edit the integration and save it: the account's own address is looked up", "or enter it yourself, such as acme.zendesk.com"}
	return e
}
