package address

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"storydesk/tracker"
)

const (
	zendeskDomain = "zendesk.com"
	// governmentDomain is that of accounts of the United States' authorities.
	governmentDomain = "zendeskgov.com"
	// maxPasted is more than a browser's address bar gives; longer is no address.
	maxPasted = 4096
	// maxHost and maxLabel are DNS's limits, RFC 1035 section 2.3.4.
	maxHost  = 253
	maxLabel = 63
)

// Parse reads a subdomain, a host, or any address of an account that people
// paste, and returns the base URL "https://host" in lower case with the host,
// which includes a port that is not the scheme's own. Only loopback may be
// plain http. A host mapped to an account, such as support.acme.com, stays;
// it has to be asked for the account.
// It fails with CodeInvalid, field "url".
func Parse(text string) (baseURL, host string, err error) {
	u, err := parsePasted(text)
	if err != nil {
		return "", "", err
	}
	name, err := hostName(u.Hostname())
	if err != nil {
		return "", "", err
	}
	port, err := portOf(u, name)
	if err != nil {
		return "", "", err
	}
	host = name
	switch {
	case port != "":
		host = net.JoinHostPort(name, port)
	case strings.Contains(name, ":"):
		host = "[" + name + "]"
	}
	if u.Scheme == "http" && !IsLoopback(name) {
		return "", "", tracker.Invalid("url", "http would show the password to others on the way: use https://%s", host)
	}
	return u.Scheme + "://" + host, host, nil
}

// parsePasted splits a pasted text into a URL with a scheme that we speak. Its
// errors do not repeat the text, which may hold a password.
func parsePasted(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return nil, tracker.Invalid("url", "give the Zendesk address, such as acme or https://acme.zendesk.com")
	case len(text) > maxPasted:
		return nil, tracker.Invalid("url", "this is too long for an address: give one such as https://acme.zendesk.com")
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return nil, tracker.Invalid("url", "an address has no spaces or control characters in it")
	}
	text, err := withScheme(text)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "":
		return nil, tracker.Invalid("url", "this is not an address: give one such as acme or https://acme.zendesk.com")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, tracker.Invalid("url", "the address must begin with https://, not %s://", u.Scheme)
	case u.User != nil:
		return nil, tracker.Invalid("url", "leave the user name out of the address; it is asked for separately")
	}
	return u, checkName(u)
}

// hostName checks a host's name or IP address and returns its one spelling.
func hostName(name string) (string, error) {
	if addr, err := netip.ParseAddr(name); err == nil && addr.Zone() == "" {
		return addr.Unmap().String(), nil
	}
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	if !strings.Contains(name, ".") && name != "localhost" {
		name += "." + zendeskDomain
	}
	switch {
	case slices.Contains(ownDomains(), strings.TrimPrefix(name, "www.")):
		return "", tracker.Invalid("url", "%s is Zendesk itself: give your account's address, such as acme.zendesk.com", name)
	case strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) || strings.Contains("."+name, ".xn--"):
		return "", tracker.Invalid("url", "international host names are not supported: give the account's own address, such as acme.zendesk.com")
	case !IsHostName(name):
		return "", tracker.Invalid("url", "this is not a host's name: give the address as acme or https://acme.zendesk.com")
	}
	return name, checkDomain(name)
}

// IsHostName reports whether a text in lower case can be a host's name.
func IsHostName(name string) bool {
	if len(name) > maxHost {
		return false
	}
	var last string
	for label := range strings.SplitSeq(name, ".") {
		if !IsLabel(label) {
			return false
		}
		last = label
	}
	// Some resolvers read 127.1 or 0x7f.1 as IP addresses.
	return last[0] >= 'a' && last[0] <= 'z'
}

// IsLabel reports whether a text can be one label of a host's name.
func IsLabel(label string) bool {
	if label == "" || len(label) > maxLabel || label[0] == '-' || label[len(label)-1] == '-' {
		return false
	}
	return !strings.ContainsFunc(label, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
	})
}

// portOf returns the port, empty for the scheme's own.
func portOf(u *url.URL, name string) (string, error) {
	if u.Port() == "" {
		return "", nil
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	switch {
	case err != nil || port == 0:
		return "", tracker.Invalid("url", "the address has a port that does not exist: ports go from 1 to 65535")
	case u.Scheme == "https" && port == 443, u.Scheme == "http" && port == 80:
		return "", nil
	case belowOwnDomain(name):
		return "", tracker.Invalid("url", "Zendesk has no port of its own: leave :%d out of the address", port)
	}
	return strconv.FormatUint(port, 10), nil
}

func belowOwnDomain(name string) bool {
	_, _, found := accountOf(name)
	return found
}

// IsLoopback reports whether a host, without port, is this machine.
func IsLoopback(name string) bool {
	addr, err := netip.ParseAddr(name)
	return name == "localhost" || err == nil && addr.IsLoopback()
}
