// Package signintest has what tests of sign-ins share.
package signintest

import (
	"context"
	"net"
	"strconv"
	"time"
)

// Port is one of this machine's where nothing listens, for the browser's answer to come to.
// Systems give ports from 32768 up to whoever asks for any, so none of those: other tests ask
// all the time. Each call begins at another one.
func Port(ctx context.Context) (int, error) {
	for first := time.Now().UnixNano(); ; first++ {
		port := 10000 + int(first%20000)
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			return port, listener.Close()
		}
		if ctx.Err() != nil {
			return 0, err
		}
	}
}
