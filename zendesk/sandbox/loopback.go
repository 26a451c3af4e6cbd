package sandbox

import (
	"net"
	"net/http"
	"strings"
)

// loopback reports whether a host names this computer and nothing else.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// askedLocally reports whether a request names this computer by a loopback
// address, with a port.
func askedLocally(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.Host)
	return err == nil && loopback(host)
}
