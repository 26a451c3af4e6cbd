package zendesk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"storydesk/zendesk/address"
	"storydesk/zendesk/diagnosis"
)

// resolveTime is how long a mapped host may take to say where it leads.
const resolveTime = 20 * time.Second

// Resolve implements tracker.Zendesk. A host that is mapped to an account sends
// the agents' pages on to the account's own host
// (https://support.zendesk.com/hc/en-us/articles/4408838571930), so it is asked
// for these, without credentials.
func (d *Client) Resolve(ctx context.Context, text string) (base, host string, err error) {
	base, host, err = d.Address(text)
	if err != nil || address.IsOwn(host) {
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
		if err == nil && address.IsOwn(ownHost) && !address.IsLoopback(ownHost) {
			return own, ownHost, nil
		}
	}
	e := diagnosis.Of(diagnosis.Symptom{Topic: diagnosis.TopicMapped}, diagnosis.Facts{"host": host, "base": base})
	e.Err = fmt.Errorf("GET %s/agent leads to %q", base, diagnosis.Tidy(location))
	return "", "", e
}

// whereTo asks a mapped host for the agents' pages and returns where it sends
// the browser, empty when it does not.
func (d *Client) whereTo(ctx context.Context, base, host string) (string, error) {
	asking, cancel := context.WithTimeout(ctx, resolveTime)
	defer cancel()
	req, err := http.NewRequestWithContext(asking, http.MethodGet, base+"/agent", nil)
	if err != nil {
		return "", fmt.Errorf("ask %s for its account: %w", host, err)
	}
	req.Header.Set("User-Agent", d.userAgent)
	res, err := d.httpClient.Do(req)
	if err != nil {
		s := diagnosis.Symptom{Topic: diagnosis.TopicMapped, Sign: diagnosis.SignOfFailure(err, false)}
		if errors.Is(ctx.Err(), context.Canceled) {
			s.Sign = diagnosis.SignGivenUp
		}
		e := diagnosis.Of(s, diagnosis.Facts{"host": host, "base": base}.Failed(err))
		e.Unsent, e.Err = true, fmt.Errorf("ask %s for its account: %w", host, err)
		return "", e
	}
	_ = res.Body.Close() // only the header counts
	return res.Header.Get("Location"), nil
}

// AccountHost implements tracker.Zendesk.
func (d *Client) AccountHost(text string) string {
	_, host, err := d.Address(text)
	if err != nil || !address.IsOwn(host) {
		return ""
	}
	return host
}
