package main

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// endpoint serves the sandbox on the network. It can be offline for a while.
type endpoint struct {
	box     http.Handler
	address string

	// absence is held while the endpoint is offline.
	absence sync.Mutex

	mu     sync.Mutex
	server *http.Server
	served chan error
}

// openEndpoint serves Zendesk on a free port.
func openEndpoint(ctx context.Context, box http.Handler) (*endpoint, error) {
	f := &endpoint{box: box, address: "127.0.0.1:0"}
	return f, f.open(ctx)
}

func (f *endpoint) url() string { return "http://" + f.address }

func (f *endpoint) open(ctx context.Context) error {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", f.address)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.address = listener.Addr().String()
	f.server = &http.Server{Handler: f.box, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	f.served = make(chan error, 1)
	go func(server *http.Server, served chan<- error) { served <- server.Serve(listener) }(f.server, f.served)
	return nil
}

// close cuts all connections: nothing answers at the address, and what was
// asked gets no answer.
func (f *endpoint) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.server.Close()
	if served := <-f.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// goOffline closes the endpoint for a while. Another program may take the port
// meanwhile, but not for long.
func (f *endpoint) goOffline(ctx context.Context, lasts time.Duration) error {
	f.absence.Lock()
	defer f.absence.Unlock()
	if err := f.close(); err != nil {
		return err
	}
	rest(ctx, lasts)
	var err error
	for range 100 {
		if err = f.open(ctx); err == nil || ctx.Err() != nil {
			return err
		}
		rest(ctx, tendEvery)
	}
	return err
}
