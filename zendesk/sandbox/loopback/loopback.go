package loopback

import (
	"net"
	"net/http"
	"strings"
)

// Is reports whether a host names this computer and nothing else.
func Is(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// Asked reports whether a request names this computer by a loopback
// address, with a port.
func Asked(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.Host)
	return err == nil && Is(host)
}
