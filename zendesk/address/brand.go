package address

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// An account can have several hosts, one for each of its brands, and all of them
// answer for the whole account. The addresses of its records name one of them,
// the account's own (https://developer.zendesk.com/api-reference/ticketing/account-configuration/brands/).
// An address in an answer only ever says which account this is. No request
// follows it: credentials go to the host that the user gave.

// Home returns the host in a record's own address where it is believed, else
// nothing: https, the record's own path, and a host that can be of the account
// that answers at asked.
func Home(asked, address, records string, id int64) string {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Opaque != "" || id <= 0 {
		return ""
	}
	path := strings.TrimSuffix(u.EscapedPath(), ".json")
	if path != "/api/v2/"+records+"/"+strconv.FormatInt(id, 10) || u.Scheme != "https" && !IsLoopback(u.Hostname()) {
		return ""
	}
	host := strings.ToLower(u.Host)
	if name, err := hostName(u.Hostname()); err != nil || host != name && host != net.JoinHostPort(name, u.Port()) {
		return ""
	}
	if host != asked && !IsSibling(asked, host) {
		return ""
	}
	return host
}

// IsSibling reports whether two hosts can be brands of one account: two names
// below one of Zendesk's domains, or a sandbox by two names of this machine.
func IsSibling(a, b string) bool {
	aName, aPort := splitHost(a)
	bName, bPort := splitHost(b)
	if IsLoopback(aName) || IsLoopback(bName) {
		return IsLoopback(aName) && IsLoopback(bName) && aPort == bPort
	}
	aBrand, aDomain, _ := strings.Cut(aName, ".")
	bBrand, bDomain, _ := strings.Cut(bName, ".")
	return aPort == "" && bPort == "" && aDomain == bDomain && IsLabel(aBrand) && IsLabel(bBrand) &&
		bBrand != "www" && slices.Contains(ownDomains(), bDomain)
}

// splitHost separates a host from its port, if it has one.
func splitHost(host string) (name, port string) {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		return strings.Trim(host, "[]"), ""
	}
	return name, port
}
