package zendesk

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

// homeIn is the host in a record's own address where it is believed, else
// empty: https, the record's own path, and a host that can be of the account
// that answers at asked.
func homeIn(asked, address, records string, id int64) string {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Opaque != "" || id <= 0 {
		return ""
	}
	path := strings.TrimSuffix(u.EscapedPath(), ".json")
	if path != "/api/v2/"+records+"/"+strconv.FormatInt(id, 10) || u.Scheme != "https" && !isLoopback(u.Hostname()) {
		return ""
	}
	host := strings.ToLower(u.Host)
	if name, err := hostName(u.Hostname()); err != nil || host != name && host != net.JoinHostPort(name, u.Port()) {
		return ""
	}
	if host != asked && !isSibling(asked, host) {
		return ""
	}
	return host
}

// homeOf is the host that the addresses of all tickets name, empty where they
// do not agree or there is none.
func homeOf(asked string, tickets []wireTicket) string {
	home := ""
	for i, t := range tickets {
		host := homeIn(asked, string(t.URL), "tickets", int64(t.ID))
		if host == "" || i > 0 && host != home {
			return ""
		}
		home = host
	}
	return home
}

// isSibling reports whether two hosts can be brands of one account: two names
// below one of Zendesk's domains, or a sandbox by two names of this machine.
func isSibling(a, b string) bool {
	aName, aPort := splitHost(a)
	bName, bPort := splitHost(b)
	if isLoopback(aName) || isLoopback(bName) {
		return isLoopback(aName) && isLoopback(bName) && aPort == bPort
	}
	aBrand, aDomain, _ := strings.Cut(aName, ".")
	bBrand, bDomain, _ := strings.Cut(bName, ".")
	return aPort == "" && bPort == "" && aDomain == bDomain && isLabel(aBrand) && isLabel(bBrand) &&
		bBrand != "www" && slices.Contains(ownDomains(), bDomain)
}

// splitHost parts a host from its port, if it has one.
func splitHost(host string) (name, port string) {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		return strings.Trim(host, "[]"), ""
	}
	return name, port
}
