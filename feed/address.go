package feed

import (
	"net/url"
	"strings"
	"unicode"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/zendesk/address"
)

// maxAddress is the longest address of a feed, in bytes.
const maxAddress = 2000

// Address implements kind.Feeds.
func (c *Client) Address(text string) (string, error) {
	u, err := parse(text, "url", "the address of the feed, such as https://acme.com/stories.xml")
	if err != nil {
		return "", err
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String(), nil
}

// Base implements kind.Feeds.
func (c *Client) Base(text string) (string, error) {
	u, err := parse(text, "base-url", "the address that those of the items begin with, such as https://acme.com/issues/")
	if err != nil {
		return "", err
	}
	return kind.Base(u.String()), nil
}

// parse reads an address of the web; what says which one is wanted.
func parse(text, field, what string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, tracker.Invalid(field, "enter %s", what)
	}
	if len(text) > maxAddress {
		return nil, tracker.Invalid(field, "an address has at most %d characters", maxAddress)
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || strings.ContainsFunc(text, unicode.IsSpace):
		// The parser's own words repeat the address, which may hold a password.
		return nil, tracker.Invalid(field, "this is not an address: enter %s", what)
	case u.User != nil:
		return nil, tracker.Invalid(field, "leave the user name and password out of the address: they have fields of their own")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, tracker.Invalid(field, "the address begins with %s://: use https:// or http://", u.Scheme)
	}
	u.Host = strings.ToLower(u.Host)
	return u, nil
}

// encrypted reports whether what is sent to an address can be read by nobody else: it goes
// by https, or stays on this machine.
func encrypted(u *url.URL) bool { return u.Scheme == "https" || address.IsLoopback(u.Hostname()) }

// CheckSignIn implements kind.Feeds.
func (c *Client) CheckSignIn(feed string) error {
	if u, err := url.Parse(feed); err == nil && !encrypted(u) {
		return tracker.Invalid("url", "a password is sent over https only: use an https:// address, or leave the user name empty")
	}
	return nil
}
