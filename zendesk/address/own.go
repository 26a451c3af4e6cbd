package address

import (
	"net"
	"strings"

	"storydesk/tracker"
)

// IsOwn reports whether a host, with or without port, is an account's own: only
// such get credentials. A sandbox is on loopback.
func IsOwn(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	return belowOwnDomain(name) || IsLoopback(name)
}

// NotOwn refuses an address that only leads to an account.
func NotOwn(host string) *tracker.Error {
	e := tracker.Invalid("url", "%s is not the account's own address, so no password is sent to it", host)
	e.Steps = []string{"edit the integration and save it: the account's own address is looked up", "or enter it yourself, such as acme.zendesk.com"}
	return e
}
